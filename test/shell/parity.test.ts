import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readAfter } from '../../db/event-store/read.ts';
import { MemoryShell } from '../../simulation/memory-shell.ts';
import { comparable } from '../support/comparable.ts';
import { disturb, disturbances } from '../support/disturb.ts';
import { ABBIATEGRASSO, conclusion, deliberation, open, OPERATOR, stamped, type Comune, type Step } from '../support/procedure.ts';
import { startStack, type Stack } from '../support/stack.ts';

let stack: Stack;
beforeAll(async () => { stack = await startStack(); });
afterAll(async () => { await stack.stop(); });

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
