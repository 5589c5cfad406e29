import { pino } from 'pino';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { append } from '../../db/event-store/append.ts';
import { headOf } from '../../db/event-store/read.ts';
import { createProjector } from '../../db/projections/project.ts';
import { constitution, type Account, type ConstitutionCommand, type ConstitutionState } from '../../domain/constitution/index.ts';
import { resolveConstitution } from '../../domain/constitution/policies.ts';
import type { Territory } from '../../domain/constitution/threshold.ts';
import { ENGINE, type Actor } from '../../domain/shared/actor.ts';
import { fold, type EventBody, type TellInput } from '../../domain/shared/process.ts';
import { ConstitutionFollower } from '../../engine/constitution-follower.ts';
import { ADOPTED, by, history, published, type Recorded } from '../domain/adhesion/recorded.ts';
import { ABBIATEGRASSO, MEMBER, OPERATOR } from '../domain/adhesion/scenario.ts';
import { asOwner, testDatabase, type TestDatabase } from '../support/database.ts';

const ADHESION = `adhesion/${ABBIATEGRASSO.body}-1`;
const TERRITORY: Territory = { asOf: '2026-05-01', bodies: [{ body: ABBIATEGRASSO.body, population: 32_425 }, { body: 'c_f205', population: 1_371_000 }] };
const EXECUTIVE = history(...ADOPTED, published('2026-07-02T08:00:00Z', '2026-07-02'), by(MEMBER, '2026-07-20T08:00:00Z', 'TransmitResolution', { deliveredAt: '2026-07-20T07:00:00Z' }));
const ANNULLED = history(
  ...ADOPTED, published('2026-07-02T08:00:00Z', '2026-07-02'), by(MEMBER, '2026-07-20T08:00:00Z', 'TransmitResolution', { deliveredAt: '2026-07-20T07:00:00Z' }),
  by(OPERATOR, '2026-09-01T08:00:00Z', 'AnnulResolution', { actNo: 'TAR 7/2026', on: '2026-08-31', by: 'COURT' }),
);

let database: TestDatabase;
let project: ReturnType<typeof createProjector>;
beforeEach(async () => {
  database = await testDatabase();
  project = createProjector(database.db, (_stream, error) => { throw error; });
});
afterEach(async () => { await database.drop(); });

let commands = 0;
async function store(stream: string, events: readonly EventBody[], actor: Actor = ENGINE): Promise<void> {
  const head = await headOf(database.db, stream);
  commands += 1;
  const command = { id: `c-${commands}`, type: 'Do', data: {}, actor, receivedAt: '2026-11-22T10:00:00Z', requestHash: null };
  const plain = events.map(({ type, data, effectiveOn }) => ({ type, data, ...(effectiveOn === undefined ? {} : { effectiveOn }) }));
  expect((await append(database.db, { stream, expected: head.version, expectedHash: head.hash, events: plain, command }, project)).outcome).toBe('STORED');
}

/** A constitution that hears what it is told, as its workflow would; or that does not hear it yet. */
class Hearing {
  readonly told: TellInput[] = [];
  hears = true;
  private states = new Map<string, ConstitutionState>();

  async start(id: string): Promise<void> {
    await this.send(`constitution/${id}`, { type: 'StartConstitution', data: { id, territory: TERRITORY, policies: resolveConstitution() } }, OPERATOR);
  }

  async stop(id: string): Promise<void> {
    await this.send(`constitution/${id}`, { type: 'EndGate', data: { gate: 'CMM_RESOLUTION', to: '2026-10-31' } }, ENGINE);
    await this.send(`constitution/${id}`, { type: 'DecideMilestone', data: { gate: 'CMM_RESOLUTION', decision: 'STOP' } }, OPERATOR);
  }

  async tell(input: TellInput): Promise<void> {
    this.told.push(input);
    // What is told by the follower is a command of the constitution.
    if (this.hears) await this.send(input.to, input.command as ConstitutionCommand, ENGINE);
  }

  /** Each word since the last look: its id, and what it says. */
  heard(): readonly (readonly [id: string, standing: string | null])[] {
    return this.told.splice(0).map(({ commandId, command }) => [commandId, (command.data as { readonly account?: Account }).account?.resolution?.standing ?? null]);
  }

  state(id: string): ConstitutionState {
    return this.states.get(`constitution/${id}`) ?? constitution.initial();
  }

  private async send(stream: string, command: ConstitutionCommand, actor: Actor): Promise<void> {
    const state = this.states.get(stream) ?? constitution.initial();
    const decision = constitution.decide(state, command, { actor, now: '2026-11-23T09:00:00Z', commandId: 'c' });
    if (decision.kind === 'refused') throw new Error(JSON.stringify(decision.reasons));
    if (decision.events.length > 0) await store(stream, decision.events, actor);
    this.states.set(stream, fold(constitution, state, decision.events));
  }
}

const follower = (hearing: Hearing, territory: (() => Promise<Territory>) | null = null) => new ConstitutionFollower(database.db, hearing, territory, pino({ level: 'silent' }));
const part = (events: readonly Recorded[], from: number, to = events.length): readonly EventBody[] => events.slice(from, to);

/** A constitution that has heard what an adhesion said so far. */
async function toldOf(events: readonly EventBody[]) {
  const hearing = new Hearing();
  await hearing.start('agency-1');
  await store(ADHESION, events);
  const following = follower(hearing);
  await following.follow();
  hearing.heard();
  return { hearing, following };
}

