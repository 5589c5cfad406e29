import { annullableUntil, extraordinaryAppealUntil } from '../../calendar/challenge.ts';
import type { Votes } from '../../calendar/majority.ts';
import type { ExecutivityPolicy } from '../../calendar/publication.ts';
import type { CivilDate, Instant } from '../../shared/civil-date.ts';
import type { TextRef } from '../../shared/text-ref.ts';
import type { OpenedCase } from '../state.ts';
import { flags } from './flags.ts';
import { deliberationState, executiveOn, executivity, gateOpensAt, openSessionRequest } from './standing.ts';
import type { Deliberation, DeliberationFact } from './state.ts';
import type {
  Authority, DeliberationState, Executivity, Flag, OpinionKind, OpinionOutcome, Organ, SessionAsker, SessionOutcome, SuspensionEnd, Template, Urgency,
} from './terms.ts';

/** What readers see of the deliberation. */
export interface DeliberationPart {
  readonly deliberation: DeliberationView;
}

interface OpinionView {
  readonly kind: OpinionKind;
  readonly outcome: OpinionOutcome;
  readonly givenOn: CivilDate;
  readonly onAmendment: boolean;
  readonly reasons: TextRef | null;
}

/** A revocation or an annulment: from when the resolution has no effect. */
interface LossView {
  readonly actNo: string;
  readonly on: CivilDate;
  readonly effectFrom: CivilDate;
}

interface DeliberationView {
  readonly state: DeliberationState;
  readonly executivity: Executivity;
  readonly flags: readonly Flag[];
  readonly attempt: number;
  readonly attemptsAllowed: number;
  readonly template: Template | null;
  readonly sentAt: Instant | null;
  /** Who may not accept the resolution, by the two-person rule. */
  readonly preparedBy: string | null;
  readonly receivedOn: CivilDate | null;
  readonly deliveredAt: Instant | null;
  /** By kind, those on an amendment last. */
  readonly opinions: readonly OpinionView[];
  /** A request that no session has answered yet. */
  readonly sessionRequest: { readonly by: SessionAsker; readonly on: CivilDate; readonly sessionDueOn: CivilDate } | null;
  readonly convocation: { readonly call: 1 | 2; readonly urgency: Urgency; readonly noticeDeliveredAt: Instant; readonly sessionAt: Instant } | null;
  /** `newSessionOn`: day to which the item was moved, where one was set. */
  readonly lastSession: { readonly heldOn: CivilDate; readonly outcome: SessionOutcome; readonly newSessionOn: CivilDate | null } | null;
  readonly organ: Organ | null;
  readonly adoptedOn: CivilDate | null;
  readonly resolutionNo: string | null;
  readonly textSha256: string | null;
  readonly votes: Votes | null;
  readonly amendment: 'PENDING' | 'FORMAL' | null;
  readonly noticeBoardNo: string | null;
  readonly firstDay: CivilDate | null;
  readonly publicationEndsOn: CivilDate | null;
  readonly removalOn: CivilDate | null;
  readonly outages: readonly { readonly day: CivilDate; readonly hoursDown: number }[];
  readonly executiveOn: CivilDate | null;
  readonly certifiedExecutiveOn: CivilDate | null;
  readonly gateOpensAt: Instant | null;
  readonly challengeableUntil: CivilDate | null;
  /** For the extraordinary appeal to the President of the Republic; information, as the next. */
  readonly extraordinaryAppealUntil: CivilDate | null;
  /** For the body to annul its own act, by a cap that hardly fits an adhesion. */
  readonly annullableUntil: CivilDate | null;
  readonly transmittedAt: Instant | null;
  readonly acceptedAt: Instant | null;
  readonly suspension: { readonly by: Authority; readonly orderNo: string; readonly from: CivilDate } | null;
  /** How the last suspension that is over ended; `ground` null where nobody said. */
  readonly lifted: { readonly on: CivilDate; readonly orderNo: string; readonly ground: SuspensionEnd | null } | null;
  readonly revocation: LossView | null;
  readonly annulment: LossView | null;
  readonly rectifications: readonly { readonly actNo: string; readonly on: CivilDate; readonly substantial: boolean }[];
  /** The reading of art. 134 c.3 TUEL that the executive day was computed by. */
  readonly policy: ExecutivityPolicy;
}

/** The part of the view that the deliberation gives. */
export function viewDeliberation(state: OpenedCase): DeliberationPart {
  return { deliberation: viewOf(state) };
}

