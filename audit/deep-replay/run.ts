import type { History } from '@temporalio/common/lib/proto-utils.js';
import type { Recording } from '../../engine/recorder.ts';
import type { CaseInput } from '../../workflows/messages.ts';
import type { Asked, StoreCall } from './asked.ts';
import { firstChange, firstDifference, type Difference } from './compare.ts';
import { shownIn } from './from-history.ts';
import { askedInReplay } from './from-recording.ts';
import { asInHistory, otherTimes } from './tasks.ts';

/** A run of a case with its history, decrypted. */
export interface Run {
  readonly workflowId: string;
  readonly runId: string;
  readonly state: string;
  /** Hash of the bundle that ran it; null: a run from before histories named one. */
  readonly bundle: string | null;
  readonly history: History;
}

/** What one run came to. */
export interface RunVerdict {
  readonly runId: string;
  /** False: it was replayed with the code of today, which may record more than that of its day. */
  readonly byOwnCode: boolean;
  /** Sentences on what differs; none: the run replays. */
  readonly differences: readonly string[];
  /** What it asked of the store, with the answers. */
  readonly calls: readonly StoreCall[];
  readonly begunWith: CaseInput;
  /** What the next run was begun with, where it continued as new. */
  readonly continuedWith: CaseInput | null;
}

/** Lays the replay of a run beside its history; with a candidate, also that of the candidate, and both beside each other. */
export function judgeRun(run: Run, own: Recording, candidate: Recording | null): RunVerdict {
  const shown = shownIn(run.history);
  const asked = asInHistory(askedInReplay(own.activations, shown.taskQueue, shown.through), shown);
  const differences = differencesOf(run, shown.asked, own, asked);
  if (candidate !== null) {
    const other = asInHistory(askedInReplay(candidate.activations, shown.taskQueue, shown.through), shown);
    differences.push(...differencesOf(run, shown.asked, candidate, other));
    const change = firstChange(asked, other);
    if (change !== null) differences.push(inWords(change));
  }
  const end = shown.asked.find(({ key }) => key === 'end')?.what;
  return {
    runId: run.runId, byOwnCode: run.bundle !== null, differences: [...new Set(differences)], begunWith: shown.input as CaseInput,
    continuedWith: end?.['how'] === 'CONTINUED_AS_NEW' ? (end['arguments'] as CaseInput[])[0] ?? null : null,
    calls: asked.filter(({ beyond }) => beyond !== undefined).map(({ key, at, what, beyond }) => ({
      type: String(what['type']), arguments: beyond?.['arguments'] as unknown[], answer: shown.answers.get(Number(key.slice('local activity '.length))), orAt: otherTimes(at, shown.rows),
    })),
  };
}

/** Whether a run in this state ended by itself: its history then shows all that it asked. */
export function endedItself(state: string): boolean {
  return state !== 'RUNNING' && state !== 'TERMINATED' && state !== 'TIMED_OUT';
}

function differencesOf(run: Run, shown: readonly Asked[], recording: Recording, asked: readonly Asked[]): string[] {
  const difference = firstDifference(shown, asked, endedItself(run.state));
  return [...(difference === null ? [] : [inWords(difference)]), ...(recording.error === null ? [] : [recording.error])];
}

const LONGEST = 300;

/** One sentence on a difference, both sides cut to what a person reads. */
export function inWords({ key, field, recorded, replayed }: Difference): string {
  const say = (side: unknown): string => {
    const text = side === undefined ? 'nothing' : JSON.stringify(side);
    return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
  };
  return `${key}, ${field}: the history has ${say(recorded)}, the replay ${say(replayed)}`;
}
