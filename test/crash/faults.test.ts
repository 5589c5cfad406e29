import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { findCommand, headOf, readAfter } from '../../db/event-store/read.ts';
import { addDays, civilDateOf } from '../../domain/shared/civil-date.ts';
import type { StampedCommand } from '../../domain/shared/store.ts';
import type { Child } from '../../embedded/child.ts';
import { repair } from '../../engine/repair.ts';
import { FaultStack, kill } from '../support/faults.ts';
import { expectWhole, type Acknowledged } from '../support/invariants.ts';
import { ABBIATEGRASSO, conclusion, deliberation, open, stamped, type Comune, type Step } from '../support/procedure.ts';

let stack: FaultStack;
let worker: Child;
const acknowledged: Acknowledged[] = [];
beforeAll(async () => {
  stack = await FaultStack.start();
  worker = await stack.startWorker();
  // The sweeps of these tests are their own, or the schedule's might come first.
  await stack.client.schedule.getHandle('reconciler').pause();
});
afterAll(async () => { await stack.stop(); });
afterEach(async () => { await expectWhole(stack, acknowledged); });

let count = 0;
function comune(): Comune & { stream: string } {
  count += 1;
  const body = `c_k${String(count).padStart(3, '0')}`;
  return { ...ABBIATEGRASSO, body, stream: `adhesion/${body}-1` };
}

/** Sends a command until it is answered, with the same id, as a client does that was told that the outcome is unknown. */
async function insist(stream: string, command = stamped(open(ABBIATEGRASSO)), seconds = 60): Promise<void> {
  for (const deadline = Date.now() + seconds * 1_000; ;) {
    const { version } = await headOf(stack.db, stream);
    const answer = await stack.engine.execute(stream, command, version);
    // As the API does on a refusal: what the store knows has happened.
    if (answer.outcome === 'DONE' || await findCommand(stack.db, stream, command.id) !== undefined) {
      acknowledged.push({ stream, commandId: command.id });
      return;
    }
    if (answer.outcome === 'REFUSED' || Date.now() > deadline) throw new Error(JSON.stringify(answer));
    await delay(200);
  }
}

async function walk(stream: string, steps: readonly Step[]): Promise<void> {
  for (const { by, command } of steps) await insist(stream, stamped(command, by));
}

/** A case whose publication lies today: its executivity is a timer eleven days ahead. */
async function openUntilPublication(): Promise<{ stream: string; publication: Step }> {
  const own = comune();
  const steps = deliberation(civilDateOf(new Date().toISOString()), own);
  const publication = steps.at(-1);
  if (publication === undefined) throw new Error('no step');
  await insist(own.stream, stamped(open(own)));
  await walk(own.stream, steps.slice(0, -1));
  return { stream: own.stream, publication };
}

const eventTypes = async (stream: string) => (await readAfter(stack.db, stream, 0)).events.map((event) => event.type);
const publications = async (stream: string) => (await eventTypes(stream)).filter((type) => type === 'PublicationRecorded').length;

interface Struck {
  readonly stream: string;
  readonly command: StampedCommand;
  /** What the client of the struck attempt heard in the end. */
  readonly first: Promise<unknown>;
}

/** A fault strikes while a command's append stands before the lock; then the append is stored or dropped. */
async function strike(fault: (stream: string) => Promise<unknown>, append: 'store' | 'drop'): Promise<Struck> {
  const { stream, publication } = await openUntilPublication();
  const command = stamped(publication.command, publication.by);
  const held = await stack.holdAppends();
  const first = stack.engine.execute(stream, command, (await headOf(stack.db, stream)).version).catch((error: unknown) => error);
  await held.untilOneWaits();
  await fault(stream);
  await held.release(append);
  await expect.poll(() => publications(stream)).toBe(append === 'store' ? 1 : 0);
  return { stream, command, first };
}

const killWorker = () => kill(worker);
const killTemporal = () => stack.killTemporal();

describe('a worker killed', () => {
  it('before the append: nothing is stored, and the repeated command is done once', async () => {
    const { stream, command, first } = await strike(killWorker, 'drop');
    worker = await stack.startWorker();
    await insist(stream, command);
    await first;
    expect(await publications(stream)).toBe(1);
  });

  it('between the append and the end of the task, and the client repeats: one event, its answer', async () => {
    const { stream, command, first } = await strike(killWorker, 'store');
    worker = await stack.startWorker();
    await insist(stream, command);
    await first;
    expect(await publications(stream)).toBe(1);
  });

  it('between the append and the end of the task, Temporal with it, and the client never repeats: the reconciler arms the timer', async () => {
    // A dead worker alone costs nothing: Temporal delivers the update again. It forgets the update when it dies itself.
    const { stream, first } = await strike(async () => {
      await killWorker();
      await killTemporal();
    }, 'store');
    await first;
    await stack.restartTemporal();
    worker = await stack.startWorker();
    const { version } = await headOf(stack.db, stream);
    await expect.poll(() => stack.engine.version(stream), { timeout: 15_000 }).toBe(version - 1);
    expect(await stack.reconcile()).toContain(stream);
    await expect.poll(() => stack.engine.version(stream), { timeout: 15_000 }).toBe(version);
    expect(await publications(stream)).toBe(1);
  });

  it('or frozen past its task and continued: the zombie finds what the other worker stored', async () => {
    const zombie = worker;
    const { stream, command, first } = await strike(async () => {
      process.kill(zombie.pid, 'SIGSTOP');
      worker = await stack.startWorker();
    }, 'store');
    await insist(stream, command);
    process.kill(zombie.pid, 'SIGCONT');
    await first;
    await delay(1_000);
    expect(await publications(stream)).toBe(1);
    await zombie.stop();
  });
});

