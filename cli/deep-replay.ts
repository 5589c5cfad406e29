import { fork } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { z } from 'zod';
import { report, type AuditReport } from '../audit/report.ts';
import { PROJECT_DIR, toolPlaces } from '../config.ts';
import { processStreams } from '../db/queries/streams.ts';
import type { WorkflowBundle } from '../engine/bundle.ts';
import type { LiveRuns } from '../engine/live-runs.ts';
import { databaseUrlOf, withDatabase, withTemporal } from './backends.ts';
import type { Io } from './io.ts';
import { CannotRun } from './outcome.ts';
import { progressBar } from './progress.ts';

/** `2/4`: the second of four parts. */
export const part = z.string().regex(/^([1-9]\d{0,2})\/([1-9]\d{0,2})$/, { error: 'must be like 1/4: the first of four parts' }).transform((given) => {
  const [index = 1, of = 1] = given.split('/').map(Number);
  return { index, of };
}).refine(({ index, of }) => index <= of, { error: 'must be one of the parts, like 1/4' }).optional();

interface Wanted {
  /** null: every case. */
  readonly stream: string | null;
  /** Temporal is not asked. */
  readonly archived: boolean;
  /** What was found to hold before is replayed too. */
  readonly anew: boolean;
  /** File of a candidate. */
  readonly bundle?: string | undefined;
  readonly part?: z.infer<typeof part>;
}

/** A process of its own for fewer cases takes longer to begin than it saves. */
const WORTH_A_PROCESS = 40;

/** `audit replay`: deep replay of one case or of all, on all cores. Throws CannotRun. */
export async function replayedDeep(io: Io, wanted: Wanted): Promise<AuditReport> {
  const config = io.config();
  const streams = await withDatabase(config, databaseUrlOf(config), async (db) => (wanted.stream === null ? processStreams(db) : [wanted.stream]));
  const processes = wanted.part === undefined ? Math.min(availableParallelism(), Math.floor(streams.length / WORTH_A_PROCESS)) : 1;
  const bar = progressBar(io, 'cases');
  const progress = (done: number): void => { bar.update(done, streams.length); };
  return (processes > 1 ? inProcesses(wanted, processes, progress) : inThisProcess(io, wanted, ofPart(streams, wanted.part), progress)).finally(bar.stop);
}

/** Every n-th, so that the parts are alike long. */
function ofPart(streams: readonly string[], { index, of }: NonNullable<Wanted['part']> = { index: 1, of: 1 }): string[] {
  return streams.filter((_stream, at) => at % of === index - 1);
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
    process.send?.({ done });
  };
  const work = (live: LiveRuns | null): Promise<AuditReport> => withDatabase(config, databaseUrlOf(config), async (db) =>
    replayCases({ db, archive: new Archive(db), live, today: await keptBundle(), candidate, cache }, streams, told));
  return archived ? work(null) : withTemporal(config, (client) => work(new Live(client)));
}

/** The same command for each part, and their reports brought together. */
async function inProcesses({ archived, anew, bundle }: Wanted, processes: number, progress: (done: number) => void): Promise<AuditReport> {
  const done = new Map<number, number>();
  const flags = [...(archived ? ['--archived'] : []), ...(anew ? ['--anew'] : []), ...(bundle === undefined ? [] : ['--bundle', bundle])];
  const reports = await Promise.all(Array.from({ length: processes }, async (_unused, index) => {
    const child = fork(join(PROJECT_DIR, 'cli.ts'), ['audit', 'replay', '--all', '--json', '--part', `${index + 1}/${processes}`, ...flags], { stdio: ['ignore', 'pipe', 'pipe', 'ipc'] });
    child.on('message', (message: { done: number }) => {
      done.set(index, message.done);
      progress([...done.values()].reduce((sum, one) => sum + one, 0));
    });
    const [out, err] = await Promise.all([child.stdout, child.stderr].map(async (stream) => (stream === null ? '' : text(stream))));
    try {
      return JSON.parse(out ?? '') as AuditReport;
    } catch (cause) {
      throw new CannotRun((err ?? '').trim() || `A part of the replay ended without a report (${child.exitCode ?? child.signalCode}).`, { cause });
    }
  }));
  const names = Object.keys(reports[0]?.checked ?? {});
  const checked = Object.fromEntries(names.map((name) => [name, reports.reduce((sum, one) => sum + (one.checked[name] ?? 0), 0)]));
  return report(checked, reports.flatMap(({ findings }) => findings));
}

async function bundleOf(file: string): Promise<WorkflowBundle> {
  const { hashOf } = await import('../engine/bundle.ts');
  const code = await readFile(file, 'utf8').catch((cause: unknown) => { throw new CannotRun(`The bundle ${file} can't be read: give a file that npm run bundle made.`, { cause }); });
  return { code, hash: hashOf(code) };
}
