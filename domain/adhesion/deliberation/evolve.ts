import { resumedConvention } from '../convention/evolve.ts';
import type { AdhesionEventData } from '../events.ts';
import type { AdhesionState } from '../state.ts';
import { isNeverPublished } from './standing.ts';
import type { CertificateJudged, DeliberationEvent, DeliberationEventData, ResumedTerms } from './events.ts';
import { NO_DELIBERATION, type Deliberation, type DeliberationFact, type DeliberationSlice, type LastSession, type Sending } from './state.ts';

/** The deliberation of a case that was just opened. */
export function openedDeliberation({ policies: { maxAttempts }, competence }: Pick<AdhesionEventData['AdhesionOpened'], 'policies' | 'competence'>): DeliberationSlice {
  const ownRules = competence === undefined ? {} : { ownRules: { opinions: competence.opinions, executive: competence.executive } };
  return { deliberation: { ...NO_DELIBERATION, attemptsAllowed: maxAttempts, ...ownRules } };
}

/** Folds one event of the deliberation; `state.version` is already its version. */
export function evolveDeliberation(state: AdhesionState, event: DeliberationEvent): AdhesionState {
  const deliberation = deliberate(state.deliberation, event, state.version);
  // What the member had signed fell with the resolution that was lost.
  if (event.type === 'ProposalResubmitted') return { ...state, deliberation, convention: { ...state.convention, signature: null } };
  if (event.type !== 'SuspensionLifted') return { ...state, deliberation };
  const { suspension, lifted } = state.deliberation;
  return {
    ...state,
    deliberation: { ...deliberation, liftedBefore: { suspension, lifted, dueOn: termsOwed(state) } },
    convention: resumedConvention(state.convention, event.data.dueOn),
  };
}

/** The case as the end of a suspension found it. */
export function notLifted(state: AdhesionState): AdhesionState {
  const { liftedBefore } = state.deliberation;
  if (liftedBefore === null) return state;
  const { suspension, lifted, dueOn } = liftedBefore;
  return {
    ...state,
    deliberation: { ...resumed(state.deliberation, dueOn), suspension, lifted, liftedBefore: null },
    convention: resumedConvention(state.convention, dueOn),
  };
}

/** The last days of what a suspension holds, as they stand. */
function termsOwed({ deliberation: { adoption, publication, transmission }, convention: { signature, countersignature, addendum } }: AdhesionState): ResumedTerms {
  return {
    publication: adoption?.publicationDueOn ?? null,
    transmission: adoption?.transmissionDueOn ?? publication?.transmissionDueOn ?? null,
    acceptance: transmission?.acceptanceDueOn ?? null,
    countersignature: (countersignature === null ? signature : addendum?.signature)?.countersignatureDueOn ?? null,
    registration: countersignature?.registrationDueOn ?? null,
  };
}

function deliberate(deliberation: Deliberation, event: DeliberationEvent, version: number): Deliberation {
  switch (event.type) {
    case 'ProposalSent':
      return { ...deliberation, attempt: 1, template: event.data.template, sending: sendingOf(event.data, version), preparedBy: event.data.preparedBy ?? null };
    case 'ReceiptConfirmed':
      return { ...deliberation, receipt: { ...event.data, version } };
    case 'OpinionRecorded':
      return { ...deliberation, opinions: [...deliberation.opinions, { ...event.data, version }] };
    case 'SessionRequested':
      return { ...deliberation, sessionRequest: { ...event.data, version } };
    case 'CouncilConvened':
      return { ...deliberation, convocation: { ...event.data, version } };
    case 'SessionHeldWithoutVote': {
      const { heldOn, outcome, newSessionOn, at } = event.data;
      const moved = newSessionOn === undefined ? {} : { newSessionOn };
      return { ...deliberation, ...heldAt(deliberation, { heldOn, outcome, ...moved, at, version }), convocation: null };
    }
    case 'ResolutionRejected': {
      const { heldOn, at } = event.data;
      return { ...deliberation, ...heldAt(deliberation, { heldOn, outcome: 'VOTED', at, version }), rejection: { ...event.data, version } };
    }
    case 'ResolutionAdopted': {
      const { heldOn, at, amended } = event.data;
      return {
        ...deliberation,
        ...heldAt(deliberation, { heldOn, outcome: 'VOTED', at, version }),
        adoption: { ...event.data, version },
        amendment: amended ? 'PENDING' : null,
      };
    }
    case 'ProposalResubmitted': {
      const { template, attempt, textChanged } = event.data;
      const opinions = textChanged ? [] : onProposal(deliberation);
      return again(deliberation, { attempt, template, sending: sendingOf(event.data, version), preparedBy: event.data.preparedBy ?? null, opinions });
    }
    case 'AmendmentResubmitted': {
      const { attempt, heldOn, at } = event.data;
      const sending = { sentAt: null, follows: heldOn, receiptDueOn: null, at, version: null };
      return again(deliberation, { attempt, sending, preparedBy: event.data.preparedBy ?? null, opinions: onProposal(deliberation) });
    }
    case 'FurtherAttemptAllowed':
      return { ...deliberation, attemptsAllowed: event.data.attemptsAllowed };
    case 'AmendmentAccepted':
      return { ...deliberation, amendment: 'FORMAL', preparedBy: event.data.preparedBy ?? deliberation.preparedBy };
    case 'PublicationRecorded': {
      const publicationCount = deliberation.publicationCount + 1;
      const { certificate, ...publication } = event.data;
      return { ...deliberation, publication: { ...publication, version }, publicationCount, ripened: false, ...judgedBy(deliberation, certificate ?? null) };
    }
    case 'BoardOutageRecorded':
      return interrupted(deliberation, event.data, version);
    case 'ExecutivityRipened':
      return { ...deliberation, ripened: true };
    case 'ExecutivityCertified':
      return { ...deliberation, certificate: { ...event.data, version } };
    case 'ResolutionTransmitted':
      return { ...deliberation, transmission: { ...event.data, version } };
    case 'ResolutionAccepted':
      return { ...deliberation, acceptance: { ...event.data, version } };
    case 'ResolutionReturned': {
      const deliveredAt = deliberation.transmission?.deliveredAt ?? null;
      return { ...deliberation, acceptance: null, returned: { ...event.data, version, deliveredAt } };
    }
    case 'ResolutionSuspended':
      return { ...deliberation, suspension: { ...event.data, version } };
    case 'SuspensionLifted':
      return { ...resumed(deliberation, event.data.dueOn), suspension: null, lifted: { ...event.data, version } };
    case 'ResolutionRevoked':
      return { ...deliberation, revocation: { ...event.data, version } };
    case 'ResolutionAnnulled':
      return { ...deliberation, annulment: { ...event.data, version } };
    case 'ResolutionRectified':
      return rectified(deliberation, { ...event.data, version });
    default: {
      const unknown: never = event;
      return unknown;
    }
  }
}

