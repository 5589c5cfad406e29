import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { append } from '../../db/event-store/append.ts';
import { findCommand, headOf, readAfter } from '../../db/event-store/read.ts';
import { createProjector, foldStream } from '../../db/projections/project.ts';
import { processOf } from '../../domain/processes.ts';
import { ABBIATEGRASSO, deliberation, memberOf, open, OPERATOR, stamped, type Comune } from '../support/procedure.ts';
import { startStack, type Stack } from '../support/stack.ts';

let stack: Stack;
beforeAll(async () => { stack = await startStack(); });
afterAll(async () => { await stack.stop(); });

/** A comune of its own for each test, so that each has its own stream. */
let count = 0;
function comune(): Comune & { stream: string } {
  count += 1;
  const body = `c_t${String(count).padStart(3, '0')}`;
  return { ...ABBIATEGRASSO, body, stream: `adhesion/${body}-1` };
}

const eventTypes = async (stream: string) => (await readAfter(stack.db, stream, 0)).events.map((event) => event.type);

describe('a command', () => {
  it('opens the case, is stored with its event and answers the version', async () => {
    const own = comune();
    expect(await stack.engine.execute(own.stream, stamped(open(own)), 0)).toEqual({ outcome: 'DONE', version: 1 });
    expect(await eventTypes(own.stream)).toEqual(['AdhesionOpened']);
    expect(await stack.engine.version(own.stream)).toBe(1);
  });

  it('refused is a coded answer and leaves nothing', async () => {
    const own = comune();
    await stack.engine.execute(own.stream, stamped(open(own)), 0);
    const answer = await stack.engine.execute(own.stream, stamped({ type: 'AcceptResolution', data: {} }), 1);
    expect(answer).toMatchObject({ outcome: 'REFUSED', code: 'OUT_OF_TURN' });
    expect((await headOf(stack.db, own.stream)).version).toBe(1);
  });

  it('refused on a case that is not there leaves no case and no run behind', async () => {
    const own = comune();
    expect(await stack.engine.execute(own.stream, stamped({ type: 'AcceptResolution', data: {} }), 0)).toMatchObject({ outcome: 'REFUSED' });
    expect((await headOf(stack.db, own.stream)).version).toBe(0);
    await expect.poll(() => stack.engine.isRunning(own.stream)).toBe(false);
  });

  it('sent three times at once is done once; who is refused finds it stored', async () => {
    const own = comune();
    const command = stamped(open(own), OPERATOR, 'the-id');
    const answers = await Promise.all([1, 2, 3].map(() => stack.engine.execute(own.stream, command, 0)));
    expect(answers).toContainEqual({ outcome: 'DONE', version: 1 });
    expect(await findCommand(stack.db, own.stream, 'the-id')).toMatchObject({ events: [{ version: 1 }] });
    expect((await headOf(stack.db, own.stream)).version).toBe(1);
  });

  it('already stored is answered from the store by a case that would refuse it now', async () => {
    const own = comune();
    const command = stamped(open(own), OPERATOR, 'the-id');
    await stack.engine.execute(own.stream, command, 0);
    // The sender has seen more than the run: its validator leaves the word to the handler, which asks the store.
    expect(await stack.engine.execute(own.stream, command, 99)).toEqual({ outcome: 'DONE', version: 1 });
  });

  it('with a known id and another content is a mismatch', async () => {
    const own = comune();
    const [send] = deliberation('2026-06-25');
    await stack.engine.execute(own.stream, stamped(open(own), OPERATOR, 'the-id'), 0);
    if (send === undefined) throw new Error('no step');
    expect(await stack.engine.execute(own.stream, stamped(send.command, OPERATOR, 'the-id'), 1)).toMatchObject({ outcome: 'REFUSED', code: 'IDEMPOTENCY_MISMATCH' });
    expect((await headOf(stack.db, own.stream)).version).toBe(1);
  });

  it('of a past procedure finds the executive day passed: the overdue timer is drained before the answer', async () => {
    const own = comune();
    await stack.engine.execute(own.stream, stamped(open(own)), 0);
    let version = 1;
    for (const { by, command } of deliberation('2026-06-25', own)) {
      const answer = await stack.engine.execute(own.stream, stamped(command, by), version);
      if (answer.outcome !== 'DONE') throw new Error(JSON.stringify(answer));
      version = answer.version;
    }
    expect((await eventTypes(own.stream)).slice(-2)).toEqual(['PublicationRecorded', 'ExecutivityRipened']);
    expect(version).toBe((await headOf(stack.db, own.stream)).version);
  });
});

