import { fileURLToPath } from 'node:url';
import { bundleWorkflowCode } from '@temporalio/worker';
import { pino } from 'pino';
import { createActivities } from '../activities/index.ts';
import { loadConfig } from '../config.ts';
import { openDatabase } from '../db/client.ts';
import { buildBundle } from '../engine/bundle.ts';
import { openClient } from '../engine/connect.ts';
import { Engine } from '../engine/engine.ts';
import { installRuntime, startWorker } from '../engine/worker.ts';
import { measure, median, type Load, type Sample } from './measure.ts';
import { startServers } from './servers.ts';
import { bareUpdates, ownCommands } from './subjects.ts';

const ROUNDS = 5;
const quietLogger = { log: () => undefined, trace: () => undefined, debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };

/** `npm run bench`: our command against a bare Update on the same server, interleaved in one run; prints ratios. */
async function main(): Promise<void> {
  installRuntime(() => undefined);
  const config = loadConfig();
  const servers = await startServers(config);
  const { connection, namespace } = servers;
  const db = openDatabase(servers.appUrl, { max: 30 });
  const client = openClient(connection, namespace);
  const taskQueue = `bench-${process.pid}`;
  const engine = new Engine(client, { taskQueue, deadlineMs: 30_000 });
  const bare = await bundleWorkflowCode({ workflowsPath: fileURLToPath(new URL('bare-workflow.ts', import.meta.url)), logger: quietLogger });
  const activities = createActivities(db, engine, pino({ level: 'silent' }));
  const workers = await Promise.all([
    startWorker({ connection, namespace, taskQueue, bundle: await buildBundle(), activities }),
    startWorker({ connection, namespace, taskQueue: `${taskQueue}-bare`, bundle: { code: bare.code, hash: '' }, activities }),
  ]);
  try {
    const ours = ownCommands(engine, String(process.pid));
    const bareUpdate = bareUpdates(client, `${taskQueue}-bare`, ours.steps);
    const load: Load = { sequentialCases: 6, casesInFlight: 20, casesEach: 2, pids: servers.pids };
    const warmUp: Load = { ...load, sequentialCases: 5, casesEach: 5 };
    await measure(bareUpdate, warmUp);
    await measure(ours, warmUp);
    const rounds: { bare: Sample; ours: Sample }[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      // Who goes first alternates: what one leaves behind must not always burden the other.
      if (round % 2 === 0) rounds.push({ bare: await measure(bareUpdate, load), ours: await measure(ours, load) });
      else {
        const sample = await measure(ours, load);
        rounds.push({ ours: sample, bare: await measure(bareUpdate, load) });
      }
      process.stderr.write(`round ${round + 1} of ${ROUNDS}\n`);
    }
    print(rounds, servers.description);
  } finally {
    await Promise.all(workers.map((worker) => worker.stop()));
    await client.connection.close();
    await db.destroy();
    await servers.stop();
  }
}

function print(rounds: readonly { bare: Sample; ours: Sample }[], where: string): void {
  const row = (name: string, pick: (sample: Sample) => number, unit: string): string => {
    const ratios = rounds.map(({ bare, ours }) => pick(ours) / pick(bare));
    const figures = [Math.min(...ratios), median(ratios), Math.max(...ratios)].map((ratio) => ratio.toFixed(2));
    const typical = `${median(rounds.map(({ ours }) => pick(ours))).toFixed(1)} / ${median(rounds.map(({ bare }) => pick(bare))).toFixed(1)} ${unit}`;
    return `| ${[name, ...figures, typical].join(' | ')} |`;
  };
  console.log(`Our command (events and projection stored) to a bare Update, ${rounds.length} interleaved rounds on ${where}:\n`);
  console.log('| ratio | min | median | max | medians, ours / bare |\n|---|---|---|---|---|');
  console.log(row('p50, one after the other', (sample) => sample.p50, 'ms'));
  console.log(row('throughput, 20 cases in flight', (sample) => sample.throughput, 'a second'));
  console.log(row('CPU of all processes, a command', (sample) => sample.cpu, 'ms'));
}

await main();
