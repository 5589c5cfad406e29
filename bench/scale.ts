import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { Client } from 'pg';
import { pino } from 'pino';
import { buildApp } from '../api/app.ts';
import { openKeys } from '../api/auth/keys.ts';
import { issueToken } from '../api/auth/tokens.ts';
import { Bodies, type GivenBody } from '../api/bodies.ts';
import { loadConfig } from '../config.ts';
import { openDatabase, type Db } from '../db/client.ts';
import { append } from '../db/event-store/append.ts';
import { migrate, roleOf } from '../db/migrate.ts';
import { createProjector } from '../db/projections/project.ts';
import { openTenantKey } from '../db/tenant.ts';
import { processOf } from '../domain/processes.ts';
import { fold } from '../domain/shared/process.ts';
import { startPostgres } from '../embedded/postgres.ts';
import { connectionOptions, openClient } from '../engine/connect.ts';
import { openConverter } from '../engine/data-converter.ts';
import { Engine } from '../engine/engine.ts';
import { Runs } from '../engine/runs.ts';
import { deliberationSteps, OPERATOR } from './subjects.ts';

/** Comuni of the territory, and of the country. */
const SIZES = [133, 7_900] as const;
const ROUNDS = 80;
/** Requests of each kind a round. */
const EACH = 25;
const WRITERS = 8;
const ORIGIN = 'https://bench.example.org';

/** A server over a store with so many generated cases, each somewhere on the way of its deliberation. */
interface Site {
  readonly size: number;
  readonly ask: (url: string) => Promise<void>;
  stop(): Promise<void>;
}

/** What is asked for: the pages of a list, one with a filter, a case. */
const QUESTIONS: Readonly<Record<string, (site: Site, n: number) => string>> = {
  'list of adhesions, first page': () => '/v1/adhesions?limit=50',
  'list of adhesions, by phase': () => '/v1/adhesions?limit=50&phase=DESIGN',
  'a case': (site, n) => `/v1/adhesions/${spread(site, n * 37)}-1`,
  'what may be done in it': (site, n) => `/v1/adhesions/${spread(site, n * 41)}-1/allowed`,
};

/** 95 % of lists and details over the cases of a country to those over the cases of the territory, in interleaved rounds; prints ratios. */
export async function benchScale(): Promise<void> {
  const [small, large] = [await startSite(SIZES[0]), await startSite(SIZES[1])];
  try {
    console.log(`| answer | ${small.size} comuni: 95 %, ms | ${large.size} comuni: 95 %, ms | ratio | aim |\n|---|---|---|---|---|`);
    for (const [name, urlOf] of Object.entries(QUESTIONS)) {
      const times = new Map<Site, number[]>([[small, []], [large, []]]);
      for (let round = -2; round < ROUNDS; round += 1) {
        // Who goes first alternates.
        for (const site of round % 2 === 0 ? [small, large] : [large, small]) {
          const taken = await askedOf(site, (n) => urlOf(site, n), round);
          // The first rounds warm both up.
          if (round >= 0) times.get(site)?.push(...taken);
        }
      }
      const [less, more] = [p95(times.get(small) ?? []), p95(times.get(large) ?? [])];
      console.log(`| ${name} | ${less.toFixed(2)} | ${more.toFixed(2)} | ${(more / less).toFixed(2)} | at most 1.15 |`);
    }
  } finally {
    await small.stop();
    await large.stop();
  }
}

/** As many cases of either store are looked at, from its first to its last: who reads a case for the first time pays for its journal of readings. */
function spread({ size }: Site, n: number): string {
  const [looked] = SIZES;
  return codeOf((n % looked) * Math.floor(size / looked));
}

async function askedOf(site: Site, urlOf: (n: number) => string, round: number): Promise<readonly number[]> {
  const taken: number[] = [];
  for (let n = 0; n < EACH; n += 1) {
    const start = performance.now();
    await site.ask(urlOf((round + 2) * EACH + n));
    taken.push(performance.now() - start);
  }
  return taken;
}

function p95(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(0.95 * sorted.length)] ?? Number.NaN;
}

