import { describe, expect, it } from 'vitest';
import { processOf } from '../../domain/processes.ts';
import type { EventBody } from '../../domain/shared/process.ts';
import type { AppendRequest, StoredEvent } from '../../domain/shared/store.ts';
import { CaseLoop } from '../../workflows/case-loop.ts';
import type { Outcome, StorePort } from '../../workflows/case-port.ts';
import { runSteps, type Steps } from '../../workflows/steps.ts';
import { ABBIATEGRASSO, deliberation, open, OPERATOR, stamped } from '../support/procedure.ts';

const STREAM = 'adhesion/c_a010-1';
const OPENING = stamped(open(ABBIATEGRASSO), OPERATOR, 'opening', '2026-09-01T10:00:00Z');
const [SENDING] = deliberation('2026-11-10');

/** Events as the store gives them back, from a version on. */
const stored = (events: readonly EventBody[], commandId: string, from = 1): StoredEvent[] => events.map((event, index) => ({ ...event, version: from + index, commandId, hash: String(from + index).padStart(64, '0') }));
const opened = (): StoredEvent[] => {
  const process = processOf(STREAM);
  const decision = process.decide(process.initial(), OPENING, { actor: OPERATOR, now: OPENING.receivedAt, commandId: OPENING.id });
  if (decision.kind === 'refused') throw new Error(decision.code);
  return stored(decision.events, OPENING.id);
};

/** A loop on a stream that is loaded, whose appends are answered by the test. */
async function begin(append: StorePort['append'], there: readonly StoredEvent[] = []): Promise<{ loop: CaseLoop; perform: <T>(steps: Steps<T>) => Promise<T> }> {
  const loop = new CaseLoop(processOf(STREAM), STREAM, () => Date.parse('2026-10-01T10:00:00Z'));
  const never = async (): Promise<never> => { throw new Error('The store is asked something else than the test expects'); };
  const store: StorePort = { append, load: async () => ({ known: true, events: there, more: false }), readAfter: never, recall: async () => ({ outcome: 'UNKNOWN' }), alarm: never };
  const perform = <T>(steps: Steps<T>): Promise<T> => new Promise((resolve, reject) => { runSteps(steps, store, resolve, reject); });
  await perform(loop.load(undefined));
  return { loop, perform };
}

it('a first load folds what the store has', async () => {
  const { loop } = await begin(async () => { throw new Error('Nothing is stored'); }, opened());
  expect([loop.loaded, loop.version]).toEqual([true, 1]);
});

describe('what the store answers to an append moves the case', () => {
  it('STALE: the events that others stored are folded, and the command is decided again after them', async () => {
    const asked: AppendRequest[] = [];
    const { loop, perform } = await begin(async (request) => {
      asked.push(request);
      return asked.length === 1 ? { outcome: 'STALE', events: opened(), more: false } : { outcome: 'STORED', events: stored(request.events, request.command.id, request.expected + 1) };
    });
    // Decided on an empty stream it opens the case; decided again, there is one.
    const outcome: Outcome = await perform(loop.execute({ ...OPENING, id: 'another' }, 'decision'));
    expect(outcome).toMatchObject({ kind: 'refused', code: 'ALREADY_OPEN' });
    expect(asked.map(({ expected }) => expected)).toEqual([0]);
    expect(loop.version).toBe(1);
    // What comes next is decided on what was folded.
    expect(await perform(loop.execute(stamped(SENDING?.command ?? { type: '', data: {} }, OPERATOR, 'sending', '2026-10-01T10:00:00Z'), 'decision'))).toEqual({ kind: 'done', version: 2 });
    expect(asked.map(({ expected, expectedHash }) => [expected, expectedHash])).toEqual([[0, null], [1, '1'.padStart(64, '0')]]);
  });

  it('DUPLICATE: the events of the command are folded, as if they were stored now', async () => {
    const { loop, perform } = await begin(async () => ({ outcome: 'DUPLICATE', events: opened() }));
    expect(await perform(loop.execute(OPENING, 'decision'))).toEqual({ kind: 'done', version: 1 });
    expect(loop.version).toBe(1);
  });
});
