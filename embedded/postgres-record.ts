import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { z } from 'zod';
import { readJson, writeFileAtomic } from './files.ts';
import { StartupError } from './errors.ts';

/** What is kept beside the data: the passwords of its two roles and where the data is, when it is elsewhere. */
export type PostgresRecord = z.infer<typeof PostgresRecord>;
const PostgresRecord = z.object({
  ownerPassword: z.string().min(1),
  appPassword: z.string().min(1),
  placedAt: z.string().nullable(),
});

/** The record of a data folder, or null for a new one. Readable by its owner only. */
export function readRecord(dataDir: string): PostgresRecord | null {
  const path = recordPath(dataDir);
  const record = PostgresRecord.safeParse(readJson(path));
  if (record.success) return record.data;
  if (existsSync(path)) throw new StartupError(`${path} cannot be read: it holds the database's passwords, put it back.`);
  return null;
}

/** Writes the record of new data; done before the data exists, so that no data is ever without its passwords. */
export function createRecord(dataDir: string, placedAt: string | null): PostgresRecord {
  const record = { ownerPassword: newPassword(), appPassword: newPassword(), placedAt };
  writeFileAtomic(recordPath(dataDir), `${JSON.stringify(record, null, 2)}\n`, 0o600);
  return record;
}

function recordPath(dataDir: string): string {
  return `${dataDir}.json`;
}

function newPassword(): string {
  return randomBytes(24).toString('base64url');
}
