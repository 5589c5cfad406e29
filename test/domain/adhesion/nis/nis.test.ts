import { describe, expect, test } from 'vitest';
import { adhesion, type AdhesionState, type PolicyChoices } from '../../../../domain/adhesion/index.ts';
import { completePolicies, resolvePolicies } from '../../../../domain/adhesion/policies.ts';
import { REGISTERED, does, later, opened, reached, view, when } from '../scenario.ts';

/** In force from 1 December 2026, recorded on that day: the first window is that of January. */
const DECEMBER = '2026-12-01T09:00:00Z';
const subject = (policies: PolicyChoices = { nisSubject: true }): AdhesionState => (
  later(does(reached('CountersignConvention', {}, policies), 'RegisterConvention', { ...REGISTERED, inForceOn: '2026-12-01' }), DECEMBER));
const inForce = subject();
const told = (state: AdhesionState) => view(state).reminders.filter(({ key }) => key.startsWith('nis-')).map(({ key, level, to, at }) => [key, level, to, at]);
const armed = (state: AdhesionState) => adhesion.timers(state).filter(({ key }) => key.startsWith('remind-nis-')).map(({ key, at }) => [key, at]);

describe('who is a subject of NIS', () => {
  test('is, unless the opening says otherwise, a comune of more than 100,000 inhabitants', () => {
    expect([100_000, 100_001].map((population) => resolvePolicies({}, population).nisSubject)).toStrictEqual([false, true]);
    expect([resolvePolicies({ nisSubject: true }, 689).nisSubject, resolvePolicies({ nisSubject: false }, 1_300_000).nisSubject]).toStrictEqual([true, false]);
  });

  test('is not known of a case that was opened before: nobody is reminded, what is recorded is taken', () => {
    const { nisSubject: _unknown, ...stored } = resolvePolicies({}, 1_300_000);
    expect(completePolicies(stored).nisSubject).toBeNull();
    if (inForce.opening === null) throw new Error('not opened');
    const old: AdhesionState = { ...inForce, opening: { ...inForce.opening, policies: { ...inForce.opening.policies, nisSubject: null } } };
    expect(armed(old)).toStrictEqual([]);
    expect(view(old).nis).toStrictEqual({ subject: null, done: [], next: [] });
    expect(when(old, 'RecordNisDuty', { duty: 'UPDATE', on: '2026-05-01' }).decision.kind).toBe('accepted');
  });

  test('names its contacts at the ACN once the convention is in force, besides the roles of every member', () => {
    const asked = (state: AdhesionState) => view(state).waitingFor.filter(({ what }) => what === 'AppointReferent').flatMap(({ reasons }) => reasons.map(({ message }) => message.en));
    expect(asked(inForce)).toStrictEqual(['ICT referent: not appointed yet.', 'RTD: not appointed yet.', 'DPO: not appointed yet.', 'Security contact: not appointed yet.', 'NIS contact: not appointed yet.', 'CSIRT contact: not appointed yet.']);
    expect(asked(subject({}))).toHaveLength(4);
    expect(view(reached('AcceptAppointment', {}, { nisSubject: true })).phase).toBe('MANAGEMENT');
  });
});

