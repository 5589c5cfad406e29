import { spawn } from 'node:child_process';
import { hash } from 'node:crypto';
import { mkdtempSync, chmodSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { eventFaults, type RecordedEvent } from '../audit/chain.ts';
import { eventsAfter } from '../audit/records.ts';
import type { AuditReport } from '../audit/report.ts';
import { childEnvironment, PROJECT_DIR } from '../config.ts';
import { openDatabase, poolOf, type Db } from '../db/client.ts';
import { seal, type SealedAppend } from '../db/event-store/record.ts';
import { openLogKeys } from '../db/log/keys.ts';
import { sequence } from '../db/log/sequence.ts';
import { migrate, roleOf } from '../db/migrate.ts';
import { openTenantKey } from '../db/tenant.ts';
import type { AppendRequest } from '../domain/shared/store.ts';
import { startPostgres } from '../embedded/postgres.ts';
import { median } from './measure.ts';
import { OPERATOR } from './subjects.ts';

const SIZES = [100_000, 1_000_000];
const STREAMS = 50;
const BATCH = 2_000;
const ROUNDS = 7;

/** `audit verify` of many events, in a process of its own; and the check of a record against hashing it. */
export async function benchVerify(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'associa-bench-'));
  // PostgreSQL's own account must reach it when this runs as root.
  chmodSync(folder, 0o755);
  const postgres = await startPostgres({ dataDir: join(folder, 'postgres'), log: () => undefined, fsync: false });
  const keysDir = join(folder, 'keys');
  await migrate(postgres.ownerUrl, roleOf(postgres.appUrl), keysDir);
  const db = openDatabase(postgres.appUrl, await openTenantKey(keysDir));
  try {
    const store = new Filled(db);
    for (const [index, size] of SIZES.entries()) {
      await store.growTo(size);
      await signAll(db, keysDir);
      if (index === 0) await benchRecords(db);
      const { seconds, peakMegabytes, report } = await verified(postgres.appUrl, keysDir, folder);
      if (!report.ok || report.checked['events'] !== size) throw new Error(JSON.stringify(report));
      console.log(`audit verify of ${size} events in ${STREAMS} streams, with their log: ${seconds.toFixed(1)} s, ${Math.round(size / seconds)} events a second, at most ${peakMegabytes.toFixed(0)} MB resident`);
    }
  } finally {
    await db.destroy();
    await postgres.stop();
    for (const path of [folder, postgres.dataDir]) rmSync(path, { recursive: true, force: true });
  }
}

/** One page, as an audit has it in memory, again and again; by seconds of processor, so that others on the machine do not count. */
async function benchRecords(db: Db): Promise<void> {
  const rows = await eventsAfter(db, undefined);
  const bytes = rows.reduce((sum, { record }) => sum + record.length, 0);
  const rounds = Array.from({ length: ROUNDS + 2 }, () => ({
    raw: (bytes * TIMES) / 1e6 / cpuSecondsOf(() => { for (const { record } of rows) hash('sha256', record, 'buffer'); }),
    verified: (bytes * TIMES) / 1e6 / cpuSecondsOf(() => { verifyAll(rows); }),
  })).slice(2);
  const ratios = rounds.map(({ raw, verified: ours }) => ours / raw);
  console.log(`Records of ${Math.round(bytes / rows.length)} bytes on average, a page of ${rows.length}, in memory:\n`);
  console.log('| measure | min | median | max | aim |\n|---|---|---|---|---|');
  for (const [name, values, aim] of [
    ['SHA-256 of each record, MB a second of processor', rounds.map(({ raw }) => raw), ''], ['verification, MB a second of processor', rounds.map(({ verified: ours }) => ours), ''],
  ] as const) console.log(`| ${[name, ...[Math.min(...values), median(values), Math.max(...values)].map((value) => value.toFixed(0)), aim].join(' | ')} |`);
  console.log(`| verification to SHA-256 | ${[Math.min(...ratios), median(ratios), Math.max(...ratios)].map((ratio) => ratio.toFixed(2)).join(' | ')} | at least 0.40 |\n`);
}

/** As many records a round as a real audit has: in short rounds the compiler is still at work on what checks them. */
const TIMES = 400;

function verifyAll(rows: readonly RecordedEvent[]): void {
  let before: RecordedEvent | undefined;
  for (const row of rows) {
    if (eventFaults(row, before?.stream === row.stream ? before : undefined).length > 0) throw new Error(`${row.stream}@${row.version} does not hold`);
    before = row;
  }
}

function cpuSecondsOf(work: () => void): number {
  const start = process.cpuUsage();
  for (let time = 0; time < TIMES; time += 1) work();
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1e6;
}

