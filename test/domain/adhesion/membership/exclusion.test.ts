import { expect, test } from 'vitest';
import { adhesion } from '../../../../domain/adhesion/index.ts';
import { BASIS, MEMBER, NOW, OPERATOR, TEXT, does, reached, view, when } from '../scenario.ts';

const NEXT_YEAR = '2027-08-01T08:00:00Z';
const inForce = reached('RegisterConvention');
/** First notice on 10 January 2027: 180 days later is 9 July. */
const EXCLUDED = { noticesOn: ['2027-01-10', '2027-03-10'], heardOn: '2027-06-01', assemblyActNo: '4/2027', on: '2027-07-09' } as const;
const data = (change: object = {}) => ({ ...EXCLUDED, ...change }) as { noticesOn: [string, string]; heardOn: string; assemblyActNo: string; on: string };

test('two notices, the member heard, the vote of the assembly', () => {
  const excluded = when(inForce, 'ExcludeMember', data(), { now: NEXT_YEAR }).then({
    type: 'MemberExcluded', data: { ...EXCLUDED, basis: BASIS, at: NEXT_YEAR }, effectiveOn: '2027-07-09',
  });
  expect(view(excluded)).toMatchObject({
    phase: 'CLOSED', convention: { state: 'TERMINATED', exclusion: EXCLUDED, termination: { code: 'EXCLUDED', on: '2027-07-09' } },
  });
});

test('180 days of non-payment are those from the first notice to the vote', () => {
  const early = when(inForce, 'ExcludeMember', data({ on: '2027-07-08' }), { now: NEXT_YEAR });
  early.refused('UNPAID_TERM_RUNNING', 'on');
  expect(JSON.stringify(early.decision)).toContain('2027-07-09');
  const patient = reached('RegisterConvention', {}, { exit: { unpaidDays: 200 } });
  when(patient, 'ExcludeMember', data(), { now: NEXT_YEAR }).refused('UNPAID_TERM_RUNNING');
});

test.each<[string, object, string, string]>([
  ['the notices on one day', { noticesOn: ['2027-01-10', '2027-01-10'] }, 'DATE_BEFORE_GROUND', 'noticesOn.1'],
  ['a notice before the day in force', { noticesOn: ['2026-08-31', '2027-03-10'] }, 'DATE_BEFORE_GROUND', 'noticesOn.0'],
  ['heard before the second notice', { heardOn: '2027-03-09' }, 'DATE_BEFORE_GROUND', 'heardOn'],
  ['a vote before the hearing', { heardOn: '2027-07-10' }, 'DATE_BEFORE_GROUND', 'on'],
  ['a vote to come', { on: '2027-08-02' }, 'FACT_IN_FUTURE', 'on'],
  ['a notice to come', { noticesOn: ['2027-01-10', '2027-08-02'] }, 'FACT_IN_FUTURE', 'noticesOn.1'],
])('is refused with %s', (_what, change, code, path) => {
  when(inForce, 'ExcludeMember', data(change), { now: NEXT_YEAR }).refused(code, path);
});

test('the second notice may be of the day after the first', () => {
  expect(when(inForce, 'ExcludeMember', data({ noticesOn: ['2027-01-10', '2027-01-11'] }), { now: NEXT_YEAR }).decision.kind).toBe('accepted');
});

test('is the operator\'s, of a convention in force, once; a member that withdraws may be excluded all the same', () => {
  when(inForce, 'ExcludeMember', data(), { now: NEXT_YEAR, actor: MEMBER }).refused('FORBIDDEN');
  when(reached('CountersignConvention'), 'ExcludeMember', data(), { now: NEXT_YEAR }).refused('CONVENTION_NOT_IN_FORCE');
  const leaving = does(inForce, 'RevokeResolution', { actNo: '60/2026', on: '2026-10-01' });
  expect(when(leaving, 'ExcludeMember', data(), { now: NEXT_YEAR }).decision.kind).toBe('accepted');
});

test('services are closed before the case is', () => {
  const running = does(inForce, 'RequestMigration', { service: 'TRAINING' });
  const excluded = does(running, 'ExcludeMember', data(), NEXT_YEAR);
  expect(view(excluded)).toMatchObject({ phase: 'EXITING', convention: { state: 'EXCLUDING' } });
  when(excluded, 'ExcludeMember', data(), { now: NEXT_YEAR }).refused('CONVENTION_ENDED');
  when(excluded, 'CloseAdhesion', { reasons: TEXT }, { actor: OPERATOR, now: NOW }).refused('CONVENTION_CONCLUDED');
  const done = adhesion.evolve(excluded, { type: 'MigrationNoted', data: { id: 'c_a010-1.TRAINING', service: 'TRAINING', state: 'CLOSED', asOf: 9, at: NEXT_YEAR } });
  expect(view(done)).toMatchObject({ phase: 'CLOSED', convention: { state: 'TERMINATED', termination: { code: 'EXCLUDED', on: '2027-07-09' } } });
});
