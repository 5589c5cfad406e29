import { setTimeout as delay } from 'node:timers/promises';
import type { BrokerPolicy } from './policy.ts';

/** Where an operation that the broker carries out by and by is followed. */
export interface Polling {
  /** The broker's own name of it. */
  readonly operation: string | null;
  /** Epoch milliseconds; then it counts as failed. */
  readonly until: number;
}

/** How far a call has come: plain data, so that who goes on with it in another process goes on from there. */
export interface Progress {
  /** Epoch milliseconds; the time for repetitions counts from here. */
  readonly startedAt: number;
  readonly polling?: Polling | undefined;
  /** What may have been left is being removed; the call fails with this. */
  readonly mitigating?: { readonly code: string; readonly status: number | null; readonly believeFrom: number; readonly until: number } | undefined;
}

/** A call under way, as its steps see it. */
export interface Course {
  readonly signal: AbortSignal;
  /** A process that is no more may have sent the request already. */
  readonly isRepeated: boolean;
  progress: Progress;
  /** Tells whoever watches how far it has come. */
  note(progress: Progress): void;
}

/** Changes how far it has come, and says so at once. */
export function advance(course: Course, change: Partial<Progress>): void {
  course.progress = { ...course.progress, ...change };
  course.note(course.progress);
}

/** Waits; throws what the signal was aborted with. */
export async function pause(ms: number, signal: AbortSignal): Promise<void> {
  try {
    await delay(ms, undefined, { signal });
  } catch (error) {
    signal.throwIfAborted();
    throw error;
  }
}

/**
 * The wait before the next try: doubling from the least to the most, a third of it by chance; never shorter than what the other side asks for, as far as that is no
 * longer than the longest wait between two polls.
 */
export function backoff(tries: number, { retryEveryMs: [least, most], pollEveryMs }: Pick<BrokerPolicy, 'retryEveryMs' | 'pollEveryMs'>, askedMs = 0): number {
  const doubled = Math.min(most, least * 2 ** Math.min(tries, 30));
  return Math.max(Math.min(askedMs, pollEveryMs.most), doubled * (1 - Math.random() / 3));
}
