import { vi } from 'vitest';
import type { Db } from '../../db/client.ts';
import type { LogKeys } from '../../db/log/keys.ts';
import { hasEventsAfter, sequence } from '../../db/log/sequence.ts';
import { newestCheckpoint } from '../../db/log/store.ts';
import { unzip, zip, type ZippedFile } from '../../dossier/zip.ts';

/** Takes all that is stored into the log; gives how many leaves it has. */
export async function sequenceAll(db: Db, keys: LogKeys): Promise<number> {
  await vi.waitFor(async () => {
    const batch = await sequence(db, keys);
    if (batch === null || batch.isFull || await hasEventsAfter(db, batch.upTo)) throw new Error('there is more');
    const { stored } = await db.selectFrom('events').select(({ fn }) => fn.countAll<number>().as('stored')).executeTakeFirstOrThrow();
    if ((await newestCheckpoint(db))?.size !== stored) throw new Error('a transaction holds the horizon back');
  }, { timeout: 15_000, interval: 20 });
  return (await newestCheckpoint(db))?.size ?? 0;
}

/** The files of a dossier by name. */
export function filesIn(dossier: Buffer): Map<string, Buffer> {
  return new Map(unzip(dossier).map(({ name, content }) => [name, content]));
}

export async function zipped(files: ReadonlyMap<string, Buffer> | readonly ZippedFile[]): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of zip(files instanceof Map ? [...files].map(([name, content]) => ({ name, content })) : files as readonly ZippedFile[])) parts.push(part);
  return Buffer.concat(parts);
}
