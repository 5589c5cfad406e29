import { describe, expect, test } from 'vitest';
import { adhesion, summarizeAdhesion, type AdhesionState, type PolicyChoices } from '../../../../domain/adhesion/index.ts';
import { countApplications, countSites } from '../../../../domain/adhesion/recognition/inventory.ts';
import { isRecognitionValid } from '../../../../domain/adhesion/recognition/standing.ts';
import { byDimension } from '../../../../domain/adhesion/recognition/terms.ts';
import { drained } from '../../../support/spec.ts';
import { INVITED_AT, SUBMITTED_AT, SUBMISSION, TOTAL, begun, invited, submitted, returned, validated, stale } from './cases.ts';
import { BASIS, ENGINE, MEMBER, NOW, OPERATOR, TEXT, does, opened, reached, timersOf, view, when, type DataOf } from '../scenario.ts';

const surveys = (state: AdhesionState) => view(state).waitingFor.filter(({ what }) => what.endsWith('Recognition'));
const reminders = (state: AdhesionState) => adhesion.timers(state).filter(({ key }) => key.startsWith('remind-recognition')).map(({ key, at }) => [key, at]);

describe('InviteRecognition', () => {
  test('asks for a recognition by a day, or by none', () => {
    when(opened(), 'InviteRecognition', { dueOn: '2026-03-31' }, { now: INVITED_AT }).then({ type: 'RecognitionInvited', data: { dueOn: '2026-03-31', at: INVITED_AT } });
    when(opened(), 'InviteRecognition', {}, { now: INVITED_AT }).then({ type: 'RecognitionInvited', data: { dueOn: null, at: INVITED_AT } });
    expect(view(invited('2026-03-31')).recognition).toMatchObject({ state: 'INVITED', valid: false, dueOn: '2026-03-31', submittedOn: null, score: null });
  });

  test.each([['INVITED', invited], ['IN_PROGRESS', begun], ['SUBMITTED', submitted], ['RETURNED', returned]])('is refused while the recognition is %s', (_state, make) => {
    when(make(), 'InviteRecognition', {}).refused('OUT_OF_TURN');
  });

  test('asks for a new one once one was validated; that counts meanwhile', () => {
    for (const make of [validated, stale]) {
      const again = does(make(), 'InviteRecognition', { dueOn: '2027-06-30' }, '2027-04-01T09:00:00Z');
      expect(view(again).recognition).toMatchObject({ state: 'INVITED', dueOn: '2027-06-30', validatedOn: '2026-03-25', staleOn: '2027-03-25' });
    }
    expect(isRecognitionValid(does(validated(), 'InviteRecognition', {}))).toBe(true);
    expect(isRecognitionValid(does(stale(), 'InviteRecognition', {}))).toBe(false);
  });

  test('is due on the day of its recording at the earliest, the day in Rome', () => {
    when(opened(), 'InviteRecognition', { dueOn: '2026-03-01' }, { now: INVITED_AT }).refused('DUE_DATE_PAST', 'dueOn');
    when(opened(), 'InviteRecognition', { dueOn: '2026-03-02' }, { now: '2026-03-02T23:00:00Z' }).refused('DUE_DATE_PAST', 'dueOn');
    expect(when(opened(), 'InviteRecognition', { dueOn: '2026-03-02' }, { now: INVITED_AT }).decision.kind).toBe('accepted');
  });

  test('is the operator\'s', () => {
    when(opened(), 'InviteRecognition', {}, { actor: MEMBER }).refused('FORBIDDEN');
    when(submitted(), 'ValidateRecognition', {}, { actor: MEMBER }).refused('FORBIDDEN');
    when(submitted(), 'ReturnRecognition', { reasons: TEXT }, { actor: MEMBER }).refused('FORBIDDEN');
    when(invited(), 'SubmitRecognition', SUBMISSION, { actor: OPERATOR }).refused('FORBIDDEN');
  });
});