function viewOf(state: OpenedCase): DeliberationView {
  const { deliberation, opening } = state;
  const { sending, receipt, opinions, convocation, lastSession, adoption, rejection, publication, certificate, transmission, acceptance } = deliberation;
  return {
    state: deliberationState(deliberation),
    executivity: executivity(deliberation),
    flags: flags(state),
    attempt: deliberation.attempt,
    attemptsAllowed: deliberation.attemptsAllowed,
    template: deliberation.template,
    sentAt: sending?.sentAt ?? null,
    preparedBy: deliberation.preparedBy,
    receivedOn: receipt?.receivedOn ?? null,
    deliveredAt: receipt?.deliveredAt ?? null,
    opinions: viewOpinions(opinions),
    sessionRequest: viewRequest(deliberation),
    convocation: convocation === null ? null : viewConvocation(convocation),
    lastSession: lastSession === null ? null : { heldOn: lastSession.heldOn, outcome: lastSession.outcome, newSessionOn: lastSession.newSessionOn ?? null },
    organ: adoption?.organ ?? null,
    adoptedOn: adoption?.heldOn ?? null,
    resolutionNo: adoption?.resolutionNo ?? null,
    textSha256: adoption?.textSha256 ?? null,
    votes: (adoption ?? rejection)?.votes ?? null,
    amendment: deliberation.amendment,
    noticeBoardNo: publication?.noticeBoardNo ?? null,
    firstDay: publication?.firstDay ?? null,
    publicationEndsOn: publication?.publicationEndsOn ?? null,
    removalOn: publication?.removalOn ?? null,
    outages: deliberation.outages.map(({ day, hoursDown }) => ({ day, hoursDown })).toSorted((a, b) => (a.day < b.day ? -1 : 1)),
    executiveOn: executiveOn(deliberation),
    certifiedExecutiveOn: certificate?.executiveOn ?? null,
    gateOpensAt: gateOpensAt(deliberation),
    challengeableUntil: publication?.challengeableUntil ?? null,
    ...viewRemedies(state),
    transmittedAt: transmission?.deliveredAt ?? null,
    acceptedAt: acceptance?.at ?? null,
    ...viewSideStates(deliberation),
    policy: opening.policies.executivity,
  };
}

/**
 * Days that nothing goes by, read from the dates that the events fixed and the calendar that the case pinned, so that no later law
 * moves them; events stored before these days were known give them too.
 */
function viewRemedies({ deliberation: { adoption, publication }, opening }: OpenedCase): Pick<DeliberationView, 'extraordinaryAppealUntil' | 'annullableUntil'> {
  const { calendarVersion } = opening.policies;
  return {
    extraordinaryAppealUntil: publication === null ? null : extraordinaryAppealUntil(publication.publicationEndsOn, calendarVersion),
    annullableUntil: adoption === null ? null : annullableUntil(adoption.heldOn, calendarVersion),
  };
}

function viewConvocation({ call, urgency, noticeDeliveredAt, sessionAt }: DeliberationFact<'CouncilConvened'>): DeliberationView['convocation'] {
  return { call, urgency, noticeDeliveredAt, sessionAt };
}

const KINDS: readonly OpinionKind[] = ['TECHNICAL', 'ACCOUNTING', 'AUDITORS'];

/** In one order, whatever that of their arrival. */
function viewOpinions(opinions: Deliberation['opinions']): readonly OpinionView[] {
  return opinions.map(({ kind, outcome, givenOn, onAmendment, reasons }) => ({ kind, outcome, givenOn, onAmendment, reasons }))
    .toSorted((a, b) => Number(a.onAmendment) - Number(b.onAmendment) || KINDS.indexOf(a.kind) - KINDS.indexOf(b.kind));
}

function viewRequest(deliberation: Deliberation): DeliberationView['sessionRequest'] {
  const request = openSessionRequest(deliberation);
  return request === null ? null : { by: request.by, on: request.on, sessionDueOn: request.sessionDueOn };
}

function viewSideStates(deliberation: Deliberation): Pick<DeliberationView, 'suspension' | 'lifted' | 'revocation' | 'annulment' | 'rectifications'> {
  const { suspension, lifted, revocation, annulment, rectifications, adoption } = deliberation;
  return {
    suspension: suspension === null ? null : { by: suspension.by, orderNo: suspension.orderNo, from: suspension.from },
    lifted: lifted === null ? null : { on: lifted.on, orderNo: lifted.orderNo, ground: lifted.ground ?? null },
    revocation: revocation === null ? null : { actNo: revocation.actNo, on: revocation.on, effectFrom: revocation.effectFrom ?? revocation.on },
    annulment: annulment === null ? null : { actNo: annulment.actNo, on: annulment.on, effectFrom: annulment.effectFrom ?? adoption?.heldOn ?? annulment.on },
    rectifications: rectifications.map(({ actNo, on, substantial }) => ({ actNo, on, substantial })),
  };
}
