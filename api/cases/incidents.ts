import type { Db } from '../../db/client.ts';
import { casesIn } from '../../db/queries/cases.ts';
import { migrationsWithIncidents, type IncidentsAsked } from '../../db/queries/incidents.ts';
import { viewMigration, type MigrationState, type MigrationView } from '../../domain/migration/index.ts';
import type { Instant } from '../../domain/shared/civil-date.ts';

/** What can be wrong with a migration. */
export const INCIDENT_KINDS = ['EFFECT_FAILED', 'EFFECT_WAITING', 'SEVERITY_1', 'OVERDUE'] as const;
export type IncidentKind = (typeof INCIDENT_KINDS)[number];

/** A migration with what is wrong with it. */
export interface Incident extends Pick<MigrationView, 'id' | 'adhesion' | 'body' | 'service' | 'state' | 'effects' | 'defects'> {
  readonly kinds: readonly IncidentKind[];
  /** What is owed and overdue, by its command or the key of its timer. */
  readonly overdue: readonly { readonly who: string; readonly what: string; readonly dueOn: string }[];
}

/** The migrations with an incident, or with one of a kind, in the order of their ids. */
export async function incidentsIn(db: Db, asked: IncidentsAsked & { readonly kind?: IncidentKind | undefined }, now: Instant): Promise<readonly Incident[]> {
  const known = await migrationsWithIncidents(db, asked);
  const states = new Map((await casesIn(db, known.map(({ stream }) => stream))).map(({ stream, state }) => [stream, state as MigrationState]));
  return known.flatMap(({ stream }) => {
    const state = states.get(stream);
    const incident = state === undefined || state.migration === null ? null : incidentOf(viewMigration(state, now), asked.today);
    return incident === null || (asked.kind !== undefined && !incident.kinds.includes(asked.kind)) ? [] : [incident];
  });
}

/** Null: all is well with it. */
function incidentOf(view: MigrationView, today: string): Incident | null {
  const { id, adhesion, body, service, state } = view;
  const effects = view.effects.filter((effect) => effect.state !== 'SKIPPED');
  const defects = view.defects.filter((defect) => defect.severity === 1 && defect.state !== 'RESOLVED');
  const overdue = view.waitingFor.flatMap(({ who, what, dueOn }) => (dueOn === null || dueOn >= today ? [] : [{ who, what, dueOn }]));
  const found: Readonly<Record<IncidentKind, boolean>> = {
    EFFECT_FAILED: effects.some((effect) => effect.state === 'FAILED'), EFFECT_WAITING: effects.some((effect) => effect.state === 'PENDING'), SEVERITY_1: defects.length > 0, OVERDUE: overdue.length > 0,
  };
  const kinds = INCIDENT_KINDS.filter((kind) => found[kind]);
  return kinds.length === 0 ? null : { id, adhesion, body, service, state, kinds, effects, defects, overdue };
}
