import { setTimeout as sleep } from 'node:timers/promises';
import type { Child } from './child.ts';
import { errorText } from './errors.ts';

/** A process that is started again, under the same address, when it dies. */
export interface Service {
  readonly name: string;
  pid(): number;
  /** How often it died and was started again. */
  restarts(): number;
  stop(): Promise<void>;
  hurry(): void;
}

export interface ServiceSpec<Started extends Child> {
  readonly name: string;
  /** Starts it, the first time and every other. */
  start(): Promise<Started>;
  /** Hears of each start, the first as well. */
  readonly onStarted?: ((started: Started) => void) | undefined;
  readonly say: (line: string) => void;
}

/** One that lived this long was well: the next start is not delayed for its sake. */
const STEADY_MS = 30_000;
const FIRST_DELAY_MS = 200;
const LONGEST_DELAY_MS = 15_000;

/** Starts a service (a first failure is the caller's) and keeps it running until it is stopped. */
export async function keepRunning<Started extends Child>(spec: ServiceSpec<Started>): Promise<Service> {
  let current = await spec.start();
  spec.onStarted?.(current);
  let restarts = 0;
  const stopping = new AbortController();

  const watch = async (): Promise<void> => {
    let delay = FIRST_DELAY_MS;
    while (!stopping.signal.aborted) {
      const startedAt = Date.now();
      const how = await current.ended;
      if (stopping.signal.aborted) return;
      restarts += 1;
      delay = Date.now() - startedAt > STEADY_MS ? FIRST_DELAY_MS : delay;
      spec.say(`The ${spec.name} ended (${how}): it is started again`);
      delay = await startAgain(delay);
    }
  };
  const startAgain = async (firstDelay: number): Promise<number> => {
    for (let delay = firstDelay; ; delay = Math.min(delay * 2, LONGEST_DELAY_MS)) {
      await sleep(delay, undefined, { signal: stopping.signal }).catch(() => undefined);
      if (stopping.signal.aborted) return delay;
      try {
        current = await spec.start();
        spec.onStarted?.(current);
        return Math.min(delay * 2, LONGEST_DELAY_MS);
      } catch (error) {
        spec.say(`The ${spec.name} does not start: ${errorText(error)}`);
      }
    }
  };
  const watching = watch();

  return {
    name: spec.name,
    pid: () => current.pid,
    restarts: () => restarts,
    stop: async () => {
      stopping.abort();
      await current.stop();
      await watching; // A start that was under way in this moment has settled after this …
      await current.stop(); // … and what it started is stopped too.
    },
    hurry: () => current.hurry(),
  };
}