async function startSite(size: number): Promise<Site> {
  const folder = mkdtempSync(join(tmpdir(), 'associa-bench-'));
  // PostgreSQL's own account must reach it when this runs as root.
  chmodSync(folder, 0o755);
  const postgres = await startPostgres({ dataDir: join(folder, 'postgres'), log: () => undefined, fsync: false });
  const keysDir = join(folder, 'keys');
  await migrate(postgres.ownerUrl, roleOf(postgres.appUrl), keysDir);
  const db = openDatabase(postgres.appUrl, await openTenantKey(keysDir));
  const bodies = Array.from({ length: size }, (_unused, n): GivenBody => ({ ipaCode: codeOf(n), istatCode: String(100_000 + n), name: `Comune ${n}`, population: 32_425 }));
  await fill(db, bodies);
  // As autovacuum does within the minute: until then the planner takes the cases for few.
  await analyzed(postgres.ownerUrl);
  const keys = await openKeys(keysDir);
  // Reading asks Temporal nothing: it is not there.
  const client = openClient(connectionOptions('127.0.0.1:1', loadConfig().temporal), 'bench', await openConverter(keysDir));
  const app = await buildApp({
    db, engine: new Engine(client, { taskQueue: 'bench', deadlineMs: 1_000 }), runs: new Runs(client), keys, log: pino({ level: 'silent' }), twoPersons: false, bodies: new Bodies(bodies), ownUrl: () => ORIGIN,
  });
  const authorization = `Bearer ${await issueToken(keys, { role: 'operator', body: undefined, issuer: ORIGIN })}`;
  return {
    size,
    ask: (url) => answered(app, url, authorization),
    async stop() {
      await app.close();
      await db.destroy();
      await postgres.stop();
      for (const path of [folder, postgres.dataDir]) rmSync(path, { recursive: true, force: true });
    },
  };
}

async function analyzed(ownerUrl: string): Promise<void> {
  const owner = new Client({ connectionString: ownerUrl });
  await owner.connect();
  await owner.query('VACUUM ANALYZE');
  await owner.end();
}

async function answered(app: FastifyInstance, url: string, authorization: string): Promise<void> {
  const { statusCode, body } = await app.inject({ method: 'GET', url, headers: { authorization } });
  if (statusCode !== 200) throw new Error(`${url}: ${body}`);
}

/** `c_a000` and so on: a letter and three digits for each of 26,000. */
function codeOf(n: number): string {
  return `c_${String.fromCharCode(97 + Math.floor(n / 1_000))}${String(n % 1_000).padStart(3, '0')}`;
}

/** A case for each body, decided by the process itself and stored as a worker does. */
async function fill(db: Db, bodies: readonly GivenBody[]): Promise<void> {
  const project = createProjector(db, (stream, error) => { throw new Error(`${stream} was not projected`, { cause: error }); });
  const path = deliberationSteps();
  const left = bodies.entries();
  const write = async (): Promise<void> => {
    for (const [n, { ipaCode, istatCode, name, population }] of left) {
      const stream = `adhesion/${ipaCode}-1`;
      const member = { subject: 'bench', role: 'member', body: ipaCode } as const;
      const steps = [{ by: OPERATOR, command: { type: 'OpenAdhesion', data: { id: `${ipaCode}-1`, body: ipaCode, istatCode, name, population } } }, ...path.slice(0, n % (path.length + 1)).map(({ by, command }) => ({ by: by === 'operator' ? OPERATOR : member, command }))];
      await writeCase(db, project, stream, steps);
    }
  };
  await Promise.all(Array.from({ length: WRITERS }, write));
}

type Steps = readonly { readonly by: Parameters<typeof append>[1]['command']['actor']; readonly command: { readonly type: string; readonly data: object } }[];

async function writeCase(db: Db, project: ReturnType<typeof createProjector>, stream: string, steps: Steps): Promise<void> {
  const process = processOf(stream);
  let state = process.initial();
  let head: { version: number; hash: string | null } = { version: 0, hash: null };
  for (const { by: actor, command } of steps) {
    const now = new Date().toISOString();
    const id = `${stream} ${head.version}`;
    const decision = process.decide(state, command, { actor, now, commandId: id });
    if (decision.kind === 'refused') throw new Error(`${stream} ${command.type}: ${decision.code}`);
    const answer = await append(db, { stream, expected: head.version, expectedHash: head.hash, command: { id, ...command, actor, receivedAt: now, requestHash: null }, events: decision.events }, project);
    if (answer.outcome !== 'STORED') throw new Error(`${stream} ${command.type}: ${answer.outcome}`);
    const last = answer.events.at(-1);
    head = { version: last?.version ?? head.version, hash: last?.hash ?? head.hash };
    state = fold(process, state, answer.events);
  }
}
