import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { headOf, readAfter } from '../../db/event-store/read.ts';
import { foldStream } from '../../db/projections/project.ts';
import type { BrokerCall, BrokerOutcome } from '../../domain/migration/broker-call.ts';
import { migration, viewMigration, type MigrationState } from '../../domain/migration/index.ts';
import { ENGINE, type Actor } from '../../domain/shared/actor.ts';
import { addDays, civilDateOf } from '../../domain/shared/civil-date.ts';
import type { Offer } from '../../domain/catalogue/offer.ts';
import type { StoredEvent } from '../../domain/shared/store.ts';
import { MemoryShell } from '../../simulation/memory-shell.ts';
import { COMMITMENT, completion, GROUNDS, nextItem, offerFor, planFor } from '../domain/migration/full.ts';
import { acceptance, PARALLEL, run, START } from '../domain/migration/moved.ts';
import { comparable } from '../support/comparable.ts';
import { disturb, disturbances } from '../support/disturb.ts';
import { OPERATOR, stamped } from '../support/procedure.ts';
import { startStack, type Stack } from '../support/stack.ts';

/** How the broker answers the calls of a migration one after the other: it did it, it refused, it failed and may have left something. */
type Answer = 'DONE' | 'REFUSED' | 'LEFT';
const answersOf = new Map<string, readonly Answer[]>();

/** A broker that gives each shell the same answers in the same order. */
function broker(): { call(call: BrokerCall): Promise<BrokerOutcome> } {
  const asked = new Map<string, number>();
  return {
    call({ migration: id, attempt, binding }) {
      const n = asked.get(id) ?? 0;
      asked.set(id, n + 1);
      const answer = answersOf.get(id)?.[n] ?? 'DONE';
      return Promise.resolve(answer === 'DONE'
        ? { outcome: 'SUCCEEDED', broker: 'scripted', instanceId: `${id}#${attempt}`, bindingId: binding === undefined ? null : `binding-${binding}` }
        : { outcome: 'FAILED', broker: 'scripted', code: answer === 'LEFT' ? 'BROKER_TIMEOUT' : 'BROKER_REFUSED', status: answer === 'LEFT' ? null : 400, mayBeLeft: answer === 'LEFT' });
    },
  };
}

let stack: Stack;
beforeAll(async () => { stack = await startStack({ answers: broker() }); });
afterAll(async () => { await stack.stop(); });

/** A command that suits the state before it. */
type Step = (state: MigrationState, now: string) => { readonly type: string; readonly data: object; readonly by?: Actor };

const TEXT = { textId: 'txt-1', digest: 'd1' };
const plain = (type: string, data: object = {}): Step => () => ({ type, data });
const failedKey = (state: MigrationState): string => state.provisioning.calls.find((call) => call.state === 'FAILED')?.key ?? 'none@1';
const member = (state: MigrationState): Actor => ({ subject: 's-member', role: 'member', body: state.migration?.body ?? '' });
const retry: Step = (state) => ({ type: 'RetryEffect', data: { key: failedKey(state) } });
const skip: Step = (state) => ({ type: 'SkipEffect', data: { key: failedKey(state), reasons: TEXT } });
const work: Step = (state, now) => {
  const [item, completedOn] = [nextItem(state), civilDateOf(now)];
  return { type: 'CompleteWorkItem', data: item === undefined ? { workItemId: 'none', completedOn } : completion(item, completedOn) };
};
const schedule: Step = (state, now) => {
  const free = state.migration === null ? undefined : viewMigration(state, now).windows.find(({ kind }) => kind === 'PREFERRED');
  return { type: 'ScheduleCutover', data: { from: free?.from ?? now, to: free?.to ?? now } };
};
const approve: Step = (state, now) => ({ type: 'ApprovePlan', data: { actNo: '80/2026', actOn: civilDateOf(now) }, by: member(state) });
const commit: Step = (state, now) => ({ type: 'CommitSpending', data: { ...COMMITMENT, actOn: civilDateOf(now) }, by: member(state) });
/** A plan lies ahead, whatever day the test runs on. */
const propose: Step = (state, now) => {
  const { dataMigrationOn, ...plan } = planFor(state);
  const ahead = (days: number): string => addDays(civilDateOf(now), days);
  return { type: 'ProposePlan', data: { ...plan, provisioningOn: ahead(300), ...(dataMigrationOn === undefined ? {} : { dataMigrationOn: ahead(307) }), cutoverOn: ahead(340) } };
};
const PLANNED: readonly Step[] = [plain('ApproveFeasibility'), propose, approve, commit];

/** The ways: by a broker up to a roll-back and another attempt; by people up to the go. */
const WAYS: Readonly<Record<string, readonly Step[]>> = {
  IDENTITY: [
    ...PLANNED, retry, plain('Suspend', { reasons: TEXT }), plain('Resume'), skip, retry, (_state, now) => ({ type: 'RecordAcceptance', data: { recordSha256: 'ab'.repeat(32), signatures: signed(now), openDefects: { severity1: 0, severity2: 0, severity3: 1 } } }),
    (_state, now) => ({ type: 'NoteGrounds', data: { grounds: { ...GROUNDS, dpo: false, electionDays: [now.slice(0, 10)] }, asOf: 7 }, by: ENGINE }),
    plain('RollBack', { reasons: TEXT }), retry, work, skip, approve, commit, retry, plain('UpdateService', { plan: 'standard' }), plain('RotateCredentials'), plain('Cancel', { reasons: TEXT }), retry, work, skip,
  ],
  PEC_PROTOCOL: [
    ...PLANNED, work, work, plain('RecordProvisioned', { provisionedOn: '2026-10-05' }), ...[START, run('2026-10-07'), acceptance('2026-10-14'), PARALLEL].map(([{ type, data }]): Step => plain(type, data)),
    schedule, plain('Suspend', { reasons: TEXT }), plain('Resume'), (state, now) => ({ type: 'DecideGo', data: { go: true, decidedAt: now }, by: member(state) }), plain('RollBack', { reasons: TEXT }), work, work, work,
  ],
};