describe('SubmitRecognition', () => {
  test('records answers, counts and the score with what gave each point', () => {
    const { applications, sites } = SUBMISSION;
    when(invited(), 'SubmitRecognition', SUBMISSION, { now: SUBMITTED_AT }).then({
      type: 'RecognitionSubmitted',
      data: {
        dimensions: byDimension(() => ({ score: 3, evidence: TEXT, assessedBy: null, assessedOn: null })), applications, sites,
        resources: { ictSpendCents: null, ictSpendPerHeadCents: null, ictStaffFte: null }, signedOffBy: 's-rtd', rtdAppointment: null,
        score: {
          scoringVersion: '2026.1', total: TOTAL, max: 48,
          lines: [
            ...Object.keys(SUBMISSION.dimensions).map((code) => ({ code, points: 3, max: 4, because: 'Answered 3 of 4.' })),
            { code: 'CLOUD_HOSTING', points: 2, max: 4, because: '1 of 2 applications run as SaaS or in the PSN.' },
            { code: 'EXIT_FORMAT', points: 1, max: 2, because: '1 of 2 applications have a known exit format.' },
            { code: 'PROTOCOL_ALIGNED', points: 4, max: 4, because: "1 of 1 protocol systems follow AgID's guidelines." },
            { code: 'FIBRE', points: 4, max: 4, because: '1 of 1 sites are on fibre.' },
            { code: 'BACKUP_LINE', points: 0, max: 2, because: '0 of 1 sites have a backup line.' },
          ],
        },
        submittedOn: '2026-03-20', at: SUBMITTED_AT,
      },
    });
  });

  test('says what ICT costs a head, in whole cents', () => {
    const state = does(invited(), 'SubmitRecognition', { ...SUBMISSION, resources: { ictSpendCents: 41_000_000, ictStaffFte: 3.5 } });
    expect(view(state).recognition.resources).toStrictEqual({ ictSpendCents: 41_000_000, ictSpendPerHeadCents: 1_264, ictStaffFte: 3.5 });
  });

  test('is shown with its score, answers and inventories', () => {
    expect(view(submitted()).recognition).toMatchObject({
      state: 'SUBMITTED', valid: false, dueOn: '2026-03-31', submittedOn: '2026-03-20', signedOffBy: 's-rtd', validatedOn: null, staleOn: null, returned: null,
      score: { scoringVersion: '2026.1', total: TOTAL, max: 48 }, dimensions: { PLATFORMS: { score: 3, evidence: TEXT } },
      inventories: { applications: { documentId: 'inv-1', count: 2, byHosting: { SAAS: 1, UNKNOWN: 1 } }, sites: { documentId: 'inv-2', count: 1 } },
    });
  });

  test('says all that is missing, each with its place', () => {
    const { PLATFORMS: _one, CONNECTIVITY: _other, ...dimensions } = SUBMISSION.dimensions;
    const incomplete = { dimensions, applications: { ...SUBMISSION.applications, count: 0 }, sites: SUBMISSION.sites };
    const { decision } = when(invited(), 'SubmitRecognition', incomplete);
    expect(decision).toMatchObject({
      kind: 'refused', code: 'RECOGNITION_INCOMPLETE', reasons: [
        { code: 'DIMENSION_MISSING', path: 'dimensions.PLATFORMS' }, { code: 'DIMENSION_MISSING', path: 'dimensions.CONNECTIVITY' },
        { code: 'APPLICATIONS_MISSING', path: 'applications' }, { code: 'SIGN_OFF_MISSING', path: 'signedOffBy' },
      ],
    });
  });

  test.each<[string, Partial<DataOf<'SubmitRecognition'>>, string]>([
    ['an answer', { dimensions: { ...SUBMISSION.dimensions, PLATFORMS: undefined } }, 'dimensions.PLATFORMS'],
    ['an application', { applications: { ...SUBMISSION.applications, ...countApplications([]) } }, 'applications'],
    ['the sign-off', { signedOffBy: undefined }, 'signedOffBy'],
  ])('is incomplete without %s', (_what, missing, path) => {
    when(invited(), 'SubmitRecognition', { ...SUBMISSION, ...missing }).refused('RECOGNITION_INCOMPLETE', path);
  });

  test('is complete with one application', () => {
    const one = { ...SUBMISSION, applications: { ...SUBMISSION.applications, ...countApplications([{ hosting: 'SAAS' }]) } };
    expect(view(does(invited(), 'SubmitRecognition', one)).recognition.state).toBe('SUBMITTED');
  });

  test('a comune without sites of its own has none to list', () => {
    const state = does(invited(), 'SubmitRecognition', { ...SUBMISSION, sites: { documentId: 'inv-2', digest: 'd2', ...countSites([]) } });
    expect(view(state).recognition.score?.lines.slice(-2)).toStrictEqual([
      { code: 'FIBRE', points: 0, max: 4, because: { it: 'Sedi in fibra: 0 su 0.', en: '0 of 0 sites are on fibre.' } }, { code: 'BACKUP_LINE', points: 0, max: 2, because: { it: 'Sedi con una linea di riserva: 0 su 0.', en: '0 of 0 sites have a backup line.' } },
    ]);
  });

  test('is not signed off by a deputy who was replaced or left, nor by a suspended RTD', () => {
    const rtd = does(invited(), 'AppointReferent', { role: 'RTD', subject: 's-rtd', actNo: '1', actOn: '2026-03-01' });
    const deputised = does(rtd, 'AppointReferent', { role: 'RTD', subject: 's-deputy', actNo: '2', actOn: '2026-03-01', deputy: true });
    const replaced = does(deputised, 'ReplaceReferent', { appointmentId: 'ref-2', subject: 's-deputy2', actNo: '3', actOn: '2026-03-10' });
    when(replaced, 'SubmitRecognition', { ...SUBMISSION, signedOffBy: 's-deputy' }).refused('RECOGNITION_INCOMPLETE', 'signedOffBy');
    expect(when(replaced, 'SubmitRecognition', { ...SUBMISSION, signedOffBy: 's-deputy2' }).decision.kind).toBe('accepted');
    const active = does(replaced, 'AcceptAppointment', { appointmentId: 'ref-1', acceptedAt: '2026-03-02T08:00:00Z' });
    const suspended = does(active, 'SuspendReferent', { appointmentId: 'ref-1', from: '2026-03-15' });
    when(suspended, 'SubmitRecognition', { ...SUBMISSION, signedOffBy: 's-rtd' }).refused('RECOGNITION_INCOMPLETE', 'signedOffBy');
    expect(when(suspended, 'SubmitRecognition', { ...SUBMISSION, signedOffBy: 's-deputy2' }).decision.kind).toBe('accepted');
  });

  test('is signed off by the RTD or the deputy, where the case knows the RTD', () => {
    const appointed = does(invited(), 'AppointReferent', { role: 'RTD', subject: 's-rtd', actNo: '1', actOn: '2026-03-01' });
    const withDeputy = does(appointed, 'AppointReferent', { role: 'RTD', subject: 's-deputy', actNo: '2', actOn: '2026-03-01', deputy: true });
    when(withDeputy, 'SubmitRecognition', { ...SUBMISSION, signedOffBy: 's-mayor' }).refused('RECOGNITION_INCOMPLETE', 'signedOffBy');
    for (const signedOffBy of ['s-rtd', 's-deputy']) {
      const { recognition } = does(withDeputy, 'SubmitRecognition', { ...SUBMISSION, signedOffBy });
      expect(recognition.submission).toMatchObject({ signedOffBy, rtdAppointment: 'ref-1' });
    }
  });

  test('an assessment that is still to come is refused', () => {
    const answer = { score: 3, evidence: TEXT, assessedBy: 's-ict' };
    const on = (assessedOn: string) => when(invited(), 'SubmitRecognition', { ...SUBMISSION, dimensions: { ...SUBMISSION.dimensions, PLATFORMS: { ...answer, assessedOn } } }, { now: SUBMITTED_AT });
    on('2026-03-21').refused('FACT_IN_FUTURE', 'dimensions.PLATFORMS.assessedOn');
    expect(on('2026-03-20').decision).toMatchObject({ events: [{ data: { dimensions: { PLATFORMS: { assessedBy: 's-ict', assessedOn: '2026-03-20' } } } }] });
  });

  test('without an invitation it is refused, and not kept; nor again before the Agency decides', () => {
    when(opened(), 'SubmitRecognition', SUBMISSION).refused('OUT_OF_TURN');
    when(submitted(), 'SubmitRecognition', SUBMISSION).refused('OUT_OF_TURN');
    when(submitted(), 'SubmitRecognition', { ...SUBMISSION, signedOffBy: undefined }).refused('OUT_OF_TURN');
  });

  test('again after a return: the newest counts', () => {
    const again = does(returned(), 'SubmitRecognition', { ...SUBMISSION, dimensions: byDimension(() => ({ score: 4, evidence: TEXT })) });
    expect(view(again).recognition).toMatchObject({ state: 'SUBMITTED', returned: null, score: { total: TOTAL + 8 } });
    expect(view(does(again, 'ValidateRecognition', {})).recognition).toMatchObject({ state: 'VALIDATED', valid: true });
  });
});

