import { afterAll, beforeAll, expect, it } from 'vitest';
import { findCommand, headOf, readAfter } from '../../db/event-store/read.ts';
import type { StampedCommand } from '../../domain/shared/store.ts';
import { expectWhole } from '../support/invariants.ts';
import { ABBIATEGRASSO, memberOf, open, OPERATOR, stamped } from '../support/procedure.ts';
import { startStack, type Stack } from '../support/stack.ts';

const STREAM = 'adhesion/c_a010-1';
const CLIENTS = 6;
const EACH = 25;

/** The low number makes a case cross many runs, which in life takes years. */
let stack: Stack;
beforeAll(async () => {
  stack = await startStack({ continueAfter: 10 });
  await stack.engine.execute(STREAM, stamped(open(ABBIATEGRASSO), OPERATOR, 'opening'), 0);
});
afterAll(async () => { await stack.stop(); });

const runs = async () => {
  const ids: string[] = [];
  for await (const run of stack.client.workflow.list({ query: `WorkflowId = '${STREAM}'` })) ids.push(run.runId);
  return ids;
};

const appointment = (client: number, n: number) => stamped({
  type: 'AppointReferent', data: { role: 'SERVICE_REFERENT', service: `SERVICE_${client}_${n}`, subject: `person-${client}`, actNo: `${n}`, actOn: '2026-10-01' },
}, memberOf('c_a010'), `client-${client}.${n}`);

/** As the edge sees it: where an answer was lost with its run, the same command is refused by what it has done, and what the store knows has happened. */
async function isDone(command: StampedCommand): Promise<boolean> {
  const { outcome } = await stack.engine.execute(STREAM, command, 1);
  return outcome === 'DONE' || (outcome === 'REFUSED' && await findCommand(stack.db, STREAM, command.id) !== undefined);
}

it('a case continues as new under continuous commands from six clients, and none is lost or doubled', async () => {
  await Promise.all(Array.from({ length: CLIENTS }, async (_unused, client) => {
    for (let n = 0; n < EACH; n += 1) {
      expect(await isDone(appointment(client, n)), `${client}.${n}`).toBe(true);
    }
  }));
  expect((await headOf(stack.db, STREAM)).version).toBe(1 + CLIENTS * EACH);
  await expect.poll(async () => (await runs()).length, { timeout: 10_000 }).toBeGreaterThan(10);
  const acknowledged = Array.from({ length: CLIENTS * EACH }, (_unused, index) => ({ stream: STREAM, commandId: `client-${index % CLIENTS}.${Math.floor(index / CLIENTS)}` }));
  await expectWhole(stack, acknowledged);
});

it('facts sent meanwhile are not lost either', async () => {
  const before = (await headOf(stack.db, STREAM)).version;
  await Promise.all(Array.from({ length: 40 }, (_unused, n) => stack.engine.submitFact(STREAM, appointment(90 + (n % 4), n), before)));
  await expect.poll(async () => (await headOf(stack.db, STREAM)).version, { timeout: 20_000 }).toBe(before + 40);
});

it('a command of an earlier run, sent again, is recognised by the handler', async () => {
  // Seen more than the run has: the validator leaves the word to the handler, which asks the store.
  const before = (await headOf(stack.db, STREAM)).version;
  expect(await stack.engine.execute(STREAM, appointment(0, 0), before + 1)).toMatchObject({ outcome: 'DONE' });
  expect(await stack.engine.execute(STREAM, stamped(open(ABBIATEGRASSO), OPERATOR, 'opening'), before + 1)).toMatchObject({ outcome: 'DONE' });
  expect((await headOf(stack.db, STREAM)).version).toBe(before);
});

it('a run terminated by hand is started again on its stream by the next command', async () => {
  const before = (await headOf(stack.db, STREAM)).version;
  await stack.client.workflow.getHandle(STREAM).terminate('by hand');
  expect(await stack.engine.execute(STREAM, appointment(7, 0), before)).toEqual({ outcome: 'DONE', version: before + 1 });
  expect(await findCommand(stack.db, STREAM, 'client-7.0')).toMatchObject({ events: [{ version: before + 1 }] });
});

it('a stream of more than a page is loaded whole', async () => {
  const { events, more } = await readAfter(stack.db, STREAM, 0);
  expect(events).toHaveLength(100);
  expect(more).toBe(true);
  expect(await stack.engine.version(STREAM)).toBe((await headOf(stack.db, STREAM)).version);
});
