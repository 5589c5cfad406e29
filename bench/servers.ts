import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Config } from '../config.ts';
import { migrate, roleOf } from '../db/migrate.ts';
import { startPostgres } from '../embedded/postgres.ts';
import { findTemporal } from '../embedded/temporal-binary.ts';
import { startTemporal } from '../embedded/temporal.ts';
import { connectionOptions, type TemporalAddress } from '../engine/connect.ts';

export interface BenchServers {
  readonly appUrl: string;
  /** Holds the tenant's key and those of the payloads. */
  readonly keysDir: string;
  readonly connection: TemporalAddress;
  readonly namespace: string;
  readonly description: string;
  /** Processes whose CPU time counts, besides this one; what runs elsewhere cannot be counted. */
  readonly pids: readonly number[];
  stop(): Promise<void>;
}

/** PostgreSQL of its own, and Temporal: a development server in memory, or the one at TEMPORAL_ADDRESS. */
export async function startServers({ temporal }: Config): Promise<BenchServers> {
  const folder = mkdtempSync(join(tmpdir(), 'associa-bench-'));
  // PostgreSQL's own account must reach it when this runs as root.
  chmodSync(folder, 0o755);
  const quiet = () => undefined;
  const postgres = await startPostgres({ dataDir: join(folder, 'postgres'), log: quiet });
  const keysDir = join(folder, 'keys');
  await migrate(postgres.ownerUrl, roleOf(postgres.appUrl), keysDir);
  const own = temporal.address === null
    ? await startTemporal({ binary: await findTemporal(quiet), dbFile: null, headless: true, namespace: temporal.namespace, log: quiet })
    : null;
  const address = own?.address ?? temporal.address ?? '';
  return {
    appUrl: postgres.appUrl,
    keysDir,
    connection: connectionOptions(address, temporal),
    namespace: temporal.namespace,
    description: own === null ? `the Temporal at ${address}` : 'an in-memory development server',
    pids: [postgres.pid, ...(own === null ? [] : [own.pid])],
    async stop() {
      await Promise.all([postgres.stop(), own?.stop()]);
      for (const path of [folder, postgres.dataDir]) rmSync(path, { recursive: true, force: true });
    },
  };
}