describe('ReturnRecognition', () => {
  test('gives the turn back with the reasons', () => {
    when(submitted(), 'ReturnRecognition', { reasons: TEXT }).then({ type: 'RecognitionReturned', data: { reasons: TEXT, at: NOW } });
    expect(view(returned()).recognition).toMatchObject({ state: 'RETURNED', valid: false, returned: { on: '2026-03-24', reasons: TEXT }, submittedOn: '2026-03-20' });
  });

  test.each([['NOT_STARTED', opened], ['INVITED', invited], ['RETURNED', returned], ['VALIDATED', validated], ['STALE', stale]])('is refused while the recognition is %s', (_state, make) => {
    when(make(), 'ReturnRecognition', { reasons: TEXT }).refused('OUT_OF_TURN');
    when(make(), 'ValidateRecognition', {}).refused('OUT_OF_TURN');
  });
});

describe('ValidateRecognition', () => {
  test('counts from the day in Rome, for twelve months', () => {
    when(submitted(), 'ValidateRecognition', {}, { now: '2026-03-24T23:30:00Z' }).then({
      type: 'RecognitionValidated',
      data: { validatedOn: '2026-03-25', staleOn: '2027-03-25', staleFrom: '2027-03-24T23:00:00Z', basis: BASIS, at: '2026-03-24T23:30:00Z' },
    });
  });

  test.each([
    ['2028-02-29T09:00:00Z', {}, '2029-02-28', '2029-02-27T23:00:00Z'],
    ['2026-08-31T09:00:00Z', { recognition: { staleMonths: 6 } }, '2027-02-28', '2027-02-27T23:00:00Z'],
    ['2026-10-25T09:00:00Z', { recognition: { staleMonths: 1 } }, '2026-11-25', '2026-11-24T23:00:00Z'],
  ])('validated at %s by %o it is stale from %s', (now, policies: PolicyChoices, staleOn, staleFrom) => {
    const state = does(submitted(policies), 'ValidateRecognition', {}, now);
    expect(state.recognition.validation).toMatchObject({ staleOn, staleFrom });
    expect(adhesion.timers(state)).toContainEqual({ key: 'recognition-stale', at: staleFrom, command: { type: 'LetRecognitionGoStale', data: { staleOn } } });
  });

  test('goes stale by itself on that day, not before', () => {
    const before = drained(adhesion, validated(), '2027-03-24T22:59:59Z');
    expect(view(before).recognition).toMatchObject({ state: 'VALIDATED', valid: true });
    when(before, 'LetRecognitionGoStale', { staleOn: '2027-03-25' }, { actor: ENGINE, now: '2027-03-24T23:00:00Z' }).then({
      type: 'RecognitionWentStale', data: { staleOn: '2027-03-25', at: '2027-03-24T23:00:00Z' }, effectiveOn: '2027-03-25',
    });
    when(before, 'LetRecognitionGoStale', { staleOn: '2027-03-25' }, { actor: ENGINE, now: '2027-03-24T22:59:59Z' }).nothing();
    when(stale(), 'LetRecognitionGoStale', { staleOn: '2027-03-25' }, { actor: ENGINE, now: '2027-04-01T00:00:00Z' }).nothing();
    expect(view(stale()).recognition).toMatchObject({ state: 'STALE', valid: false, validatedOn: '2026-03-25', staleOn: '2027-03-25' });
    expect(adhesion.timers(stale())).toStrictEqual([]);
  });
});

