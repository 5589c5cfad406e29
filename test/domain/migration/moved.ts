import { readFileSync } from 'node:fs';
import { expect } from 'vitest';
import type { Service } from '../../../domain/catalogue/schemas.ts';
import type { Grounds } from '../../../domain/migration/grounds/terms.ts';
import { migration, type MigrationEvent, type MigrationState } from '../../../domain/migration/index.ts';
import type { Pinned } from '../../../domain/migration/pinned.ts';
import { MIGRATION_POLICIES } from '../../../domain/migration/policies.ts';
import type { Actor } from '../../../domain/shared/actor.ts';
import { fold, type Decision } from '../../../domain/shared/process.ts';
import { ENGINE, MEMBER, OPERATOR, TEXT, type AnyCommand, type AnyEvent } from './scenario.ts';

/** A migration on the full track: its events up to the end of provisioning, then commands one after the other, each at its moment. */

export const SHA = 'ab'.repeat(32);

export const GROUNDS: Grounds = {
  convention: 'IN_FORCE', recognitionValid: true, serviceReferent: true, securityContact: true, dpo: true, dpaInForce: true, dpiaOpen: false, longVacancies: [], budgetCovered: true,
  istatCode: '015002', electionDays: [], sessions: [], publications: [], services: {},
};

/** The service as the catalogue ships it. */
export function pinned(service: string, changed: Partial<Pinned> = {}): Pinned {
  const { dependsOn, gates, windows, personalData, cost, fulfilment }: Service = JSON.parse(readFileSync(new URL(`../../../data/catalogue/${service}.json`, import.meta.url), 'utf8'));
  return { dependsOn, gates, windows, personalData, cost, fulfilment, calendarVersion: '2026.1', policies: MIGRATION_POLICIES, ...changed };
}

export interface Begun {
  readonly service?: string;
  readonly pinned?: Partial<Pinned>;
  readonly grounds?: Partial<Grounds>;
}

/** Provisioned on Monday 2026-10-05. */
export function provisioned({ service = 'PEC_PROTOCOL', pinned: changed = {}, grounds = {} }: Begun = {}): readonly AnyEvent[] {
  const at = '2026-10-05T09:00:00Z';
  const events: readonly MigrationEvent[] = [
    {
      type: 'MigrationRequested',
      data: {
        id: `c_a010-1.${service}`, adhesion: 'c_a010-1', body: 'c_a010', service, plan: 'standard', parameters: {}, catalogueVersion: 1,
        pinned: pinned(service, changed), grounds: { ...GROUNDS, ...grounds }, at,
      },
    },
    { type: 'FeasibilityBegun', data: { at } },
    { type: 'FeasibilityApproved', data: { findings: null, at } },
    { type: 'PlanProposed', data: { provisioningOn: '2026-10-01', dataMigrationOn: '2026-10-12', cutoverOn: '2026-11-07', rollback: TEXT, costCents: 0, dataClass: 'ORDINARY', cloudLevel: 'QC1', at } },
    { type: 'PlanApproved', data: { actNo: '1', actOn: '2026-09-30', at } },
    { type: 'ProvisioningStarted', data: { workItems: [], at } },
    { type: 'ProvisioningCompleted', data: { provisionedOn: '2026-10-05', at } },
  ];
  return events;
}

export type Step = readonly [command: AnyCommand, now: string, by?: Actor];

export function stateOf(events: readonly AnyEvent[]): MigrationState {
  return fold(migration, migration.initial(), events);
}

/** What a command leads to. */
export function decided(events: readonly AnyEvent[], [command, now, by = OPERATOR]: Step): Decision<AnyEvent> {
  return migration.decide(stateOf(events), command, { actor: by, now, commandId: `cmd-${events.length}` });
}

/** The events after commands that are all accepted. */
export function after(events: readonly AnyEvent[], ...steps: readonly Step[]): readonly AnyEvent[] {
  return steps.reduce((known, step) => {
    const decision = decided(known, step);
    if (decision.kind === 'refused') throw new Error(`${step[0].type}: ${decision.reasons.map(({ code, message }) => `${code} ${message.en}`).join(' | ')}`);
    return [...known, ...decision.events];
  }, events);
}

/** Given events, when a command comes at a moment, then exactly these events, or a refusal with these codes. */
export function when(events: readonly AnyEvent[], ...step: Step) {
  const decision = decided(events, step);
  return {
    then: (...expected: readonly object[]) => { expect(decision).toEqual({ kind: 'accepted', events: expected }); },
    refused: (...codes: readonly string[]) => { expect(decision.kind === 'refused' ? decision.reasons.map(({ code }) => code) : decision.events).toEqual(codes); },
    nothing: () => { expect(decision).toEqual({ kind: 'accepted', events: [] }); },
    reasons: () => (decision.kind === 'refused' ? decision.reasons : []),
  };
}

