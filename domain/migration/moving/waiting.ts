import { turn } from '../../adhesion/turn.ts';
import type { Waiting } from '../../shared/process.ts';
import { turnsOf, needed } from '../gates/index.ts';
import { conventionNeeds } from '../gates/convention.ts';
import { defectNeeds } from '../operation/needs.ts';
import { isAcceptanceHeld } from '../provisioning/completion.ts';
import type { FullMigration } from '../state.ts';
import { runNeeds } from './needs.ts';
import { parallelRunKey, runningParallel } from './timers.ts';

/** Whose turn it is in this area; nothing in it depends on the present. */
export function movingWaiting(state: FullMigration): readonly Waiting[] {
  const { migration: { state: stage }, provisioning: { doneOn }, moving: { acceptance } } = state;
  if (isAcceptanceHeld(state)) return turnsOf(state, conventionNeeds(state), []);
  if (stage === 'PROVISIONING') return doneOn === null ? [] : needed(state, 'DATA_MIGRATION', 'StartDataMigration');
  if (stage === 'DATA_MIGRATION') return toBeAccepted(state);
  if (stage === 'ACCEPTANCE') {
    return acceptance === null ? toBeAccepted(state) : turnsOf(state, conventionNeeds(state), [turn('OPERATOR', 'StartParallelRun', acceptance.at)]);
  }
  const run = runningParallel(state);
  return run === null ? [] : [turn('CLOCK', parallelRunKey(run), run.at, run.endsOn)];
}

/** What the acceptance still needs, then the record. */
function toBeAccepted(state: FullMigration): readonly Waiting[] {
  return turnsOf(state, [...conventionNeeds(state), ...runNeeds(state), ...defectNeeds(state)], [turn('OPERATOR', 'RecordAcceptance', state.migration.since)]);
}
