import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { readJson, writeFileAtomic } from './files.ts';

/** What a running instance says of itself in `instance.json`; pids are null for what it did not start. */
export type Instance = z.infer<typeof Instance>;
export const Instance = z.object({
  url: z.string(),
  databaseUrl: z.string(),
  databaseOwnerUrl: z.string().nullable(),
  temporalAddress: z.string(),
  temporalNamespace: z.string(),
  temporalUiUrl: z.string().nullable(),
  /** Of the reference broker; null: it is not run. */
  brokerUrl: z.string().nullable(),
  pids: z.object({
    supervisor: z.number(),
    server: z.number().nullable(),
    worker: z.number().nullable(),
    postgres: z.number().nullable(),
    temporal: z.number().nullable(),
    broker: z.number().nullable(),
  }),
});

/** The instance of a home as last written, or null when none runs there or the file does not hold. */
export function readInstance(home: string): Instance | null {
  const parsed = Instance.safeParse(readJson(instancePath(home)));
  return parsed.success ? parsed.data : null;
}

/** Writes it whole or not at all, for its owner only: it holds the database's passwords. */
export function writeInstance(home: string, instance: Instance): void {
  writeFileAtomic(instancePath(home), `${JSON.stringify(instance, null, 2)}\n`, 0o600);
}

export function removeInstance(home: string): void {
  rmSync(instancePath(home), { force: true });
}

function instancePath(home: string): string {
  return join(home, 'instance.json');
}
