import type { AdhesionState, CommandType } from '../../domain/adhesion/index.ts';
import { addDays, type CivilDate, type Instant } from '../../domain/shared/civil-date.ts';
import type { TextRef } from '../../domain/shared/text-ref.ts';

/** What one step of a generated sequence is made of. */
export interface Throw {
  readonly turn: number;
  readonly pick: number;
  readonly days: number;
  readonly twist: number;
  readonly sender: number;
}

const TEXT: TextRef = { textId: 'txt-1', digest: 'd1' };
const APPROVED = 'ab'.repeat(32);
const AMENDED = 'cd'.repeat(32);
const KINDS = ['TECHNICAL', 'ACCOUNTING', 'AUDITORS'] as const;
const ROLES = ['ICT_REFERENT', 'RTD', 'DPO', 'SECURITY_CONTACT', 'CYBER_REFERENT', 'SERVICE_REFERENT'] as const;
const CHANGES = ['MAYOR_CHANGED', 'COMMISSIONER_APPOINTED', 'COUNCIL_ELECTED', 'ELECTION_CALLED'] as const;
const AUTHORITIES = ['COURT', 'BODY'] as const;
const OUTCOMES = ['POSTPONED', 'NO_QUORUM', 'NOT_REACHED', 'ITEM_WITHDRAWN'] as const;

/** Data of a command that suit the state, but for a twist now and then: a wrong date, another text, a vote lost. */
export function dataFor(type: CommandType, state: AdhesionState, day: CivilDate, dice: Throw): object {
  // One in twenty facts is dated too early, one in a hundred lies far ahead.
  const on = dice.twist < 5 ? addDays(day, -60) : dice.twist === 5 ? '2031-01-01' : day;
  const at: Instant = `${on}T0${dice.pick % 10}:15:00Z`;
  switch (type) {
    case 'OpenAdhesion': return opening(dice);
    case 'SendProposal': return { template: { id: 'convenzione-cst', version: 1, sha256: APPROVED }, sentAt: at };
    case 'ConfirmReceipt': return { deliveredAt: at };
    case 'RecordOpinion': return opinion(state, on, dice);
    case 'ConveneCouncil': return convocation(state, on, dice);
    case 'RecordSession': return session(state, on, dice);
    case 'ResubmitProposal': return dice.twist < 50 ? { sentAt: at } : { sentAt: at, template: { id: 'convenzione-cst', version: 2, sha256: AMENDED } };
    case 'DecideAmendment': return { decision: dice.twist < 70 ? 'ACCEPT_AS_FORMAL' : 'RESUBMIT', reasons: TEXT };
    case 'RecordPublication': return { noticeBoardNo: `${dice.pick}/2026`, firstDay: on };
    case 'CertifyExecutivity': return certificate(state, on, dice);
    case 'TransmitResolution': return { deliveredAt: at };
    case 'AcceptResolution': return dice.twist < 30 ? { overrideReason: TEXT } : {};
    case 'SignConvention': return signature(state, at, dice, 'MAYOR');
    case 'CountersignConvention': return signature(state, `${on}T16:00:00Z`, dice, 'AGENCY_PRESIDENT');
    case 'RegisterConvention':
      return { repertoryNo: '1', protocolNo: '2', registeredOn: on, inForceOn: addDays(on, dice.twist < 70 ? 0 : dice.twist - 60) };
    case 'AppointReferent': return appointment(state, on, dice);
    case 'AcceptAppointment': return { appointmentId: `ref-${1 + (dice.pick % Math.max(1, state.referents.length + (dice.twist < 10 ? 1 : 0)))}`, acceptedAt: `${on}T16:00:00Z` };
    case 'RequestMigration': return { service: dice.pick % 2 === 0 ? 'TRAINING' : 'RTD_COMMUNITY', ...(dice.twist < 10 ? { plan: 'none' } : {}) };
    case 'RecordMandateChange': return { kind: CHANGES[dice.pick % CHANGES.length], on };
    case 'SuspendResolution': return { by: AUTHORITIES[dice.twist % 2], orderNo: `${dice.pick}/2026`, from: on };
    case 'LiftSuspension': return { on, orderNo: `${dice.pick}/2026` };
    case 'RevokeResolution': return { actNo: `${dice.pick}/2026`, on };
    case 'AnnulResolution': return { actNo: `${dice.pick}/2026`, on, by: AUTHORITIES[dice.twist % 2] };
    case 'RecordBudgetCover': return { covered: dice.pick % 3 > 0, ...(dice.twist < 50 ? { actNo: `${dice.pick}/2026` } : {}) };
    case 'AmendConvention':
      return { kind: dice.pick % 2 === 0 ? 'ESSENTIAL' : 'SERVICES', actNo: `${dice.pick}/2026`, actOn: on, sha256: dice.twist < 10 ? APPROVED : textOf(dice.pick) };
    case 'OpenRenewal': return {};
    case 'GiveWithdrawalNotice': return { deliveredAt: `${on}T17:00:00Z`, actNo: `${dice.pick}/2026`, actOn: on };
    case 'ExcludeMember': return exclusion(state, on, dice);
    case 'AdoptRegulation': return { kind: 'ICT', actNo: `${dice.pick}/2026`, actOn: on, sha256: textOf(dice.pick) };
    case 'DraftDpa': return { sha256: dice.twist < 80 ? APPROVED : AMENDED };
    case 'SignDpa': return { signedAt: at, sha256: dpaText(state, dice) };
    case 'CountersignDpa': return { signedAt: `${on}T16:00:00Z`, sha256: dpaText(state, dice), inForceOn: addDays(on, dice.twist < 70 ? 0 : dice.twist - 60) };
    case 'ConfirmDataReturn': return { outcome: dice.pick % 2 === 0 ? 'RETURNED' : 'DELETED', on, protocolNo: `${dice.pick}/2026` };
    case 'CorrectFact': return correction(state, on, dice);
    case 'WithdrawFact': return { commandId: state.parked[dice.pick % Math.max(1, state.parked.length)]?.commandId ?? 'cmd-none' };
    case 'AllowFurtherAttempt':
    case 'ReturnResolution':
    case 'CloseAdhesion': return { reasons: TEXT };
  }
}