test('each word of an adhesion is told once, in order, by the version of its event: received, adopted, executive; nothing while nothing is new', async () => {
  const hearing = new Hearing();
  await hearing.start('agency-1');
  await store(ADHESION, part(EXECUTIVE, 0, 2));
  const following = follower(hearing);
  await following.follow();
  expect(hearing.heard()).toEqual([]);
  await store(ADHESION, part(EXECUTIVE, 2));
  await following.follow();
  const heard = hearing.heard();
  expect(heard.map(([, standing]) => standing)).toEqual([null, 'ADOPTED', 'ADOPTED', 'EXECUTIVE']);
  expect(heard[0]?.[0]).toBe(`${ADHESION}@3`);
  await following.follow();
  expect(hearing.heard()).toEqual([]);
  expect(hearing.state('agency-1').constitution?.members[ABBIATEGRASSO.body]?.account?.resolution?.standing).toBe('EXECUTIVE');
});

test('what was executive and annulled before anybody looked was executive: both words are told; after a restart neither again', async () => {
  const hearing = new Hearing();
  await hearing.start('agency-1');
  await store(ADHESION, ANNULLED);
  await follower(hearing).follow();
  expect(hearing.heard().map(([, standing]) => standing)).toEqual([null, 'ADOPTED', 'ADOPTED', 'EXECUTIVE', 'ANNULLED']);
  await follower(hearing).follow();
  expect(hearing.heard()).toEqual([]);
});

test('after a restart only what the constitution does not know is told', async () => {
  const hearing = new Hearing();
  await hearing.start('agency-1');
  await store(ADHESION, EXECUTIVE);
  await follower(hearing).follow();
  hearing.heard();
  await store(ADHESION, part(ANNULLED, EXECUTIVE.length));
  await follower(hearing).follow();
  expect(hearing.heard()).toEqual([[`${ADHESION}@${EXECUTIVE.length + 1}`, 'ANNULLED']]);
});

test('the next word is looked for from the last one: what an adhesion had said before is not read again', async () => {
  const { hearing, following } = await toldOf(EXECUTIVE);
  await asOwner(database.ownerUrl, `ALTER TABLE events DISABLE TRIGGER USER; UPDATE events SET type = 'Nothing' WHERE stream = '${ADHESION}' AND version = 1; ALTER TABLE events ENABLE TRIGGER USER`);
  await store(ADHESION, part(ANNULLED, EXECUTIVE.length));
  await following.follow();
  expect(hearing.heard()).toEqual([[`${ADHESION}@${EXECUTIVE.length + 1}`, 'ANNULLED']]);
});

test('a word that is told and not heard yet is not told again with the next one', async () => {
  const hearing = new Hearing();
  await hearing.start('agency-1');
  hearing.hears = false;
  await store(ADHESION, EXECUTIVE);
  const following = follower(hearing);
  await following.follow();
  expect(hearing.heard()).toHaveLength(4);
  await store(ADHESION, part(ANNULLED, EXECUTIVE.length));
  await following.follow();
  expect(hearing.heard().map(([, standing]) => standing)).toEqual(['ANNULLED']);
});

test('one that was given up is told nothing more; the next path hears all from the beginning', async () => {
  const { hearing, following } = await toldOf(EXECUTIVE);
  await hearing.stop('agency-1');
  await hearing.start('agency-2');
  await following.follow();
  expect(hearing.told.map(({ to }) => to)).toEqual(Array.from({ length: 4 }, () => 'constitution/agency-2'));
  expect(hearing.heard().map(([, standing]) => standing)).toEqual([null, 'ADOPTED', 'ADOPTED', 'EXECUTIVE']);
});

test('of a comune that joins anew all words are told, however few its events are beside those of the adhesion before', async () => {
  const { hearing, following } = await toldOf(ANNULLED);
  const again = ADHESION.replace(/-1$/, '-2');
  await store(again, JSON.parse(JSON.stringify(EXECUTIVE).replaceAll(`${ABBIATEGRASSO.body}-1`, `${ABBIATEGRASSO.body}-2`)) as readonly EventBody[]);
  await following.follow();
  const heard = hearing.heard();
  expect(heard.map(([id]) => id.replace(/@.*/, ''))).toEqual(heard.map(() => again));
  expect(heard.map(([, standing]) => standing)).toEqual([null, 'ADOPTED', 'ADOPTED', 'EXECUTIVE']);
  expect(hearing.state('agency-1').constitution?.members[ABBIATEGRASSO.body]?.account).toMatchObject({ adhesion: `${ABBIATEGRASSO.body}-2`, resolution: { standing: 'EXECUTIVE' } });
});

test('E61: where two comuni of the data became one, the constitution is told of the territory once, and there is one comune less', async () => {
  const hearing = new Hearing();
  await hearing.start('agency-1');
  const merged: Territory = { asOf: '2026-11-23', bodies: [{ body: 'c_m999', population: 1_403_425 }] };
  let data = { ...TERRITORY, asOf: '2026-11-22' };
  const following = follower(hearing, () => Promise.resolve(data));
  await following.follow();
  // Another day of the same comuni is no news.
  expect(hearing.told).toEqual([]);
  data = merged;
  await following.follow();
  expect(hearing.told).toEqual([{ to: 'constitution/agency-1', command: { type: 'TakeTerritory', data: { territory: merged } }, commandId: 'territory/2026-11-23@1' }]);
  expect(hearing.state('agency-1').constitution?.territory).toEqual(merged);
  await following.follow();
  expect(hearing.told).toHaveLength(1);
});
