import type { AdhesionState } from '../../../domain/adhesion/index.ts';
import { BEGUN_AT, INVITED_AT, SUBMITTED_AT, VALIDATED_AT, begun, invited, returned, stale, submitted, validated } from './recognition/cases.ts';
import { COUNTERSIGNED, does, later, NOW, opened, OTHER_SHA256, reached, REGISTERED, SESSION, SIGNED, TEXT, TEXT_SHA256 } from './scenario.ts';

/** A case in one state, as it is on one day. */
export interface Stage {
  readonly state: AdhesionState;
  /** What it must show: some of the words of the table's own heading. */
  readonly shows: readonly string[];
  readonly now: string;
}

const REJECTED = { ...SESSION, votes: { for: 9, against: 8, abstained: 4 } };
const AMENDED = { ...SESSION, textSha256: OTHER_SHA256 };
const BY_VOTE = { ...SESSION, immediate: { for: 16, against: 0, abstained: 0, reasons: TEXT } };
const ADDENDUM = { kind: 'ESSENTIAL', actNo: '70/2026', actOn: '2026-10-05', sha256: OTHER_SHA256 } as const;
/** Between publication and executive day, and between registration and the day in force. */
const JULY = '2026-07-20T10:00:00Z';
const AUGUST = '2026-08-20T10:00:00Z';

const inForce = reached('AcceptAppointment');
const drafted = does(inForce, 'DraftDpa', { sha256: TEXT_SHA256 });
const signedDpa = does(drafted, 'SignDpa', { signedAt: '2026-10-05T10:00:00Z', sha256: TEXT_SHA256 });
const DPA = { signedAt: '2026-10-06T10:00:00Z', sha256: TEXT_SHA256, inForceOn: '2026-10-07' };
const dpaInForce = does(signedDpa, 'CountersignDpa', DPA);
const dpaConcluded = does(signedDpa, 'CountersignDpa', { ...DPA, inForceOn: '2026-12-01' });

const notified = does(dpaInForce, 'NotifySubprocessor', { subprocessor: 'CLOUD_PROVIDER', sha256: TEXT_SHA256, deliveredAt: '2026-11-10T08:00:00Z' });
/** The Agency became aware at nine; the hour to tell the member is nine on the day after. */
/** After a suspension that expired by its own term; IPA shows the RTD. */
const lifted = does(does(dpaInForce, 'SuspendResolution', { by: 'COURT', orderNo: '1201/2026', from: '2026-11-10' }), 'LiftSuspension', { on: '2026-11-15', orderNo: '1201/2026', ground: 'EXPIRED' });
const auditedOnce = does(does(lifted, 'RecordProcessorAudit', { on: '2026-11-18', outcome: 'FINDINGS', documentSha256: TEXT_SHA256, reasons: TEXT }), 'RecordRtdOnIpa', { on: '2026-09-20' });
const breached = does(dpaInForce, 'ReportBreach', { breachNo: '1/2026', awareBy: 'PROCESSOR', awareAt: '2026-11-22T08:00:00Z' });
const MONDAY = '2026-11-23T10:00:00Z';

const MARCH_2029 = '2029-03-20T08:00:00Z';
const renewing = does(inForce, 'OpenRenewal', {}, MARCH_2029);
const renewalResolved = does(renewing, 'AmendConvention', { ...ADDENDUM, actNo: '9/2029', actOn: '2029-03-05' }, MARCH_2029);
const renewalSigned = does(renewalResolved, 'SignConvention', { ...SIGNED, signedAt: '2029-03-08T08:00:00Z', certificateValidTo: undefined, sha256: OTHER_SHA256 }, MARCH_2029);
const renewed = does(renewalSigned, 'CountersignConvention', {
  ...COUNTERSIGNED, signedAt: '2029-03-12T08:00:00Z', certificateValidTo: undefined, sha256: OTHER_SHA256,
}, MARCH_2029);

/** A convention of five years leaves room for a notice after the lock-in of three. */
const SEPTEMBER_2029 = '2029-09-10T08:00:00Z';
const withdrawing = does(reached('AcceptAppointment', {}, { conventionYears: 5 }), 'GiveWithdrawalNotice', {
  deliveredAt: '2029-09-03T08:00:00Z', actNo: '30/2029', actOn: '2029-08-20',
}, SEPTEMBER_2029);
const SEPTEMBER_2031 = '2031-09-10T08:00:00Z';