function opening({ twist, pick }: Throw): object {
  const policies = {
    executivity: (['START_EXCLUSIVE', 'START_INCLUSIVE', 'END'] as const)[pick % 3],
    maxAttempts: 1 + (pick % 3),
    ...(pick % 2 === 0 ? { conventionYears: 1, exit: { noticeMonths: pick % 8, lockInYears: 0, unpaidDays: 30 } } : {}),
    window: twist < 50 ? { from: '2026-03-01', to: '2026-05-31' } : null,
  };
  return { id: 'c_a010-1', body: 'c_a010', istatCode: '015002', name: 'Abbiategrasso', population: 32_425, ...(twist < 20 ? {} : { policies }) };
}

function opinion({ deliberation }: AdhesionState, givenOn: CivilDate, { pick, twist }: Throw): object {
  const onAmendment = deliberation.amendment !== null;
  const missing = KINDS.filter((kind) => !deliberation.opinions.some((known) => known.kind === kind && known.onAmendment === onAmendment));
  return {
    kind: missing[pick % Math.max(1, missing.length)] ?? 'TECHNICAL',
    outcome: twist < 85 ? 'FAVOURABLE' : 'UNFAVOURABLE',
    givenOn,
    ...(twist % 3 === 0 ? { reasons: TEXT } : {}),
    ...(onAmendment ? { onAmendment } : {}),
  };
}

function convocation({ deliberation }: AdhesionState, on: CivilDate, { twist, pick }: Throw): object {
  const call = deliberation.lastSession?.outcome === 'NO_QUORUM' && twist < 60 ? 2 : 1;
  const urgency = (['ORDINARY', 'EXTRAORDINARY', 'URGENT'] as const)[pick % 3];
  return { call, urgency, noticeDeliveredAt: `${on}T09:00:00Z`, sessionAt: `${addDays(on, twist < 90 ? 6 : 1)}T18:00:00Z` };
}

function session({ deliberation }: AdhesionState, on: CivilDate, { twist, pick, turn }: Throw): object {
  const convened = deliberation.convocation?.sessionOn;
  // Held on the day convened, or later when days have passed since.
  const heldOn = convened !== undefined && twist < 95 && convened > on ? convened : on;
  if (twist >= 75) return { organ: 'COUNCIL', heldOn, outcome: OUTCOMES[pick % OUTCOMES.length] };
  const organ = pick % 7 === 0 ? 'COMMISSIONER' : pick % 31 === 0 ? 'BOARD' : 'COUNCIL';
  const voted = {
    organ, heldOn, outcome: 'VOTED', resolutionNo: `${pick}/2026`, councilReasons: TEXT,
    ...(turn % 5 === 0 ? { textSha256: AMENDED } : {}),
    ...(turn % 3 === 0 ? { immediate: { for: 15, against: 0, abstained: 0, reasons: TEXT } } : {}),
  };
  if (organ === 'COMMISSIONER') return voted;
  const votes = pick % 4 === 0 ? { for: 9, against: 6, abstained: 3 } : { for: 15, against: 3, abstained: 0 };
  return { ...voted, councillorsPresent: 18, mayorPresent: true, votes };
}

