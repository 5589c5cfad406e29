import { expect } from 'vitest';
import { migration, type MigrationCommand, type MigrationEvent, type MigrationState } from '../../../domain/migration/index.ts';
import type { CaseCommand, CaseEvent } from '../../../domain/shared/case.ts';
import { ENGINE, type Actor } from '../../../domain/shared/actor.ts';
import { fold, type Decision } from '../../../domain/shared/process.ts';
import type { TextRef } from '../../../domain/shared/text-ref.ts';

export type AnyCommand = MigrationCommand | CaseCommand;
export type AnyEvent = MigrationEvent | CaseEvent;

export const OPERATOR: Actor = { subject: 's-operator', role: 'operator', body: 'agency' };
export const MEMBER: Actor = { subject: 's-member', role: 'member', body: 'c_a010' };
export const OTHER_MEMBER: Actor = { subject: 's-other', role: 'member', body: 'c_f205' };
export const AUDITOR: Actor = { subject: 's-auditor', role: 'auditor', body: 'agency' };
export { ENGINE };

/** 00:30 in Rome on 2026-07-11, though still the 10th in UTC: facts are dated by Rome. */
export const NOW = '2026-07-10T22:30:00Z';
export const TEXT: TextRef = { textId: 'txt-1', digest: 'd1' };

export const OPEN = {
  type: 'OpenMigration',
  data: { id: 'c_a010-1.RTD_COMMUNITY', adhesion: 'c_a010-1', body: 'c_a010', service: 'RTD_COMMUNITY', plan: 'standard', parameters: {} },
} as const satisfies MigrationCommand;

export const REQUESTED = {
  type: 'MigrationRequested', data: { ...OPEN.data, catalogueVersion: 1, at: '2026-07-01T08:00:00Z' },
} as const satisfies MigrationEvent;
export const STARTED = {
  type: 'ProvisioningStarted',
  data: {
    workItems: [
      { id: 'enrol-rtd', title: { it: "Iscrivere l'RTD alla community", en: 'Enrol the RTD in the community' }, after: [] },
      {
        id: 'first-meeting',
        title: { it: "Tenere il primo incontro con l'RTD", en: 'Hold the first meeting with the RTD' },
        after: ['enrol-rtd'],
      },
    ],
    at: '2026-07-01T08:00:00Z',
  },
} as const satisfies MigrationEvent;
export const ENROLLED = {
  type: 'WorkItemCompleted',
  data: { workItemId: 'enrol-rtd', completedOn: '2026-07-03', note: null, at: '2026-07-04T09:00:00Z' },
  effectiveOn: '2026-07-03',
} as const satisfies MigrationEvent;
export const MET = {
  type: 'WorkItemCompleted',
  data: { workItemId: 'first-meeting', completedOn: '2026-07-08', note: null, at: '2026-07-09T09:00:00Z' },
  effectiveOn: '2026-07-08',
} as const satisfies MigrationEvent;
export const DELIVERED = {
  type: 'ServiceDelivered', data: { deliveredOn: '2026-07-08', at: '2026-07-09T09:00:00Z' }, effectiveOn: '2026-07-08',
} as const satisfies MigrationEvent;
export const CANCELLED = {
  type: 'MigrationCancelled', data: { reasons: TEXT, at: '2026-07-05T09:00:00Z' },
} as const satisfies MigrationEvent;
export const CLOSED = {
  type: 'MigrationClosed', data: { closedOn: '2026-07-09', at: '2026-07-09T10:00:00Z' }, effectiveOn: '2026-07-09',
} as const satisfies MigrationEvent;

export const PROVISIONING: readonly AnyEvent[] = [REQUESTED, STARTED];
export const OPERATING: readonly AnyEvent[] = [...PROVISIONING, ENROLLED, MET, DELIVERED];

export function stateAfter(...events: readonly AnyEvent[]): MigrationState {
  return fold(migration, migration.initial(), events);
}

/** Given events, when a command comes, then exactly these events, or a refusal with this code (and path). */
export function given(...events: readonly AnyEvent[]) {
  return {
    when(command: AnyCommand, by: Actor = OPERATOR, now = NOW) {
      const decision = migration.decide(stateAfter(...events), command, { actor: by, now, commandId: 'cmd-1' });
      return {
        then: (...expected: readonly AnyEvent[]) => { expect(decision).toStrictEqual({ kind: 'accepted', events: expected }); },
        refused: (code: string, path?: string) => { expect(codeOf(decision)).toStrictEqual(path === undefined ? { code } : { code, path }); },
      };
    },
  };
}

function codeOf(decision: Decision<AnyEvent>): unknown {
  if (decision.kind === 'accepted') return decision.events;
  const path = decision.reasons[0]?.path;
  return path === undefined ? { code: decision.code } : { code: decision.code, path };
}
