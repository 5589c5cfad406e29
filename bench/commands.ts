import { fileURLToPath } from 'node:url';
import { bundleWorkflowCode } from '@temporalio/worker';
import { pino } from 'pino';
import { createActivities } from '../activities/index.ts';
import { Archiver } from '../engine/archive/archiver.ts';
import { loadConfig } from '../config.ts';
import { openDatabase } from '../db/client.ts';
import { openTenantKey } from '../db/tenant.ts';
import { hashOf } from '../engine/bundle.ts';
import { keptBundle } from '../engine/kept-bundle.ts';
import { openClient } from '../engine/connect.ts';
import { openConverter } from '../engine/data-converter.ts';
import { Engine } from '../engine/engine.ts';
import { installRuntime, startWorker } from '../engine/worker.ts';
import { measure, median, type Load, type Sample } from './measure.ts';
import { startServers } from './servers.ts';
import { bareWorkflow, storingWorkflow } from './plain-workflows.ts';
import { ownCommands, plainUpdates } from './subjects.ts';

const ROUNDS = 5;
const quietLogger = { log: () => undefined, trace: () => undefined, debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };

/** Our command against a bare Update on the same server, interleaved in one run; prints ratios. */
export async function benchCommands(): Promise<void> {
  installRuntime(() => undefined);
  const config = loadConfig();
  const servers = await startServers(config);
  const { connection, namespace } = servers;
  const db = openDatabase(servers.appUrl, await openTenantKey(servers.keysDir), { max: 30 });
  const dataConverter = await openConverter(servers.keysDir);
  const client = openClient(connection, namespace, dataConverter);
  // The bare Update is Temporal's own: without encryption.
  const plainClient = openClient(connection, namespace, {});
  const taskQueue = `bench-${process.pid}`;
  const engine = new Engine(client, { taskQueue, deadlineMs: 30_000 });
  const plain = await bundleWorkflowCode({ workflowsPath: fileURLToPath(new URL('plain-workflows.ts', import.meta.url)), logger: quietLogger });
  const activities = createActivities(db, engine, new Archiver(client, db, async () => undefined), pino({ level: 'silent' }));
  const plainQueue = `${taskQueue}-plain`;
  const workers = await Promise.all([
    startWorker({ connection, namespace, taskQueue, bundle: await keptBundle(), dataConverter, activities }),
    startWorker({ connection, namespace, taskQueue: plainQueue, bundle: { code: plain.code, hash: hashOf(plain.code) }, dataConverter: {}, activities: { nothing: async () => undefined } }),
  ]);
  try {
    const ours = ownCommands(engine, String(process.pid));
    const subjects = {
      ours,
      bare: plainUpdates(plainClient, plainQueue, ours.steps, bareWorkflow),
      floor: plainUpdates(plainClient, plainQueue, ours.steps, storingWorkflow),
    };
    const load: Load = { sequentialCases: 6, casesInFlight: 20, casesEach: 2, pids: servers.pids };
    for (const subject of Object.values(subjects)) await measure(subject, { ...load, sequentialCases: 5, casesEach: 5 });
    const rounds: Round[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      // Who goes first alternates: what one leaves behind must not always burden the other.
      const order = round % 2 === 0 ? (['bare', 'floor', 'ours'] as const) : (['ours', 'floor', 'bare'] as const);
      const samples: Partial<Record<keyof Round, Sample>> = {};
      for (const name of order) samples[name] = await measure(subjects[name], load);
      rounds.push(samples as Round);
      process.stderr.write(`round ${round + 1} of ${ROUNDS}\n`);
    }
    print(rounds, servers.description);
  } finally {
    await Promise.all(workers.map((worker) => worker.stop()));
    await Promise.all([client.connection.close(), plainClient.connection.close()]);
    await db.destroy();
    await servers.stop();
  }
}

interface Round {
  readonly ours: Sample;
  readonly bare: Sample;
  readonly floor: Sample;
}

const FIGURES: readonly (readonly [string, (sample: Sample) => number, string])[] = [
  ['p50, one after the other', ({ p50 }) => p50, 'ms'],
  ['throughput, 20 cases in flight', ({ throughput }) => throughput, 'a second'],
  ['CPU of all processes, a command', ({ cpu }) => cpu, 'ms'],
];

function print(rounds: readonly Round[], where: string): void {
  console.log(`${rounds.length} interleaved rounds on ${where}:`);
  printRatios('Our command (events and projections stored) to a bare Update', rounds, 'ours', 'bare');
  printRatios('An Update with one empty local activity to a bare Update: the floor of whatever stores', rounds, 'floor', 'bare');
  printRatios('Our command to that floor', rounds, 'ours', 'floor');
}

function printRatios(title: string, rounds: readonly Round[], one: keyof Round, other: keyof Round): void {
  console.log(`\n${title}:\n\n| ratio | min | median | max | medians |\n|---|---|---|---|---|`);
  for (const [name, pick, unit] of FIGURES) {
    const ratios = rounds.map((round) => pick(round[one]) / pick(round[other]));
    const figures = [Math.min(...ratios), median(ratios), Math.max(...ratios)].map((ratio) => ratio.toFixed(2));
    const typical = [one, other].map((subject) => median(rounds.map((round) => pick(round[subject]))).toFixed(1)).join(' / ');
    console.log(`| ${[name, ...figures, `${typical} ${unit}`].join(' | ')} |`);
  }
}
