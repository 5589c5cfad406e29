import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from '@temporalio/worker';
import { pino } from 'pino';
import { createActivities } from '../activities/index.ts';
import { VerdictCache } from '../audit/deep-replay/cache.ts';
import { replayCases } from '../audit/deep-replay/report.ts';
import { childEnvironment, COMPILE_CACHE, loadConfig, PROJECT_DIR } from '../config.ts';
import { Archive } from '../db/archive.ts';
import { openDatabase, type Db } from '../db/client.ts';
import { processStreams } from '../db/queries/streams.ts';
import { openTenantKey } from '../db/tenant.ts';
import { Archiver } from '../engine/archive/archiver.ts';
import { readHistory } from '../engine/archive/encoding.ts';
import { openClient } from '../engine/connect.ts';
import { openConverter } from '../engine/data-converter.ts';
import { Engine } from '../engine/engine.ts';
import { keptBundle } from '../engine/kept-bundle.ts';
import { installRuntime, startWorker } from '../engine/worker.ts';
import { median } from './measure.ts';
import { startServers, type BenchServers } from './servers.ts';
import { ownCommands } from './subjects.ts';

const CASES = 500;
const IN_FLIGHT = 20;
const ROUNDS = 3;

/** Seconds of each way through the same histories. */
type Round = Readonly<Record<'bare' | 'one' | 'cores' | 'known' | 'gate', number>>;

/** Deep replay of real cases against Temporal's own replay of the same histories, interleaved in one run; prints ratios. */
export async function benchReplay(): Promise<void> {
  // It would end with the worker that opens the cases.
  installRuntime(() => undefined);
  const servers = await startServers(loadConfig());
  const db = openDatabase(servers.appUrl, await openTenantKey(servers.keysDir), { max: 30 });
  const folder = mkdtempSync(join(tmpdir(), 'associa-bench-'));
  try {
    await openCases(servers, db);
    const streams = await processStreams(db);
    const today = await keptBundle();
    const archive = new Archive(db);
    const runs = await Promise.all((await archive.newest()).map(async (run) => ({ workflowId: run.workflowId, history: readHistory(await archive.bytesOf(run)) })));
    const deep = async (cache: VerdictCache | null) => {
      const { ok, checked } = await replayCases({ db, archive, live: null, today, candidate: null, cache }, streams);
      if (!ok || checked['cases'] !== CASES) throw new Error(`The deep replay does not hold: ${JSON.stringify(checked)}`);
    };
    const cache = new VerdictCache(join(folder, 'verdicts'));
    await deep(cache);
    const gate = () => byCommand(servers, folder, 'rehearse', '--gate');
    const ways: Readonly<Record<keyof Round, () => Promise<void>>> = {
      bare: async () => { for await (const { error } of Worker.runReplayHistories({ workflowBundle: { code: today.code } }, runs)) if (error !== undefined) throw error; },
      one: () => deep(null),
      cores: () => byCommand(servers, folder, 'replay', '--all', '--archived', '--anew'),
      gate,
      known: () => deep(cache),
    };
    const firstGate = await secondsOf(gate);
    const rounds: Round[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      // Who goes first alternates: what one leaves behind must not always burden the other.
      const order = (['bare', 'one', 'cores', 'known', 'gate'] as const).toSorted(() => (round % 2 === 0 ? 0 : -1));
      const seconds: Partial<Record<keyof Round, number>> = {};
      for (const way of order) seconds[way] = await secondsOf(ways[way]);
      rounds.push(seconds as Round);
      process.stderr.write(`round ${round + 1} of ${ROUNDS}\n`);
    }
    print(rounds, runs.length);
    console.log(`\nThe gate of npm start, ${CASES} runs under way that this bundle never saw: ${firstGate.toFixed(1)} s; all of them known: ${median(rounds.map((round) => round.gate)).toFixed(1)} s.`);
  } finally {
    await db.destroy();
    await servers.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Brings each case from its opening to its publication, and archives what its run is then. */
async function openCases({ connection, namespace, keysDir }: BenchServers, db: Db): Promise<void> {
  const dataConverter = await openConverter(keysDir);
  const client = openClient(connection, namespace, dataConverter);
  const engine = new Engine(client, { taskQueue: 'bench', deadlineMs: 30_000 });
  const archiver = new Archiver(client, db, async () => undefined, 0);
  const worker = await startWorker({ connection, namespace, taskQueue: 'bench', bundle: await keptBundle(), dataConverter, activities: createActivities(db, engine, archiver, pino({ level: 'silent' })) });
  const subject = ownCommands(engine, '');
  let left = CASES;
  const oneAfterTheOther = async (): Promise<void> => {
    while (left > 0) {
      left -= 1;
      const stream = await subject.open();
      for (let step = 0; step < subject.steps; step += 1) await subject.send(stream, step);
    }
  };
  await Promise.all(Array.from({ length: IN_FLIGHT }, oneAfterTheOther));
  // Lists of Temporal are told of a run a moment later.
  for (let archived = 0; archived < CASES;) archived += (await archiver.sweep()).archived;
  await worker.stop();
  await client.connection.close();
}

/** As an auditor does it, with the start of the processes; what is known is kept in the folder. */
async function byCommand({ appUrl, keysDir, connection, namespace }: BenchServers, folder: string, ...command: string[]): Promise<void> {
  const env = childEnvironment({ DATABASE_URL: appUrl, ASSOCIA_KEYS: keysDir, ASSOCIA_HOME: folder, XDG_CACHE_HOME: folder, TEMPORAL_ADDRESS: connection.address, TEMPORAL_NAMESPACE: namespace, ...COMPILE_CACHE });
  const child = spawn(process.execPath, [join(PROJECT_DIR, 'cli.ts'), 'audit', ...command], { env, stdio: ['ignore', 'ignore', 'inherit'] });
  const [code] = await once(child, 'exit') as [number];
  if (code !== 0) throw new Error(`associa audit ${command.join(' ')} ended with ${code}`);
}

async function secondsOf(way: () => Promise<void>): Promise<number> {
  const start = performance.now();
  await way();
  return (performance.now() - start) / 1_000;
}

const RATIOS: readonly (readonly [string, keyof Round, keyof Round, string])[] = [
  ['deep replay by `npx associa audit replay --all --archived`, all cores, to bare', 'cores', 'bare', 'at most 1'],
  ['deep replay in one process to bare', 'one', 'bare', ''],
  ['deep replay in one process to the same again, known to hold', 'one', 'known', 'at least 50'],
];

function print(rounds: readonly Round[], histories: number): void {
  console.log(`${histories} histories of cases up to their publication, ${rounds.length} interleaved rounds; bare is Worker.runReplayHistories in one process, the histories in memory:\n`);
  console.log('| ratio of times | min | median | max | medians | aim |\n|---|---|---|---|---|---|');
  for (const [name, one, other, aim] of RATIOS) {
    const ratios = rounds.map((round) => round[one] / round[other]);
    const figures = [Math.min(...ratios), median(ratios), Math.max(...ratios)].map((ratio) => ratio.toFixed(2));
    const typical = [one, other].map((way) => median(rounds.map((round) => round[way])).toFixed(2)).join(' / ');
    console.log(`| ${[name, ...figures, `${typical} s`, aim].join(' | ')} |`);
  }
}
