import type { Archive } from '../../db/archive.ts';
import type { Db } from '../../db/client.ts';
import { headsOf } from '../../db/event-store/read.ts';
import { sdkVersion } from '../../engine/archive/running-bundle.ts';
import type { WorkflowBundle } from '../../engine/bundle.ts';
import type { LiveRuns } from '../../engine/live-runs.ts';
import type { Finding } from '../report.ts';
import type { VerdictCache, VerdictGround } from './cache.ts';
import { judgeCase, type CaseVerdict } from './case.ts';
import { recordBatch, rulesOf, type Bundles, type LoadedRun, type Recordings } from './recordings.ts';
import { judgeRun } from './run.ts';
import { runsOf, type SourcedRun } from './sources.ts';
import { readCase, type StoredCase } from './stored.ts';

export interface Replaying {
  readonly db: Db;
  readonly archive: Archive;
  /** null: only what is archived. */
  readonly live: LiveRuns | null;
  /** Replays what no archived bundle is named for. */
  readonly today: WorkflowBundle;
  /** A bundle that has not run yet, replayed beside each run's own. */
  readonly candidate: WorkflowBundle | null;
  /** null: every case is replayed, whatever was found before. */
  readonly cache: VerdictCache | null;
}

/** How many events of histories are in memory together: to load the bundles for each few takes longer than to replay them. */
const AT_ONCE = 5_000;
/** How many cases of Temporal are looked up at once, whose histories are in memory from then on. */
const LOOKED_UP_LIVE = 25;
/** How many cases of the archive are looked up at once: what is known of them is found by a few questions. */
const LOOKED_UP = 500;

/** Replays cases, each run with the bundle that ran it, and holds all it asked against histories and records. */
export async function* deepReplay(given: Replaying, streams: readonly string[]): AsyncGenerator<CaseVerdict> {
  const replaying = { ...given, rules: new Map() };
  const { cache } = replaying;
  const lookedUp = replaying.live === null ? LOOKED_UP : LOOKED_UP_LIVE;
  let waiting: Case[] = [];
  let length = 0;
  for (let from = 0; from < streams.length; from += lookedUp) {
    const cases = await casesOf(replaying, streams.slice(from, from + lookedUp));
    const known = await Promise.all(cases.map(async ({ ground }) => await cache?.find(ground) ?? null));
    for (const [index, one] of cases.entries()) {
      const verdict = known[index] ?? null;
      if (verdict !== null) {
        yield verdict;
        continue;
      }
      waiting.push(one);
      length += one.runs.reduce((sum, run) => sum + run.length, 0);
      if (length < AT_ONCE) continue;
      yield* judge(replaying, waiting);
      [waiting, length] = [[], 0];
    }
  }
  yield* judge(replaying, waiting);
}

interface Case {
  readonly stream: string;
  readonly runs: readonly SourcedRun[];
  readonly findings: readonly Finding[];
  readonly ground: VerdictGround;
}

async function casesOf({ db, archive, live, today, candidate }: Replaying, streams: readonly string[]): Promise<Case[]> {
  const [archived, heads] = await Promise.all([archive.newest(streams), headsOf(db, streams)]);
  const byCase = Map.groupBy(archived, ({ workflowId }) => workflowId);
  const sdk = sdkVersion();
  const cases: Case[] = [];
  for (const stream of streams) {
    const { runs, findings } = await runsOf(stream, archive, live, byCase.get(stream) ?? []);
    const ground = {
      stream, head: heads.get(stream) ?? null, runs: runs.map(({ runId, hash, bundle }) => ({ runId, hash, bundle })), today: today.hash, candidate: candidate?.hash ?? null, sdk,
    };
    cases.push({ stream, runs, findings, ground });
  }
  return cases;
}

async function* judge(replaying: Replaying & Bundles, cases: readonly Case[]): AsyncGenerator<CaseVerdict> {
  const { loaded, findings: unreadable } = await load(cases.flatMap(({ runs }) => runs));
  const { own, candidates, findings: missing } = await recordBatch(replaying, loaded);
  for (const { stream, runs, findings, ground } of cases) {
    const verdict = await verdictOf(replaying, await readCase(replaying.db, stream), loaded.filter((run) => run.workflowId === stream), { own, candidates });
    const none = runs.length > 0 ? [] : [{ code: 'NO_HISTORY', message: 'Neither Temporal nor the archive has a history of this case.', stream }];
    const ofRuns = [...unreadable, ...missing].filter((finding) => finding.stream === stream);
    const whole = { ...verdict, findings: [...none, ...findings, ...ofRuns, ...verdict.findings] };
    await replaying.cache?.keep(ground, whole);
    yield whole;
  }
}

/** Replays one case by what is in memory alone: its records, its runs and the bundles that ran them. */
export async function replayCase(bundles: Omit<Bundles, 'rules'>, stored: StoredCase, runs: readonly LoadedRun[]): Promise<CaseVerdict> {
  const all = { ...bundles, rules: new Map() };
  const { findings, ...recordings } = await recordBatch(all, runs);
  const verdict = await verdictOf(all, stored, runs, recordings);
  return { ...verdict, findings: [...findings, ...verdict.findings] };
}

async function verdictOf(bundles: Bundles, stored: StoredCase, runs: readonly LoadedRun[], { own, candidates }: { own: Recordings; candidates: Recordings | null }): Promise<CaseVerdict> {
  const verdicts = runs.flatMap((run) => {
    const recording = own.get(run.runId);
    return recording === undefined ? [] : [judgeRun(run, recording, candidates?.get(run.runId) ?? null)];
  });
  const hashes = new Set(runs.flatMap((run) => run.bundles));
  return judgeCase(stored, verdicts, () => rulesOf(bundles, hashes));
}

async function load(runs: readonly SourcedRun[]): Promise<{ loaded: LoadedRun[]; findings: Finding[] }> {
  const loaded: LoadedRun[] = [];
  const findings: Finding[] = [];
  for (const run of runs) {
    try {
      loaded.push({ ...run, history: await run.history() });
    } catch (error) {
      findings.push({ code: 'ARCHIVE_DIFFERS', message: error instanceof Error ? error.message : String(error), stream: run.workflowId });
    }
  }
  return { loaded, findings };
}
