import { loadCatalogue } from '../../../api/catalogue.ts';
import { findService } from '../../../domain/catalogue/catalogue.ts';
import { offerOf, type Offer } from '../../../domain/catalogue/offer.ts';
import type { BrokerOutcome } from '../../../domain/migration/broker-call.ts';
import type { Command, DecidedType } from '../../../domain/migration/command-types.ts';
import type { Grounds } from '../../../domain/migration/grounds/terms.ts';
import { migration, viewMigration, type MigrationState, type MigrationView, type WorkItem } from '../../../domain/migration/index.ts';
import { readyItems } from '../../../domain/migration/work-items/state.ts';
import type { Actor } from '../../../domain/shared/actor.ts';
import { apply, given } from '../../support/spec.ts';
import { ENGINE, MEMBER, OPERATOR, TEXT, type AnyCommand } from './scenario.ts';

/** Migrations of the full track, of the services that are shipped. */

export const NOW = '2026-11-22T10:00:00Z';
const SHIPPED = loadCatalogue();

/** An adhesion on whose side nothing is missing. */
export const GROUNDS: Grounds = {
  convention: 'IN_FORCE', recognitionValid: true, serviceReferent: true, securityContact: true, dpo: true, dpaInForce: true, dpiaOpen: false, longVacancies: [], budgetCovered: true,
  istatCode: '015002', electionDays: [], sessions: [], publications: [], services: {},
};

/** What the catalogue says of a service today; it must be of the full track. */
export function offerFor(service: string, more: Partial<NonNullable<Offer['full']>> = {}): Offer {
  const shipped = findService(SHIPPED, service);
  if (shipped === undefined || shipped.track !== 'FULL') throw new Error(`${service} is not on the full track`);
  const offer = offerOf(shipped);
  return offer.full === undefined ? offer : { ...offer, full: { ...offer.full, ...more } };
}

/** A migration that was just opened, on these grounds. */
export function requested(service: string, grounds: Partial<Grounds> = {}, offered: Offer = offerFor(service)): MigrationState {
  const id = `c_a010-1.${service}`;
  return step(migration.initial(), { type: 'OpenMigration', data: { id, adhesion: 'c_a010-1', body: 'c_a010', service, plan: offered.plans[0] ?? '', parameters: {}, offered, grounds: { ...GROUNDS, ...grounds } } }, ENGINE);
}

export function step(state: MigrationState, command: AnyCommand, actor: Actor, now = NOW): MigrationState {
  return apply(migration, state, command, { actor, now });
}

type DataOf<Type extends DecidedType> = Command<Type>['data'];

/** The state after a command of the right role, due timers drained; it must be accepted. */
export function does<Type extends DecidedType>(state: MigrationState, type: Type, data: DataOf<Type>, now = NOW): MigrationState {
  return step(state, { type, data } as AnyCommand, actorFor(type), now);
}

/** When a command comes from the right role (or from another). */
export function when<Type extends DecidedType>(state: MigrationState, type: Type, data: DataOf<Type>, { actor = actorFor(type), now = NOW, commandId = 'cmd-1' } = {}) {
  return given(migration, state).when({ type, data } as AnyCommand, { actor, now, commandId });
}

export function view(state: MigrationState, now = NOW): MigrationView {
  return viewMigration(state, now);
}

/** Codes of what a gate still needs. */
export function missing(state: MigrationState, gate: string): readonly string[] | undefined {
  return view(state).gates.find((one) => one.gate === gate)?.reasons.map(({ code }) => code);
}

/** `OPERATOR ProposePlan` and so on. */
export function turns(state: MigrationState): readonly string[] {
  return view(state).waitingFor.map(({ who, what }) => `${who} ${what}`);
}

/** The adhesion tells other grounds. */
export function told(state: MigrationState, change: Partial<Grounds>, now = NOW): MigrationState {
  const { known, asOf } = state.grounds;
  return does(state, 'NoteGrounds', { grounds: { ...(known ?? GROUNDS), ...change }, asOf: asOf + 1 }, now);
}