export const START: Step = [{
  type: 'StartDataMigration',
  data: {
    startedOn: '2026-10-06', backup: { verifiedOn: '2026-10-02', sha256: SHA }, vendorNotice: { deliveredOn: '2026-09-01', protocolNo: '77/2026' },
    exportFormat: { format: 'CSV', agreedOn: '2026-09-20', sha256: SHA },
  },
}, '2026-10-06T08:00:00Z'];

/** The same step with other data. */
export function changed([command, now, by = OPERATOR]: Step, data: object): Step {
  return [{ ...command, data: { ...command.data, ...data } } as AnyCommand, now, by];
}

/** A run of data on a day, by default full and without a loss. */
export function run(on: string, changed: { readonly kind?: 'REHEARSAL' | 'FINAL'; readonly full?: boolean; readonly target?: number; readonly outcome?: 'SUCCEEDED' | 'FAILED' } = {}): Step {
  const { kind = 'REHEARSAL', full = true, target = 1200, outcome = 'SUCCEEDED' } = changed;
  return [{
    type: 'RecordRehearsal',
    data: {
      kind, full, counts: [{ set: 'PROTOCOL_ENTRIES', source: 1200, target }, { set: 'ATTACHMENTS', source: 300, target: 300 }],
      startedAt: `${on}T18:00:00+02:00`, endedAt: `${on}T22:00:00+02:00`, outcome,
    },
  }, `${on}T21:00:00Z`];
}

/** The record, signed by both on a day. */
export function acceptance(on: string, openDefects: Partial<{ severity1: number; severity2: number; severity3: number }> = {}): Step {
  return [{
    type: 'RecordAcceptance',
    data: {
      recordSha256: SHA,
      signatures: {
        agency: { office: 'AGENCY_DIRECTOR', signer: 's-agency', signedAt: `${on}T10:00:00+02:00` }, comune: { office: 'MANAGER', signer: 's-comune', signedAt: `${on}T12:00:00+02:00` },
      },
      openDefects: { severity1: 0, severity2: 0, severity3: 2, ...openDefects },
    },
  }, `${on}T11:00:00Z`];
}

export const PARALLEL: Step = [{ type: 'StartParallelRun', data: { startedOn: '2026-10-15' } }, '2026-10-15T08:00:00Z'];
/** Ten working days after Thursday 15 October are over with Thursday 29 October. */
export const PARALLEL_OVER: Step = [{ type: 'EndParallelRun', data: { endsOn: '2026-10-29' } }, '2026-10-29T23:00:00Z', ENGINE];

/** Accepted on 2026-10-14, with its data where there are some. */
export function accepted(begun: Begun = {}): readonly AnyEvent[] {
  const moves = pinned(begun.service ?? 'PEC_PROTOCOL', begun.pinned).gates.includes('DATA_MIGRATION');
  return after(provisioned(begun), ...(moves ? [START, run('2026-10-07'), run('2026-10-12', { kind: 'FINAL' })] : []), acceptance('2026-10-14'));
}

/** The parallel run is over. */
export function parallel(begun: Begun = {}): readonly AnyEvent[] {
  return after(accepted(begun), PARALLEL, PARALLEL_OVER);
}

/** From Friday to Sunday 20:00 in Rome. */
export const WEEKEND = { from: '2026-11-06T20:00:00+01:00', to: '2026-11-08T20:00:00+01:00' } as const;
export const SCHEDULE: Step = [{ type: 'ScheduleCutover', data: WEEKEND }, '2026-10-30T09:00:00Z'];
export const GO: Step = [{ type: 'DecideGo', data: { go: true, decidedAt: '2026-11-05T15:00:00+01:00' } }, '2026-11-05T15:00:00Z', MEMBER];
export const CUT: Step = [{
  type: 'RecordCutover', data: { startedAt: '2026-11-06T21:00:00+01:00', endedAt: '2026-11-07T11:00:00+01:00', outcome: 'SUCCEEDED' },
}, '2026-11-07T12:00:00Z'];

/** From the end of provisioning to the go. */
export const DECIDED_STEPS: readonly Step[] = [START, run('2026-10-07'), acceptance('2026-10-14'), PARALLEL, PARALLEL_OVER, SCHEDULE, GO];

/** Cut over at 11:00 of Saturday 2026-11-07. */
export function cutOver(begun: Begun = {}): readonly AnyEvent[] {
  return after(parallel(begun), SCHEDULE, GO, CUT);
}

/** In hypercare since 2026-11-07; since 2026-10-14, where there is no cutover. */
export function inUse(begun: Begun = {}): readonly AnyEvent[] {
  return pinned(begun.service ?? 'PEC_PROTOCOL').gates.includes('CUTOVER') ? cutOver(begun) : accepted(begun);
}

/** What the adhesion tells anew. */
export function told(events: readonly AnyEvent[], changed: Partial<Grounds>, now: string): readonly AnyEvent[] {
  const { known, asOf } = stateOf(events).grounds;
  return after(events, [{ type: 'NoteGrounds', data: { grounds: { ...GROUNDS, ...known, ...changed }, asOf: asOf + 1 } }, now, ENGINE]);
}
