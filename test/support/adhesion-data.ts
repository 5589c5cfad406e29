import type { AdhesionState, CommandType } from '../../domain/adhesion/index.ts';
import { competenceOf } from '../../domain/adhesion/competence.ts';
import { SUSPENSION_ENDS } from '../../domain/adhesion/deliberation/terms.ts';
import { headOn } from '../../domain/adhesion/mandates/standing.ts';
import { changesAsking } from '../../domain/adhesion/referents/confirmation.ts';
import { holderOf } from '../../domain/adhesion/referents/standing.ts';
import { referentState } from '../../domain/adhesion/referents/tenure.ts';
import { countApplications, countSites, type CountedApplication, type CountedSite } from '../../domain/adhesion/recognition/inventory.ts';
import { DIMENSIONS } from '../../domain/adhesion/recognition/terms.ts';
import { addDays, type CivilDate, type Instant } from '../../domain/shared/civil-date.ts';
import type { TextRef } from '../../domain/shared/text-ref.ts';
import { dueData, dueCorrections } from './dues-data.ts';
import { mandateChange } from './mandates-data.ts';
import { opening } from './opening-data.ts';
import { processingCorrections, processingData } from './processing-data.ts';
import { REQUESTED } from './requested-services.ts';
import { revocationData } from './revocation-data.ts';
import type { Throw } from './throw.ts';

const TEXT: TextRef = { textId: 'txt-1', digest: 'd1' };
const APPROVED = 'ab'.repeat(32);
const AMENDED = 'cd'.repeat(32);
const KINDS = ['TECHNICAL', 'ACCOUNTING', 'AUDITORS'] as const;
const ROLES = ['ICT_REFERENT', 'RTD', 'DPO', 'SECURITY_CONTACT', 'CYBER_REFERENT', 'SERVICE_REFERENT'] as const;
const AUTHORITIES = ['COURT', 'BODY'] as const;
const APPLICATIONS: readonly CountedApplication[] = [
  { hosting: 'SAAS', acnQualification: 'QC2', personalData: 'COMMON', exitFormat: 'CSV', protocolSystem: { agidAligned: true, aooCode: 'AOO1' } },
  { hosting: 'ON_PREM', personalData: 'SPECIAL' }, {},
];
const SITES: readonly CountedSite[] = [{ access: 'CMM_FIBRE', backupLine: true }, { access: 'DSL' }];
const OUTCOMES = ['POSTPONED', 'NO_QUORUM', 'NOT_REACHED', 'ITEM_WITHDRAWN'] as const;

