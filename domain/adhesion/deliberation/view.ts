import type { Votes } from '../../calendar/majority.ts';
import type { ExecutivityPolicy } from '../../calendar/publication.ts';
import type { CivilDate, Instant } from '../../shared/civil-date.ts';
import type { TextRef } from '../../shared/text-ref.ts';
import type { OpenedCase } from '../state.ts';
import { deliberationState, executiveOn, executivity, flags, gateOpensAt } from './standing.ts';
import type { DeliberationFact } from './state.ts';
import type { DeliberationState, Executivity, Flag, OpinionKind, OpinionOutcome, Organ, SessionOutcome, Template, Urgency } from './terms.ts';

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

interface DeliberationView {
  readonly state: DeliberationState;
  readonly executivity: Executivity;
  readonly flags: readonly Flag[];
  readonly attempt: number;
  readonly attemptsAllowed: number;
  readonly template: Template | null;
  readonly sentAt: Instant | null;
  readonly receivedOn: CivilDate | null;
  readonly deliveredAt: Instant | null;
  readonly opinions: readonly OpinionView[];
  readonly convocation: { readonly call: 1 | 2; readonly urgency: Urgency; readonly noticeDeliveredAt: Instant; readonly sessionAt: Instant } | null;
  readonly lastSession: { readonly heldOn: CivilDate; readonly outcome: SessionOutcome } | null;
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
  readonly executiveOn: CivilDate | null;
  readonly certifiedExecutiveOn: CivilDate | null;
  readonly gateOpensAt: Instant | null;
  readonly challengeableUntil: CivilDate | null;
  readonly transmittedAt: Instant | null;
  readonly acceptedAt: Instant | null;
  /** The reading of art. 134 c.3 TUEL that the executive day was computed by. */
  readonly policy: ExecutivityPolicy;
}

/** The part of the view that the deliberation gives. */
export function viewDeliberation(state: OpenedCase): DeliberationPart {
  return { deliberation: viewOf(state) };
}

function viewOf({ deliberation, opening }: OpenedCase): DeliberationView {
  const { sending, receipt, opinions, convocation, lastSession, adoption, rejection, publication, certificate, transmission, acceptance } = deliberation;
  return {
    state: deliberationState(deliberation),
    executivity: executivity(deliberation),
    flags: flags(deliberation),
    attempt: deliberation.attempt,
    attemptsAllowed: deliberation.attemptsAllowed,
    template: deliberation.template,
    sentAt: sending?.sentAt ?? null,
    receivedOn: receipt?.receivedOn ?? null,
    deliveredAt: receipt?.deliveredAt ?? null,
    opinions: opinions.map(({ kind, outcome, givenOn, onAmendment, reasons }) => ({ kind, outcome, givenOn, onAmendment, reasons })),
    convocation: convocation === null ? null : viewConvocation(convocation),
    lastSession: lastSession === null ? null : { heldOn: lastSession.heldOn, outcome: lastSession.outcome },
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
    executiveOn: executiveOn(deliberation),
    certifiedExecutiveOn: certificate?.executiveOn ?? null,
    gateOpensAt: gateOpensAt(deliberation),
    challengeableUntil: publication?.challengeableUntil ?? null,
    transmittedAt: transmission?.deliveredAt ?? null,
    acceptedAt: acceptance?.at ?? null,
    policy: opening.policies.executivity,
  };
}

function viewConvocation({ call, urgency, noticeDeliveredAt, sessionAt }: DeliberationFact<'CouncilConvened'>): DeliberationView['convocation'] {
  return { call, urgency, noticeDeliveredAt, sessionAt };
}
