import { Worker } from 'node:worker_threads';
import type { Forecast } from '../../simulation/forecast/forecast.ts';
import type { ThreadInput, ThreadMessage } from '../../simulation/forecast/thread.ts';
import { Problem } from '../problems.ts';

const THREAD = new URL('../../simulation/forecast/thread.ts', import.meta.url);
/** One at a time: the other core answers requests. Those that wait for their turn. */
const MOST_WAITING = 3;
/** Beyond its own time a thread has this long to finish the run that is under way. */
const GRACE_MS = 60_000;
const BUSY_RETRY_S = '20';

export type Heard = (done: number, all: number) => void;

/** Forecasts of this server, each on a thread, one after the other. */
export class ForecastThreads {
  private readonly withinMs: number;
  private waiting = 0;
  private last: Promise<unknown> = Promise.resolve();

  /** `withinMs`: a person, or a program, waits for the answer; then it is given with the runs that are done. */
  constructor(withinMs = 40_000) {
    this.withinMs = withinMs;
  }

  /** Computes a forecast; `signal` gives it up. Throws Problem when too many wait already. */
  async run(input: Omit<ThreadInput, 'withinMs'>, heard: Heard, signal: AbortSignal): Promise<Forecast> {
    if (this.waiting > MOST_WAITING) throw Problem.of('FORECASTS_BUSY', { headers: { 'Retry-After': BUSY_RETRY_S } });
    this.waiting += 1;
    const turn = this.last;
    const own = turn.catch(() => undefined).then(() => onThread({ ...input, withinMs: this.withinMs }, heard, signal));
    this.last = own;
    try {
      return await own;
    } finally {
      this.waiting -= 1;
    }
  }
}

async function onThread(input: ThreadInput, heard: Heard, signal: AbortSignal): Promise<Forecast> {
  signal.throwIfAborted();
  // Types are taken off by Node itself: nothing that the server was started with is needed there.
  const thread = new Worker(THREAD, { workerData: input, execArgv: [] });
  const limit = AbortSignal.any([signal, AbortSignal.timeout(input.withinMs + GRACE_MS)]);
  try {
    return await new Promise<Forecast>((resolve, reject) => {
      limit.addEventListener('abort', () => { reject(limit.reason as Error); }, { once: true });
      thread.on('message', (message: ThreadMessage) => {
        if ('forecast' in message) resolve(message.forecast);
        else heard(message.progress.done, message.progress.all);
      });
      thread.on('error', reject);
      thread.on('exit', () => { reject(new Error('The thread of a forecast ended before it answered')); });
    });
  } finally {
    await thread.terminate();
  }
}
