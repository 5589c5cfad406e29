import { expect, test } from 'vitest';
import type { AdhesionState } from '../../../../domain/adhesion/index.ts';
import { NOW, does, reached, viewApart as view } from '../scenario.ts';

/** A service runs, so that the case goes on after the convention has ended. */
const running = does(reached('AcceptAppointment'), 'RequestMigration', { service: 'TRAINING' });
const annulled = (state: AdhesionState): AdhesionState => does(state, 'AnnulResolution', { actNo: '2400/2026', on: '2026-11-02', by: 'COURT' });
const turnsOf = (state: AdhesionState): readonly string[] => view(state).waitingFor.map(({ what }) => what);
const timersOf = (state: AdhesionState): readonly string[] => view(state).timers.map(({ key }) => key);

test('after the end of the convention nobody is asked to appoint, to accept, to confirm or to reinstate, and no clock of it runs', () => {
  const vacant = does(running, 'DeclareVacancy', { role: 'RTD', from: '2026-11-20' });
  const named = does(vacant, 'AppointReferent', { role: 'NIS_CONTACT', subject: 's_nis', actNo: '9/2026', actOn: '2026-11-21' });
  const suspended = does(named, 'SuspendReferent', { appointmentId: 'ref-3', from: '2026-11-21' });
  const changed = does(suspended, 'RecordMandateChange', { kind: 'MAYOR_CHANGED', on: '2026-11-22' });
  expect(new Set(turnsOf(changed))).toStrictEqual(new Set(['AcceptAppointment', 'AppointReferent', 'ConfirmReferents']));
  expect(timersOf(changed)).toHaveLength(6);
  expect(turnsOf(annulled(changed))).toStrictEqual(['Cancel']);
  expect(timersOf(annulled(changed))).toStrictEqual([]);
  expect(turnsOf(does(annulled(running), 'RecordMandateChange', { kind: 'MAYOR_CHANGED', on: '2026-11-22' }))).toStrictEqual(['Cancel']);
});

test('after the end of the convention no recognition is owed', () => {
  const invited = does(running, 'InviteRecognition', { dueOn: '2026-12-31' }, NOW);
  expect([turnsOf(invited), timersOf(invited)]).toStrictEqual([['SubmitRecognition'], ['remind-recognition-1']]);
  expect([turnsOf(annulled(invited)), timersOf(annulled(invited))]).toStrictEqual([['Cancel'], []]);
});
