import { describe, expect, test } from 'vitest';
import { adhesion, type AdhesionState } from '../../../../domain/adhesion/index.ts';
import { NOW, OTHER_SHA256, TEXT, TEXT_SHA256, does, later, opened, reached, view, when } from '../scenario.ts';

const NEEDED = { service: 'TRAINING', needed: true, on: '2026-11-20', reasons: TEXT };
const DPIA = { service: 'TRAINING', outcome: 'ACCEPTABLE_RISK', on: '2026-11-21', sha256: TEXT_SHA256 } as const;
const needed = does(opened(), 'DeclareDpiaNeed', NEEDED);
const seen = (state: AdhesionState) => view(state).processing.impactAssessments.map(({ service, state: stands }) => [service, stands]);
const armed = (state: AdhesionState) => adhesion.timers(state).filter(({ key }) => key.startsWith('remind-dpia-')).map(({ at }) => at);
const ended = (state: AdhesionState) => later(does(does(reached('AcceptAppointment'), 'RequestMigration', { service: 'TRAINING' }), 'DeclareDpiaNeed', { ...NEEDED, needed: state === needed }), '2029-09-02T08:00:00Z');

describe('the impact assessment of a processing (art. 35 GDPR)', () => {
  test('is declared necessary, then made', () => {
    when(opened(), 'DeclareDpiaNeed', NEEDED).then({ type: 'DpiaNeedDeclared', data: { ...NEEDED, at: NOW }, effectiveOn: '2026-11-20' });
    expect(seen(needed)).toStrictEqual([['TRAINING', 'NEEDED']]);
    const made = when(needed, 'RecordDpia', DPIA).then({ type: 'DpiaRecorded', data: { ...DPIA, at: NOW }, effectiveOn: '2026-11-21' });
    expect(view(made).processing.impactAssessments).toStrictEqual([{
      service: 'TRAINING', state: 'DONE', declaredOn: '2026-11-20', declarationReasons: TEXT, assessedOn: '2026-11-21', outcome: 'ACCEPTABLE_RISK', sha256: TEXT_SHA256,
    }]);
  });

  test('may be found not to be needed, may be made without a word before it, and is of each processing apart', () => {
    const spared = does(opened(), 'DeclareDpiaNeed', { service: 'TRAINING', needed: false, on: '2026-11-20' });
    expect(seen(spared)).toStrictEqual([['TRAINING', 'NOT_NEEDED']]);
    expect(seen(does(spared, 'RecordDpia', DPIA))).toStrictEqual([['TRAINING', 'DONE']]);
    expect(seen(does(needed, 'RecordDpia', { ...DPIA, service: 'RTD_COMMUNITY' }))).toStrictEqual([['TRAINING', 'NEEDED'], ['RTD_COMMUNITY', 'DONE']]);
    expect(seen(does(does(opened(), 'RecordDpia', { ...DPIA, service: 'RTD_COMMUNITY' }), 'DeclareDpiaNeed', NEEDED))).toStrictEqual([['RTD_COMMUNITY', 'DONE'], ['TRAINING', 'NEEDED']]);
  });

  test('asks for the Garante where the risk that is left is high, until another one finds less', () => {
    const high = does(needed, 'RecordDpia', { ...DPIA, outcome: 'HIGH_RISK' });
    expect(seen(high)).toStrictEqual([['TRAINING', 'CONSULTATION']]);
    expect(seen(does(high, 'RecordDpia', { ...DPIA, on: '2026-11-22', sha256: OTHER_SHA256 }))).toStrictEqual([['TRAINING', 'DONE']]);
  });

  test('is found needed anew after it was made, by the days of the facts and not by their recording', () => {
    const made = does(needed, 'RecordDpia', DPIA);
    when(made, 'DeclareDpiaNeed', { ...NEEDED, on: '2026-11-21' }).refused('ALREADY_RECORDED');
    const anew = does(made, 'DeclareDpiaNeed', { ...NEEDED, on: '2026-11-22' });
    expect(seen(anew)).toStrictEqual([['TRAINING', 'NEEDED']]);
    when(anew, 'DeclareDpiaNeed', { ...NEEDED, on: '2026-11-22' }).refused('ALREADY_RECORDED');
    const [one, other] = [does(does(opened(), 'RecordDpia', DPIA), 'DeclareDpiaNeed', NEEDED), made];
    expect([seen(one), seen(other)]).toStrictEqual([[['TRAINING', 'DONE']], [['TRAINING', 'DONE']]]);
    // Also of an assessment made on the very day.
    const atOnce = does(needed, 'RecordDpia', { ...DPIA, on: '2026-11-20' });
    expect(seen(atOnce)).toStrictEqual([['TRAINING', 'DONE']]);
    expect(seen(does(atOnce, 'DeclareDpiaNeed', { ...NEEDED, on: '2026-11-22' }))).toStrictEqual([['TRAINING', 'NEEDED']]);
    expect(seen(does(made, 'DeclareDpiaNeed', { ...NEEDED, needed: false, on: '2026-11-22' }))).toStrictEqual([['TRAINING', 'DONE']]);
  });

  test('is refused of a day to come, before what it follows, twice, and after the end', () => {
    when(opened(), 'DeclareDpiaNeed', { ...NEEDED, on: '2026-11-23' }).refused('FACT_IN_FUTURE', 'on');
    when(opened(), 'RecordDpia', { ...DPIA, on: '2026-11-23' }).refused('FACT_IN_FUTURE', 'on');
    when(needed, 'DeclareDpiaNeed', { ...NEEDED, needed: false, on: '2026-11-19' }).refused('DATE_BEFORE_GROUND', 'on');
    const made = does(needed, 'RecordDpia', DPIA);
    when(made, 'RecordDpia', DPIA).refused('ALREADY_RECORDED');
    when(made, 'RecordDpia', { ...DPIA, on: '2026-11-20', sha256: OTHER_SHA256 }).refused('DATE_BEFORE_GROUND', 'on');
    const now = '2029-09-02T08:00:00Z';
    when(ended(needed), 'DeclareDpiaNeed', { ...NEEDED, needed: false, on: '2029-09-01' }, { now }).refused('CONVENTION_ENDED');
    when(ended(needed), 'RecordDpia', DPIA, { now }).refused('CONVENTION_ENDED');
  });

  test('is reminded of thirty days after it was declared necessary and is not there', () => {
    expect(armed(needed)).toStrictEqual(['2026-12-19T23:00:00Z']);
    when(needed, 'Remind', { key: 'dpia-2' }, { now: '2026-12-19T23:00:00Z' }).then({
      type: 'ReminderDue', data: { key: 'dpia-2', level: 'REMINDER', to: 'REFERENT', what: 'RecordDpia', dueOn: null, at: '2026-12-19T23:00:00Z' },
    });
    expect(armed(does(needed, 'RecordDpia', DPIA))).toStrictEqual([]);
    expect(armed(does(opened(), 'DeclareDpiaNeed', { ...NEEDED, needed: false }))).toStrictEqual([]);
    expect(armed(does(opened({ reminders: { dpia: null } }), 'DeclareDpiaNeed', NEEDED))).toStrictEqual([]);
    const late = does(does(reached('AcceptAppointment'), 'RequestMigration', { service: 'TRAINING' }), 'DeclareDpiaNeed', { ...NEEDED, on: '2029-08-20' }, '2029-08-20T08:00:00Z');
    expect([armed(late).length, armed(later(late, '2029-09-02T08:00:00Z')).length]).toStrictEqual([1, 0]);
  });

  test('is corrected, the last word on each processing', () => {
    const made = does(needed, 'RecordDpia', DPIA);
    expect(seen(does(made, 'CorrectFact', { version: 3, data: { ...DPIA, outcome: 'HIGH_RISK' } }))).toStrictEqual([['TRAINING', 'CONSULTATION']]);
    expect(seen(does(needed, 'CorrectFact', { version: 2, data: { service: 'TRAINING', needed: false, on: '2026-11-20' } }))).toStrictEqual([['TRAINING', 'NOT_NEEDED']]);
    const again = does(does(made, 'RecordDpia', { ...DPIA, on: '2026-11-22', sha256: OTHER_SHA256 }), 'DeclareDpiaNeed', { ...NEEDED, needed: false, on: '2026-11-22' });
    for (const version of [2, 3]) when(again, 'CorrectFact', { version, data: {} }).refused('NOT_CORRECTABLE', 'version');
    for (const version of [4, 5]) when(again, 'CorrectFact', { version, data: {} }).refused('CORRECTION_MALFORMED', 'data');
    const over = ended(needed);
    when(over, 'CorrectFact', { version: over.processing.dpiaNeeds[0]?.version ?? 0, data: NEEDED }, { now: '2029-09-02T08:00:00Z' }).refused('CORRECTION_TOO_LATE');
  });
});
