import { Context } from '@temporalio/activity';
import type { Logger } from 'pino';
import type { Db } from '../db/client.ts';
import { projectionAlarm } from '../db/alarms.ts';
import { readCursor, saveCursor } from '../db/cursors.ts';
import { headOf, readAllAfter, type Cursor } from '../db/event-store/read.ts';
import { foldStream } from '../db/projections/project.ts';
import { rebuildOlderRows } from '../db/projections/rebuild.ts';
import { isProcessStream, processOf } from '../domain/processes.ts';
import type { Engine } from '../engine/engine.ts';
import type { ReconcileReport, ReconcilerActivities } from './ports.ts';

const BATCH = 2_000;
const CURSOR = 'reconciler';
const AT_ONCE = 8;

/** The sweep as an activity: its worker may die in the middle, and another one goes on where it came to. */
export function reconcilerActivities(db: Db, engine: Engine, log: Logger): ReconcilerActivities {
  return { reconcile: () => reconcile(db, engine, log, () => { Context.current().heartbeat(); }) };
}

/**
 * The cure for the window between the append and Temporal's own record: each case written since the last sweep is
 * asked for its version, and those behind the store are woken. `beat` is called as it goes on.
 */
export async function reconcile(db: Db, engine: Asked, log: Logger, beat: () => void): Promise<ReconcileReport> {
  // A worker of an older version, which goes on for a while beside those of a newer one, writes rows that only it believes.
  await rebuildOlderRows(db, projectionAlarm(db, log));
  const rows = await readAllAfter(db, await readCursor(db, CURSOR), BATCH);
  const streams = [...new Set(rows.map((row) => row.stream))].filter(isProcessStream);
  const behind: string[] = [];
  for (let start = 0; start < streams.length; start += AT_ONCE) {
    const group = streams.slice(start, start + AT_ONCE);
    behind.push(...(await Promise.all(group.map((stream) => wakeIfBehind(db, engine, stream)))).filter((stream) => stream !== null));
    // A sweep that does not come to its end has come this far: the next one begins with the first case that was not asked.
    const next = streams[start + AT_ONCE];
    await saveReached(db, next === undefined ? rows : rows.slice(0, rows.findIndex((row) => row.stream === next)));
    beat();
  }
  if (streams.length === 0) await saveReached(db, rows);
  if (behind.length > 0) log.warn({ behind }, 'cases behind the store were woken');
  return { checked: streams.length, behind, more: rows.length === BATCH };
}

type Asked = Pick<Engine, 'version' | 'catchUp' | 'isRunning'>;

/** A case that has come to its end has no run, and needs none. */
async function isOver(db: Db, engine: Asked, stream: string): Promise<boolean> {
  return processOf(stream).finished((await foldStream(db, stream)).state) && !await engine.isRunning(stream);
}

async function saveReached(db: Db, rows: readonly Cursor[]): Promise<void> {
  const last = rows.at(-1);
  if (last !== undefined) await saveCursor(db, CURSOR, last);
}

async function wakeIfBehind(db: Db, engine: Asked, stream: string): Promise<string | null> {
  const head = await headOf(db, stream);
  const version = await engine.version(stream);
  if (version === undefined ? await isOver(db, engine, stream) : version >= head.version) return null;
  await engine.catchUp(stream);
  return stream;
}
