import { setTimeout as delay } from 'node:timers/promises';
import type { Logger } from 'pino';
import { raiseAlarm } from '../alarms.ts';
import type { Db } from '../client.ts';
import type { Cursor } from '../event-store/read.ts';
import { isDatabaseAway } from '../unavailable.ts';
import type { LogKeys } from './keys.ts';
import { hasEventsAfter, LogBroken, sequence } from './sequence.ts';

/** An event is to be provable within two seconds. A NOTIFY would have appends wait for each other when they commit. */
const POLL_MS = 500;

/**
 * Takes what is stored into the transparency log as it comes. Any number of processes may run one: they take turns. It stops for good,
 * with an alarm, where the log is not what was signed.
 */
export class Sequencer {
  private readonly db: Db;
  private readonly keys: LogKeys;
  private readonly log: Logger;
  private readonly stopping = new AbortController();
  private running: Promise<void> | null = null;
  private upTo: Cursor | null = null;

  constructor(db: Db, keys: LogKeys, log: Logger) {
    this.db = db;
    this.keys = keys;
    this.log = log;
  }

  start(): void {
    this.running ??= this.run();
  }

  /** Finishes the batch under way. */
  async stop(): Promise<void> {
    this.stopping.abort();
    await this.running;
  }

  private async run(): Promise<void> {
    while (!this.stopping.signal.aborted) {
      const state = await this.step();
      if (state === 'BROKEN') return;
      if (state === 'IDLE') await delay(POLL_MS, undefined, { signal: this.stopping.signal }).catch(() => undefined);
    }
  }

  private async step(): Promise<'BUSY' | 'IDLE' | 'BROKEN'> {
    try {
      if (this.upTo !== null && !(await hasEventsAfter(this.db, this.upTo))) return 'IDLE';
      const batch = await sequence(this.db, this.keys);
      this.upTo = batch?.upTo ?? this.upTo;
      return batch?.isFull === true ? 'BUSY' : 'IDLE';
    } catch (error) {
      if (error instanceof LogBroken) {
        await this.alarm(error);
        return 'BROKEN';
      }
      if (!isDatabaseAway(error)) this.log.error({ err: error }, 'the transparency log could not go on');
      return 'IDLE';
    }
  }

  private async alarm(broken: LogBroken): Promise<void> {
    const detail = `${broken.message}. Nothing more is signed: npx associa audit verify says where.`;
    await raiseAlarm(this.db, this.log, { code: 'LOG_BROKEN', stream: null, detail })
      .catch((error: unknown) => { this.log.error({ err: error }, 'the alarm could not be kept'); });
  }
}
