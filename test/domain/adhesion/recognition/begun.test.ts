import { describe, expect, test } from 'vitest';
import { adhesion, type AdhesionState } from '../../../../domain/adhesion/index.ts';
import { drained } from '../../../support/spec.ts';
import { BEGUN_AT, SUBMITTED_AT, SUBMISSION, begun, invited, submitted, returned, validated, stale } from './cases.ts';
import { OPERATOR, TEXT, does, opened, view, when } from '../scenario.ts';

const surveys = (state: AdhesionState) => view(state).waitingFor.filter(({ what }) => what.endsWith('Recognition'));
const reminders = (state: AdhesionState) => adhesion.timers(state).filter(({ key }) => key.startsWith('remind-recognition')).map(({ key, at }) => [key, at]);

describe('BeginRecognition', () => {
  test('says that the comune works on its answer, which it still owes by the same day', () => {
    const at = { now: BEGUN_AT };
    const after = when(invited('2026-03-31'), 'BeginRecognition', {}, at).then({ type: 'RecognitionBegun', data: { at: BEGUN_AT } });
    expect(view(after).recognition).toMatchObject({ state: 'IN_PROGRESS', valid: false, dueOn: '2026-03-31', submittedOn: null });
    expect(surveys(after)).toMatchObject([{ who: 'MEMBER', what: 'SubmitRecognition', since: BEGUN_AT, dueOn: '2026-03-31' }]);
    expect(reminders(after)).toStrictEqual(reminders(invited('2026-03-31')));
    expect(view(does(after, 'SubmitRecognition', SUBMISSION, SUBMITTED_AT)).recognition).toMatchObject({ state: 'SUBMITTED', submittedOn: '2026-03-20' });
    when(invited(), 'BeginRecognition', {}, { actor: OPERATOR }).refused('FORBIDDEN');
  });

  test('what was returned says why until it is submitted anew', () => {
    const again = does(returned(), 'BeginRecognition', {}, '2026-03-25T09:00:00Z');
    expect([view(returned()), view(again)].map(({ recognition }) => recognition.returned)).toStrictEqual([{ on: '2026-03-24', reasons: TEXT }, { on: '2026-03-24', reasons: TEXT }]);
    expect(surveys(again)).toMatchObject([{ what: 'SubmitRecognition', reasons: [{ code: 'RETURNED' }] }]);
    expect(view(does(again, 'SubmitRecognition', SUBMISSION, '2026-03-26T09:00:00Z')).recognition.returned).toBeNull();
  });

  test.each([['RETURNED', returned], ['STALE', stale]])('follows what is %s too', (_state, make) => {
    expect(view(does(make(), 'BeginRecognition', {})).recognition.state).toBe('IN_PROGRESS');
  });

  test.each([['NOT_STARTED', opened], ['IN_PROGRESS', begun], ['SUBMITTED', submitted], ['VALIDATED', validated]])('is refused while the recognition is %s', (_state, make) => {
    when(make(), 'BeginRecognition', {}).refused('OUT_OF_TURN');
  });

  test('keeps a recognition that counts, and one that goes stale meanwhile still says that it is under way', () => {
    const again = does(does(validated(), 'InviteRecognition', { dueOn: '2027-06-30' }, '2027-02-01T09:00:00Z'), 'BeginRecognition', {}, '2027-02-02T09:00:00Z');
    expect(view(again).recognition).toMatchObject({ state: 'IN_PROGRESS', valid: true });
    expect(view(drained(adhesion, again, '2027-03-25T00:00:00Z')).recognition).toMatchObject({ state: 'IN_PROGRESS', valid: false });
  });
});
