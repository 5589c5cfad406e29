import type { Context } from '../../shared/process.ts';
import type { MigrationEvent } from '../events.ts';
import { stageOf } from '../saga/standing.ts';
import type { MigrationStage } from '../stages.ts';
import type { FullMigration } from '../state.ts';
import { lastCall, standingBindings } from './standing.ts';
import type { Rotation, Update } from './state.ts';

/** Stages in which what a broker provisioned may be changed: the service goes on when its migration is closed. What is rolled back or retires is taken down as it stands. */
export const CHANGEABLE: readonly MigrationStage[] = ['OPERATING', 'DECOMMISSIONING_OLD', 'CLOSED'];

/** A change ends by itself with the last call that it takes. */
export function followChanges(state: FullMigration, { now: at }: Context): readonly MigrationEvent[] {
  const { change } = state.provisioning;
  if (change === undefined || !CHANGEABLE.includes(stageOf(state))) return [];
  return change.kind === 'UPDATE' ? followUpdate(state, change, at) : followRotation(state, change, at);
}

function followUpdate(state: FullMigration, { to, before, isReverting }: Update, at: string): readonly MigrationEvent[] {
  const end = lastCall(state, 'UPDATE')?.state;
  if (end !== 'DONE' && end !== 'SKIPPED') return [];
  return [end === 'DONE' && !isReverting ? { type: 'ServiceUpdated', data: { ...to, at } } : { type: 'ServiceUpdateGivenUp', data: { ...before, at } }];
}

/** The former binding goes when it is revoked; the new one, where the rotation is given up, if it may be there. */
function followRotation(state: FullMigration, { binding, former }: Rotation, at: string): readonly MigrationEvent[] {
  const bound = lastCall(state, 'BIND', binding)?.state;
  if (bound === 'DONE') return isOver(state, former) ? [{ type: 'CredentialsRotated', data: { binding, former, at } }] : [];
  if (bound !== 'SKIPPED') return [];
  if (!standingBindings(state).includes(binding) || isOver(state, binding)) return [{ type: 'CredentialsRotationGivenUp', data: { binding, former, at } }];
  return lastCall(state, 'UNBIND', binding) === undefined ? [{ type: 'BrokerCallStarted', data: { operation: 'UNBIND', binding, at } }] : [];
}

function isOver(state: FullMigration, binding: number): boolean {
  const end = lastCall(state, 'UNBIND', binding)?.state;
  return end === 'DONE' || end === 'SKIPPED';
}
