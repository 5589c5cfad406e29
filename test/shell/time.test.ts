import { rmSync } from 'node:fs';
import { TestWorkflowEnvironment } from '@temporalio/testing';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createActivities } from '../../activities/index.ts';
import { Archiver } from '../../engine/archive/archiver.ts';
import { readAfter } from '../../db/event-store/read.ts';
import { addDays, civilDateOf } from '../../domain/shared/civil-date.ts';
import { findTestServer } from '../../embedded/temporal-binary.ts';
import { testBundle } from '../support/bundle.ts';
import { openConverter } from '../../engine/data-converter.ts';
import { Engine } from '../../engine/engine.ts';
import { ensureSilentRuntime, startWorker, type RunningWorker } from '../../engine/worker.ts';
import { temporaryFolder } from '../support/folders.ts';
import { testDatabase, type TestDatabase } from '../support/database.ts';
import { ABBIATEGRASSO, conclusion, deliberation, open, OPERATOR, stamped, type Step } from '../support/procedure.ts';

const STREAM = 'adhesion/c_a010-1';
const TASK_QUEUE = 'time';

/** A server whose clock skips what nobody waits for: the law's eleven days pass in seconds. */
const keysDir = temporaryFolder('keys');
let env: TestWorkflowEnvironment;
let database: TestDatabase;
let engine: Engine;
let worker: RunningWorker;
beforeAll(async () => {
  database = await testDatabase();
  const dataConverter = await openConverter(keysDir);
  env = await TestWorkflowEnvironment.createTimeSkipping({ client: { dataConverter }, server: { executable: { type: 'existing-path', path: await findTestServer(() => undefined) } } });
  engine = new Engine(env.client, { taskQueue: TASK_QUEUE, deadlineMs: 10_000 });
  ensureSilentRuntime();
  worker = await startWorker({
    connection: { address: env.address }, namespace: 'default', taskQueue: TASK_QUEUE, bundle: testBundle(), dataConverter,
    activities: createActivities(database.db, engine, new Archiver(env.client, database.db, async () => undefined), pino({ level: 'silent' })),
  });
});
afterAll(async () => {
  await worker.stop();
  await env.teardown();
  await database.drop();
  rmSync(keysDir, { recursive: true, force: true });
});

const now = async () => new Date(await env.currentTimeMs()).toISOString();
const types = async () => (await readAfter(database.db, STREAM, 0)).events.map((event) => event.type);

async function walk(steps: readonly Step[], from: number): Promise<number> {
  let version = from;
  for (const { by, command } of steps) {
    const answer = await engine.execute(STREAM, stamped(command, by, undefined, await now()), version);
    expect(answer, command.type).toMatchObject({ outcome: 'DONE' });
    if (answer.outcome === 'DONE') ({ version } = answer);
  }
  return version;
}

it('the whole path of a comune, with the executive day by its timer', async () => {
  const firstDay = civilDateOf(await now());
  await engine.execute(STREAM, stamped(open(ABBIATEGRASSO), OPERATOR, undefined, await now()), 0);
  const published = await walk(deliberation(firstDay), 1);
  expect((await types()).at(-1)).toBe('PublicationRecorded');

  await env.sleep('10 days');
  expect((await types()).at(-1)).toBe('PublicationRecorded');
  await env.sleep('2 days');
  await expect.poll(types).toContain('ExecutivityRipened');

  // Three days on, for acts dated after the executive day.
  await env.sleep('3 days');
  await walk(conclusion(addDays(firstDay, 11)), published + 1);
  expect((await types()).slice(-3)).toEqual(['AppointmentAccepted', 'ReferentAppointed', 'AppointmentAccepted']);
});

it('a refusal carries its code and leaves no event', async () => {
  const before = (await types()).length;
  const answer = await engine.execute(STREAM, stamped({ type: 'SendProposal', data: { template: { id: 'x', version: 1, sha256: 'ab'.repeat(32) }, sentAt: '2026-01-01T00:00:00Z' } }), before);
  expect(answer).toMatchObject({ outcome: 'REFUSED', code: expect.stringMatching(/^[A-Z_]+$/) as string });
  expect((await types()).length).toBe(before);
});
