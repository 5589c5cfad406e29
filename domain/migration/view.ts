import type { ParkedFact } from '../shared/case.ts';
import type { CivilDate, Instant } from '../shared/civil-date.ts';
import type { Waiting } from '../shared/process.ts';
import type { Reason } from '../shared/reason.ts';
import type { TextRef } from '../shared/text-ref.ts';
import type { Bilingual } from '../shared/bilingual.ts';
import { getMigration, openItems, type Migration, type MigrationStage, type MigrationState, type WorkItem } from './state.ts';
import { waiting, workItemOpen } from './waiting.ts';

export interface WorkItemView {
  readonly id: string;
  readonly title: Bilingual;
  readonly state: 'OPEN' | 'DONE';
  readonly after: readonly string[];
  readonly completedOn: CivilDate | null;
  readonly note: TextRef | null;
}

export interface GateView {
  /** The state that the gate leads to. */
  readonly gate: string;
  readonly open: boolean;
  readonly reasons: readonly Reason[];
}

export interface MigrationView {
  readonly id: string;
  readonly workflowId: string;
  readonly adhesion: string;
  readonly body: string;
  readonly service: string;
  readonly plan: string;
  readonly catalogueVersion: number;
  readonly state: MigrationStage;
  readonly version: number;
  readonly gates: readonly GateView[];
  readonly windows: readonly never[];
  readonly defects: readonly never[];
  readonly workItems: readonly WorkItemView[];
  readonly parked: readonly ParkedFact[];
  readonly waitingFor: readonly Waiting[];
  readonly timers: readonly { readonly key: string; readonly at: Instant }[];
  readonly late: boolean;
}

/**
 * The migration as readers see it. The light track has no windows, no defects, no instance of a broker and no terms,
 * so these are empty whatever `now` is. Throws when the migration was never opened.
 */
export function viewMigration(state: MigrationState, _now: Instant): MigrationView {
  const migration = getMigration(state);
  const { id, adhesion, body, service, plan, catalogueVersion } = migration;
  return {
    id,
    workflowId: `migration/${id}`,
    adhesion,
    body,
    service,
    plan,
    catalogueVersion,
    state: migration.state,
    version: state.version,
    gates: gates(migration),
    windows: [],
    defects: [],
    workItems: migration.workItems.map(viewWorkItem),
    parked: state.parked,
    waitingFor: waiting(state),
    timers: [],
    late: false,
  };
}

function viewWorkItem({ id, title, after, done }: WorkItem): WorkItemView {
  return { id, title, state: done === null ? 'OPEN' : 'DONE', after, completedOn: done?.on ?? null, note: done?.note ?? null };
}

/** The gates of the light track; none is left in a migration that was cancelled. */
function gates(migration: Migration): readonly GateView[] {
  if (migration.state === 'CANCELLED') return [];
  const delivered = migration.deliveredOn !== null;
  return [
    { gate: 'OPERATING', open: delivered, reasons: openItems(migration).map(workItemOpen) },
    {
      gate: 'CLOSED',
      open: delivered,
      reasons: delivered ? [] : [{ code: 'NOT_OPERATING', message: { it: 'Il servizio non è ancora in esercizio.', en: 'The service does not operate yet.' } }],
    },
  ];
}