describe('a command that insists on a version', () => {
  it('is decided on that version only: of six at once one passes', async () => {
    const own = comune();
    await stack.engine.execute(own.stream, stamped(open(own)), 0);
    const appointments = Array.from({ length: 6 }, (_unused, n) => stamped({
      type: 'AppointReferent', data: { role: 'SERVICE_REFERENT', service: `SERVICE_${n}`, subject: 'person', actNo: '1', actOn: '2026-10-01' },
    }, memberOf(own.body)));
    const answers = await Promise.all(appointments.map((command) => stack.engine.execute(own.stream, command, 1, [1])));
    expect(answers.filter((answer) => answer.outcome === 'DONE')).toEqual([{ outcome: 'DONE', version: 2 }]);
    expect(answers.filter((answer) => answer.outcome === 'REFUSED' && answer.code === 'VERSION_CONFLICT')).toHaveLength(5);
    expect((await headOf(stack.db, own.stream)).version).toBe(2);
  });
});

describe('a fact', () => {
  it('is kept when nobody waits for the answer, and applied', async () => {
    const own = comune();
    await stack.engine.execute(own.stream, stamped(open(own)), 0);
    const [send] = deliberation('2026-06-25');
    if (send === undefined) throw new Error('no step');
    await stack.engine.submitFact(own.stream, stamped(send.command), 1);
    await expect.poll(() => eventTypes(own.stream)).toEqual(['AdhesionOpened', 'ProposalSent']);
  });

  it('refused becomes the event FactRefused with its code', async () => {
    const own = comune();
    await stack.engine.execute(own.stream, stamped(open(own)), 0);
    await stack.engine.submitFact(own.stream, stamped({ type: 'AcceptResolution', data: {} }, OPERATOR, 'the-fact'), 1);
    await expect.poll(() => eventTypes(own.stream)).toEqual(['AdhesionOpened', 'FactRefused']);
    const refusal = (await readAfter(stack.db, own.stream, 1)).events[0];
    expect(refusal).toMatchObject({ commandId: 'the-fact', data: { commandId: 'the-fact', type: 'AcceptResolution', code: 'OUT_OF_TURN' } });
  });

  it('that comes before its ground is parked and applied when its turn comes', async () => {
    const own = comune();
    const steps = deliberation('2026-06-25', own);
    await stack.engine.execute(own.stream, stamped(open(own)), 0);
    const publication = steps.at(-1);
    if (publication === undefined) throw new Error('no step');
    expect(await stack.engine.execute(own.stream, stamped(publication.command, memberOf(own.body), 'early'), 1)).toEqual({ outcome: 'DONE', version: 2 });
    for (const { by, command } of steps.slice(0, -1)) await stack.engine.execute(own.stream, stamped(command, by), 2);
    expect((await eventTypes(own.stream)).slice(-4)).toEqual(['ResolutionAdopted', 'ParkedFactApplied', 'PublicationRecorded', 'ExecutivityRipened']);
  });
});

describe('a case whose store is ahead', () => {
  it('catches up before it refuses when the sender has seen more', async () => {
    const own = comune();
    await stack.engine.execute(own.stream, stamped(open(own)), 0);
    await writeBehindItsBack(own.stream);
    const receipt = deliberation('2026-06-25', own)[1];
    if (receipt === undefined) throw new Error('no step');
    expect(await stack.engine.execute(own.stream, stamped(receipt.command, memberOf(own.body)), 2)).toEqual({ outcome: 'DONE', version: 3 });
  });

  it('says its version and leaves no trace of that in its history', async () => {
    const own = comune();
    await stack.engine.execute(own.stream, stamped(open(own)), 0);
    const length = async () => (await stack.client.workflow.getHandle(own.stream).describe()).historyLength;
    const before = await length();
    for (let n = 0; n < 3; n += 1) expect(await stack.engine.version(own.stream)).toBe(1);
    expect(await length()).toBe(before);
    expect(await stack.engine.version('adhesion/c_x999-1')).toBeUndefined();
  });

  it('adopts what the store has when it is told to', async () => {
    const own = comune();
    await stack.engine.execute(own.stream, stamped(open(own)), 0);
    await writeBehindItsBack(own.stream);
    expect(await stack.engine.version(own.stream)).toBe(1);
    await stack.engine.catchUp(own.stream);
    await expect.poll(() => stack.engine.version(own.stream)).toBe(2);
  });
});

/** As a worker that died after the append would have left it: stored, and the run has not heard of it. */
async function writeBehindItsBack(stream: string): Promise<void> {
  const [send] = deliberation('2026-06-25');
  if (send === undefined) throw new Error('no step');
  const command = stamped(send.command);
  const { version, hash, state } = await foldStream(stack.db, stream);
  const decision = processOf(stream).decide(state, command, { actor: OPERATOR, now: command.receivedAt, commandId: command.id });
  if (decision.kind === 'refused') throw new Error(decision.code);
  await append(stack.db, { stream, expected: version, expectedHash: hash, command, events: decision.events }, createProjector(stack.db, () => undefined));
}
