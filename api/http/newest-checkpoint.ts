import { setTimeout as delay } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';
import type { Db } from '../../db/client.ts';
import { newestCheckpoint } from '../../db/log/store.ts';

/** What every comune is told of the transparency log, so that each is its witness. */
export const CHECKPOINT_HEADER = 'Log-Checkpoint';

/** One look at the database in this time, however many ask. */
const FRESH_MS = 1_000;
/** An answer waits no longer for it: it names the one before. */
const PATIENCE_MS = 250;

/** Every answer to a member names the newest checkpoint, as it is signed, in Base64. None before anything was signed. */
export function registerNewestCheckpoint(app: FastifyInstance, db: Db): void {
  const newest = new NewestCheckpoint(db);
  app.addHook('onSend', async (request, reply) => {
    if (request.caller?.role !== 'member') return;
    const note = await newest.note();
    if (note !== undefined) reply.header(CHECKPOINT_HEADER, Buffer.from(note).toString('base64'));
  });
}

class NewestCheckpoint {
  private readonly db: Db;
  private known: string | undefined;
  private lookedAt = Number.NEGATIVE_INFINITY;
  private looking: Promise<void> = Promise.resolve();

  constructor(db: Db) {
    this.db = db;
  }

  /** As it is known here; never rejects. */
  async note(): Promise<string | undefined> {
    if (performance.now() - this.lookedAt >= FRESH_MS) {
      this.lookedAt = performance.now();
      this.looking = Promise.race([this.look(), delay(PATIENCE_MS, undefined, { ref: false })]);
    }
    await this.looking;
    return this.known;
  }

  private async look(): Promise<void> {
    // While the database is away the last one known is named.
    const found = await newestCheckpoint(this.db).catch(() => undefined);
    this.known = found?.note ?? this.known;
  }
}
