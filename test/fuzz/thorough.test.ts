import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTarget, type Target } from '../support/fuzz/roles.ts';

/** `npm run fuzz`: every phase as every role, many cases an operation. Not one of the layers of `npm test`. */
/** Cases an operation and phase. */
const EXAMPLES = Number(process.env['FUZZ_EXAMPLES'] ?? 100);

let target: Target;
beforeAll(async () => { target = await startTarget(); });
afterAll(async () => { await target.stop(); });

test.each(['operator', 'member', 'auditor'] as const)('finds nothing as %s', { timeout: 3_600_000 }, async (role) => {
  const { passed, report } = await target.fuzzAs(role, { examples: EXAMPLES, phases: ['examples', 'coverage', 'fuzzing', 'stateful'] });
  expect(passed, report).toBe(true);
});