/** Data of a command that suit the state, but for a twist now and then: a wrong date, another text, a vote lost. */
export function dataFor(type: CommandType, state: AdhesionState, day: CivilDate, dice: Throw): object {
  // One in twenty facts is dated too early, one in a hundred lies far ahead.
  const on = dice.twist < 5 ? addDays(day, -60) : dice.twist === 5 ? '2031-01-01' : (lastDayFor(type, state) ?? day);
  const at: Instant = `${on}T0${dice.pick % 10}:15:00Z`;
  switch (type) {
    case 'OpenAdhesion': return opening(dice);
    case 'InviteRecognition': return dice.twist < 50 ? {} : { dueOn: addDays(day, dice.days * 5) };
    case 'SubmitRecognition': return recognition(day, dice);
    case 'BeginRecognition':
    case 'ValidateRecognition': return {};
    case 'SendProposal': return { template: { id: 'convenzione-cst', version: 1, sha256: APPROVED }, sentAt: at };
    case 'ConfirmReceipt': return { deliveredAt: at };
    case 'RecordOpinion': return opinion(state, on, dice);
    case 'RequestSession': return { by: dice.twist % 2 === 0 ? 'MAYOR' : 'ONE_FIFTH', on };
    case 'ConveneCouncil': return convocation(state, on, dice);
    case 'RecordSession': return session(state, on, dice);
    case 'ResubmitProposal': return dice.twist < 50 ? { sentAt: at } : { sentAt: at, template: { id: 'convenzione-cst', version: 2, sha256: AMENDED } };
    case 'DecideAmendment': return { decision: dice.twist < 70 ? 'ACCEPT_AS_FORMAL' : 'RESUBMIT', reasons: TEXT };
    case 'RecordPublication': return { noticeBoardNo: `${dice.pick}/2026`, firstDay: on };
    case 'RecordBoardOutage': return outage(state, on, dice);
    case 'CertifyExecutivity': return certificate(state, on, dice);
    case 'TransmitResolution': return { deliveredAt: at };
    case 'AcceptResolution': return dice.twist < 30 ? { overrideReason: TEXT } : {};
    case 'SignConvention': return signature(state, at, dice, dice.twist >= 10 && headOn(state, on)?.office === 'COMMISSIONER' ? 'COMMISSIONER' : competenceOf(state).head);
    case 'CountersignConvention': return signature(state, `${on}T16:00:00Z`, dice, 'AGENCY_PRESIDENT');
    case 'RegisterConvention': return { repertoryNo: '1', protocolNo: '2', registeredOn: on, inForceOn: addDays(on, dice.twist < 40 ? 0 : dice.twist - 30) };
    case 'AppointReferent': return appointment(state, on, dice);
    case 'AcceptAppointment': return { appointmentId: toAccept(state, dice), acceptedAt: `${on}T16:00:00Z` };
    case 'ReplaceReferent': return { ...numbered(state, dice), subject: dice.twist < 10 ? 's-same' : `s-new-${dice.pick}`, actNo: `${dice.pick}/2026`, actOn: on };
    case 'SuspendReferent': return { ...numbered(state, dice), from: on };
    case 'DeclareVacancy': return vacancy(on, dice);
    case 'ConfirmReferents': return { appointmentIds: toConfirm(state, dice) };
    case 'RequestMigration': return { ...REQUESTED[dice.pick % 3], ...(dice.twist < 10 ? { plan: 'none' } : {}) };
    case 'NoteCouncilSession': return { sessionOn: addDays(day, dice.twist < 10 ? -1 : dice.pick % 3) };
    case 'WithdrawCouncilSession': return { sessionOn: dice.twist < 10 ? day : state.councilSessions?.[0] ?? day };
    case 'RecordMandateChange': return mandateChange(on, dice);
    case 'SuspendResolution': return { by: AUTHORITIES[dice.twist % 2], orderNo: `${dice.pick}/2026`, from: on };
    case 'LiftSuspension': return { on, orderNo: `${dice.pick}/2026`, ...(dice.twist < 50 ? { ground: SUSPENSION_ENDS[dice.pick % 3] } : {}) };
    case 'RecordRtdOnIpa': return { on };
    case 'RevokeResolution': return { actNo: `${dice.pick}/2026`, on };
    case 'AnnulResolution': return { actNo: `${dice.pick}/2026`, on, by: AUTHORITIES[dice.twist % 2] };
    case 'RectifyResolution': return { actNo: `${dice.pick}/2026`, on, substantial: dice.twist % 3 === 0 };
    case 'RecordBudgetCover': return { covered: dice.pick % 3 > 0, ...(dice.twist < 50 ? { actNo: `${dice.pick}/2026` } : {}) };
    case 'AmendConvention': return { kind: dice.pick % 2 === 0 ? 'ESSENTIAL' : 'SERVICES', actNo: `${dice.pick}/2026`, actOn: on, sha256: dice.twist < 10 ? APPROVED : textOf(dice.pick) };
    case 'OpenRenewal': return {};
    case 'GiveWithdrawalNotice': return { deliveredAt: `${on}T17:00:00Z`, actNo: `${dice.pick}/2026`, actOn: on };
    case 'ExcludeMember': return exclusion(state, on, dice);
    case 'AdoptRegulation': return { kind: 'ICT', actNo: `${dice.pick}/2026`, actOn: on, sha256: textOf(dice.pick) };
    case 'DraftDpa': return { sha256: dice.twist < 80 ? APPROVED : AMENDED };
    case 'SignDpa': return { signedAt: at, sha256: dpaText(state, dice) };
    case 'CountersignDpa': return { signedAt: `${on}T16:00:00Z`, sha256: dpaText(state, dice), inForceOn: addDays(on, dice.twist < 70 ? 0 : dice.twist - 60) };
    case 'ConfirmDataReturn': return { outcome: dice.pick % 2 === 0 ? 'RETURNED' : 'DELETED', on, protocolNo: `${dice.pick}/2026` };
    case 'RecordDpoContact':
    case 'DeclareDpiaNeed':
    case 'RecordDpia':
    case 'RecordProcessorAudit':
    case 'NotifySubprocessor':
    case 'ObjectToSubprocessor':
    case 'WithdrawSubprocessor':
    case 'ReportBreach':
    case 'NotifyBreachToMember':
    case 'NotifyBreachToAuthority':
    case 'WaiveBreachNotice': return processingData(type, state, on, dice);
    case 'RecordNisDuty': return { duty: dice.pick % 2 === 0 ? 'REGISTRATION' : 'UPDATE', on };
    case 'PublishConvention': return { on, url: `https://www.comune.example/${dice.pick}` };
    case 'RecordCertificateRevocation': return revocationData(state, at, dice);
    case 'DeclareDue':
    case 'SettleDue': return dueData(type, state, on, dice);
    case 'CorrectFact': return correction(state, on, dice);
    case 'WithdrawFact': return { commandId: state.parked[dice.pick % Math.max(1, state.parked.length)]?.commandId ?? 'cmd-none' };
    case 'AllowFurtherAttempt':
    case 'ReturnResolution':
    case 'ReturnRecognition':
    case 'CloseAdhesion': return { reasons: TEXT };
  }
}

