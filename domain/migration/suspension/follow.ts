import type { Context } from '../../shared/process.ts';
import type { MigrationEvent } from '../events.ts';
import { fallenDependencies } from '../gates/dependencies.ts';
import { isServing } from '../operation/standing.ts';
import type { FullMigration } from '../state.ts';
import { stageOf } from '../saga/standing.ts';
import { resumption } from './resuming.ts';

/**
 * A migration is held up while a service that it depends on does not stand any more as a gate that it has passed needed it, and
 * resumes where it was when it does again. A service in use retires with a member that has left, also one whose migration came to its end long before.
 */
export function followSuspension(state: FullMigration, { now }: Context): readonly MigrationEvent[] {
  if (state.grounds.known?.convention === 'ENDED' && isServing(state)) return [{ type: 'RetirementBegun', data: { at: now } }];
  const services = fallenDependencies(state, stageOf(state));
  const { holds } = state.suspension;
  const isHeld = holds.includes('DEPENDENCY');
  if (services.length > 0 && !isHeld) return [{ type: 'MigrationSuspended', data: { by: 'DEPENDENCY', reasons: null, services, at: now } }];
  return services.length > 0 || !isHeld ? [] : resumption(state, 'DEPENDENCY', now);
}
