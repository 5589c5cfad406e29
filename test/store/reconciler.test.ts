import { pino } from 'pino';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { reconcile } from '../../activities/reconciler.ts';
import { append } from '../../db/event-store/append.ts';
import { stamped } from '../support/procedure.ts';
import { testDatabase, type TestDatabase } from '../support/database.ts';

let database: TestDatabase;
beforeEach(async () => { database = await testDatabase(); });
afterEach(async () => { await database.drop(); });

/** An engine whose runs have heard of nothing, and which is away from some case on. */
class DeafEngine {
  readonly woken: string[] = [];
  awayFrom: string | null = null;

  async version(): Promise<number> { return 0; }
  async catchUp(stream: string): Promise<void> {
    if (stream === this.awayFrom) throw new Error('14 UNAVAILABLE');
    this.woken.push(stream);
  }
}

const engine = new DeafEngine();
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