/** What a convention that expired is still renewed by had happened by its last day. */
function lastDayFor(type: CommandType, { membership: { end } }: AdhesionState): CivilDate | null {
  return end?.code === 'EXPIRED' && ['AmendConvention', 'SignConvention', 'CountersignConvention'].includes(type) ? end.on : null;
}

/** Mostly complete; now and then an answer, the applications or the sign-off is missing. */
function recognition(day: CivilDate, { twist, pick, days }: Throw): object {
  const answer = (score: number) => ({ score, evidence: TEXT, ...(twist % 2 === 0 ? { assessedBy: 's-ict', assessedOn: addDays(day, -days) } : {}) });
  const answered = DIMENSIONS.filter((_dimension, index) => twist >= 8 || index !== twist);
  return {
    dimensions: Object.fromEntries(answered.map((dimension, index) => [dimension, answer((pick + index) % 5)])),
    applications: { documentId: 'inv-1', digest: 'd1', ...countApplications(APPLICATIONS.slice(0, twist === 8 ? 0 : 1 + (pick % 3))) },
    sites: { documentId: 'inv-2', digest: 'd2', ...countSites(SITES.slice(0, pick % 3)) },
    ...(pick % 2 === 0 ? {} : { resources: { ictSpendCents: pick * 1_000, ictStaffFte: days / 2 } }),
    ...(twist === 9 ? {} : { signedOffBy: 's-rtd' }),
  };
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

function session({ deliberation, mandates, opening: begun }: AdhesionState, on: CivilDate, { twist, pick, turn }: Throw): object {
  const convened = deliberation.convocation?.sessionOn;
  // Held on the day convened, or later when days have passed since.
  const heldOn = convened !== undefined && twist < 95 && convened > on ? convened : on;
  const moved = turn % 3 === 0 ? { newSessionOn: addDays(heldOn, 1 + (pick % 20)) } : {};
  const own = competenceOf({ opening: begun }).organ;
  if (twist >= 75) return { organ: own, heldOn, outcome: OUTCOMES[pick % OUTCOMES.length], ...moved };
  const sitting = mandates.findLast(({ kind }) => kind === 'COMMISSIONER_APPOINTED' || kind === 'COUNCIL_ELECTED')?.kind === 'COMMISSIONER_APPOINTED';
  const organ = sitting && pick % 5 !== 0 ? 'COMMISSIONER' : pick % 7 === 0 ? 'COMMISSIONER' : pick % 31 === 0 ? 'BOARD' : own;
  const voted = {
    organ, heldOn, outcome: 'VOTED', resolutionNo: `${pick}/2026`, councilReasons: TEXT,
    ...(pick % 3 === 0 ? { urgencyReasons: TEXT } : {}),
    ...(turn % 5 === 0 ? { textSha256: AMENDED } : {}),
    ...(turn % 3 === 0 ? { immediate: { for: 15, against: 0, abstained: 0, reasons: TEXT } } : {}),
  };
  if (organ === 'COMMISSIONER') return voted;
  const votes = pick % 4 === 0 ? { for: 9, against: 6, abstained: 3 } : { for: 15, against: 3, abstained: 0 };
  return { ...voted, councillorsPresent: 18, mayorPresent: true, votes };
}

function outage({ deliberation }: AdhesionState, on: CivilDate, { twist, pick }: Throw): object {
  const firstDay = deliberation.publication?.firstDay ?? on;
  const day = twist < 60 ? addDays(firstDay, pick % 20) : on;
  return { day: day < on ? day : on, hoursDown: twist % 4 === 0 ? 11.5 : 12 + (pick % 12) };
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
function exclusion({ convention: { registration }, membership: { preparation } }: AdhesionState, on: CivilDate, { twist }: Throw): object {
  // What one operator prepared another mostly carries out.
  if (preparation !== null && twist % 4 !== 0) {
    const { noticesOn, heardOn, assemblyActNo, on: day } = preparation;
    return { noticesOn, heardOn, assemblyActNo, on: day };
  }
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

/** One that waits for it; seldom one that was accepted, or that comes later. */
function toAccept({ referents }: AdhesionState, { pick, twist }: Throw): string {
  const open = referents.filter(({ acceptance }) => acceptance === null);
  const chosen = twist < 10 ? undefined : open[pick % Math.max(1, open.length)];
  return chosen?.appointmentId ?? `ref-${1 + (pick % (referents.length + 1))}`;
}

/** An appointment that counts, but for a twist now and then. */
function numbered(state: AdhesionState, { pick, twist }: Throw): { readonly appointmentId: string } {
  const known = state.referents.filter((referent) => twist < 10 || holderOf(state, referent.role, referent.service) === referent);
  return { appointmentId: known[pick % Math.max(1, known.length)]?.appointmentId ?? `ref-${state.referents.length + 1}` };
}

function vacancy(from: CivilDate, { pick, twist }: Throw): object {
  const role = ROLES[pick % (twist < 80 ? 4 : ROLES.length)] ?? 'RTD';
  return { role, from, ...(role === 'SERVICE_REFERENT' ? { service: 'TRAINING' } : {}) };
}

/** All who wait for it, or only some of them. */
function toConfirm(state: AdhesionState, { pick, twist }: Throw): readonly string[] {
  const waiting = state.referents.filter((referent) => {
    const now = referentState(state, referent);
    return now === 'SUSPENDED' || (['APPOINTED', 'ACTIVE'].includes(now) && changesAsking(state, referent).length > 0);
  });
  const chosen = waiting.filter((_referent, index) => twist < 50 || (pick + index) % 2 === 0);
  return chosen.length === 0 ? ['ref-1'] : chosen.map(({ appointmentId }) => appointmentId);
}

function appointment(state: AdhesionState, actOn: CivilDate, { pick, twist }: Throw): object {
  const vacant = ROLES.filter((role) => holderOf(state, role, role === 'SERVICE_REFERENT' ? 'TRAINING' : null) === undefined);
  const role = vacant[pick % Math.max(1, Math.min(4, vacant.length))] ?? 'RTD';
  return {
    role, subject: twist < 10 ? 's-same' : `s-${role.toLowerCase()}`, actNo: `${pick}/2026`, actOn,
    ...(role === 'SERVICE_REFERENT' ? { service: 'TRAINING' } : {}),
    ...(twist >= 95 ? { deputy: true } : {}),
  };
}

/** Corrects one of the facts that stand by data of its own kind, on another day. */
function correction(state: AdhesionState, on: CivilDate, dice: Throw): object {
  const { receipt, publication, certificate: certified, transmission, outages, rejection, adoption } = state.deliberation;
  const outage = outages.at(-1);
  const vote = adoption ?? rejection;
  const { registration, budget, publication: shown } = state.convention;
  const [done, onIpa] = [state.nisDuties.at(-1), state.rtdOnIpa.at(-1)];
  const { withdrawal, regulations, exclusion: expelled } = state.membership;
  const [cover, regulation] = [budget.at(-1), regulations.at(-1)];
  const agreement = state.dpa.countersignature;
  const [change, left, suspended] = [state.mandates.at(-1), state.tenure.vacancies.at(-1), state.tenure.suspensions.at(-1)];
  const replacement = state.referents.findLast(({ replaces }) => replaces !== undefined);
  const facts = [
    ...processingCorrections(state, on, AMENDED),
    ...dueCorrections(state, on),
    shown === null ? null : { version: shown.version, data: { on, url: 'https://www.comune.example/corrected' } },
    onIpa === undefined ? null : { version: onIpa.version, data: { on } },
    done === undefined ? null : { version: done.version, data: { duty: done.duty, on: addDays(done.on, dice.days) } },
    receipt === null ? null : { version: receipt.version, data: { deliveredAt: `${addDays(receipt.receivedOn, 1)}T08:00:00Z` } },
    publication === null ? null : { version: publication.version, data: { noticeBoardNo: 'corrected', firstDay: addDays(publication.firstDay, dice.days) } },
    certified === null ? null : { version: certified.version, data: { executiveOn: on, certifiedOn: on } },
    transmission === null ? null : { version: transmission.version, data: { deliveredAt: `${on}T08:00:00Z` } },
    outage === undefined ? null : { version: outage.version, data: { day: addDays(outage.day, dice.days % 3), hoursDown: 12 + dice.days } },
    vote === null ? null : { version: vote.version, data: session(state, vote.heldOn, { ...dice, twist: dice.twist % 75 }) },
    registration === null ? null : {
      version: registration.version,
      data: { repertoryNo: '3', protocolNo: '4', registeredOn: registration.registeredOn, inForceOn: addDays(registration.inForceOn, dice.days) },
    },
    change === undefined ? null : { version: change.version, data: { kind: change.kind, on: addDays(change.on, -dice.days) } },
    replacement?.replaces === undefined ? null : {
      version: replacement.version, data: { appointmentId: replacement.replaces, subject: 's-corrected', actNo: '5', actOn: addDays(replacement.actOn, -dice.days) },
    },
    left === undefined ? null : { version: left.version, data: { role: left.role, from: addDays(left.from, -dice.days), ...(left.service === null ? {} : { service: left.service }) } },
    suspended === undefined ? null : { version: suspended.version, data: { appointmentId: suspended.appointmentId, from: addDays(suspended.from, dice.days) } },
    cover === undefined ? null : { version: cover.version, data: { covered: !cover.covered } },
    agreement === null ? null : { version: agreement.version, data: { signedAt: agreement.signedAt, sha256: agreement.sha256, inForceOn: addDays(agreement.inForceOn, dice.days) } },
    withdrawal === null ? null : { version: withdrawal.version, data: { deliveredAt: `${on}T17:00:00Z`, actNo: 'corrected', actOn: on } },
    expelled === null ? null : { version: expelled.version, data: { noticesOn: expelled.noticesOn, heardOn: expelled.heardOn, assemblyActNo: '5/2026', on: expelled.on } },
    regulation === undefined ? null : { version: regulation.version, data: { kind: 'ICT', actNo: 'corrected', actOn: on, sha256: AMENDED } },
  ].filter((fact) => fact !== null);
  return facts.at(-1 - (dice.pick % Math.max(1, facts.length))) ?? { version: 1 + dice.pick, data: {} };
}
