import { withoutSourceMap, type WorkflowBundle } from '../../engine/bundle.ts';
import { rulesIn } from '../../engine/bundled-rules.ts';
import { recordRuns, type Recording } from '../../engine/recorder.ts';
import { deciding, type Deciding } from '../../workflows/deciding.ts';
import type { Finding } from '../report.ts';
import type { Run } from './run.ts';

/** A run whose history is in memory, with every bundle that ran a task of it. */
export interface LoadedRun extends Run {
  readonly bundles: readonly string[];
}

/** Where code is kept by its hash: the archive, or a dossier. */
export interface BundleSource {
  bundle(hash: string): Promise<{ readonly code: string } | undefined>;
}

export interface Bundles {
  readonly archive: BundleSource;
  readonly today: WorkflowBundle;
  readonly candidate: WorkflowBundle | null;
  /** Rules of bundles, taken out of them once. */
  readonly rules: Map<string, Deciding | null>;
}

/** Recordings by run id. */
export type Recordings = ReadonlyMap<string, Recording>;

/** Records runs with their own bundles and, where there is one, with the candidate; one replay a bundle, since to load it takes longer than a run. */
export async function recordBatch({ archive, today, candidate }: Bundles, runs: readonly LoadedRun[]): Promise<{ own: Recordings; candidates: Recordings | null; findings: Finding[] }> {
  const own = new Map<string, Recording>();
  const findings: Finding[] = [];
  for (const [hash, group] of Map.groupBy(runs, ({ bundle }) => bundle)) {
    const code = await codeOf(archive, today, hash).catch((error: unknown) => {
      const message = error instanceof Error ? error.message : String(error);
      findings.push(...group.map(({ workflowId, runId }) => ({ code: 'BUNDLE_DIFFERS', message: `Run ${runId}: ${message} It was replayed with that of today.`, stream: workflowId })));
      return withoutSourceMap(today.code);
    });
    for (const [runId, recording] of await record(code, group)) own.set(runId, recording);
  }
  return { own, candidates: candidate === null ? null : await record(withoutSourceMap(candidate.code), runs), findings };
}

/** The rules of the bundles that ran a case, then those of today: a bundle that is not kept, or gives none out, has none. */
export async function* rulesOf({ archive, today, rules }: Bundles, hashes: ReadonlySet<string>): AsyncGenerator<Deciding> {
  for (const hash of hashes) {
    if (hash === today.hash) continue;
    if (!rules.has(hash)) rules.set(hash, await codeOf(archive, today, hash).then(rulesIn).catch(() => null));
    const own = rules.get(hash) ?? null;
    if (own !== null) yield own;
  }
  yield deciding;
}

/** Runs of before the archive name no bundle; the one of today is as good as the replay says. */
async function codeOf(archive: Bundles['archive'], today: WorkflowBundle, hash: string | null): Promise<string> {
  if (hash === null || hash === today.hash) return withoutSourceMap(today.code);
  const bundle = await archive.bundle(hash);
  if (bundle === undefined) throw new Error(`The bundle ${hash} that ran it is not archived.`);
  return bundle.code;
}

async function record(code: string, runs: readonly LoadedRun[]): Promise<Map<string, Recording>> {
  const recordings = new Map<string, Recording>();
  if (runs.length === 0) return recordings;
  for await (const recording of recordRuns(code, runs)) recordings.set(recording.runId, recording);
  return recordings;
}
