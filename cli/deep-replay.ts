import { join } from 'node:path';
import { report, type AuditReport } from '../audit/report.ts';
import { toolPlaces } from '../config.ts';
import { processStreams } from '../db/queries/streams.ts';
import type { LiveRuns } from '../engine/live-runs.ts';
import { databaseUrlOf, withDatabase, withTemporal } from './backends.ts';
import { bundleOf } from './bundle-file.ts';
import type { Io } from './io.ts';
import { inParts, ofPart, processesFor, sumOf, tellProgress, type Part } from './parts.ts';
import { progressBar } from './progress.ts';

interface Wanted {
  /** null: every case. */
  readonly stream: string | null;
  /** Temporal is not asked. */
  readonly archived: boolean;
  /** What was found to hold before is replayed too. */
  readonly anew: boolean;
  /** File of a candidate. */
  readonly bundle?: string | undefined;
  readonly part?: Part;
}

/** `audit replay`: deep replay of one case or of all, on all cores. Throws CannotRun. */
export async function replayedDeep(io: Io, wanted: Wanted): Promise<AuditReport> {
  const config = io.config();
  const streams = await withDatabase(config, databaseUrlOf(config), async (db) => (wanted.stream === null ? processStreams(db) : [wanted.stream]));
  const processes = processesFor(streams.length, wanted.part);
  const bar = progressBar(io, 'cases');
  const progress = (done: number): void => { bar.update(done, streams.length); };
  return (processes > 1 ? inProcesses(wanted, processes, progress) : inThisProcess(io, wanted, ofPart(streams, wanted.part), progress)).finally(bar.stop);
}

async function inThisProcess(io: Io, { archived, anew, bundle }: Wanted, streams: readonly string[], progress: (done: number) => void): Promise<AuditReport> {
  const [{ replayCases }, { VerdictCache }, { Archive }, { keptBundle }, { LiveRuns: Live }] = await Promise.all([
    import('../audit/deep-replay/report.ts'), import('../audit/deep-replay/cache.ts'), import('../db/archive.ts'), import('../engine/kept-bundle.ts'),
    import('../engine/live-runs.ts'),
  ]);
  const candidate = bundle === undefined ? null : await bundleOf(bundle);
  const cache = anew ? null : new VerdictCache(join(toolPlaces().cacheDir, 'replays'));
  const config = io.config();
  const told = (done: number): void => {
    progress(done);
    tellProgress(done);
  };
  const work = (live: LiveRuns | null): Promise<AuditReport> => withDatabase(config, databaseUrlOf(config), async (db) =>
    replayCases({ db, archive: new Archive(db), live, today: await keptBundle(), candidate, cache }, streams, told));
  return archived ? work(null) : withTemporal(config, (client) => work(new Live(client)));
}

async function inProcesses({ archived, anew, bundle }: Wanted, processes: number, progress: (done: number) => void): Promise<AuditReport> {
  const flags = [...(archived ? ['--archived'] : []), ...(anew ? ['--anew'] : []), ...(bundle === undefined ? [] : ['--bundle', bundle])];
  const reports = await inParts<AuditReport>(['audit', 'replay', '--all', ...flags], processes, progress);
  return report(sumOf(reports.map(({ checked }) => checked)), reports.flatMap(({ findings }) => findings));
}
