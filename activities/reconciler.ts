import type { Logger } from 'pino';
import type { Db } from '../db/client.ts';
import { projectionAlarm } from '../db/alarms.ts';
import { readCursor, saveCursor } from '../db/cursors.ts';
import { headOf, readAllAfter } from '../db/event-store/read.ts';
import { rebuildOlderRows } from '../db/projections/rebuild.ts';
import { isProcessStream } from '../domain/processes.ts';
import type { Engine } from '../engine/engine.ts';
import type { ReconcilerActivities } from './ports.ts';

const BATCH = 2_000;
const CURSOR = 'reconciler';
const AT_ONCE = 8;

/**
 * The cure for the window between the append and Temporal's own record: each case written since the last sweep is
 * asked for its version, and those behind the store are woken.
 */
export function reconcilerActivities(db: Db, engine: Engine, log: Logger): ReconcilerActivities {
  return {
    async reconcile() {
      // A worker of an older version, which goes on for a while beside those of a newer one, writes rows that only it believes.
      await rebuildOlderRows(db, projectionAlarm(db, log));
      const rows = await readAllAfter(db, await readCursor(db, CURSOR), BATCH);
      const streams = [...new Set(rows.map((row) => row.stream))].filter(isProcessStream);
      const behind: string[] = [];
      for (let start = 0; start < streams.length; start += AT_ONCE) {
        const group = streams.slice(start, start + AT_ONCE);
        behind.push(...(await Promise.all(group.map((stream) => wakeIfBehind(db, engine, stream)))).filter((stream) => stream !== null));
      }
      const last = rows.at(-1);
      if (last !== undefined) await saveCursor(db, CURSOR, last);
      if (behind.length > 0) log.warn({ behind }, 'cases behind the store were woken');
      return { checked: streams.length, behind, more: rows.length === BATCH };
    },
  };
}

async function wakeIfBehind(db: Db, engine: Engine, stream: string): Promise<string | null> {
  const head = await headOf(db, stream);
  const version = await engine.version(stream);
  if (version !== undefined && version >= head.version) return null;
  await engine.catchUp(stream);
  return stream;
}
