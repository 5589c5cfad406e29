import { turn } from '../../adhesion/turn.ts';
import { civilDateOf } from '../../shared/civil-date.ts';
import type { Waiting } from '../../shared/process.ts';
import { needed } from '../gates/index.ts';
import type { FullMigration } from '../state.ts';
import { conflictsOf } from './windows.ts';
import { forbiddenReason } from './words.ts';

/** Whose turn it is in this area; nothing in it depends on the present. */
export function cutoverWaiting(state: FullMigration): readonly Waiting[] {
  const { migration: { state: stage, since }, moving: { parallelRun, waiver }, cutover: { schedule } } = state;
  if (stage === 'CUTOVER') {
    const conflicts = conflictsOf(state);
    const dueOn = schedule === null ? null : civilDateOf(schedule.to);
    // A vote or a session that was called after the go: the window is set anew.
    return conflicts.length === 0 ? [turn('OPERATOR', 'RecordCutover', since, dueOn)] : [turn('OPERATOR', 'ScheduleCutover', since, dueOn, conflicts.map(forbiddenReason))];
  }
  if (stage !== 'PARALLEL_RUN') return [];
  // While it lasts the parallel run tells of itself; the window may be set beside it.
  const isRunning = waiver === null && parallelRun?.over === false;
  return needed(state, 'CUTOVER', 'DecideGo').filter(({ who }) => !isRunning || who !== 'CLOCK');
}
