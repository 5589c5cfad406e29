import type { AdhesionState } from '../../../domain/adhesion/index.ts';
import { invited, returned, stale, submitted, validated } from './recognition/cases.ts';
import { does, opened, OTHER_SHA256, reached, SESSION, TEXT, TEXT_SHA256 } from './scenario.ts';

const REJECTED = { ...SESSION, votes: { for: 9, against: 8, abstained: 4 } };
const AMENDED = { ...SESSION, textSha256: OTHER_SHA256 };

const drafted = does(reached('AcceptAppointment'), 'DraftDpa', { sha256: TEXT_SHA256 });
const signedDpa = does(drafted, 'SignDpa', { signedAt: '2026-10-05T10:00:00Z', sha256: TEXT_SHA256 });
const dpaInForce = does(signedDpa, 'CountersignDpa', { signedAt: '2026-10-06T10:00:00Z', sha256: TEXT_SHA256, inForceOn: '2026-10-07' });

/** A case in each state that it can be in, by the names of the states. */
export const STAGES: Readonly<Record<string, AdhesionState>> = {
  'not-started': opened(),
  'recognition-invited': invited('2026-03-31'),
  'recognition-submitted': submitted(),
  'recognition-returned': returned(),
  'recognition-validated': validated(),
  'recognition-stale': stale(),
  'proposal-sent': reached('SendProposal'),
  'opinions-pending': reached('ConfirmReceipt'),
  'auditors-pending': reached('RecordOpinion', { ConveneCouncil: null }),
  'ready-for-council': reached('RecordOpinion'),
  'session-requested': does(reached('RecordOpinion'), 'RequestSession', { by: 'ONE_FIFTH', on: '2026-06-20' }),
  convened: reached('ConveneCouncil'),
  'publication-parked': does(reached('ConveneCouncil'), 'RecordPublication', { noticeBoardNo: '1203/2026', firstDay: '2026-07-13' }),
  postponed: reached('RecordSession', { RecordSession: { organ: 'COUNCIL', heldOn: '2026-07-08', outcome: 'POSTPONED' } }),
  'no-quorum': reached('RecordSession', { RecordSession: { organ: 'COUNCIL', heldOn: '2026-07-08', outcome: 'NO_QUORUM' } }),
  rejected: reached('RecordSession', { RecordSession: REJECTED }),
  'rejected-last-attempt': reached('RecordSession', { RecordSession: REJECTED }, { maxAttempts: 1 }),
  approved: reached('RecordSession'),
  'approved-immediately': reached('RecordSession', { RecordSession: { ...SESSION, immediate: { for: 16, against: 0, abstained: 0, reasons: TEXT } } }),
  'approved-amended': reached('RecordSession', { RecordSession: AMENDED }),
  published: reached('RecordPublication'),
  certified: reached('CertifyExecutivity'),
  'board-outage': does(reached('RecordPublication'), 'RecordBoardOutage', { day: '2026-07-15', hoursDown: 14 }),
  rectified: does(reached('RecordPublication'), 'RectifyResolution', { actNo: '50/2026', on: '2026-07-20', substantial: false }),
  'rectified-in-substance': does(reached('AcceptResolution'), 'RectifyResolution', { actNo: '51/2026', on: '2026-07-30', substantial: true }),
  transmitted: reached('TransmitResolution'),
  returned: does(reached('TransmitResolution'), 'ReturnResolution', { reasons: TEXT }),
  'ready-to-sign': reached('AcceptResolution'),
  'suspended-by-court': does(reached('AcceptResolution'), 'SuspendResolution', { by: 'COURT', orderNo: '1201/2026', from: '2026-08-03' }),
  'revoked-before-signature': does(reached('AcceptResolution'), 'RevokeResolution', { actNo: '60/2026', on: '2026-08-03' }),
  'annulled-before-signature': does(reached('AcceptResolution'), 'AnnulResolution', { actNo: '2400/2026', on: '2026-08-03', by: 'COURT' }),
  'signed-by-member': reached('SignConvention'),
  countersigned: reached('CountersignConvention'),
  'in-force': reached('RegisterConvention'),
  'referents-appointed': reached('AppointReferent'),
  management: reached('AcceptAppointment'),
  'dpa-drafted': drafted,
  'dpa-signed': signedDpa,
  'dpa-in-force': dpaInForce,
  amending: does(reached('AcceptAppointment'), 'AmendConvention', { kind: 'ESSENTIAL', actNo: '70/2026', actOn: '2026-10-05', sha256: OTHER_SHA256 }),
  renewing: does(reached('AcceptAppointment'), 'OpenRenewal', {}, '2029-03-01T08:00:00Z'),
  withdrawing: does(dpaInForce, 'GiveWithdrawalNotice', { deliveredAt: '2029-09-01T08:00:00Z', actNo: '30/2029', actOn: '2029-08-20' }, '2029-09-02T08:00:00Z'),
  excluded: does(dpaInForce, 'ExcludeMember', { noticesOn: ['2027-01-11', '2027-03-15'], heardOn: '2027-06-01', assemblyActNo: '4/2027', on: '2027-09-20' }, '2027-09-21T08:00:00Z'),
  'terminated-for-lack-of-mandate': does(reached('AcceptAppointment'), 'AnnulResolution', { actNo: '2400/2026', on: '2026-11-02', by: 'COURT' }),
  'mayor-changed': does(reached('AcceptAppointment'), 'RecordMandateChange', { kind: 'MAYOR_CHANGED', on: '2026-11-10' }),
  'commissioner-appointed': does(reached('AcceptAppointment'), 'RecordMandateChange', { kind: 'COMMISSIONER_APPOINTED', on: '2026-11-10' }),
  'referent-suspended': does(reached('AcceptAppointment'), 'SuspendReferent', { appointmentId: 'ref-3', from: '2026-11-10' }),
  'role-vacant': does(reached('AcceptAppointment'), 'DeclareVacancy', { role: 'DPO', from: '2026-11-10' }),
  'role-vacant-for-long': does(reached('AcceptAppointment'), 'DeclareVacancy', { role: 'DPO', from: '2026-10-01' }),
  closed: does(opened(), 'CloseAdhesion', { reasons: TEXT }),
};