/** By people it is provisioned long before now, so that the parallel run is over: the commands up to this one come at this moment. */
const PROVISIONED_AT = '2026-10-05T10:00:00Z';
const PROVISIONED_BY = PLANNED.length + 3;

/** Terms that are past by now would fall due there at once, and in memory as time goes on. */
function withoutTerms(offer: Offer): Offer {
  const { fulfilment } = offer;
  return fulfilment.kind === 'BROKER' ? offer : { ...offer, fulfilment: { ...fulfilment, workItems: fulfilment.workItems.map(({ dueWorkingDays: _term, ...item }) => item) } };
}

function signed(signedAt: string): object {
  return { agency: { office: 'AGENCY_DIRECTOR', signer: 's-agency', signedAt }, comune: { office: 'MANAGER', signer: 's-comune', signedAt } };
}

/**
 * The events without their numbers: what is told to others and what a broker is asked for are under way together there, and one after the other in
 * memory, so an end of the one may come before or after the other.
 */
function decided(events: readonly StoredEvent[]): unknown[] {
  return comparable(events.filter(({ type }) => type !== 'EffectCompleted')).map((event) => JSON.parse(JSON.stringify(event).replaceAll(/@\d+/g, '@').replaceAll(/"version":\d+,/g, '')) as unknown);
}

let count = 0;
it('the same commands to a migration, and the same answers of its broker, give the same events through both shells', async () => {
  const reached = new Set<string>();
  await fc.assert(fc.asyncProperty(fc.constantFrom('IDENTITY', 'IDENTITY', 'PEC_PROTOCOL'), disturbances, fc.array(fc.constantFrom<Answer>('DONE', 'DONE', 'REFUSED', 'LEFT'), { maxLength: 8 }), async (service, changes, answers) => {
    count += 1;
    const body = `c_m${String(count).padStart(3, '0')}`;
    const id = `${body}-1.${service}`;
    const stream = `migration/${id}`;
    answersOf.set(id, answers);
    const present = new Date().toISOString();
    const scripted = broker();
    const memory = new MemoryShell(service === 'PEC_PROTOCOL' ? PROVISIONED_AT : present, (call) => scripted.call(call));
    const open: Step = () => ({ type: 'OpenMigration', data: { id, adhesion: `${body}-1`, body, service, plan: 'standard', parameters: {}, offered: withoutTerms(offerFor(service)), grounds: { ...GROUNDS, services: {} } }, by: ENGINE });
    const said: (readonly [unknown, unknown])[] = [];
    for (const [index, step] of [open, ...disturb(WAYS[service] ?? [], changes)].entries()) {
      if (index > PROVISIONED_BY) await memory.advanceTo(present);
      const { now } = memory;
      const { by: sender = OPERATOR, ...inMemory } = step((memory.state(stream) ?? migration.initial()) as MigrationState, now);
      const outcome = await memory.execute(stream, `c-${index}`, inMemory, sender);
      const { version } = await headOf(stack.db, stream);
      const { by = OPERATOR, ...command } = step((await foldStream(stack.db, stream, version)).state as MigrationState, now);
      const answer = await stack.engine.execute(stream, stamped(command, by, `c-${index}`, now), version);
      said.push([answer.outcome === 'REFUSED' ? answer.code : answer.outcome, outcome.kind === 'done' ? 'DONE' : outcome.code]);
      // What follows by itself comes after the answer there.
      await expect.poll(async () => (await headOf(stack.db, stream)).version, { timeout: 30_000, interval: 20 }).toBe(memory.version(stream));
    }
    expect(said.map(([temporal]) => temporal)).toEqual(said.map(([, inMemory]) => inMemory));
    expect(decided((await readAfter(stack.db, stream, 0)).events)).toEqual(decided(memory.store.events(stream)));
    // Nobody opened the adhesion that the migration tells its stages.
    expect(memory.store.alarms.filter(({ code }) => code !== 'FACT_WITHOUT_CASE')).toEqual([]);
    for (const { type } of memory.store.events(stream)) reached.add(type);
  }), { numRuns: 8, seed: 20_261_123, examples: [['PEC_PROTOCOL', [], []], ['IDENTITY', [], ['REFUSED', 'DONE', 'LEFT', 'REFUSED', 'LEFT', 'DONE', 'DONE', 'LEFT']]] });
  // It was no parity of refusals.
  expect(['BrokerCallSucceeded', 'BrokerCallFailed', 'EffectRetried', 'EffectSkipped', 'RolledBack', 'StepUndone', 'ParallelRunEnded', 'CutoverScheduled', 'MigrationSuspended'].filter((type) => !reached.has(type))).toEqual([]);
});
