import { dirname, join } from 'node:path';
import type { Client } from '@temporalio/client';
import { expect, inject } from 'vitest';
import { VerdictCache } from '../../audit/deep-replay/cache.ts';
import { replayCases } from '../../audit/deep-replay/report.ts';
import { verify } from '../../audit/verify.ts';
import { Archive } from '../../db/archive.ts';
import type { Db } from '../../db/client.ts';
import { findCommand, headOf } from '../../db/event-store/read.ts';
import { foldStream } from '../../db/projections/project.ts';
import { processStreams } from '../../db/queries/streams.ts';
import { processOf } from '../../domain/processes.ts';
import type { Engine } from '../../engine/engine.ts';
import { LiveRuns } from '../../engine/live-runs.ts';
import { testBundle } from './bundle.ts';
import { whatItsRunSays } from './run-state.ts';

export interface Acknowledged {
  readonly stream: string;
  readonly commandId: string;
}

/**
 * What must hold after any fault: no acknowledged command lost or doubled, workflow = store, timers armed, read model =
 * fold, chain whole, every event replayed or decided again.
 */
export async function expectWhole({ db, engine, client }: { db: Db; engine: Engine; client: Client }, acknowledged: readonly Acknowledged[]): Promise<void> {
  for (const { stream, commandId } of acknowledged) {
    expect(await findCommand(db, stream, commandId), `${commandId} of ${stream} was acknowledged`).toBeDefined();
  }
  const doubled = await db.selectFrom('events').select(['stream', 'command_id']).where('ordinal', '=', 0)
    .groupBy(['stream', 'command_id']).having((eb) => eb.fn.countAll(), '>', 1).execute();
  expect(doubled).toEqual([]);
  // What cases tell one another may be on its way still: both sides are looked at again until they agree.
  for (const stream of await processStreams(db)) {
    if (processOf(stream).finished((await foldStream(db, stream)).state)) continue;
    try {
      await expect.poll(async () => await engine.version(stream) === (await headOf(db, stream)).version, { timeout: 15_000, message: `workflow and store of ${stream}` }).toBe(true);
      await expect.poll(async () => isArmed(await armedTimer(client, stream), firstTimer(stream, (await foldStream(db, stream)).state)), { timeout: 15_000, message: `timer of ${stream}` }).toBe(true);
    } catch (error) {
      throw new Error(`store at ${(await headOf(db, stream)).version}, ${await whatItsRunSays(client, stream)}`, { cause: error });
    }
  }
  expect(await verify(db)).toMatchObject({ ok: true, findings: [] });
  // What held after the fault before, and is the same, is not replayed again.
  const cache = new VerdictCache(join(dirname(inject('bundleFile')), 'verdicts'));
  expect(await replayCases({ db, archive: new Archive(db), live: new LiveRuns(client), today: testBundle(), candidate: null, cache }, await processStreams(db))).toMatchObject({ ok: true, findings: [] });
}

/** Milliseconds of the epoch; undefined: the case waits for no moment. */
function firstTimer(stream: string, state: object): number | undefined {
  return processOf(stream).timers(state).map((timer) => Date.parse(timer.at)).toSorted((a, b) => a - b)[0];
}

/** Temporal counts a timer from the end of the task that set it: it may fire some seconds late, never early. */
function isArmed(at: number | null, wanted: number | undefined): boolean {
  return at === null || wanted === undefined ? at === null && wanted === undefined : at >= wanted - 100 && at < wanted + 15_000;
}

/** When the one open timer of a case's run fires (milliseconds of the epoch), or null when none is armed. */
async function armedTimer(client: Client, workflowId: string): Promise<number | null> {
  const { events } = await client.workflow.getHandle(workflowId).fetchHistory();
  const open = new Map<string, number>();
  for (const { eventTime, timerStartedEventAttributes: started, timerFiredEventAttributes: fired, timerCanceledEventAttributes: cancelled } of events ?? []) {
    if (started?.timerId) open.set(started.timerId, millis(eventTime) + millis(started.startToFireTimeout));
    const ended = fired?.timerId ?? cancelled?.timerId;
    if (ended) open.delete(ended);
  }
  expect(open.size).toBeLessThanOrEqual(1);
  const [at] = open.values();
  return at ?? null;
}

function millis(time: { seconds?: unknown; nanos?: number | null } | null | undefined): number {
  return Number(time?.seconds ?? 0) * 1_000 + (time?.nanos ?? 0) / 1e6;
}
