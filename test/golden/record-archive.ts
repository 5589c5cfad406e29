import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { setTimeout as delay } from 'node:timers/promises';
import { Archive } from '../../db/archive.ts';
import { append } from '../../db/event-store/append.ts';
import { headOf } from '../../db/event-store/read.ts';
import { foldStream } from '../../db/projections/project.ts';
import { Archiver } from '../../engine/archive/archiver.ts';
import { Engine } from '../../engine/engine.ts';
import { deciding } from '../../workflows/deciding.ts';
import { FaultStack } from '../support/faults.ts';
import { ABBIATEGRASSO, deliberation, memberOf, open, OPERATOR, stamped } from '../support/procedure.ts';

const STREAM = 'adhesion/c_a010-1';

/**
 * Records a case as this version archives it: records, histories of its runs, the bundle that ran them. Done once a released
 * version: `node test/golden/record-archive.ts 2026-11-22`. What was recorded is never edited.
 */
async function main(name: string): Promise<void> {
  const folder = fileURLToPath(new URL(`archive/${name}/`, import.meta.url));
  const stack = await FaultStack.start();
  const worker = await stack.startWorker();
  try {
    const engine = new Engine(stack.client, { taskQueue: 'associa', deadlineMs: 10_000, continueAfter: 5 });
    let seen = 0;
    for (const { by, command } of [{ by: OPERATOR, command: open(ABBIATEGRASSO) }, ...deliberation('2026-06-25')]) {
      const answer = await engine.execute(STREAM, stamped(command, by), seen);
      if (answer.outcome !== 'DONE') throw new Error(`${command.type}: ${JSON.stringify(answer)}`);
      seen = answer.version;
    }
    await leaveUnheard(stack, { type: 'AcceptAppointment', data: { appointmentId: 'ref-1', acceptedAt: '2026-11-22T09:00:00+01:00' } });
    await engine.catchUp(STREAM);
    await engine.submitFact(STREAM, stamped({ type: 'AcceptResolution', data: {} }, OPERATOR, 'refused-fact'), seen + 1);
    while (await engine.version(STREAM) !== seen + 2) await delay(100);
    await delay(1_000);
    await new Archiver(stack.client, stack.db, async () => undefined, 0).sweep();
    await write(stack, folder);
  } finally {
    await worker.stop();
    await stack.stop();
  }
}

/** As a worker leaves it that dies after the append: the store has it, and no history. */
async function leaveUnheard(stack: FaultStack, body: { type: string; data: object }): Promise<void> {
  const command = stamped(body, memberOf('c_a010'), 'unheard');
  const [{ state }, head] = [await foldStream(stack.db, STREAM), await headOf(stack.db, STREAM)];
  const { events } = deciding.decide(STREAM, state, command);
  await append(stack.db, { stream: STREAM, expected: head.version, expectedHash: head.hash, events, command }, () => Promise.resolve(null));
}

async function write({ db }: FaultStack, folder: string): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const archive = new Archive(db);
  const lines = async (table: 'events' | 'commands'): Promise<string> => {
    const rows = await db.selectFrom(table).select('record').where('stream', '=', STREAM).orderBy(table === 'events' ? 'version' : 'command_id').execute();
    return rows.map(({ record }) => `${record.toString('utf8')}\n`).join('');
  };
  for (const table of ['events', 'commands'] as const) writeFileSync(`${folder}${table}.ndjson`, await lines(table));
  const runs = await archive.runsOf(STREAM);
  for (const run of runs) writeFileSync(`${folder}${run.startedAt.replaceAll(/\D/g, '')}.${run.hash}.pb.gz`, gzipSync(await archive.bytesOf(run), { level: 9 }));
  for (const hash of new Set(runs.flatMap(({ bundles }) => bundles))) writeFileSync(`${folder}${hash}.js.gz`, gzipSync((await archive.bundle(hash))?.code ?? '', { level: 9 }));
  console.log(`${runs.length} runs recorded`);
}

const name = process.argv[2];
if (name === undefined) throw new Error('Say when, or which version, records: node test/golden/record-archive.ts 2026-11-22');
await main(name);
