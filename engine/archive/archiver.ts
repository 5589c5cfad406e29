import type { Client } from '@temporalio/client';
import type { Alarm } from '../../db/alarms.ts';
import { Archive } from '../../db/archive.ts';
import type { Db } from '../../db/client.ts';
import { CASES, Runs } from '../runs.ts';
import { archiveRun } from './archive-run.ts';

/** A closed run is listed a moment after it closed; a sweep looks back this far behind the one before. */
const LISTED_LATE_MS = 10 * 60_000;
/** An open run is archived again when it has grown and this has passed: Temporal keeps it anyway, its disk may not. */
const OPEN_AGAIN_MS = 7 * 24 * 3_600_000;

export interface SweepReport {
  readonly archived: number;
  readonly failed: number;
}

/** Takes histories from Temporal, long before its retention, into the archive beside the events. */
export class Archiver {
  private readonly client: Client;
  private readonly alarm: (alarm: Alarm) => Promise<void>;
  private readonly archive: Archive;
  private readonly runs: Runs;
  private readonly openAgainMs: number;

  constructor(client: Client, db: Db, alarm: (alarm: Alarm) => Promise<void>, openAgainMs: number = OPEN_AGAIN_MS) {
    this.client = client;
    this.alarm = alarm;
    this.archive = new Archive(db);
    this.runs = new Runs(client);
    this.openAgainMs = openAgainMs;
  }

  /** See `archiveRun`. */
  archiveRun(workflowId: string, runId: string): Promise<boolean> {
    const { archive, alarm, runs } = this;
    return archiveRun({ archive, alarm, runs }, workflowId, runId);
  }

  /** Archives the runs that closed since the last whole sweep, and the open ones that were not archived for long. `progress` hears how many were looked at. */
  async sweep(progress: (done: number) => void = () => undefined): Promise<SweepReport> {
    const through = new Date(Date.now() - LISTED_LATE_MS).toISOString();
    const since = await this.archive.sweptThrough();
    const closed = `${CASES} AND ExecutionStatus != 'Running'${since === null ? '' : ` AND CloseTime >= '${since}'`}`;
    let [done, archived, failed] = [0, 0, 0];
    for await (const { workflowId, runId } of this.due(closed, `${CASES} AND ExecutionStatus = 'Running'`)) {
      try {
        if (await this.archiveRun(workflowId, runId)) archived += 1;
      } catch (error) {
        failed += 1;
        const detail = `The run ${runId} could not be archived: ${error instanceof Error ? error.message : String(error)}`;
        await this.alarm({ code: 'ARCHIVE_FAILED', stream: workflowId, detail });
      }
      progress(done += 1);
    }
    await this.archive.enterSweep(through, archived, failed);
    return { archived, failed };
  }

  private async *due(closed: string, open: string): AsyncGenerator<{ workflowId: string; runId: string }> {
    yield* this.client.workflow.list({ query: closed });
    for await (const { workflowId, runId, startTime } of this.client.workflow.list({ query: open })) {
      const last = Date.parse((await this.archive.known(workflowId, runId))?.archivedAt ?? startTime.toISOString());
      if (Date.now() - last >= this.openAgainMs) yield { workflowId, runId };
    }
  }
}
