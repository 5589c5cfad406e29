import { setTimeout as delay } from 'node:timers/promises';
import { raiseAlarm, type Alarm } from '../../db/alarms.ts';
import { leafOfEvent, newestCheckpoint } from '../../db/log/store.ts';
import { findCase } from '../../db/queries/cases.ts';
import { headOf } from '../../db/event-store/read.ts';
import type { AdhesionState } from '../../domain/adhesion/index.ts';
import { archiveRun } from '../../engine/archive/archive-run.ts';
import { isTemporalAway } from '../../engine/runs.ts';
import type { Context } from '../context.ts';
import { ADHESION, streamOf, type CaseKind } from './kinds.ts';

const LOOK_EVERY_MS = 100;

/**
 * Archives the runs of a case (of an adhesion with its services) as they stand now, and waits until the entries are in the log: so a dossier of the
 * newest tree holds the histories of runs that are open too. While Temporal is away, or the log is behind, it holds what there is.
 */
export async function archiveNewestHistories(context: Context, kind: CaseKind, id: string): Promise<void> {
  const { whole: { db }, log } = context;
  const stream = streamOf(kind, id);
  const at = await findCase(db, stream);
  if (at === undefined) return;
  try {
    if (kind === ADHESION) await archiveAdhesion(context, id, at.state);
    else await archiveRuns(context, stream);
  } catch (error) {
    if (!isTemporalAway(error)) throw error;
    log.warn({ err: error, stream }, 'the newest histories are not archived: Temporal is away');
    return;
  }
  await untilInLog(context, `archive/${id}`);
}

/** Archives the runs of an adhesion and of its services as they stand now. Throws while Temporal or the database is away. */
export async function archiveAdhesion(context: Context, id: string, state: object): Promise<void> {
  // States come from the fold of the adhesion's own process.
  const { migrations } = state as AdhesionState;
  for (const own of [streamOf(ADHESION, id), ...migrations.map((migration) => `migration/${migration.id}`)]) await archiveRuns(context, own);
}

async function archiveRuns({ runs, archive, whole: { db }, log }: Context, stream: string): Promise<void> {
  const archiving = { archive, runs, alarm: (alarm: Alarm) => raiseAlarm(db, log, alarm) };
  for (const { runId } of await runs.list(stream)) await archiveRun(archiving, stream, runId);
}

async function untilInLog({ whole: { db }, sequencedWithinMs }: Context, journal: string): Promise<void> {
  const { version } = await headOf(db, journal);
  for (const deadline = Date.now() + sequencedWithinMs; version > 0 && Date.now() < deadline; await delay(LOOK_EVERY_MS)) {
    const [leaf, checkpoint] = await Promise.all([leafOfEvent(db, journal, version), newestCheckpoint(db)]);
    if (leaf !== undefined && leaf < (checkpoint?.size ?? 0)) return;
  }
}
