import { pino } from 'pino';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { reconcile } from '../../activities/reconciler.ts';
import { append } from '../../db/event-store/append.ts';
import { createProjector, foldStream } from '../../db/projections/project.ts';
import { processOf } from '../../domain/processes.ts';
import type { CommandBody } from '../../domain/shared/process.ts';
import { TEXT } from '../domain/migration/scenario.ts';
import { ABBIATEGRASSO, OPERATOR, stamped } from '../support/procedure.ts';
import { testDatabase, type TestDatabase } from '../support/database.ts';

let database: TestDatabase;
beforeEach(async () => {
  [database, engine] = [await testDatabase(), new DeafEngine()];
});
afterEach(async () => { await database.drop(); });

/** An engine whose runs have heard of nothing, and which is away from some case on. */
class DeafEngine {
  readonly woken: string[] = [];
  awayFrom: string | null = null;

  /** Undefined: there is no run. */
  standsAt: number | undefined = 0;

  async version(): Promise<number | undefined> { return this.standsAt; }
  async isRunning(): Promise<boolean> { return this.standsAt !== undefined; }
  async catchUp(stream: string): Promise<void> {
    if (stream === this.awayFrom) throw new Error('14 UNAVAILABLE');
    this.woken.push(stream);
  }
}

let engine: DeafEngine;
const sweep = (beat = (): void => undefined) => reconcile(database.db, engine, pino({ level: 'silent' }), beat);
const streams = Array.from({ length: 20 }, (_, index) => `adhesion/c_a${100 + index}-1`);

async function stored(stream: string, expected: number, hash: string | null): Promise<string | null> {
  const answer = await append(database.db, { stream, expected, expectedHash: hash, command: stamped({ type: 'NoteNothing', data: {} }), events: [{ type: 'NothingNoted', data: {} }] }, () => Promise.resolve(null));
  return answer.outcome === 'STORED' ? answer.events[0]?.hash ?? null : null;
}

test('a sweep that does not come to its end is gone on with where it came to, and no case is left out', async () => {
  const heads = new Map<string, string | null>();
  for (const stream of streams) heads.set(stream, await stored(stream, 0, null));
  // Written once more at the end: all that is written of a case is looked at together.
  const [first = ''] = streams;
  await stored(first, 1, heads.get(first) ?? null);

  engine.awayFrom = streams[12] ?? null;
  let beats = 0;
  // What is read lies below the oldest transaction of the whole server: that of somebody else may be open for a moment.
  await expect.poll(() => sweep(() => { beats += 1; }).then(() => 'ended', String), { timeout: 10_000 }).toBe('Error: 14 UNAVAILABLE');
  expect([beats, engine.woken.slice(0, 8).toSorted()]).toEqual([1, streams.slice(0, 8)]);

  engine.awayFrom = null;
  engine.woken.length = 0;
  expect(await sweep()).toEqual({ checked: 13, behind: [...streams.slice(8), first], more: false });
  expect(await sweep()).toEqual({ checked: 0, behind: [], more: false });
});

test('a case that has come to its end has no run and is left alone; one that has not gets one', async () => {
  const ended = 'adhesion/c_a010-1';
  const going = 'adhesion/c_a087-1';
  const opening = { ...ABBIATEGRASSO, id: 'c_a010-1' };
  await decided(ended, { type: 'OpenAdhesion', data: opening }, { type: 'CloseAdhesion', data: { reasons: TEXT } });
  await decided(going, { type: 'OpenAdhesion', data: { ...opening, id: 'c_a087-1' } });
  engine.standsAt = undefined;
  await expect.poll(() => sweep(), { timeout: 10_000 }).toEqual({ checked: 2, behind: [going], more: false });
  expect(engine.woken).toEqual([going]);
});

/** Commands as a case decides and stores them. */
async function decided(stream: string, ...commands: readonly CommandBody[]): Promise<void> {
  for (const body of commands) {
    const command = stamped(body);
    const { version, hash, state } = await foldStream(database.db, stream);
    const decision = processOf(stream).decide(state, command, { actor: OPERATOR, now: command.receivedAt, commandId: command.id });
    if (decision.kind === 'refused') throw new Error(decision.code);
    await append(database.db, { stream, expected: version, expectedHash: hash, command, events: decision.events }, createProjector(database.db, () => undefined));
  }
}
