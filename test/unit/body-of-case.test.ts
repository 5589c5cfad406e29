import { expect, test } from 'vitest';
import { bodyOfCase } from '../../api/auth/access.ts';

test.each([
  ['adhesion', 'c_a010-1', 'c_a010'], ['adhesion', 'cons_navigli-2', 'cons_navigli'], ['migration', 'c_a010-1.FIBRE', 'c_a010'], ['campaign', '20260901-0a1b2c3d', 'agency'], ['constitution', 'agency-1', 'agency'],
  ['adhesion', 'c_a010-1.FIBRE', undefined], ['migration', 'c_a010-1', undefined], ['adhesion', 'agency-1', undefined], ['constitution', 'c_a010-1', undefined], ['campaign', 'agency-1', undefined],
] as const)('as %s %s is a case of %s', (scope, id, body) => {
  expect(bodyOfCase(scope, id)).toBe(body);
});