describe('a refresh', () => {
  const refreshed = () => does(validated(), 'SubmitRecognition', SUBMISSION, '2027-03-01T09:00:00Z');

  test('without a new invitation: the old validation counts until it goes stale', () => {
    expect(view(refreshed()).recognition).toMatchObject({ state: 'SUBMITTED', valid: true, submittedOn: '2027-03-01', validatedOn: '2026-03-25' });
    const late = drained(adhesion, refreshed(), '2027-03-25T00:00:00Z');
    expect(view(late).recognition).toMatchObject({ state: 'SUBMITTED', valid: false });
    expect(view(does(late, 'ValidateRecognition', {}, '2027-04-02T09:00:00Z')).recognition).toMatchObject({ state: 'VALIDATED', valid: true, staleOn: '2028-04-02' });
  });

  test('validated in time takes the place of the old one, with a timer of its own', () => {
    const anew = does(refreshed(), 'ValidateRecognition', {}, '2027-03-10T09:00:00Z');
    expect(adhesion.timers(anew).filter(({ key }) => key.startsWith('recognition'))).toStrictEqual([
      { key: 'recognition-stale-2', at: '2028-03-09T23:00:00Z', command: { type: 'LetRecognitionGoStale', data: { staleOn: '2028-03-10' } } },
    ]);
    for (const now of ['2027-03-25T00:00:00Z', '2028-03-10T00:00:00Z']) when(anew, 'LetRecognitionGoStale', { staleOn: '2027-03-25' }, { actor: ENGINE, now }).nothing();
  });

  test('that is returned leaves the old validation as it is', () => {
    const state = does(refreshed(), 'ReturnRecognition', { reasons: TEXT }, '2027-03-05T09:00:00Z');
    expect(view(state).recognition).toMatchObject({ state: 'RETURNED', valid: true, staleOn: '2027-03-25' });
  });
});