function certificate({ deliberation }: AdhesionState, on: CivilDate, { twist }: Throw): object {
  const computed = deliberation.publication?.executiveOn ?? on;
  const executiveOn = twist < 80 ? computed : addDays(computed, twist < 90 ? -1 : 2);
  return { executiveOn, certifiedOn: on > executiveOn ? on : executiveOn };
}

/** One of a few texts, so that the same comes again now and then. */
function textOf(pick: number): string {
  return `${pick % 10}f`.repeat(32);
}

function dpaText({ dpa: { draft } }: AdhesionState, { pick }: Throw): string {
  return pick % 17 === 0 ? 'ee'.repeat(32) : (draft?.sha256 ?? APPROVED);
}

/** In order, after the days of non-payment or a little less. */
function exclusion({ convention: { registration } }: AdhesionState, on: CivilDate, { twist }: Throw): object {
  const first = registration?.inForceOn ?? on;
  return { noticesOn: [first, addDays(first, 10)], heardOn: addDays(first, 20), assemblyActNo: '3/2026', on: twist < 90 ? on : addDays(first, 25) };
}

function signature({ deliberation, convention }: AdhesionState, signedAt: Instant, { twist, pick }: Throw, office: string): object {
  return {
    signer: `s-${office.toLowerCase()}`,
    office,
    signedAt,
    form: twist >= 90 ? 'HANDWRITTEN' : 'PADES',
    ...(twist >= 85 && twist < 90 ? { certificateValidTo: '2020-01-01T00:00:00Z' } : {}),
    sha256: pick % 17 === 0 ? 'ee'.repeat(32) : (convention.addendum?.resolved.sha256 ?? deliberation.adoption?.textSha256 ?? APPROVED),
  };
}

function appointment({ referents }: AdhesionState, actOn: CivilDate, { pick, twist }: Throw): object {
  const vacant = ROLES.filter((role) => !referents.some((known) => known.role === role));
  const role = vacant[pick % Math.max(1, Math.min(4, vacant.length))] ?? 'RTD';
  return {
    role, subject: twist < 10 ? 's-same' : `s-${role.toLowerCase()}`, actNo: `${pick}/2026`, actOn,
    ...(role === 'SERVICE_REFERENT' ? { service: 'TRAINING' } : {}),
  };
}

/** Corrects one of the facts that stand by data of its own kind, on another day. */
function correction(state: AdhesionState, on: CivilDate, dice: Throw): object {
  const { receipt, publication, certificate: certified, transmission } = state.deliberation;
  const { registration, budget } = state.convention;
  const { withdrawal, regulations } = state.membership;
  const [cover, regulation] = [budget.at(-1), regulations.at(-1)];
  const agreement = state.dpa.countersignature;
  const facts = [
    receipt === null ? null : { version: receipt.version, data: { deliveredAt: `${addDays(receipt.receivedOn, 1)}T08:00:00Z` } },
    publication === null ? null : { version: publication.version, data: { noticeBoardNo: 'corrected', firstDay: addDays(publication.firstDay, dice.days) } },
    certified === null ? null : { version: certified.version, data: { executiveOn: on, certifiedOn: on } },
    transmission === null ? null : { version: transmission.version, data: { deliveredAt: `${on}T08:00:00Z` } },
    registration === null ? null : {
      version: registration.version,
      data: { repertoryNo: '3', protocolNo: '4', registeredOn: registration.registeredOn, inForceOn: addDays(registration.inForceOn, dice.days) },
    },
    cover === undefined ? null : { version: cover.version, data: { covered: !cover.covered } },
    agreement === null ? null : { version: agreement.version, data: { signedAt: agreement.signedAt, sha256: agreement.sha256, inForceOn: addDays(agreement.inForceOn, dice.days) } },
    withdrawal === null ? null : { version: withdrawal.version, data: { deliveredAt: `${on}T17:00:00Z`, actNo: 'corrected', actOn: on } },
    regulation === undefined ? null : { version: regulation.version, data: { kind: 'ICT', actNo: 'corrected', actOn: on, sha256: AMENDED } },
  ].filter((fact) => fact !== null);
  return facts.at(-1 - (dice.pick % Math.max(1, facts.length))) ?? { version: 1 + dice.pick, data: {} };
}
