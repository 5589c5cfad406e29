import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTarget, type Target } from '../support/fuzz/roles.ts';

/** Schemathesis with all its checks against a listening server, bounded by the number of cases; `npm run fuzz` tries many more. */
let target: Target;
beforeAll(async () => { target = await startTarget(); });
afterAll(async () => { await target.stop(); });

// What can be malformed is malformed for each role alike: the long phases, which try it all, are one role's; values at the edges of the document go
// to every role in boundaries.test.ts. All at once: each waits for its answers.
test.concurrent.each([
  ['operator', ['examples', 'coverage', 'fuzzing', 'stateful']], ['member', ['examples', 'stateful']], ['auditor', ['examples', 'stateful']],
] as const)('finds nothing as %s', { timeout: 900_000 }, async (role, phases) => {
  const { passed, report } = await target.fuzzAs(role, { examples: 2, phases });
  expect(passed, report).toBe(true);
});