describe('the yearly duties', () => {
  test('are recorded once a year each, late after their window', () => {
    const registered = when(inForce, 'RecordNisDuty', { duty: 'REGISTRATION', on: '2027-02-28' }, { now: '2027-03-01T08:00:00Z' }).then({
      type: 'NisDutyDone', data: { duty: 'REGISTRATION', year: 2027, on: '2027-02-28', dueOn: '2027-02-28', late: false, at: '2027-03-01T08:00:00Z' }, effectiveOn: '2027-02-28',
    });
    when(registered, 'RecordNisDuty', { duty: 'REGISTRATION', on: '2027-03-01' }, { now: '2027-03-01T08:00:00Z' }).refused('ALREADY_RECORDED');
    when(registered, 'RecordNisDuty', { duty: 'UPDATE', on: '2027-06-01' }, { now: '2027-06-01T08:00:00Z' }).then({
      type: 'NisDutyDone', data: { duty: 'UPDATE', year: 2027, on: '2027-06-01', dueOn: '2027-05-31', late: true, at: '2027-06-01T08:00:00Z' }, effectiveOn: '2027-06-01',
    });
    expect(when(registered, 'RecordNisDuty', { duty: 'REGISTRATION', on: '2028-01-01' }, { now: '2028-01-01T08:00:00Z' }).decision.kind).toBe('accepted');
    // 28 February, of a leap year too.
    expect(when(registered, 'RecordNisDuty', { duty: 'REGISTRATION', on: '2028-02-29' }, { now: '2028-03-01T08:00:00Z' }).decision).toMatchObject({ events: [{ data: { late: true } }] });
  });

  test('are refused before the window, of a day to come, and of who is no subject or has left', () => {
    when(inForce, 'RecordNisDuty', { duty: 'UPDATE', on: '2027-04-14' }, { now: '2027-05-01T08:00:00Z' }).refused('NIS_WINDOW_NOT_OPEN', 'on');
    when(inForce, 'RecordNisDuty', { duty: 'UPDATE', on: '2027-05-02' }, { now: '2027-05-01T08:00:00Z' }).refused('FACT_IN_FUTURE', 'on');
    when(opened(), 'RecordNisDuty', { duty: 'UPDATE', on: '2026-05-01' }).refused('NOT_A_NIS_SUBJECT');
    when(later(inForce, '2030-01-01T08:00:00Z'), 'RecordNisDuty', { duty: 'UPDATE', on: '2029-05-01' }, { now: '2030-01-01T08:00:00Z' }).refused('CASE_CLOSED');
  });

  test('are said when their window opens and ten days before it closes, each year until they are recorded', () => {
    expect(armed(inForce)).toStrictEqual([
      ['remind-nis-REGISTRATION-2027', '2026-12-31T23:00:00Z'], ['remind-nis-REGISTRATION-2027-last-days', '2027-02-17T23:00:00Z'],
      ['remind-nis-UPDATE-2027', '2027-04-14T22:00:00Z'], ['remind-nis-UPDATE-2027-last-days', '2027-05-20T22:00:00Z'],
    ]);
    expect(view(inForce).nis.next).toStrictEqual([
      { duty: 'REGISTRATION', year: 2027, from: '2027-01-01', to: '2027-02-28' }, { duty: 'UPDATE', year: 2027, from: '2027-04-15', to: '2027-05-31' },
    ]);
    const silent = later(inForce, '2028-01-02T08:00:00Z');
    expect(told(silent)).toStrictEqual([
      ['nis-REGISTRATION-2027', 'REMINDER', 'REFERENT', '2026-12-31T23:00:00Z'], ['nis-REGISTRATION-2027-last-days', 'ESCALATION', 'MAYOR', '2027-02-17T23:00:00Z'],
      ['nis-UPDATE-2027', 'REMINDER', 'REFERENT', '2027-04-14T22:00:00Z'], ['nis-UPDATE-2027-last-days', 'ESCALATION', 'MAYOR', '2027-05-20T22:00:00Z'],
      ['nis-REGISTRATION-2028', 'REMINDER', 'REFERENT', '2027-12-31T23:00:00Z'],
    ]);
    const done = does(inForce, 'RecordNisDuty', { duty: 'REGISTRATION', on: '2027-01-07' }, '2027-01-08T08:00:00Z');
    expect(armed(done)).toContainEqual(['remind-nis-REGISTRATION-2028', '2027-12-31T23:00:00Z']);
    expect(told(later(done, '2027-04-01T08:00:00Z'))).toStrictEqual([]);
  });

  test('of a window of which the last days had begun when the convention came into force are the next year\'s', () => {
    const from = (inForceOn: string) => later(does(reached('CountersignConvention', {}, { nisSubject: true }), 'RegisterConvention', { ...REGISTERED, inForceOn }), `${inForceOn}T09:00:00Z`);
    const [in17, in18] = [from('2027-02-17'), from('2027-02-18')];
    expect([armed(in17)[0]?.[0], armed(in18)[0]?.[0]]).toStrictEqual(['remind-nis-REGISTRATION-2027-last-days', 'remind-nis-REGISTRATION-2028']);
    expect([told(in17).map(([key]) => key), told(in18)]).toStrictEqual([['nis-REGISTRATION-2027'], []]);
  });

  test('are not said of who is no subject, who chose so, or who has left', () => {
    expect([armed(subject({})), armed(subject({ nisSubject: true, reminders: { nis: null } })), armed(subject({ nisSubject: true, reminders: null }))]).toStrictEqual([[], [], []]);
    expect(armed(later(inForce, '2030-01-01T08:00:00Z'))).toStrictEqual([]);
    expect(view(reached('CountersignConvention', {}, { nisSubject: true })).nis.next).toStrictEqual([]);
    const registered = does(reached('CountersignConvention', {}, { nisSubject: true }), 'RegisterConvention', { ...REGISTERED, inForceOn: '2026-12-01' });
    expect([view(registered).nis.next, armed(registered)]).toStrictEqual([[], []]);
  });

  test('may be corrected while the convention binds', () => {
    const done = does(inForce, 'RecordNisDuty', { duty: 'REGISTRATION', on: '2027-01-07' }, '2027-02-01T08:00:00Z');
    const version = done.nisDuties[0]?.version ?? 0;
    const corrected = does(done, 'CorrectFact', { version, data: { duty: 'REGISTRATION', on: '2027-01-17' } }, '2027-02-01T08:00:00Z');
    expect(view(corrected).nis.done).toStrictEqual([{ duty: 'REGISTRATION', year: 2027, on: '2027-01-17', dueOn: '2027-02-28', late: false }]);
    when(done, 'CorrectFact', { version, data: { duty: 'REGISTRATION', on: '2027-13-17' } }, { now: '2027-02-01T08:00:00Z' }).refused('CORRECTION_MALFORMED', 'data');
    const ended = later(does(done, 'RequestMigration', { service: 'TRAINING' }, '2027-02-01T08:00:00Z'), '2030-01-01T08:00:00Z');
    when(ended, 'CorrectFact', { version, data: { duty: 'REGISTRATION', on: '2027-01-17' } }, { now: '2030-01-01T08:00:00Z' }).refused('CORRECTION_TOO_LATE');
  });
});
