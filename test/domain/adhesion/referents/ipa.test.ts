import { describe, expect, test } from 'vitest';
import { adhesion, type AdhesionState } from '../../../../domain/adhesion/index.ts';
import { AUDITOR, MEMBER, NOW, OPERATOR, OTHER_MEMBER, does, later, opened, reached, step, view, when } from '../scenario.ts';

const inForce = reached('AcceptAppointment');
const RTD = inForce.referents.find(({ role }) => role === 'RTD');
const appointmentId = RTD?.appointmentId ?? '';
const shown = (state: AdhesionState) => view(state).rtdOnIpa;
const ENDED_AT = '2029-09-02T08:00:00Z';
const published = does(inForce, 'RecordRtdOnIpa', { on: '2026-09-20' });

describe('the RTD on IPA (art. 17 CAD)', () => {
  test('is published once, from its appointment on, by word of the comune or of the Agency', () => {
    expect([appointmentId, RTD?.actOn]).toStrictEqual(['ref-2', '2026-09-03']);
    for (const actor of [MEMBER, OPERATOR]) {
      const told = when(inForce, 'RecordRtdOnIpa', { on: '2026-09-03' }, { actor }).then({ type: 'RtdPublishedOnIpa', data: { appointmentId, on: '2026-09-03', at: NOW }, effectiveOn: '2026-09-03' });
      expect([shown(inForce), shown(told)]).toStrictEqual([null, { appointmentId, on: '2026-09-03' }]);
      // Nothing waits for it, and nothing is reminded of.
      expect([view(told).waitingFor, adhesion.timers(told)]).toStrictEqual([view(inForce).waitingFor, adhesion.timers(inForce)]);
    }
    when(published, 'RecordRtdOnIpa', { on: '2026-10-01' }).refused('ALREADY_RECORDED');
    when(inForce, 'RecordRtdOnIpa', { on: '2026-09-02' }).refused('DATE_BEFORE_GROUND', 'on');
    when(inForce, 'RecordRtdOnIpa', { on: '2026-11-23' }).refused('FACT_IN_FUTURE', 'on');
    when(opened(), 'RecordRtdOnIpa', { on: '2026-09-20' }).refused('RTD_NOT_APPOINTED');
    when(inForce, 'RecordRtdOnIpa', { on: '2026-09-20' }, { actor: OTHER_MEMBER }).refused('FORBIDDEN');
    when(inForce, 'RecordRtdOnIpa', { on: '2026-09-20' }, { actor: AUDITOR }).refused('FORBIDDEN');
  });

  test('of a new RTD is published anew; the entry of the former one says nothing of the new', () => {
    const replaced = does(published, 'ReplaceReferent', { appointmentId, subject: 's_rtd2', actNo: '60/2026', actOn: '2026-11-02' });
    expect(shown(replaced)).toBeNull();
    when(replaced, 'RecordRtdOnIpa', { on: '2026-11-01' }).refused('DATE_BEFORE_GROUND', 'on');
    expect(shown(does(replaced, 'RecordRtdOnIpa', { on: '2026-11-10' }))).toStrictEqual({ appointmentId: 'ref-5', on: '2026-11-10' });
    when(does(published, 'DeclareVacancy', { role: 'RTD', from: '2026-11-10' }), 'RecordRtdOnIpa', { on: '2026-11-11' }).refused('RTD_NOT_APPOINTED');
  });

  test('is corrected while that RTD is in office and the convention binds', () => {
    const correct = { version: published.version, data: { on: '2026-09-21' } };
    expect(shown(does(published, 'CorrectFact', correct))).toStrictEqual({ appointmentId, on: '2026-09-21' });
    when(published, 'CorrectFact', { ...correct, data: { on: '2026-09-02' } }).refused('DATE_BEFORE_GROUND', 'on');
    when(published, 'CorrectFact', { ...correct, data: {} }).refused('CORRECTION_MALFORMED', 'data');
    const replaced = does(published, 'ReplaceReferent', { appointmentId, subject: 's_rtd2', actNo: '60/2026', actOn: '2026-11-02' });
    when(replaced, 'CorrectFact', correct).refused('NOT_CORRECTABLE', 'version');
    const ended = later(does(published, 'RequestMigration', { service: 'TRAINING' }), ENDED_AT);
    when(ended, 'CorrectFact', correct, { now: ENDED_AT }).refused('CORRECTION_TOO_LATE');
  });

  test('is no matter any more after the end of the convention', () => {
    const ended = later(does(inForce, 'RequestMigration', { service: 'TRAINING' }), ENDED_AT);
    when(ended, 'RecordRtdOnIpa', { on: '2026-09-20' }, { now: ENDED_AT }).refused('CONVENTION_ENDED');
  });

  test('is not known of a state that was kept before: nobody said it yet', () => {
    const { rtdOnIpa: _unknown, ...kept } = inForce;
    const restored = adhesion.restore(kept, adhesion.stateSchema) ?? opened();
    expect(shown(step(restored, { type: 'RecordRtdOnIpa', data: { on: '2026-09-20' } }, OPERATOR))).toStrictEqual({ appointmentId, on: '2026-09-20' });
  });
});