/** Journals of what was read, as years of use fill them: each command with one event, sealed by our own code, and stored many at a time. */
class Filled {
  private readonly db: Db;
  private readonly heads = new Map<string, { readonly version: number; readonly hash: string }>();
  private size = 0;

  constructor(db: Db) {
    this.db = db;
  }

  async growTo(size: number): Promise<void> {
    for (; this.size < size; this.size += BATCH) {
      const at = new Date().toISOString();
      await this.store(Array.from({ length: BATCH }, (_unused, n) => this.next(`access/c_b${String((this.size + n) % STREAMS).padStart(3, '0')}-1`, at)), at);
    }
  }

  private next(stream: string, at: string): { request: AppendRequest; sealed: SealedAppend } {
    const head = this.heads.get(stream);
    const version = head?.version ?? 0;
    const request: AppendRequest = {
      stream, expected: version, expectedHash: head?.hash ?? null,
      command: { id: `access/${hash('sha256', `${stream} ${version}`).slice(0, 32)}`, type: 'RecordAccess', data: {}, actor: OPERATOR, receivedAt: at, requestHash: null },
      events: [{ type: 'CaseRead', data: { case: stream.replace('access', 'adhesion'), route: 'GET /v1/adhesions/:id/events', item: `txt-${hash('sha256', String(version)).slice(0, 32)}` } }],
    };
    const sealed = seal(request, at);
    this.heads.set(stream, { version: version + 1, hash: sealed.events[0]?.hash.toString('hex') ?? '' });
    return { request, sealed };
  }

  private async store(rows: readonly { request: AppendRequest; sealed: SealedAppend }[], at: string): Promise<void> {
    const of = <T>(pick: (request: AppendRequest, sealed: SealedAppend) => T): T[] => rows.map(({ request, sealed }) => pick(request, sealed));
    await poolOf(this.db).query(`
      WITH given AS (SELECT * FROM unnest($1::text[], $2::text[], $3::jsonb[], $4::int[], $5::text[], $6::bytea[], $7::bytea[], $8::jsonb[], $9::bytea[], $10::bytea[], $11::bytea[])
        AS given (stream, command_id, actor, version, request_hash, command, digest, data, record, prev_hash, hash)
      ), commands AS (
        INSERT INTO commands (stream, command_id, type, data, actor, request_hash, received_at, recorded_at, first_version, last_version, record, digest)
        SELECT stream, command_id, 'RecordAccess', '{}', actor, request_hash, $12, $12, version, version, command, digest FROM given
      )
      INSERT INTO events (stream, version, prev_version, type, schema_version, data, actor, recorded_at, command_id, ordinal, record, prev_hash, hash)
      SELECT stream, version, version - 1, 'CaseRead', 1, data, actor, $12, command_id, 0, record, prev_hash, hash FROM given`, [
      of(({ stream }) => stream), of(({ command }) => command.id), of(({ command }) => JSON.stringify(command.actor)), of((_request, { command }) => command.firstVersion),
      of((_request, { command }) => command.requestHash), of((_request, { command }) => command.record), of((_request, { command }) => command.hash),
      of(({ events }) => JSON.stringify(events[0]?.data)), of((_request, { events }) => events[0]?.record), of((_request, { events }) => events[0]?.prevHash ?? null), of((_request, { events }) => events[0]?.hash), at,
    ]);
  }
}

async function signAll(db: Db, keysDir: string): Promise<void> {
  const keys = await openLogKeys(keysDir, 'bench/log');
  while ((await sequence(db, keys, BATCH))?.isFull === true);
}

/** The command as an auditor calls it; what it held in memory at most is read off the system while it runs (Linux). */
async function verified(databaseUrl: string, keysDir: string, home: string): Promise<{ seconds: number; peakMegabytes: number; report: AuditReport }> {
  const start = performance.now();
  const child = spawn(process.execPath, [join(PROJECT_DIR, 'cli.ts'), 'audit', 'verify', '--archived', '--json'], {
    env: childEnvironment({ DATABASE_URL: databaseUrl, ASSOCIA_KEYS: keysDir, ASSOCIA_HOME: home }), stdio: ['ignore', 'pipe', 'inherit'],
  });
  let peakMegabytes = 0;
  const look = setInterval(() => { peakMegabytes = Math.max(peakMegabytes, peakOf(child.pid ?? 0)); }, 50);
  const out = await text(child.stdout);
  clearInterval(look);
  return { seconds: (performance.now() - start) / 1_000, peakMegabytes, report: JSON.parse(out) as AuditReport };
}

function peakOf(pid: number): number {
  try {
    return Number(/^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1_000;
  } catch {
    return 0;
  }
}
