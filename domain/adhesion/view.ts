import type { Votes } from '../calendar/majority.ts';
import type { ExecutivityPolicy } from '../calendar/publication.ts';
import type { ParkedFact } from '../shared/case.ts';
import { civilDateOf, type CivilDate, type Instant } from '../shared/civil-date.ts';
import type { Waiting } from '../shared/process.ts';
import type { TextRef } from '../shared/text-ref.ts';
import type { AdhesionEventData } from './events.ts';
import type { AdhesionPolicies } from './policies.ts';
import {
  conventionState, deliberationState, executiveOn, executivity, flags, gateOpensAt, lateFrom, phase, referentState,
} from './standing.ts';
import { isOpened, type AdhesionState, type Fact, type MigrationNote, type OpenedCase, type Referent } from './state.ts';
import type {
  ConventionState, DeliberationState, Executivity, Flag, OpinionKind, OpinionOutcome, Organ, Phase, ReferentRole, ReferentState,
  SessionOutcome, Template, Urgency,
} from './terms.ts';
import { timers } from './timers.ts';
import { waiting } from './waiting.ts';

export interface OpinionView {
  readonly kind: OpinionKind;
  readonly outcome: OpinionOutcome;
  readonly givenOn: CivilDate;
  readonly onAmendment: boolean;
  readonly reasons: TextRef | null;
}

export interface DeliberationView {
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

type SignatureView = Pick<AdhesionEventData['ConventionVoided'], 'signer' | 'office' | 'signedAt' | 'form' | 'sha256'>;

export interface ConventionView {
  readonly state: ConventionState;
  readonly signature: SignatureView | null;
  readonly countersignature: SignatureView | null;
  readonly voidedBy: (SignatureView & { readonly code: string }) | null;
  readonly concludedOn: CivilDate | null;
  readonly repertoryNo: string | null;
  readonly protocolNo: string | null;
  readonly registeredOn: CivilDate | null;
  readonly inForceOn: CivilDate | null;
  readonly endsOn: CivilDate | null;
}

export interface ReferentView {
  readonly appointmentId: string;
  readonly role: ReferentRole;
  readonly state: ReferentState;
  readonly subject: string;
  readonly actNo: string;
  readonly actOn: CivilDate;
  readonly service: string | null;
  readonly deputy: boolean;
  readonly acceptedAt: Instant | null;
}

export interface AdhesionView {
  readonly id: string;
  readonly workflowId: string;
  readonly body: string;
  readonly istatCode: string;
  readonly name: string | null;
  readonly population: number;
  readonly phase: Phase;
  readonly version: number;
  readonly deliberation: DeliberationView;
  readonly convention: ConventionView;
  readonly dpa: { readonly state: 'NOT_STARTED' };
  readonly referents: readonly ReferentView[];
  readonly mandates: readonly never[];
  readonly recognition: { readonly state: 'NOT_STARTED' };
  readonly migrations: readonly Pick<MigrationNote, 'id' | 'service' | 'state'>[];
  readonly parked: readonly ParkedFact[];
  readonly waitingFor: readonly Waiting[];
  readonly timers: readonly { readonly key: string; readonly at: Instant }[];
  readonly late: boolean;
  readonly policies: AdhesionPolicies;
}

/** The adhesion as readers see it; only `late` depends on the present. Throws when the case was never opened. */
export function viewAdhesion(state: AdhesionState, now: Instant): AdhesionView {
  if (!isOpened(state)) throw new Error('This adhesion was never opened');
  const { id, body, istatCode, name, population, policies } = state.opening;
  const from = lateFrom(state);
  return {
    id,
    workflowId: `adhesion/${id}`,
    body,
    istatCode,
    name,
    population,
    phase: phase(state),
    version: state.version,
    deliberation: viewDeliberation(state),
    convention: viewConvention(state),
    dpa: { state: 'NOT_STARTED' },
    referents: state.referents.map(viewReferent),
    mandates: [],
    recognition: { state: 'NOT_STARTED' },
    migrations: state.migrations.map((note) => ({ id: note.id, service: note.service, state: note.state })),
    parked: state.parked,
    waitingFor: waiting(state),
    timers: timers(state).map(({ key, at }) => ({ key, at })),
    late: from !== null && from <= civilDateOf(now),
    policies,
  };
}

function viewDeliberation({ deliberation, opening }: OpenedCase): DeliberationView {
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

function viewConvocation({ call, urgency, noticeDeliveredAt, sessionAt }: Fact<'CouncilConvened'>): DeliberationView['convocation'] {
  return { call, urgency, noticeDeliveredAt, sessionAt };
}

function viewConvention(state: OpenedCase): ConventionView {
  const { signature, countersignature, voided, registration } = state.convention;
  return {
    state: conventionState(state),
    signature: signature === null ? null : viewSignature(signature),
    countersignature: countersignature === null ? null : viewSignature(countersignature),
    voidedBy: voided === null ? null : { ...viewSignature(voided), code: voided.code },
    concludedOn: countersignature?.concludedOn ?? null,
    repertoryNo: registration?.repertoryNo ?? null,
    protocolNo: registration?.protocolNo ?? null,
    registeredOn: registration?.registeredOn ?? null,
    inForceOn: registration?.inForceOn ?? null,
    endsOn: registration?.endsOn ?? null,
  };
}

function viewSignature({ signer, office, signedAt, form, sha256 }: SignatureView): SignatureView {
  return { signer, office, signedAt, form, sha256 };
}

function viewReferent(referent: Referent): ReferentView {
  const { appointmentId, role, subject, actNo, actOn, service, deputy, acceptance } = referent;
  return { appointmentId, role, state: referentState(referent), subject, actNo, actOn, service, deputy, acceptedAt: acceptance?.acceptedAt ?? null };
}
