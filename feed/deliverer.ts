import type { Logger } from 'pino';
import { raiseAlarm } from '../db/alarms.ts';
import type { Db } from '../db/client.ts';
import { Loop, type AfterStep } from '../db/loop.ts';
import { isDatabaseAway } from '../db/unavailable.ts';
import type { EventRow } from '../db/schema.ts';
import { cloudEvent } from './cloud-event.ts';
import { deliver } from './delivery.ts';
import { feedPage } from './pages.ts';
import type { WebhookRow, Webhooks } from './webhooks.ts';

const IDLE_MS = 1_000;
const PAGE = 20;
/** Longer than a page whose every event takes its whole time: nobody else tells the same webhook meanwhile. */
const LEASE_MS = PAGE * 11_000;

/**
 * Tells webhooks of events, each in the order of the store and one at a time; what is not received is tried again before
 * anything newer. At least once: a process that dies after a delivery lets the next one repeat it, under the same id.
 */
export class Deliverer {
  private readonly db: Db;
  private readonly webhooks: Webhooks;
  private readonly log: Logger;
  private readonly loop = new Loop((stopping) => this.step(stopping), IDLE_MS);

  constructor(db: Db, webhooks: Webhooks, log: Logger) {
    this.db = db;
    this.webhooks = webhooks;
    this.log = log;
  }

  start(): void {
    this.loop.start();
  }

  /** Finishes the delivery under way. */
  stop(): Promise<void> {
    return this.loop.stop();
  }

  private async step(stopping: AbortSignal): Promise<AfterStep> {
    try {
      return await this.serveOne(stopping) ? 'AGAIN' : 'REST';
    } catch (error) {
      if (!isDatabaseAway(error)) this.log.error({ err: error }, 'webhooks could not be served');
      return 'REST';
    }
  }

  /** Serves one webhook that is due; false when none is. */
  private async serveOne(stopping: AbortSignal): Promise<boolean> {
    const webhook = await this.webhooks.takeDue(LEASE_MS);
    if (webhook === undefined) return false;
    const events = await feedPage(this.db, webhook, webhook, PAGE);
    let at = webhook;
    for (const event of events) {
      if (stopping.aborted || !(await this.tell(at, event))) break;
      at = { ...at, tx: event.tx, position: event.position, failures: 0 };
    }
    const isThrough = at.position === events.at(-1)?.position || events.length === 0;
    if (isThrough) await this.webhooks.rest(at, events.length < PAGE ? IDLE_MS : 0);
    else if (stopping.aborted) await this.webhooks.rest(at, 0);
    return true;
  }

  /** One attempt; true when it was received and the next one may follow. */
  private async tell(webhook: WebhookRow, event: EventRow): Promise<boolean> {
    const target = await this.webhooks.target(webhook);
    if (target === null) return false;
    const attempt = await deliver(target, cloudEvent(event), event.hash.toString('hex'));
    if ('status' in attempt && attempt.status >= 200 && attempt.status < 300) return this.webhooks.noteReceived(webhook, event, attempt.status);
    const paused = await this.webhooks.noteFailed(webhook, attempt);
    this.log.warn({ webhook: webhook.id, ...attempt, paused }, 'a webhook was not received');
    if (paused !== null) await raiseAlarm(this.db, this.log, { code: `WEBHOOK_${paused}`, stream: null, detail: `The webhook ${webhook.id} is paused.` });
    return false;
  }
}
