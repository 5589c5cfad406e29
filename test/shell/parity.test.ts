import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readAfter } from '../../db/event-store/read.ts';
import type { StoredEvent } from '../../domain/shared/store.ts';
import { MemoryShell } from '../../simulation/memory-shell.ts';
import { ABBIATEGRASSO, conclusion, deliberation, open, OPERATOR, stamped, type Comune, type Step } from '../support/procedure.ts';
import { startStack, type Stack } from '../support/stack.ts';

let stack: Stack;
beforeAll(async () => { stack = await startStack(); });
afterAll(async () => { await stack.stop(); });

/** The path of a past procedure, disturbed: some steps left out, doubled, or sent at another place. */
const disturbances = fc.array(fc.record({ kind: fc.constantFrom('drop', 'double', 'move'), at: fc.nat(30), to: fc.nat(30) }), { maxLength: 6 });

function disturb(steps: readonly Step[], changes: readonly { kind: string; at: number; to: number }[]): Step[] {
  const path = [...steps];
  for (const { kind, at, to } of changes) {
    const index = at % path.length;
    const [step] = path.slice(index, index + 1);
    if (step === undefined) continue;
    if (kind !== 'double') path.splice(index, 1);
    if (kind !== 'drop') path.splice(to % (path.length + 1), 0, step);
  }
  return path;
}

/** What must be the same in both: everything but stamps of time and what hashes make of them. */
function comparable(events: readonly StoredEvent[]): unknown[] {
  return events.map(({ type, version, data, effectiveOn, commandId }) => {
    const copy = structuredClone(data) as { at?: string; fact?: { receivedAt?: string } };
    delete copy.at;
    delete copy.fact?.receivedAt;
    return { type, version, data: copy, effectiveOn: effectiveOn ?? null, commandId };
  });
}

let count = 0;
it('the same generated commands give the same events through both shells', async () => {
  await fc.assert(fc.asyncProperty(disturbances, async (changes) => {
    count += 1;
    const own: Comune = { ...ABBIATEGRASSO, body: `c_p${String(count).padStart(3, '0')}` };
    const stream = `adhesion/${own.body}-1`;
    const memory = new MemoryShell(new Date().toISOString());
    const path: Step[] = [{ by: OPERATOR, command: open(own) }, ...disturb([...deliberation('2026-06-25', own), ...conclusion('2026-07-06', own)], changes)];
    const answers: (readonly [unknown, unknown])[] = [];
    let version = 0;
    for (const [index, { by, command }] of path.entries()) {
      const answer = await stack.engine.execute(stream, stamped(command, by, `c-${index}`), version);
      const outcome = await memory.execute(stream, `c-${index}`, command, by);
      if (answer.outcome === 'DONE') ({ version } = answer);
      answers.push([
        answer.outcome === 'DONE' ? answer.version : answer.outcome === 'REFUSED' && answer.code,
        outcome.kind === 'done' ? outcome.version : outcome.code,
      ]);
    }
    expect(answers.map(([temporal]) => temporal)).toEqual(answers.map(([, inMemory]) => inMemory));
    expect(comparable((await readAfter(stack.db, stream, 0)).events)).toEqual(comparable(memory.store.events(stream)));
    expect(memory.store.alarms).toEqual([]);
  }), { numRuns: 25 });
});
