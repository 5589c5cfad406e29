import { expect, test } from 'vitest';
import { adhesion } from '../../../domain/adhesion/index.ts';
import { abbiategrassoPath } from '../../support/adhesion-path.ts';
import { ABBIATEGRASSO, COUNTERSIGNED, REGISTERED, SIGNED, TEXT_SHA256, actorFor, later, step, type AnyCommand } from './scenario.ts';

/** When each act of the path became known: on its day, at noon in UTC. */
const RECEIVED: readonly string[] = [
  '2026-05-29', '2026-05-29', '2026-06-05', '2026-06-08', '2026-06-16', '2026-07-01', '2026-07-09', '2026-07-13', '2026-07-25', '2026-07-29', '2026-07-30',
];
const path = abbiategrassoPath().slice(1, 1 + RECEIVED.length).map(({ type, data }, index) => [type, data, RECEIVED[index] ?? ''] as const);

const SHA256 = 'cd'.repeat(32);
const AFTER: readonly (readonly [string, object, string])[] = [
  ['RecordBudgetCover', { covered: false }, '2026-08-03'],
  ['RecordBudgetCover', { covered: true }, '2026-08-04'],
  ['SignConvention', { ...SIGNED, form: 'SCANNED' }, '2026-08-05'],
  ['SignConvention', SIGNED, '2026-08-06'],
  ['CountersignConvention', COUNTERSIGNED, '2026-08-08'],
  ['RegisterConvention', REGISTERED, '2026-08-10'],
  ['AppointReferent', { role: 'DPO', subject: 's_dpo', actNo: '14/2026', actOn: '2026-08-20' }, '2026-08-21'],
  ['DraftDpa', { sha256: TEXT_SHA256 }, '2026-09-02'],
  ['SignDpa', { signedAt: '2026-09-03T08:00:00Z', sha256: TEXT_SHA256 }, '2026-09-03'],
  ['CountersignDpa', { signedAt: '2026-09-04T08:00:00Z', sha256: TEXT_SHA256, inForceOn: '2026-10-01' }, '2026-09-04'],
  ['AmendConvention', { kind: 'ESSENTIAL', actNo: '50/2026', actOn: '2026-09-05', sha256: SHA256 }, '2026-09-07'],
  ['SignConvention', { ...SIGNED, signedAt: '2026-09-08T08:00:00Z', form: 'SCANNED', sha256: SHA256 }, '2026-09-08'],
  ['SignConvention', { ...SIGNED, signedAt: '2026-09-09T08:00:00Z', sha256: SHA256 }, '2026-09-09'],
  ['RequestMigration', { service: 'TRAINING' }, '2026-10-02'],
  ['RevokeResolution', { actNo: '60/2026', on: '2026-10-05' }, '2026-10-06'],
  ['AnnulResolution', { actNo: '2400/2026', on: '2026-10-07', by: 'COURT' }, '2026-10-08'],
];

test('each thing owed is owed since what brought it became known, and due by the day that it set', () => {
  const first = step(adhesion.initial(), { type: 'OpenAdhesion', data: ABBIATEGRASSO }, actorFor('OpenAdhesion'), '2026-05-28T12:00:00Z');
  const seen: string[] = [];
  const note = (type: string, state: ReturnType<typeof adhesion.initial>): void => {
    seen.push(`${type}: ${adhesion.waiting(state, '').map(({ who, what, since, dueOn }) => `${who} ${what} ${since.slice(0, 10)}/${dueOn ?? '-'}`).join(', ')}`);
  };
  note('OpenAdhesion', first);
  [...path, ...AFTER].reduce((state, [type, data, day]) => {
    const now = `${day}T12:00:00Z`;
    const after = step(later(state, now), { type, data } as AnyCommand, actorFor(type), now);
    note(type, after);
    return after;
  }, first);
  expect(seen).toStrictEqual([
    'OpenAdhesion: OPERATOR SendProposal 2026-05-28/-',
    'SendProposal: OPERATOR ConfirmReceipt 2026-05-29/2026-06-03',
    'ConfirmReceipt: MEMBER RecordOpinion 2026-05-29/2026-06-08',
    'RecordOpinion: MEMBER RecordOpinion 2026-05-29/2026-06-08',
    'RecordOpinion: MEMBER RecordOpinion 2026-06-08/2026-06-18',
    'RecordOpinion: MEMBER ConveneCouncil 2026-06-16/-',
    'ConveneCouncil: MEMBER RecordSession 2026-07-01/2026-07-08',
    'RecordSession: MEMBER RecordPublication 2026-07-09/2026-07-13',
    'RecordPublication: MEMBER TransmitResolution 2026-07-13/2026-07-31, CLOCK executivity 2026-07-13/2026-07-24',
    'CertifyExecutivity: MEMBER TransmitResolution 2026-07-13/2026-07-31',
    'TransmitResolution: OPERATOR AcceptResolution 2026-07-29/2026-08-05',
    'AcceptResolution: MEMBER SignConvention 2026-07-30/-',
    'RecordBudgetCover: MEMBER RecordBudgetCover 2026-08-03/-',
    'RecordBudgetCover: MEMBER SignConvention 2026-08-04/-',
    'SignConvention: MEMBER SignConvention 2026-08-05/-',
    'SignConvention: OPERATOR CountersignConvention 2026-08-06/2026-08-19',
    'CountersignConvention: OPERATOR RegisterConvention 2026-08-08/2026-08-14',
    'RegisterConvention: CLOCK in-force 2026-08-10/2026-09-01',
    'AppointReferent: CLOCK in-force 2026-08-10/2026-09-01, MEMBER AcceptAppointment 2026-08-21/2026-08-31',
    'DraftDpa: MEMBER SignDpa 2026-09-02/-, MEMBER AcceptAppointment 2026-08-21/2026-08-31, MEMBER AppointReferent 2026-08-10/-',
    'SignDpa: OPERATOR CountersignDpa 2026-09-03/-, MEMBER AcceptAppointment 2026-08-21/2026-08-31, MEMBER AppointReferent 2026-08-10/-',
    'CountersignDpa: CLOCK dpa-in-force 2026-09-04/2026-10-01, MEMBER AcceptAppointment 2026-08-21/2026-08-31, MEMBER AppointReferent 2026-08-10/-',
    'AmendConvention: MEMBER SignConvention 2026-09-07/-, CLOCK dpa-in-force 2026-09-04/2026-10-01, MEMBER AcceptAppointment 2026-08-21/2026-08-31, MEMBER AppointReferent 2026-08-10/-',
    'SignConvention: MEMBER SignConvention 2026-09-08/-, CLOCK dpa-in-force 2026-09-04/2026-10-01, MEMBER AcceptAppointment 2026-08-21/2026-08-31, MEMBER AppointReferent 2026-08-10/-',
    'SignConvention: OPERATOR CountersignConvention 2026-09-09/2026-09-23, CLOCK dpa-in-force 2026-09-04/2026-10-01, MEMBER AcceptAppointment 2026-08-21/2026-08-31, MEMBER AppointReferent 2026-08-10/-',
    'RequestMigration: OPERATOR CountersignConvention 2026-09-09/2026-09-23, MEMBER AcceptAppointment 2026-08-21/2026-08-31, MEMBER AppointReferent 2026-08-10/-',
    'RevokeResolution: MEMBER AcceptAppointment 2026-08-21/2026-08-31, MEMBER AppointReferent 2026-08-10/-, CLOCK expiry 2026-10-06/2029-08-31',
    'AnnulResolution: MEMBER ConfirmDataReturn 2026-10-08/-, OPERATOR Cancel 2026-10-08/-',
  ]);
});
