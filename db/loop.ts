import { setTimeout as delay } from 'node:timers/promises';

/** What comes after a step: the next at once, the next after a rest, or no other. */
export type AfterStep = 'AGAIN' | 'REST' | 'DONE';

/** Work that goes on beside a process until it is done or stopped. A step never throws. */
export class Loop {
  private readonly step: (stopping: AbortSignal) => Promise<AfterStep>;
  private readonly restMs: number;
  private readonly stopping = new AbortController();
  private running: Promise<void> | null = null;

  constructor(step: (stopping: AbortSignal) => Promise<AfterStep>, restMs: number) {
    this.step = step;
    this.restMs = restMs;
  }

  start(): void {
    this.running ??= this.run();
  }

  /** Finishes the step under way. */
  async stop(): Promise<void> {
    this.stopping.abort();
    await this.running;
  }

  private async run(): Promise<void> {
    const { signal } = this.stopping;
    while (!signal.aborted) {
      const after = await this.step(signal);
      if (after === 'DONE') return;
      if (after === 'REST') await delay(this.restMs, undefined, { signal }).catch(() => undefined);
    }
  }
}
