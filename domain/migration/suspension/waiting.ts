import { turn } from '../../adhesion/turn.ts';
import type { Waiting } from '../../shared/process.ts';
import { fallenDependencies } from '../gates/dependencies.ts';
import { TOLD_BY_THE_ENGINE } from '../gates/need.ts';
import { stageOf } from '../saga/standing.ts';
import type { FullMigration } from '../state.ts';

/** Of a suspended migration: that a party resumes it, or that its dependencies stand again as it needs them. */
export function suspensionWaiting(state: FullMigration): readonly Waiting[] {
  const { migration, suspension: { at, holds } } = state;
  if (migration.state !== 'SUSPENDED') return [];
  const fallen = fallenDependencies(state, stageOf(state)).map((service) => ({
    code: 'DEPENDENCY_FELL', message: { it: `Il servizio ${service}, da cui questo dipende, non è più come gli serve.`, en: `The service ${service}, which this one depends on, does not stand any more as it needs it.` },
  }));
  return [
    ...(holds.includes('PARTY') ? [turn('OPERATOR', 'Resume', at)] : []),
    ...(holds.includes('DEPENDENCY') ? [turn('CLOCK', TOLD_BY_THE_ENGINE, at, null, fallen)] : []),
  ];
}
