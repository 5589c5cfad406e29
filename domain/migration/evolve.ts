import { isChangesEvent } from './changes/events.ts';
import { evolveChanges } from './changes/evolve.ts';
import { isCutoverEvent } from './cutover/events.ts';
import { evolveCutover } from './cutover/evolve.ts';
import type { MigrationEvent } from './events.ts';
import { isFeasibilityEvent } from './feasibility/events.ts';
import { evolveFeasibility } from './feasibility/evolve.ts';
import { isGroundsEvent } from './grounds/events.ts';
import { evolveGrounds } from './grounds/evolve.ts';
import { isMovingEvent } from './moving/events.ts';
import { evolveMoving } from './moving/evolve.ts';
import { opened } from './opening.ts';
import { isOperationEvent } from './operation/events.ts';
import { evolveOperation } from './operation/evolve.ts';
import { isPlanEvent } from './plan/events.ts';
import { evolvePlan } from './plan/evolve.ts';
import { isProvisioningEvent } from './provisioning/events.ts';
import { evolveProvisioning } from './provisioning/evolve.ts';
import { isSagaEvent } from './saga/events.ts';
import { evolveSaga } from './saga/evolve.ts';
import { isOpened, type MigrationState } from './state.ts';
import { isSuspensionEvent } from './suspension/events.ts';
import { evolveSuspension } from './suspension/evolve.ts';
import { isWorkItemsEvent } from './work-items/events.ts';
import { evolveWorkItems } from './work-items/evolve.ts';

/** Folds one stored event, by the area that owns it; total: an event without its ground changes nothing. `state.version` is already its version. */
export function evolve(state: MigrationState, event: MigrationEvent): MigrationState {
  if (event.type === 'MigrationRequested') return opened(state, event.data);
  if (!isOpened(state)) return state;
  if (isGroundsEvent(event)) return evolveGrounds(state, event);
  if (isFeasibilityEvent(event)) return evolveFeasibility(state, event);
  if (isPlanEvent(event)) return evolvePlan(state, event);
  if (isWorkItemsEvent(event)) return evolveWorkItems(state, event);
  if (isProvisioningEvent(event)) return evolveProvisioning(state, event);
  if (isMovingEvent(event)) return evolveMoving(state, event);
  if (isCutoverEvent(event)) return evolveCutover(state, event);
  if (isOperationEvent(event)) return evolveOperation(state, event);
  if (isSagaEvent(event)) return evolveSaga(state, event);
  if (isSuspensionEvent(event)) return evolveSuspension(state, event);
  if (isChangesEvent(event)) return evolveChanges(state, event);
  const unknown: never = event;
  return unknown;
}
