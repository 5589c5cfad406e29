import type { Logger } from 'pino';
import { raiseAlarm } from '../alarms.ts';
import type { Db } from '../client.ts';
import type { Cursor } from '../event-store/read.ts';
import { Loop, type AfterStep } from '../loop.ts';
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
  private readonly loop = new Loop(() => this.step(), POLL_MS);
  private upTo: Cursor | null = null;

  constructor(db: Db, keys: LogKeys, log: Logger) {
    this.db = db;
    this.keys = keys;
    this.log = log;
  }

  start(): void {
    this.loop.start();
  }

  /** Finishes the batch under way. */
  stop(): Promise<void> {
    return this.loop.stop();
  }

  private async step(): Promise<AfterStep> {
    try {
      if (this.upTo !== null && !(await hasEventsAfter(this.db, this.upTo))) return 'REST';
      const batch = await sequence(this.db, this.keys);
      this.upTo = batch?.upTo ?? this.upTo;
      return batch?.isFull === true ? 'AGAIN' : 'REST';
    } catch (error) {
      if (error instanceof LogBroken) {
        await this.alarm(error);
        return 'DONE';
      }
      if (!isDatabaseAway(error)) this.log.error({ err: error }, 'the transparency log could not go on');
      return 'REST';
    }
  }

  private async alarm(broken: LogBroken): Promise<void> {
    const detail = `${broken.message}. Nothing more is signed: npx associa audit verify says where.`;
    await raiseAlarm(this.db, this.log, { code: 'LOG_BROKEN', stream: null, detail })
      .catch((error: unknown) => { this.log.error({ err: error }, 'the alarm could not be kept'); });
  }
}