const MEMBERS: ReadonlySet<string> = new Set<DecidedType>(['ApprovePlan', 'CommitSpending']);
const ENGINES: ReadonlySet<string> = new Set<DecidedType>(['OpenMigration', 'NoteGrounds', 'ConcludeBrokerCall']);

export function actorFor(type: string): Actor {
  if (ENGINES.has(type)) return ENGINE;
  return MEMBERS.has(type) ? MEMBER : OPERATOR;
}

export const PLAN = {
  provisioningOn: '2026-11-24', cutoverOn: '2026-12-12', rollback: TEXT, costCents: 1_250_000, dataClass: 'ORDINARY', cloudLevel: 'QC1',
} as const;

/** A plan as the service needs it. */
export function planFor(state: MigrationState): DataOf<'ProposePlan'> {
  return state.migration?.pinned?.gates.includes('DATA_MIGRATION') === true ? { ...PLAN, dataMigrationOn: '2026-12-01' } : PLAN;
}

export function planned(state: MigrationState): MigrationState {
  return does(does(state, 'ApproveFeasibility', {}), 'ProposePlan', planFor(state));
}

export function approved(state: MigrationState): MigrationState {
  return does(planned(state), 'ApprovePlan', { actNo: '80/2026', actOn: '2026-11-22' });
}

export const COMMITMENT = { actNo: '81/2026', actOn: '2026-11-21', cents: 1_250_000 } as const;

export function committed(state: MigrationState): MigrationState {
  const ready = approved(state);
  return ready.migration?.pinned?.cost.kind === 'FREE' ? ready : does(ready, 'CommitSpending', COMMITMENT);
}

/** The key of the call to the broker that is under way. */
export function callOf(state: MigrationState): string {
  const effect = migration.effects(state).find(({ kind }) => kind === 'broker');
  if (effect === undefined) throw new Error('No call to a broker is under way');
  return effect.key;
}

export const DONE: Extract<BrokerOutcome, { outcome: 'SUCCEEDED' }> = { outcome: 'SUCCEEDED', broker: 'local', instanceId: '5d7c', bindingId: null };
export const BOUND: typeof DONE = { ...DONE, bindingId: '77aa' };
export const FAILED: Extract<BrokerOutcome, { outcome: 'FAILED' }> = { outcome: 'FAILED', broker: 'local', code: 'BROKER_ERROR', status: 500, mayBeLeft: false };

/** The broker answers the call that is under way. */
export function answered(state: MigrationState, outcome: BrokerOutcome, now = NOW): MigrationState {
  return does(state, 'ConcludeBrokerCall', { key: callOf(state), outcome }, now);
}

/** All work items done in their order, with all that each asks for. */
export function worked(state: MigrationState, completedOn = '2026-11-22'): MigrationState {
  let current = state;
  for (let next = nextItem(current); next !== undefined; next = nextItem(current)) current = does(current, 'CompleteWorkItem', completion(next, completedOn));
  return current;
}

/** The first work item that can be done now. */
export function nextItem({ migration: opened }: MigrationState): WorkItem | undefined {
  return opened === null ? undefined : readyItems(opened)[0];
}

/** That an item was done, with all that it asks for. */
export function completion({ id, checklist = [], evidence = 'NONE' }: WorkItem, completedOn: string): DataOf<'CompleteWorkItem'> {
  return {
    workItemId: id, completedOn, ...(checklist.length === 0 ? {} : { checked: checklist.map((point) => point.id) }),
    ...(evidence === 'DOCUMENT' ? { evidence: [{ sha256: 'ab'.repeat(32) }] } : {}), ...(evidence === 'NOTE' ? { note: TEXT } : {}),
  };
}

/** Provisioned, by people or by the broker. */
export function provisioned(state: MigrationState): MigrationState {
  const begun = committed(state);
  return begun.migration?.pinned?.fulfilment.kind === 'BROKER'
    ? answered(answered(begun, DONE), BOUND)
    : does(worked(begun), 'RecordProvisioned', { provisionedOn: '2026-11-22' });
}
