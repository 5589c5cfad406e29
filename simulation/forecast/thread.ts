import { parentPort, workerData } from 'node:worker_threads';
import type { ForecastBody } from './arrivals.ts';
import { forecast, type Forecast, type Question, type Shift } from './forecast.ts';

/** What a thread is started with. */
export interface ThreadInput {
  readonly bodies: readonly ForecastBody[];
  readonly question: Question;
  readonly shift: Shift | null;
  /** Milliseconds after which no further run begins. */
  readonly withinMs: number;
}

/** What it says: how far it is, now and then, and in the end the forecast. */
export type ThreadMessage =
  | { readonly progress: { readonly done: number; readonly all: number } }
  | { readonly forecast: Forecast };

const SAID_EVERY_MS = 200;

/** A forecast on a thread of its own: hours of computing never keep the server from answering. */
async function main(): Promise<void> {
  const { bodies, question, shift, withinMs } = workerData as ThreadInput;
  const began = performance.now();
  let said = began;
  const say = (message: ThreadMessage): void => { parentPort?.postMessage(message, []); };
  const found = await forecast(bodies, question, shift, {
    isOver: () => performance.now() - began >= withinMs,
    onCase: (done, all) => {
      if (performance.now() - said < SAID_EVERY_MS && done < all) return;
      said = performance.now();
      say({ progress: { done, all } });
    },
  });
  say({ forecast: found });
}

await main();