const SEPTEMBER_2027 = '2027-09-21T08:00:00Z';
const excluded = excludedFrom(dpaInForce);
const withService = excludedFrom(does(dpaInForce, 'RequestMigration', { service: 'TRAINING' }));

const invested = does(dpaInForce, 'DeclareDue', { dueNo: '12/2026', kind: 'INVESTMENT', amountCents: 1_234_556, on: '2026-11-10', dueOn: '2026-12-10' });
/** The certificate of the member's signature of 5 August was revoked on the first of the month, as becomes known in November. */
const revoked = does(does(dpaInForce, 'RequestMigration', { service: 'TRAINING' }), 'RecordCertificateRevocation', { signature: dpaInForce.convention.signature?.version ?? 0, revokedAt: '2026-08-01T08:00:00Z' });

const NOVEMBER_2026 = '2026-11-10';

/** Cases by the name of what befell them last: every state of the deliberation, the convention and the agreement is among them. */
export const STAGES: Readonly<Record<string, Stage>> = {
  'not-started': stage(opened(), 'phase RECOGNITION', 'deliberation NOT_STARTED', 'recognition NOT_STARTED'),
  'recognition-invited': { ...stage(invited('2026-03-31'), 'recognition INVITED'), now: INVITED_AT },
  'recognition-in-progress': { ...stage(begun(), 'recognition IN_PROGRESS'), now: BEGUN_AT },
  'recognition-submitted': { ...stage(submitted(), 'recognition SUBMITTED'), now: SUBMITTED_AT },
  'recognition-returned': { ...stage(returned(), 'recognition RETURNED'), now: '2026-03-24T09:00:00Z' },
  'recognition-validated': { ...stage(validated(), 'recognition VALIDATED'), now: VALIDATED_AT },
  'recognition-stale': { ...stage(stale(), 'recognition STALE'), now: '2027-03-25T09:00:00Z' },
  'proposal-sent': stage(reached('SendProposal'), 'phase DESIGN', 'deliberation PROPOSAL_SENT'),
  'opinions-pending': stage(reached('ConfirmReceipt'), 'deliberation OPINIONS_PENDING'),
  'auditors-pending': stage(withOpinionsOfOffices(), 'deliberation AUDITORS_PENDING'),
  'ready-for-council': stage(reached('RecordOpinion'), 'deliberation READY_FOR_COUNCIL'),
  'session-requested': stage(does(reached('RecordOpinion'), 'RequestSession', { by: 'ONE_FIFTH', on: '2026-06-20' }), 'deliberation READY_FOR_COUNCIL'),
  'council-suspended': stage(does(reached('ConveneCouncil'), 'RecordMandateChange', { kind: 'COUNCIL_SUSPENDED', on: '2026-07-02' }), 'deliberation CONVENED'),
  'council-elected': stage(does(reached('RecordOpinion'), 'RecordMandateChange', { kind: 'COUNCIL_ELECTED', on: '2026-06-22' }), 'deliberation READY_FOR_COUNCIL'),
  'mayor-resigned': stage(does(reached('RecordOpinion'), 'RecordMandateChange', { kind: 'MAYOR_RESIGNED', on: '2026-06-20' }), 'deliberation READY_FOR_COUNCIL'),
  convened: stage(reached('ConveneCouncil'), 'deliberation CONVENED'),
  'publication-parked': stage(does(reached('ConveneCouncil'), 'RecordPublication', { noticeBoardNo: '1203/2026', firstDay: '2026-07-13' }), 'deliberation CONVENED', 'parked RecordPublication'),
  postponed: stage(reached('RecordSession', { RecordSession: { organ: 'COUNCIL', heldOn: '2026-07-08', outcome: 'POSTPONED' } }), 'deliberation READY_FOR_COUNCIL'),
  'no-quorum': stage(reached('RecordSession', { RecordSession: { organ: 'COUNCIL', heldOn: '2026-07-08', outcome: 'NO_QUORUM' } }), 'deliberation READY_FOR_COUNCIL'),
  rejected: stage(reached('RecordSession', { RecordSession: REJECTED }), 'deliberation REJECTED', 'flag MAJORITY_NOT_REACHED'),
  'rejected-last-attempt': stage(reached('RecordSession', { RecordSession: REJECTED }, { maxAttempts: 1 }), 'deliberation REJECTED'),
  approved: stage(reached('RecordSession'), 'deliberation APPROVED', 'executivity NONE'),
  'approved-immediately': stage(reached('RecordSession', { RecordSession: BY_VOTE }), 'deliberation APPROVED', 'executivity IMMEDIATE'),
  'approved-amended': stage(reached('RecordSession', { RecordSession: AMENDED }), 'deliberation APPROVED_AMENDED'),
  'published-pending': { ...stage(reached('RecordPublication', {}, {}, JULY), 'deliberation PUBLISHED', 'executivity PENDING'), now: JULY },
  published: stage(reached('RecordPublication'), 'deliberation PUBLISHED', 'executivity EXECUTIVE'),
  certified: stage(reached('CertifyExecutivity'), 'deliberation PUBLISHED', 'executivity EXECUTIVE'),
  'board-outage': stage(does(reached('RecordPublication'), 'RecordBoardOutage', { day: '2026-07-15', hoursDown: 14 }), 'deliberation PUBLISHED'),
  rectified: stage(does(reached('RecordPublication'), 'RectifyResolution', { actNo: '50/2026', on: '2026-07-20', substantial: false }), 'deliberation PUBLISHED', 'flag RECTIFIED'),
  'rectified-in-substance': stage(does(reached('AcceptResolution'), 'RectifyResolution', { actNo: '51/2026', on: '2026-07-30', substantial: true }), 'deliberation APPROVED', 'executivity NONE', 'flag RECTIFIED'),
  'rectified-after-acceptance': stage(does(reached('AcceptResolution'), 'RectifyResolution', { actNo: '50/2026', on: '2026-08-03', substantial: false }), 'deliberation RECTIFIED', 'convention READY_TO_SIGN'),
  transmitted: stage(reached('TransmitResolution'), 'deliberation TRANSMITTED'),
  'adopted-in-the-freeze': stage(does(reached('TransmitResolution'), 'RecordMandateChange', { kind: 'ELECTION_CALLED', on: '2026-07-26' }), 'deliberation TRANSMITTED', 'flag FREEZE_VIOLATION'),
  returned: stage(does(reached('TransmitResolution'), 'ReturnResolution', { reasons: TEXT }), 'deliberation RETURNED'),
  'ready-to-sign': stage(reached('AcceptResolution'), 'deliberation ACCEPTED', 'convention READY_TO_SIGN'),
  'budget-not-covered': stage(does(reached('AcceptResolution'), 'RecordBudgetCover', { covered: false }), 'deliberation ACCEPTED', 'convention DRAFT'),
  'suspended-by-court': stage(does(reached('AcceptResolution'), 'SuspendResolution', { by: 'COURT', orderNo: '1201/2026', from: '2026-08-03' }), 'deliberation SUSPENDED_BY_COURT', 'convention DRAFT'),
  'suspended-by-body': stage(does(reached('AcceptResolution'), 'SuspendResolution', { by: 'BODY', orderNo: '61/2026', from: '2026-08-03' }), 'deliberation SUSPENDED_BY_BODY', 'convention DRAFT'),
  'revoked-before-signature': stage(does(reached('AcceptResolution'), 'RevokeResolution', { actNo: '60/2026', on: '2026-08-03' }), 'deliberation REVOKED', 'convention DRAFT'),
  'annulled-before-signature': stage(does(reached('AcceptResolution'), 'AnnulResolution', { actNo: '2400/2026', on: '2026-08-03', by: 'COURT' }), 'deliberation ANNULLED', 'convention DRAFT'),
  'signed-by-member': stage(reached('SignConvention'), 'convention SIGNED_BY_MEMBER'),
  'revoked-after-signature': stage(does(reached('SignConvention'), 'RevokeResolution', { actNo: '60/2026', on: '2026-08-06' }), 'deliberation REVOKED', 'convention SIGNED_BY_MEMBER'),
  void: stage(reached('SignConvention', { SignConvention: { ...SIGNED, form: 'SCANNED' } }), 'convention VOID'),
  countersigned: stage(reached('CountersignConvention'), 'convention COUNTERSIGNED'),
  registered: { ...stage(reached('RegisterConvention', {}, {}, AUGUST), 'phase DESIGN', 'convention REGISTERED'), now: AUGUST },
  'in-force': stage(reached('RegisterConvention', { RegisterConvention: { ...REGISTERED, preservationNo: 'PDV-7/2026' } }), 'phase IMPLEMENTATION', 'convention IN_FORCE'),
  'referents-appointed': stage(reached('AppointReferent'), 'phase IMPLEMENTATION', 'ICT_REFERENT APPOINTED'),
  'council-session-noted': stage(does(inForce, 'NoteCouncilSession', { sessionOn: '2026-12-18' }), 'phase MANAGEMENT', 'convention IN_FORCE'),
  management: stage(inForce, 'phase MANAGEMENT', 'convention IN_FORCE', 'DPA NOT_STARTED'),
  'suspended-in-force': stage(does(inForce, 'SuspendResolution', { by: 'COURT', orderNo: '1201/2026', from: NOVEMBER_2026 }), 'deliberation SUSPENDED_BY_COURT', 'convention IN_FORCE'),
  'revoked-in-force': stage(does(inForce, 'RevokeResolution', { actNo: '60/2026', on: NOVEMBER_2026 }), 'phase EXITING', 'deliberation REVOKED', 'convention WITHDRAWING'),
  'dpa-drafted': stage(drafted, 'DPA DRAFT'),
  'dpa-signed': stage(signedDpa, 'DPA SIGNED'),
  'dpa-concluded': stage(dpaConcluded, 'DPA SIGNED'),
  'dpa-in-force': stage(dpaInForce, 'DPA IN_FORCE'),
  'subprocessor-notified': stage(notified, 'DPA IN_FORCE'),
  'subprocessor-objected': stage(does(notified, 'ObjectToSubprocessor', { subprocessor: 'CLOUD_PROVIDER', deliveredAt: '2026-11-20T08:00:00Z', reasons: TEXT }), 'DPA IN_FORCE'),
  'breach-reported': stage(breached, 'DPA IN_FORCE'),
  'breach-told': stage(does(breached, 'NotifyBreachToMember', { breachNo: '1/2026', deliveredAt: '2026-11-22T09:00:00Z' }), 'DPA IN_FORCE'),
  'breach-overdue': { ...stage(later(breached, MONDAY), 'DPA IN_FORCE'), now: MONDAY },
  'void-in-force': stage(revoked, 'phase DESIGN', 'convention VOID', 'DPA IN_FORCE'),
  'dpa-void': stage(does(dpaInForce, 'RecordCertificateRevocation', { signature: dpaInForce.dpa.signature?.version ?? 0, revokedAt: '2026-10-01T08:00:00Z' }), 'convention IN_FORCE', 'DPA DRAFT'),
  'impact-assessment-needed': stage(does(does(published(inForce), 'RecordDpoContact', { on: '2026-09-20', protocolNo: '901/2026' }), 'DeclareDpiaNeed', { service: 'TRAINING', needed: true, on: '2026-11-20', reasons: TEXT }), 'DPA NOT_STARTED'),
  'impact-assessed': stage(does(inForce, 'RecordDpia', { service: 'TRAINING', outcome: 'HIGH_RISK', on: '2026-11-20', sha256: TEXT_SHA256 }), 'DPA NOT_STARTED'),
  'processor-audited': stage(auditedOnce, 'convention IN_FORCE', 'DPA IN_FORCE'),
  'nis-subject': { ...stage(does(reached('AcceptAppointment', {}, { nisSubject: true }), 'RecordNisDuty', { duty: 'REGISTRATION', on: '2027-01-10' }, '2027-01-12T08:00:00Z'), 'convention IN_FORCE'), now: '2027-01-12T08:00:00Z' },
  'due-declared': stage(invested, 'convention IN_FORCE'),
  'last-invoice-owed': { ...stage(does(returnsData(excludedFrom(invested)), 'SettleDue', { dueNo: '12/2026', outcome: 'PAID', on: '2026-12-01', protocolNo: '77/2026' }, SEPTEMBER_2027), 'phase EXITING', 'convention EXCLUDING', 'DPA CLOSED'), now: SEPTEMBER_2027 },
  'last-invoice-unpaid': { ...stage(does(returnsData(excludedFrom(invested)), 'DeclareDue', { dueNo: '40/2027', kind: 'LAST_INVOICE', amountCents: 8_000, on: '2027-09-21', dueOn: '2027-10-21' }, SEPTEMBER_2027), 'phase EXITING', 'convention EXCLUDING', 'DPA CLOSED'), now: SEPTEMBER_2027 },
  'breach-after-close': { ...stage(does(returnsData(excluded), 'ReportBreach', { breachNo: '9/2027', awareBy: 'PROCESSOR', awareAt: '2027-09-21T07:00:00Z' }, SEPTEMBER_2027), 'phase EXITING', 'convention EXCLUDING', 'DPA CLOSED'), now: SEPTEMBER_2027 },
  amending: stage(does(inForce, 'AmendConvention', ADDENDUM), 'convention AMENDING'),
  renewing: { ...stage(renewing, 'phase MANAGEMENT', 'convention IN_FORCE'), now: MARCH_2029 },
  'renewal-resolved': { ...stage(renewalResolved, 'convention AMENDING'), now: MARCH_2029 },
  renewed: { ...stage(renewed, 'phase MANAGEMENT', 'convention RENEWED'), now: MARCH_2029 },
  withdrawing: { ...stage(withdrawing, 'phase EXITING', 'convention WITHDRAWING'), now: SEPTEMBER_2029 },
  withdrawn: { ...stage(later(withdrawing, '2031-01-02T08:00:00Z'), 'phase CLOSED', 'convention TERMINATED'), now: '2031-01-02T08:00:00Z' },
  expired: { ...stage(later(dpaInForce, SEPTEMBER_2031), 'phase EXITING', 'convention EXPIRED', 'DPA ENDING'), now: SEPTEMBER_2031 },
  excluded: { ...stage(excluded, 'phase EXITING', 'convention EXCLUDING', 'DPA ENDING'), now: SEPTEMBER_2027 },
  'data-returned': { ...stage(returnsData(withService), 'phase EXITING', 'convention EXCLUDING', 'DPA DATA_RETURNED'), now: SEPTEMBER_2027 },
  'closed-after-exit': { ...stage(returnsData(excluded), 'phase CLOSED', 'convention TERMINATED', 'DPA CLOSED'), now: SEPTEMBER_2027 },
  'terminated-for-lack-of-mandate': stage(does(dpaInForce, 'AnnulResolution', { actNo: '2400/2026', on: '2026-11-02', by: 'COURT' }), 'phase EXITING', 'deliberation ANNULLED', 'convention TERMINATED'),
  'mayor-changed': stage(does(inForce, 'RecordMandateChange', { kind: 'MAYOR_CHANGED', on: NOVEMBER_2026 }), 'phase MANAGEMENT', 'DPO ACTIVE'),
  'commissioner-appointed': stage(does(inForce, 'RecordMandateChange', { kind: 'COMMISSIONER_APPOINTED', on: NOVEMBER_2026 }), 'phase MANAGEMENT', 'DPO ACTIVE'),
  'referent-suspended': stage(does(inForce, 'SuspendReferent', { appointmentId: 'ref-3', from: NOVEMBER_2026 }), 'phase MANAGEMENT', 'DPO SUSPENDED'),
  'role-vacant': stage(does(inForce, 'DeclareVacancy', { role: 'DPO', from: NOVEMBER_2026 }), 'phase MANAGEMENT', 'DPO VACANT'),
  'role-vacant-for-long': stage(does(inForce, 'DeclareVacancy', { role: 'DPO', from: '2026-10-01' }), 'phase MANAGEMENT', 'DPO VACANT'),
  closed: stage(does(opened(), 'CloseAdhesion', { reasons: TEXT }), 'phase CLOSED'),
};

function stage(state: AdhesionState, ...shows: readonly string[]): Stage {
  return { state, shows, now: NOW };
}

function withOpinionsOfOffices(): AdhesionState {
  const technical = does(reached('ConfirmReceipt'), 'RecordOpinion', { kind: 'TECHNICAL', outcome: 'FAVOURABLE', givenOn: '2026-06-05' });
  return does(technical, 'RecordOpinion', { kind: 'ACCOUNTING', outcome: 'FAVOURABLE', givenOn: '2026-06-08' });
}

function excludedFrom(state: AdhesionState): AdhesionState {
  return does(state, 'ExcludeMember', { noticesOn: ['2027-01-11', '2027-03-15'], heardOn: '2027-06-01', assemblyActNo: '4/2027', on: '2027-09-20' }, SEPTEMBER_2027);
}

function published(state: AdhesionState): AdhesionState {
  return does(state, 'PublishConvention', { on: '2026-08-20', url: 'https://www.comune.example/trasparenza/accordi/1' });
}

function returnsData(state: AdhesionState): AdhesionState {
  return does(state, 'ConfirmDataReturn', { outcome: 'RETURNED', on: '2027-09-21', protocolNo: '881/2027' }, SEPTEMBER_2027);
}
