import { writeFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import { Engine } from '../../engine/engine.ts';
import { FaultStack } from '../support/faults.ts';
import { ABBIATEGRASSO, conclusion, deliberation, open, OPERATOR, stamped } from '../support/procedure.ts';

const STREAM = 'adhesion/c_a010-1';
const FOLDER = new URL('histories/', import.meta.url);

/**
 * Records the histories of a whole path as this version runs it, over several runs, for the folder beside. Done once
 * a released version: `node test/golden/record-histories.ts 0.1.0`. A recorded history is never edited.
 */
async function main(version: string): Promise<void> {
  const stack = await FaultStack.start();
  const worker = await stack.startWorker();
  try {
    const engine = new Engine(stack.client, { taskQueue: 'associa', deadlineMs: 10_000, continueAfter: 8 });
    let seen = 0;
    for (const { by, command } of [{ by: OPERATOR, command: open(ABBIATEGRASSO) }, ...deliberation('2026-06-25'), ...conclusion('2026-07-06')]) {
      const answer = await engine.execute(STREAM, stamped(command, by), seen);
      if (answer.outcome !== 'DONE') throw new Error(`${command.type}: ${JSON.stringify(answer)}`);
      seen = answer.version;
    }
    // A history that ends in the middle of a task would go on beyond its end when it is replayed.
    await engine.submitFact(STREAM, stamped({ type: 'AcceptResolution', data: {} }, OPERATOR, 'refused-fact'), seen);
    while (await engine.version(STREAM) !== seen + 1) await delay(100);
    await delay(1_000);
    let runs = 0;
    for await (const { runId } of stack.client.workflow.list({ query: `WorkflowId = '${STREAM}'` })) {
      const history = await stack.client.workflow.getHandle(STREAM, runId).fetchHistory();
      writeFileSync(fileURLToPath(new URL(`adhesion.${version}.${runs}.json`, FOLDER)), historyToJSON(history));
      runs += 1;
    }
    console.log(`${runs} runs recorded`);
  } finally {
    await worker.stop();
    await stack.stop();
  }
}

const version = process.argv[2];
if (version === undefined) throw new Error('Say which version records: node test/golden/record-histories.ts 0.1.0');
await main(version);
