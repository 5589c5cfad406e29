import { fileURLToPath } from 'node:url';
import { Client, WorkflowUpdateFailedError } from '@temporalio/client';
import { ApplicationFailure, type PayloadCodec } from '@temporalio/common';
import { bundleWorkflowCode } from '@temporalio/worker';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { createActivities } from '../../activities/index.ts';
import { Archiver } from '../../engine/archive/archiver.ts';
import { headOf, readAfter } from '../../db/event-store/read.ts';
import { processOf } from '../../domain/processes.ts';
import { testBundle } from '../support/bundle.ts';
import { Engine } from '../../engine/engine.ts';
import { startWorker, type RunningWorker } from '../../engine/worker.ts';
import { executeUpdate, factSignal, MESSAGE_FORGED, type CaseInput, type CommandMessage } from '../../workflows/messages.ts';
import { ABBIATEGRASSO, deliberation, open, OPERATOR, stamped } from '../support/procedure.ts';
import { rehearsedOpen } from '../support/rehearsed.ts';
import { startStack, type Stack } from '../support/stack.ts';

/** Who reaches Temporal's port, guesses a workflow id and has no key of ours. */
let stack: Stack;
beforeAll(async () => { stack = await startStack(); });
afterAll(async () => { await stack.stop(); });

const stranger = () => new Client({ connection: stack.client.connection, namespace: stack.namespace });
const comune = (body: string) => ({ ...ABBIATEGRASSO, body });
const streamOf = (body: string) => `adhesion/${body}-1`;

/** The same, but able to read what is answered: the refusal is encrypted too. */
const listener = () => {
  const { payloadCodecs: [codec], ...converters } = stack.dataConverter;
  const deaf: PayloadCodec = { encode: async (payloads) => payloads, decode: (payloads, context) => codec.decode(payloads, context) };
  return new Client({ connection: stack.client.connection, namespace: stack.namespace, dataConverter: { ...converters, payloadCodecs: [deaf] } });
};

async function opened(body: string): Promise<string> {
  expect(await stack.engine.execute(streamOf(body), stamped(open(comune(body))), 0)).toEqual({ outcome: 'DONE', version: 1 });
  return streamOf(body);
}

const proposal = (body: string) => deliberation('2026-06-25', comune(body))[0]?.command ?? { type: '', data: {} };
/** Word for word what our own server would send for an operator, but for the keys. */
const forged = (body: string, id: string): CommandMessage => ({ command: stamped(proposal(body), OPERATOR, id), seenVersion: 1 });

const alarms = async (stream: string) => (await stack.db.selectFrom('alarms').select('code').where('stream', '=', stream).execute()).map(({ code }) => code);
const commands = async (stream: string) => (await stack.db.selectFrom('commands').select('command_id').where('stream', '=', stream).execute()).map(({ command_id }) => command_id);
const isReplayed = async (workflowId: string) => rehearsedOpen(stack.client, testBundle(), workflowId);

