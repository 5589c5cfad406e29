import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { z } from 'zod';
import { readJson, writeFileAtomic } from './files.ts';
import { StartupError } from './errors.ts';

/** What is kept beside the data: the passwords of its roles and where the data is, when it is elsewhere. */
export type PostgresRecord = z.infer<typeof PostgresRecord>;
const PostgresRecord = z.object({
  ownerPassword: z.string().min(1),
  appPassword: z.string().min(1),
  /** Of the reference broker's role; null: a cluster of a version that had none. */
  brokerPassword: z.string().min(1).nullable().default(null),
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
  const record = { ownerPassword: newPassword(), appPassword: newPassword(), brokerPassword: newPassword(), placedAt };
  writeRecord(dataDir, record);
  return record;
}

/** The record with a password for the role that an older cluster lacks. To be written when the role is there. */
export function withBroker(record: PostgresRecord): PostgresRecord {
  return { ...record, brokerPassword: record.brokerPassword ?? newPassword() };
}

/** Replaces the record of data that is there. */
export function writeRecord(dataDir: string, record: PostgresRecord): void {
  writeFileAtomic(recordPath(dataDir), `${JSON.stringify(record, null, 2)}\n`, 0o600);
}

function recordPath(dataDir: string): string {
  return `${dataDir}.json`;
}

function newPassword(): string {
  return randomBytes(24).toString('base64url');
}
