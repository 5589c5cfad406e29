import { withoutSourceMap, type WorkflowBundle } from '../../engine/bundle.ts';
import { hasDecided, recordRuns, type NamedHistory } from '../../engine/recorder.ts';
import { isTemporalAway } from '../../engine/runs.ts';
import type { Progress } from '../chain.ts';
import { causeOf } from './cause.ts';
import { Groups, type Group } from './groups.ts';
import type { KnownToReplay } from './known.ts';
import type { KeptRun } from './runs.ts';

export interface Rehearsing {
  readonly bundle: WorkflowBundle;
  /** null: what was found to replay before is rehearsed too. */
  readonly known: KnownToReplay | null;
  /** Milliseconds after which no run that is closed is begun; those under way are all rehearsed. null: no limit. */
  readonly patience: number | null;
}

export interface Rehearsal {
  /** `known`: of the runs, how many were found to replay before. `left`: closed ones that there was no time for. */
  readonly checked: { readonly runs: number; readonly open: number; readonly known: number; readonly left: number };
  readonly groups: readonly Group[];
}

/**
 * Whether a bundle would replay what ran before: each history is run through it, and what it asks is laid beside what the history
 * shows. Says nothing of the records; that a rule decides otherwise today what it decided then is no difference, for a case
 * moves by what was stored.
 */
export async function rehearse({ bundle, known, patience }: Rehearsing, runs: readonly KeptRun[], progress: Progress = () => undefined): Promise<Rehearsal> {
  const groups = new Groups();
  const counts = { runs: 0, open: 0, known: 0, left: 0 };
  const until = patience === null ? Number.POSITIVE_INFINITY : performance.now() + patience;
  let turn: { run: KeptRun; hash: string; named: NamedHistory } | undefined;
  const counted = ({ open }: KeptRun): void => {
    counts.runs += 1;
    if (open) counts.open += 1;
    progress(counts.runs + counts.left);
  };

  /** Those that are not known to replay, one at a time: `turn` is the one that was given last. */
  async function* unknown(): AsyncGenerator<NamedHistory> {
    for (const run of runs) {
      if (run.hash !== null && known?.has(run.hash) === true) {
        counts.known += 1;
        counted(run);
        continue;
      }
      if (!run.open && performance.now() > until) {
        counts.left += 1;
        continue;
      }
      const { workflowId, runId, open } = run;
      try {
        const read = await run.read();
        if (read === undefined) continue;
        counted(run);
        // It may have gone on since it was looked up.
        if (known?.has(read.hash) === true) {
          counts.known += 1;
          continue;
        }
        // One that no worker has answered yet replays with any code.
        if (!hasDecided(read.history)) continue;
        turn = { run, hash: read.hash, named: { workflowId, history: read.history } };
      } catch (error) {
        if (isTemporalAway(error)) throw error;
        counted(run);
        const message = error instanceof Error ? error.message : String(error);
        groups.add({ code: 'CANNOT_GO_ON', workflowType: 'its history', command: '', field: 'can not be read', recorded: '', replayed: '' }, open, { stream: workflowId, runId, message });
        continue;
      }
      yield turn.named;
    }
  }

  for await (const recording of recordIfAny(withoutSourceMap(bundle.code), unknown())) {
    if (turn === undefined) continue;
    const { run, hash, named } = turn;
    const found = causeOf(named.history, recording);
    if (found === null) known?.add(hash);
    else groups.add(found.cause, run.open, { stream: run.workflowId, runId: run.runId, message: found.words });
  }
  return { checked: counts, groups: groups.all };
}

/** To load a bundle takes longer than to find that there is nothing to do. */
async function* recordIfAny(code: string, histories: AsyncGenerator<NamedHistory>): ReturnType<typeof recordRuns> {
  const first = await histories.next();
  if (first.done === true) return;
  yield* recordRuns(code, (async function* () {
    yield first.value;
    yield* histories;
  })());
}

/** Whether workers may not poll because of it: other timeouts, and closed runs, stop no case. */
export function stopsPolling({ code, open }: Group): boolean {
  return open > 0 && code !== 'OPTIONS_DIFFER';
}