describe('whose turn it is', () => {
  test('an ordinary case waits for no recognition, and may join without', () => {
    expect(view(opened()).waitingFor.map(({ what }) => what)).toStrictEqual(['SendProposal']);
    const done = reached('AcceptAppointment');
    expect([view(done).phase, view(done).waitingFor, timersOf(done)]).toStrictEqual(['MANAGEMENT', [], []]);
  });

  test('an invited one waits beside the deliberation', () => {
    expect(view(invited('2026-03-31')).waitingFor).toStrictEqual([
      { who: 'OPERATOR', what: 'SendProposal', since: NOW, dueOn: null, reasons: [] },
      { who: 'MEMBER', what: 'SubmitRecognition', since: INVITED_AT, dueOn: '2026-03-31', reasons: [] },
    ]);
    expect(summarizeAdhesion(invited())).toMatchObject({ phase: 'RECOGNITION', waitingFor: ['OPERATOR', 'MEMBER'] });
  });

  test('then the Agency, and the comune again after a return or when it is stale', () => {
    expect(surveys(submitted())).toStrictEqual([{ who: 'OPERATOR', what: 'ValidateRecognition', since: SUBMITTED_AT, dueOn: null, reasons: [] }]);
    expect(surveys(returned())).toMatchObject([{ who: 'MEMBER', what: 'SubmitRecognition', since: '2026-03-24T09:00:00Z', dueOn: '2026-03-31', reasons: [{ code: 'RETURNED' }] }]);
    expect(surveys(validated())).toStrictEqual([]);
    expect(surveys(stale())).toMatchObject([{ who: 'MEMBER', what: 'SubmitRecognition', since: '2027-03-24T23:00:00Z', dueOn: null, reasons: [{ code: 'RECOGNITION_STALE' }] }]);
  });

  test('nobody in a closed case, whose recognition does not go stale', () => {
    const closed = does(validated(), 'CloseAdhesion', { reasons: TEXT });
    expect([view(closed).waitingFor, adhesion.timers(closed)]).toStrictEqual([[], []]);
    when(closed, 'InviteRecognition', {}).refused('CASE_CLOSED');
  });
});

