import type { AdhesionPolicies } from '../policies.ts';
import type { AdhesionState } from '../state.ts';
import type { DeliberationEvent, DeliberationEventData } from './events.ts';
import { NO_DELIBERATION, type Deliberation, type DeliberationSlice, type Sending } from './state.ts';

/** The deliberation of a case that was just opened. */
export function openedDeliberation({ maxAttempts }: AdhesionPolicies): DeliberationSlice {
  return { deliberation: { ...NO_DELIBERATION, attemptsAllowed: maxAttempts } };
}

/** Folds one event of the deliberation; `state.version` is already its version. */
export function evolveDeliberation(state: AdhesionState, event: DeliberationEvent): AdhesionState {
  return { ...state, deliberation: deliberate(state.deliberation, event, state.version) };
}

function deliberate(deliberation: Deliberation, event: DeliberationEvent, version: number): Deliberation {
  switch (event.type) {
    case 'ProposalSent':
      return { ...deliberation, attempt: 1, template: event.data.template, sending: sendingOf(event.data) };
    case 'ReceiptConfirmed':
      return { ...deliberation, receipt: { ...event.data, version } };
    case 'OpinionRecorded':
      return { ...deliberation, opinions: [...deliberation.opinions, { ...event.data, version }] };
    case 'CouncilConvened':
      return { ...deliberation, convocation: { ...event.data, version } };
    case 'SessionHeldWithoutVote': {
      const { heldOn, outcome, at } = event.data;
      return { ...deliberation, convocation: null, lastSession: { heldOn, outcome, at, version } };
    }
    case 'ResolutionRejected': {
      const { heldOn, at } = event.data;
      return { ...deliberation, rejection: { ...event.data, version }, lastSession: { heldOn, outcome: 'VOTED', at, version } };
    }
    case 'ResolutionAdopted': {
      const { heldOn, at, amended } = event.data;
      return {
        ...deliberation,
        adoption: { ...event.data, version },
        amendment: amended ? 'PENDING' : null,
        lastSession: { heldOn, outcome: 'VOTED', at, version },
      };
    }
    case 'ProposalResubmitted': {
      const { template, attempt, textChanged } = event.data;
      return again(deliberation, { attempt, template, sending: sendingOf(event.data), opinions: textChanged ? [] : onProposal(deliberation) });
    }
    case 'AmendmentResubmitted': {
      const { attempt, heldOn, at } = event.data;
      const sending = { sentAt: null, follows: heldOn, receiptDueOn: null, at };
      return again(deliberation, { attempt, sending, opinions: onProposal(deliberation) });
    }
    case 'FurtherAttemptAllowed':
      return { ...deliberation, attemptsAllowed: event.data.attemptsAllowed };
    case 'AmendmentAccepted':
      return { ...deliberation, amendment: 'FORMAL' };
    case 'PublicationRecorded': {
      const publicationCount = deliberation.publicationCount + 1;
      return { ...deliberation, publication: { ...event.data, version }, publicationCount, ripened: false };
    }
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
      return { ...deliberation, suspension: null };
    case 'ResolutionRevoked':
      return { ...deliberation, revocation: { ...event.data, version } };
    case 'ResolutionAnnulled':
      return { ...deliberation, annulment: { ...event.data, version } };
    default: {
      const unknown: never = event;
      return unknown;
    }
  }
}

function sendingOf({ sentAt, receiptDueOn, at }: DeliberationEventData['ProposalSent']): Sending {
  return { sentAt, follows: sentAt, receiptDueOn, at };
}

/** A new attempt begins without anything of the last resolution; the last session is remembered, for order. */
function again(deliberation: Deliberation, begun: Partial<Deliberation>): Deliberation {
  const { attemptsAllowed, template, lastSession, publicationCount } = deliberation;
  return { ...NO_DELIBERATION, attemptsAllowed, template, lastSession, publicationCount, ...begun };
}

function onProposal({ opinions }: Deliberation): Deliberation['opinions'] {
  return opinions.filter((opinion) => !opinion.onAmendment);
}
