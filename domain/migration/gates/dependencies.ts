import type { Grounds } from '../grounds/terms.ts';
import type { MigrationStage } from '../stages.ts';
import type { FullMigration } from '../state.ts';
import { migrationStage, RETIRED } from '../words.ts';
import { need, TOLD_BY_THE_ENGINE, type Need } from './need.ts';

/** Stages in which a migration has a plan that the comune approved. */
const PLANNED: ReadonlySet<string> = new Set<MigrationStage>([
  'PLAN_APPROVED', 'PROVISIONING', 'DATA_MIGRATION', 'ACCEPTANCE', 'PARALLEL_RUN', 'CUTOVER', 'HYPERCARE', 'OPERATING', 'DECOMMISSIONING_OLD', 'CLOSED',
]);

/** Stages in which a service operates. A migration that is closed has come to its end: the service goes on, unless it has retired, which the adhesion tells by a word of its own. */
const OPERATING: ReadonlySet<string> = new Set<MigrationStage>(['OPERATING', 'DECOMMISSIONING_OLD', 'CLOSED']);

/** The services that this one depends on and that have no approved plan yet. */
export function dependenciesPlanned(state: FullMigration): readonly Need[] {
  return lacking(state, PLANNED, 'DEPENDENCY_NOT_PLANNED', { it: 'serve prima il suo piano approvato', en: 'its plan must be approved first' });
}

/** Those that do not operate yet. */
export function dependenciesOperating(state: FullMigration): readonly Need[] {
  return lacking(state, OPERATING, 'DEPENDENCY_NOT_OPERATING', { it: 'deve prima essere in esercizio', en: 'it must operate first' });
}

/** Stages that lie behind the gate to PLAN_APPROVED, and of them those that lie behind the one that needs dependencies to operate. */
const BEHIND_PLAN: ReadonlySet<MigrationStage> = new Set<MigrationStage>([
  'PLAN_APPROVED', 'PROVISIONING', 'DATA_MIGRATION', 'ACCEPTANCE', 'PARALLEL_RUN', 'CUTOVER', 'HYPERCARE', 'OPERATING', 'DECOMMISSIONING_OLD',
]);
const BEHIND_MOVE: ReadonlySet<MigrationStage> = new Set<MigrationStage>(['DATA_MIGRATION', 'ACCEPTANCE', 'PARALLEL_RUN', 'CUTOVER', 'HYPERCARE', 'OPERATING', 'DECOMMISSIONING_OLD']);

/** The dependencies that do not stand any more as the gates that lie behind the stage needed them. */
export function fallenDependencies({ migration: { pinned: { dependsOn, gates } }, grounds: { known } }: FullMigration, stage: MigrationStage): readonly string[] {
  if (!BEHIND_PLAN.has(stage)) return [];
  const mustOperate = BEHIND_MOVE.has(stage) || (stage === 'PROVISIONING' && !gates.includes('DATA_MIGRATION'));
  const enough = mustOperate ? OPERATING : PLANNED;
  return dependsOn.filter((service) => !enough.has(stageOfService(known, service) ?? ''));
}

/** Ends after which a service does not come by itself. */
const GONE: ReadonlySet<string> = new Set([...(['CANCELLED', 'REJECTED'] as const satisfies readonly MigrationStage[]), RETIRED]);

/** The service was never requested, or has come to an end and does not go on: who needs it requests it. */
export function hasGone({ grounds: { known } }: FullMigration, service: string): boolean {
  const stage = stageOfService(known, service);
  return stage === undefined || GONE.has(stage);
}

/** The need of a service that has gone. */
export function dependencyGone(service: string): Need {
  return need('OPERATOR', 'RequestMigration', 'DEPENDENCY_NOT_REQUESTED', {
    it: `Il servizio ${service}, da cui questo dipende, non è richiesto.`, en: `The service ${service}, which this one depends on, is not requested.`,
  });
}

function stageOfService(known: Grounds | null, service: string): string | undefined {
  return known !== null && Object.hasOwn(known.services, service) ? known.services[service] : undefined;
}

function lacking(state: FullMigration, enough: ReadonlySet<string>, code: string, must: { readonly it: string; readonly en: string }): readonly Need[] {
  return state.migration.pinned.dependsOn.flatMap((service) => {
    const stage = stageOfService(state.grounds.known, service);
    if (stage === undefined || hasGone(state, service)) return [dependencyGone(service)];
    if (enough.has(stage)) return [];
    const { it, en } = migrationStage(stage);
    return [need('CLOCK', TOLD_BY_THE_ENGINE, code, { it: `Il servizio ${service} è ${it}: ${must.it}.`, en: `The service ${service} is ${en}: ${must.en}.` })];
  });
}