describe('reminders', () => {
  const REFERENT = { level: 'REMINDER', to: 'REFERENT', what: 'SubmitRecognition' };

  test('the day after an invitation was due', () => {
    expect(reminders(invited('2026-03-31'))).toStrictEqual([['remind-recognition-1', '2026-03-31T22:00:00Z']]);
    expect(reminders(invited())).toStrictEqual([]);
    expect(reminders(submitted())).toStrictEqual([]);
    expect(view(drained(adhesion, invited('2026-03-31'), '2026-04-01T00:00:00Z')).reminders).toStrictEqual([
      { key: 'recognition-1', ...REFERENT, dueOn: '2026-03-31', at: '2026-03-31T22:00:00Z' },
    ]);
  });

  test('also after a return, but not for a day that was past by then', () => {
    expect(reminders(returned())).toStrictEqual([['remind-recognition-1', '2026-03-31T22:00:00Z']]);
    const late = does(submitted(), 'ReturnRecognition', { reasons: TEXT }, '2026-04-01T09:00:00Z');
    expect([reminders(late), view(late).reminders]).toStrictEqual([[], []]);
  });

  test('thirty days before a recognition goes stale, unless a new one is submitted', () => {
    expect(reminders(validated())).toStrictEqual([['remind-recognition-stale-1', '2027-02-22T23:00:00Z']]);
    expect(reminders(validated({ recognition: { reminderDays: 60 } }))).toStrictEqual([['remind-recognition-stale-1', '2027-01-23T23:00:00Z']]);
    expect(view(drained(adhesion, validated(), '2027-03-01T00:00:00Z')).reminders).toMatchObject([{ key: 'recognition-stale-1', ...REFERENT, dueOn: '2027-03-25' }]);
    expect(reminders(does(validated(), 'SubmitRecognition', SUBMISSION, '2027-02-01T09:00:00Z'))).toStrictEqual([]);
    const refresh = does(validated(), 'SubmitRecognition', SUBMISSION, '2027-02-01T09:00:00Z');
    const returnedLate = does(refresh, 'ReturnRecognition', { reasons: TEXT }, '2027-03-05T09:00:00Z');
    expect([reminders(returnedLate), view(returnedLate).reminders]).toStrictEqual([[], []]);
    expect(reminders(stale())).toStrictEqual([]);
  });

  test('an answered invitation is not said again in a later round', () => {
    const next = does(does(validated(), 'SubmitRecognition', SUBMISSION, '2026-03-26T09:00:00Z'), 'ReturnRecognition', { reasons: TEXT }, '2026-03-27T09:00:00Z');
    expect(reminders(next)).toStrictEqual([['remind-recognition-stale-1', '2027-02-22T23:00:00Z']]);
    expect(surveys(next)).toMatchObject([{ dueOn: null }]);
  });

  test('none by the policies of 2026.1, which go stale all the same', () => {
    expect(adhesion.timers(validated({ policyVersion: '2026.1' })).map(({ key }) => key)).toStrictEqual(['recognition-stale']);
  });
});

test('a state kept before there was a recognition has none; policies kept before have their defaults', () => {
  const { recognition: _none, ...kept } = opened();
  const policies = { ...kept.opening?.policies, recognition: { staleMonths: 6 } };
  const restored = adhesion.restore({ ...kept, opening: { ...kept.opening, policies } }, 2);
  expect(restored?.recognition).toStrictEqual(opened().recognition);
  expect(restored?.opening?.policies.recognition).toStrictEqual({ staleMonths: 6, reminderDays: 30 });
});