describe('Temporal killed', () => {
  it.each([['before the append', 'drop'], ['between the append and the end of the task', 'store']] as const)('%s and restarted', async (_name, append) => {
    const { stream, command, first } = await strike(killTemporal, append);
    await stack.restartTemporal();
    await insist(stream, command);
    await first;
    expect(await publications(stream)).toBe(1);
  });

  it('and its file deleted in the middle of the path: repair starts every open case on its stream, and the path goes on', async () => {
    const own = comune();
    const firstDay = '2026-06-25';
    await insist(own.stream, stamped(open(own)));
    const steps = deliberation(firstDay, own);
    await walk(own.stream, steps.slice(0, 5));
    await stack.killTemporal();
    await stack.restartTemporal('lost');
    const report = await repair(stack.db, stack.engine, stack.client);
    expect(report.started).toContain(own.stream);
    await walk(own.stream, [...steps.slice(5), ...conclusion(addDays(firstDay, 11), own)]);
    expect(await eventTypes(own.stream)).toContain('ConventionRegistered');
  });
});

describe('PostgreSQL killed', () => {
  it('for a minute under load: what was answered is there once, what waited is done, a fact left meanwhile is kept', async () => {
    const comuni = Array.from({ length: 6 }, () => comune());
    for (const own of comuni) await insist(own.stream, stamped(open(own)));
    const { stream: told, publication } = await openUntilPublication();
    const seen = (await headOf(stack.db, told)).version;
    const away = (async () => {
      await delay(300);
      await stack.killPostgres();
      // A fact is left once and by nobody again: only the case itself can keep trying.
      await stack.engine.submitFact(told, stamped(publication.command, publication.by), seen);
      await delay(60_000);
      await stack.restartPostgres();
    })();
    await Promise.all(comuni.map(async (own) => {
      const { stream } = own;
      for (const { by, command } of deliberation('2026-06-25', own)) {
        const sent = stamped(command, by, `${stream.slice(9)}.${command.type}.${JSON.stringify(command.data).length}.${Math.random()}`);
        await insistThrough(stream, sent);
      }
    }));
    await away;
    for (const { stream } of comuni) expect((await eventTypes(stream)).at(-1)).toBe('ExecutivityRipened');
    await expect.poll(() => publications(told), { timeout: 70_000 }).toBe(1);
  });
});

describe('a request to cancel from outside', () => {
  const cancel = (stream: string) => stack.client.workflow.getHandle(stream).cancel();

  it('leaves an idle case as it is: its timer stays, and its next command is done', async () => {
    const { stream, publication } = await openUntilPublication();
    await cancel(stream);
    await insist(stream, stamped(publication.command, publication.by));
    await cancel(stream);
  });

  it('leaves the command that is under way: its client hears that it was done', async () => {
    const { stream, first } = await strike(cancel, 'store');
    expect(await first).toMatchObject({ outcome: 'DONE', version: (await headOf(stack.db, stream)).version });
  });

  it('leaves a run that has not loaded yet', async () => {
    await killWorker();
    const { stream, ...own } = comune();
    const command = stamped(open(own));
    const first = stack.engine.execute(stream, command, 0);
    await vi.waitFor(() => cancel(stream));
    worker = await stack.startWorker();
    await first;
    await insist(stream, command);
    await walk(stream, deliberation('2026-06-25', own).slice(0, 1));
  });
});

describe('a row of the read model that an older version wrote', () => {
  it.each([
    ['before the version was there: the first worker of this version folds it anew', async () => { await killWorker(); worker = await stack.startWorker(); }],
    ['while this version was there already: the reconciler folds it anew', () => stack.reconcile()],
  ])('%s', async (_name, heal) => {
    const { stream, ...own } = comune();
    await insist(stream, stamped(open(own)));
    const row = () => stack.db.selectFrom('cases').select(['phase', 'projection']).where('stream', '=', stream).executeTakeFirstOrThrow();
    const written = await row();
    await stack.db.updateTable('cases').set({ phase: 'AS_IT_WAS', projection: 4 }).where('stream', '=', stream).execute();
    await heal();
    expect(await row()).toEqual(written);
    expect(written.phase).toBe('RECOGNITION');
  });
});

/** As `insist`, for a client that also survives errors of the database and of its own reads. */
async function insistThrough(stream: string, command: StampedCommand): Promise<void> {
  for (;;) {
    try {
      await insist(stream, command, 150);
      return;
    } catch (error) {
      if (!(error instanceof Error) || !('code' in error || /connect|terminat/i.test(error.message))) throw error;
      await delay(500);
    }
  }
}
