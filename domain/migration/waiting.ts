import type { Waiting } from '../shared/process.ts';
import { changesWaiting } from './changes/waiting.ts';
import { cutoverWaiting } from './cutover/waiting.ts';
import { feasibilityWaiting } from './feasibility/waiting.ts';
import { movingWaiting } from './moving/waiting.ts';
import { operationWaiting } from './operation/waiting.ts';
import { planWaiting } from './plan/waiting.ts';
import { provisioningWaiting } from './provisioning/waiting.ts';
import { isFull, isOpened, type MigrationState } from './state.ts';
import { suspensionWaiting } from './suspension/waiting.ts';
import { workItemsWaiting } from './work-items/waiting.ts';

/** Whose turn it is: commands that the parties owe, and what the clock or the engine owes. Nothing in it depends on the present. */
export function waiting(state: MigrationState): readonly Waiting[] {
  if (!isOpened(state)) return [];
  const byHand = workItemsWaiting(state);
  if (!isFull(state)) return byHand;
  return [
    ...feasibilityWaiting(state), ...planWaiting(state), ...byHand, ...provisioningWaiting(state), ...changesWaiting(state), ...movingWaiting(state), ...cutoverWaiting(state), ...operationWaiting(state), ...suspensionWaiting(state),
  ];
}