function sendingOf({ sentAt, receiptDueOn, at }: DeliberationEventData['ProposalSent'], version: number): Sending {
  return { sentAt, follows: sentAt, receiptDueOn, at, version };
}

function heldAt({ convocation, lastSession }: Deliberation, session: LastSession): Pick<Deliberation, 'lastSession' | 'sessionBefore'> {
  return { lastSession: session, sessionBefore: { convocation, lastSession } };
}

/** A new attempt begins without anything of the last resolution; the last session is remembered, for order. */
function again(deliberation: Deliberation, begun: Partial<Deliberation>): Deliberation {
  const { attemptsAllowed, template, lastSession, publicationCount, ownRules } = deliberation;
  return { ...NO_DELIBERATION, attemptsAllowed, template, lastSession, publicationCount, ...(ownRules === undefined ? {} : { ownRules }), ...begun };
}

function onProposal({ opinions }: Deliberation): Deliberation['opinions'] {
  return opinions.filter((opinion) => !opinion.onAmendment);
}

/** An executive day that moved is ripe no more, and has a timer of its own; a certificate that it overtook needs a new look of the Agency. */
function interrupted(deliberation: Deliberation, data: DeliberationEventData['BoardOutageRecorded'], version: number): Deliberation {
  const { day, hoursDown, publicationEndsOn, removalOn, challengeableUntil, executiveOn, executiveFrom, transmissionDueOn } = data;
  const { publication, publicationCount } = deliberation;
  const outages = [...deliberation.outages, { day, hoursDown, version }];
  if (publication === null) return { ...deliberation, outages };
  const moved = publication.executiveOn !== executiveOn;
  return {
    ...deliberation,
    outages,
    publication: { ...publication, publicationEndsOn, removalOn, challengeableUntil, executiveOn, executiveFrom, transmissionDueOn },
    publicationCount: moved ? publicationCount + 1 : publicationCount,
    ripened: moved ? false : deliberation.ripened,
    ...judgedBy(deliberation, data.certificate),
  };
}

/** A certificate that the executive day has overtaken opens nothing, and what was accepted on it is accepted anew. */
function judgedBy({ certificate, acceptance }: Deliberation, judged: CertificateJudged | null): Pick<Deliberation, 'certificate' | 'acceptance'> {
  return {
    certificate: certificate === null || judged === null ? certificate : { ...certificate, ...judged },
    acceptance: judged === null || judged.consistent ? acceptance : null,
  };
}

/** What is owed after a suspension is due later, where it had not been late before. */
function resumed(deliberation: Deliberation, dueOn: ResumedTerms | undefined): Deliberation {
  const { adoption, publication, transmission } = deliberation;
  if (dueOn === undefined) return deliberation;
  // What is executive from its adoption counts its transmission from there.
  const fromAdoption = adoption !== null && adoption.executiveOn !== null;
  return {
    ...deliberation,
    adoption: adoption === null ? null : {
      ...adoption,
      publicationDueOn: dueOn.publication ?? adoption.publicationDueOn,
      transmissionDueOn: fromAdoption ? (dueOn.transmission ?? adoption.transmissionDueOn) : null,
    },
    publication: publication === null || fromAdoption ? publication : { ...publication, transmissionDueOn: dueOn.transmission ?? publication.transmissionDueOn },
    transmission: transmission === null ? null : { ...transmission, acceptanceDueOn: dueOn.acceptance ?? transmission.acceptanceDueOn },
  };
}

/**
 * A slip is noted. A change of substance takes back what stood on the old text: it is published anew and, since the council
 * voted the immediacy of another text, ripens by publication. An act that its body's statute makes executive stays so.
 */
function rectified(deliberation: Deliberation, rectification: DeliberationFact<'ResolutionRectified'>): Deliberation {
  const { adoption } = deliberation;
  const rectifications = [...deliberation.rectifications, rectification];
  if (!rectification.substantial) return { ...deliberation, rectifications };
  return {
    ...deliberation,
    rectifications,
    adoption: adoption === null || isNeverPublished(deliberation) ? adoption : {
      ...adoption, immediate: false, executiveOn: null, gateOpensAt: null, transmissionDueOn: null,
      publicationDueOn: rectification.publicationDueOn ?? adoption.publicationDueOn,
    },
    publication: null, ripened: false, certificate: null, transmission: null, acceptance: null, returned: null,
  };
}
