import type { Waiting } from '../shared/process.ts';
import { changesWaiting } from './changes/waiting.ts';
import { cutoverWaiting } from './cutover/waiting.ts';
import { feasibilityWaiting } from './feasibility/waiting.ts';
import { conventionNeeds } from './gates/convention.ts';
import { turnsOf } from './gates/index.ts';
import { movingWaiting } from './moving/waiting.ts';
import { operationWaiting } from './operation/waiting.ts';
import { planWaiting } from './plan/waiting.ts';
import { provisioningWaiting } from './provisioning/waiting.ts';
import { isBeforeUse } from './saga/standing.ts';
import { isFull, isOpened, type MigrationState } from './state.ts';
import { suspensionWaiting } from './suspension/waiting.ts';
import { workItemsWaiting } from './work-items/waiting.ts';

/** Whose turn it is: commands that the parties owe, and what the clock or the engine owes. Nothing in it depends on the present. */
export function waiting(state: MigrationState): readonly Waiting[] {
  if (!isOpened(state)) return [];
  const byHand = workItemsWaiting(state);
  if (!isFull(state)) return byHand;
  // A member that has left gets no service any more, whatever else this one would wait for.
  if (state.grounds.known?.convention === 'ENDED' && isBeforeUse(state)) return turnsOf(state, conventionNeeds(state), []);
  return [
    ...feasibilityWaiting(state), ...planWaiting(state), ...byHand, ...provisioningWaiting(state), ...changesWaiting(state), ...movingWaiting(state), ...cutoverWaiting(state), ...operationWaiting(state), ...suspensionWaiting(state),
  ];
}
