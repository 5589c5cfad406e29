import type { Context } from '../../shared/process.ts';
import type { MigrationEvent } from '../events.ts';
import { fallenDependencies } from '../gates/dependencies.ts';
import type { MigrationStage } from '../stages.ts';
import type { FullMigration } from '../state.ts';
import { stageOf } from '../saga/standing.ts';
import { resumption } from './resuming.ts';

/** Stages of a service that people work with: it does not end with the convention, but goes on until it is closed. */
const IN_USE: ReadonlySet<MigrationStage> = new Set<MigrationStage>(['HYPERCARE', 'OPERATING', 'DECOMMISSIONING_OLD']);

/**
 * A migration is held up while a service that it depends on does not stand any more as a gate that it has passed needed it, and
 * resumes where it was when it does again. A service in use retires with a member that has left.
 */
export function followSuspension(state: FullMigration, { now }: Context): readonly MigrationEvent[] {
  if (state.grounds.known?.convention === 'ENDED' && IN_USE.has(stageOf(state))) return [{ type: 'RetirementBegun', data: { at: now } }];
  const services = fallenDependencies(state, stageOf(state));
  const { holds } = state.suspension;
  const isHeld = holds.includes('DEPENDENCY');
  if (services.length > 0 && !isHeld) return [{ type: 'MigrationSuspended', data: { by: 'DEPENDENCY', reasons: null, services, at: now } }];
  return services.length > 0 || !isHeld ? [] : resumption(state, 'DEPENDENCY', now);
}
