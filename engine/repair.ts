import type { Client } from '@temporalio/client';
import { Archive } from '../db/archive.ts';
import type { Db } from '../db/client.ts';
import { foldStream } from '../db/projections/project.ts';
import { processStreams } from '../db/queries/streams.ts';
import { processOf } from '../domain/processes.ts';
import type { Engine } from './engine.ts';
import { noteInterventions, type OutsideRun } from './outside-runs.ts';

export interface RepairReport {
  /** Cases that have nothing left to do. */
  readonly finished: number;
  /** Open cases whose run was there already. */
  readonly running: number;
  /** Open cases whose run was gone and is started on its stream. */
  readonly started: readonly string[];
  /** Runs that somebody ended or reset past the product, noted in the journal of the archive from now on. */
  readonly noted: readonly OutsideRun[];
}

/**
 * Starts every open case on its stream where its workflow is gone (Temporal's store lost, a run terminated by hand) and
 * wakes the others, so that each adopts what the store has. What was done to runs past the product is noted: it is no finding of an audit any more. Harmless
 * when nothing is wrong.
 */
export async function repair(db: Db, engine: Engine, client: Client, progress: (done: number, total: number) => void = () => undefined): Promise<RepairReport> {
  const noted = await noteInterventions(db, client, new Archive(db));
  const streams = await processStreams(db);
  const started: string[] = [];
  let finished = 0;
  let running = 0;
  for (const [index, stream] of streams.entries()) {
    const { state } = await foldStream(db, stream);
    if (processOf(stream).finished(state)) finished += 1;
    else {
      if (await engine.isRunning(stream)) running += 1;
      else started.push(stream);
      await engine.catchUp(stream);
    }
    progress(index + 1, streams.length);
  }
  return { finished, running, started, noted };
}
