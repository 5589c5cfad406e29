import { turn } from '../../adhesion/turn.ts';
import type { Waiting } from '../../shared/process.ts';
import type { Reason } from '../../shared/reason.ts';
import { dependencyGone, fallenDependencies, hasGone } from '../gates/dependencies.ts';
import { TOLD_BY_THE_ENGINE } from '../gates/need.ts';
import { stageOf } from '../saga/standing.ts';
import type { FullMigration } from '../state.ts';

/** Of a suspended migration: that a party resumes it, or that its dependencies stand again as it needs them; one that has gone is requested anew. */
export function suspensionWaiting(state: FullMigration): readonly Waiting[] {
  const { migration, suspension: { at, holds } } = state;
  if (migration.state !== 'SUSPENDED') return [];
  const fallen = fallenDependencies(state, stageOf(state));
  const [gone, others] = [fallen.filter((service) => hasGone(state, service)), fallen.filter((service) => !hasGone(state, service))];
  return [
    ...(holds.includes('PARTY') ? [turn('OPERATOR', 'Resume', at)] : []),
    ...(gone.length > 0 ? [turn('OPERATOR', 'RequestMigration', at, null, gone.map((service) => dependencyGone(service).reason))] : []),
    ...(holds.includes('DEPENDENCY') && (others.length > 0 || gone.length === 0) ? [turn('CLOCK', TOLD_BY_THE_ENGINE, at, null, others.map(fell))] : []),
  ];
}

function fell(service: string): Reason {
  return {
    code: 'DEPENDENCY_FELL', message: { it: `Il servizio ${service}, da cui questo dipende, non è più come gli serve.`, en: `The service ${service}, which this one depends on, does not stand any more as it needs it.` },
  };
}
