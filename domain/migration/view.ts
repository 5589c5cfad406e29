import type { ParkedFact } from '../shared/case.ts';
import type { Instant } from '../shared/civil-date.ts';
import type { Waiting } from '../shared/process.ts';
import type { Reason } from '../shared/reason.ts';
import type { Service } from '../catalogue/schemas.ts';
import { viewChanges, type ChangesPart } from './changes/view.ts';
import { viewCutover, type CutoverPart } from './cutover/view.ts';
import { needsOf } from './gates/index.ts';
import { isLate } from './late.ts';
import { viewMoving, type MovingPart } from './moving/view.ts';
import { viewOperation, type OperationPart } from './operation/view.ts';
import { viewPlan, type PlanPart } from './plan/view.ts';
import { viewProvisioning, type ProvisioningPart } from './provisioning/view.ts';
import { getMigration, isFull, type Migration, type MigrationStage, type MigrationState, type OpenedMigration } from './state.ts';
import { viewSaga, type SagaPart } from './saga/view.ts';
import { viewSuspension, type SuspensionPart } from './suspension/view.ts';
import { timers } from './timers.ts';
import { openItems } from './work-items/state.ts';
import { viewWorkItems, type WorkItemsPart } from './work-items/view.ts';
import { workItemOpen } from './work-items/waiting.ts';
import { waiting } from './waiting.ts';

export type { WorkItemView } from './work-items/view.ts';

export interface GateView {
  /** The state that the gate leads to. */
  readonly gate: string;
  readonly open: boolean;
  readonly reasons: readonly Reason[];
}

export interface MigrationView extends WorkItemsPart, PlanPart, ProvisioningPart, ChangesPart, MovingPart, CutoverPart, OperationPart, SagaPart, SuspensionPart {
  readonly id: string;
  readonly workflowId: string;
  readonly adhesion: string;
  readonly body: string;
  readonly service: string;
  readonly plan: string;
  readonly catalogueVersion: number;
  readonly track: Service['track'];
  readonly state: MigrationStage;
  /** Counts the times that it was planned. */
  readonly attempt: number;
  readonly version: number;
  readonly gates: readonly GateView[];
  /** Services that it depends on, each with how its migration stands; null: it was never requested. */
  readonly dependencies: readonly { readonly service: string; readonly state: string | null }[];
  readonly parked: readonly ParkedFact[];
  readonly waitingFor: readonly Waiting[];
  readonly timers: readonly { readonly key: string; readonly at: Instant }[];
  readonly late: boolean;
}

/** The migration as readers see it; `now` says which windows are ahead, and what is late. Throws when it was never opened. */
export function viewMigration(state: MigrationState, now: Instant): MigrationView {
  const migration = getMigration(state);
  const opened: OpenedMigration = { ...state, migration };
  const { id, adhesion, body, service, plan, catalogueVersion, pinned, attempt } = migration;
  return {
    id,
    workflowId: `migration/${id}`,
    adhesion,
    body,
    service,
    plan,
    catalogueVersion,
    track: pinned === null ? 'LIGHT' : 'FULL',
    state: migration.state,
    attempt,
    version: state.version,
    gates: isFull(opened) ? opened.migration.pinned.gates.map((gate) => {
      const needs = needsOf(opened, gate);
      return { gate, open: needs.length === 0, reasons: needs.map(({ reason }) => reason) };
    }) : lightGates(migration),
    dependencies: (pinned?.dependsOn ?? []).map((one) => ({ service: one, state: state.grounds.known?.services[one] ?? null })),
    ...viewPlan(opened),
    ...viewWorkItems(opened),
    ...viewProvisioning(opened),
    ...viewChanges(opened),
    ...viewMoving(opened),
    ...viewCutover(opened, now),
    ...viewOperation(opened),
    ...viewSaga(opened),
    ...viewSuspension(opened),
    parked: state.parked,
    waitingFor: waiting(state),
    timers: timers(state).map(({ key, at }) => ({ key, at })),
    late: isFull(opened) && isLate(opened, now),
  };
}

/** The gates of the light track; none is left in a migration that was cancelled. */
function lightGates(migration: Migration): readonly GateView[] {
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