describe('without our keys', () => {
  it('an Update in the name of an operator is refused, and nothing is written', async () => {
    const stream = await opened('c_a001');
    const sent = listener().workflow.getHandle(stream).executeUpdate(executeUpdate, { args: [forged('c_a001', 'forged')] });
    const error = await sent.catch((cause: unknown) => cause);
    expect(error).toBeInstanceOf(WorkflowUpdateFailedError);
    expect((error as WorkflowUpdateFailedError).cause).toMatchObject({ type: MESSAGE_FORGED });
    expect([(await headOf(stack.db, stream)).version, await commands(stream)]).toEqual([1, [expect.not.stringMatching('forged')]]);
    // The same words of ours are heard.
    expect(await stack.engine.execute(stream, stamped(proposal('c_a001')), 1)).toEqual({ outcome: 'DONE', version: 2 });
  });

  it.each<[string, string, unknown[]]>([
    ['a command of an operator', 'c_b001', [forged('c_b001', 'forged')]], ['nothing', 'c_b002', []], ['null', 'c_b003', [null]], ['a text', 'c_b004', ['x']],
    ['an empty object', 'c_b005', [{}]], ['a list', 'c_b006', [[]]],
  ])('a Signal with %s raises an alarm and does nothing; the case goes on, and replays', async (_name, body, args) => {
    const stream = await opened(body);
    await stranger().workflow.getHandle(stream).signal<unknown[]>(factSignal.name, ...args);
    await expect.poll(() => alarms(stream), { timeout: 15_000 }).toEqual([MESSAGE_FORGED]);
    expect((await headOf(stack.db, stream)).version).toBe(1);
    expect(await stack.engine.execute(stream, stamped(proposal(body)), 1)).toEqual({ outcome: 'DONE', version: 2 });
    expect(await isReplayed(stream)).toMatchObject({ checked: { runs: 1 }, groups: [] });
  });

  it('a run begun on a guessed id, with a state of his own making, is a run on the store like any other', async () => {
    const stream = streamOf('c_a003');
    const process = processOf(stream);
    const closed = { ...process.initial(), id: 'c_a003-1', body: 'c_a003' };
    const input: CaseInput = { stream: 'adhesion/c_a001-1', continueAfter: 0, snapshot: { version: 0, headHash: null, stateSchema: process.stateSchema, state: closed } };
    await stranger().workflow.signalWithStart('adhesionWorkflow', { workflowId: stream, taskQueue: stack.taskQueue, args: [input], signal: factSignal, signalArgs: [forged('c_a003', 'forged')] });
    await expect.poll(() => alarms(stream), { timeout: 15_000 }).toEqual([MESSAGE_FORGED]);
    expect(await headOf(stack.db, stream)).toMatchObject({ version: 0 });
    await opened('c_a003');
    expect((await readAfter(stack.db, stream, 0)).events.map(({ type }) => type)).toEqual(['AdhesionOpened']);
    expect(await isReplayed(stream)).toMatchObject({ checked: { runs: 1 }, groups: [] });
  });

  it('a worker of his own that says "done" is not believed: the outcome is unknown, and the store has the word', async () => {
    const stream = streamOf('c_a004');
    const { code } = await bundleWorkflowCode({ workflowsPath: fileURLToPath(new URL('../support/strange-workflows.ts', import.meta.url)) });
    // He cannot read what he is asked.
    const blind: PayloadCodec = { encode: async (payloads) => payloads, decode: async (payloads) => payloads.map(() => ({ metadata: { encoding: Buffer.from('json/plain') }, data: Buffer.from('{}') })) };
    const strange = await startWorker({
      connection: { address: inject('temporalAddress') }, namespace: stack.namespace, taskQueue: 'strange', bundle: { code, hash: '' }, dataConverter: { payloadCodecs: [blind] }, activities: {},
    });
    try {
      await stranger().workflow.start('adhesionWorkflow', { workflowId: stream, taskQueue: 'strange' });
      expect(await stack.engine.execute(stream, stamped(open(comune('c_a004'))), 0)).toEqual({ outcome: 'UNKNOWN' });
      expect(await headOf(stack.db, stream)).toMatchObject({ version: 0 });
      await stranger().workflow.getHandle(stream).terminate();
    } finally {
      await strange.stop();
    }
    await opened('c_a004');
  });

  it('an Update and a Signal that were read off the wire do nothing a second time, and nothing in another case', async () => {
    const stream = await opened('c_a005');
    const other = await opened('c_a006');
    expect(await stack.engine.execute(stream, stamped(proposal('c_a005'), OPERATOR, 'genuine'), 1)).toEqual({ outcome: 'DONE', version: 2 });
    const { events } = await stranger().workflow.getHandle(stream).fetchHistory();
    const read = events?.findLast((event) => event.workflowExecutionUpdateAcceptedEventAttributes !== null && event.workflowExecutionUpdateAcceptedEventAttributes !== undefined);
    const payloads = read?.workflowExecutionUpdateAcceptedEventAttributes?.acceptedRequest?.input?.args?.payloads ?? [];
    expect(payloads).toHaveLength(1);
    const send = (workflowId: string) => stack.client.workflowService.signalWorkflowExecution({
      namespace: stack.namespace, workflowExecution: { workflowId }, signalName: factSignal.name, input: { payloads },
    });
    await send(stream);
    expect(await stack.engine.execute(stream, stamped(deliberation('2026-06-25', comune('c_a005'))[1]?.command ?? proposal('c_a005')), 2)).toEqual({ outcome: 'DONE', version: 3 });
    expect((await commands(stream)).filter((id) => id === 'genuine')).toEqual(['genuine']);
    await send(other);
    await expect.poll(() => stack.engine.version(other), { timeout: 10_000, interval: 500 }).toBeUndefined();
    expect((await headOf(stack.db, other)).version).toBe(1);
    await stack.client.workflow.getHandle(other).terminate();
  });
});

it('a run from before the encryption goes on by what it is sent, until it continues as new', async () => {
  const taskQueue = 'before';
  const bundle = testBundle();
  const worker = (dataConverter: object): Promise<RunningWorker> => startWorker({
    connection: { address: inject('temporalAddress') }, namespace: stack.namespace, taskQueue, bundle, dataConverter,
    activities: createActivities(stack.db, stack.engine, new Archiver(stack.client, stack.db, async () => undefined), pino({ level: 'silent' })),
  });
  const stream = streamOf('c_a007');
  const before = new Engine(stranger(), { taskQueue, deadlineMs: 10_000, continueAfter: 3 });
  const old = await worker({});
  expect(await before.execute(stream, stamped(open(comune('c_a007'))), 0)).toEqual({ outcome: 'DONE', version: 1 });
  await old.stop();
  const today = await worker(stack.dataConverter);
  try {
    const steps = deliberation('2026-06-25', comune('c_a007')).map(({ by, command }) => stamped(command, by));
    const [first, second, third] = steps;
    if (first === undefined || second === undefined || third === undefined) throw new RangeError('no steps');
    // Left by a server that was not yet stopped.
    await before.submitFact(stream, first, 1);
    await expect.poll(async () => (await headOf(stack.db, stream)).version, { timeout: 15_000 }).toBe(2);
    expect(await stack.engine.execute(stream, second, 2)).toEqual({ outcome: 'DONE', version: 3 });
    // The third command of the run: the next one meets its successor.
    await expect.poll(async () => {
      const { raw } = await stack.client.workflow.getHandle(stream).describe();
      return raw.workflowExecutionInfo?.firstRunId !== raw.workflowExecutionInfo?.execution?.runId;
    }, { timeout: 15_000 }).toBe(true);
    const refused = listener().workflow.getHandle(stream).executeUpdate(executeUpdate, { args: [{ command: third, seenVersion: 3 }] });
    await expect(refused).rejects.toMatchObject({ cause: { type: MESSAGE_FORGED } });
    await expect(refused).rejects.toMatchObject({ cause: expect.any(ApplicationFailure) });
    expect(await isReplayed(stream)).toMatchObject({ checked: { runs: 1 }, groups: [] });
  } finally {
    await today.stop();
  }
});
