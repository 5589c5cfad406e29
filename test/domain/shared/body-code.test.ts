import { describe, expect, it } from 'vitest';
import { isBodyCode, partsOfCase } from '../../../domain/shared/body-code.ts';

describe('the code of a body', () => {
  it.each([['c_a010', true], ['cons_navigli', true], ['asp', true], ['agencya', true], ['agency', false], ['C_A010', false], ['1abc', false], ['a', false], ['c-a010', false], ['a'.repeat(31), false], ['*', false]] as const)('%s: %s', (code, expected) => {
    expect(isBodyCode(code)).toBe(expected);
  });
});

describe('the id of a case', () => {
  it.each([
    ['c_a010-1', { body: 'c_a010', service: null }], ['c_a010-12.FIBRE', { body: 'c_a010', service: 'FIBRE' }], ['cons_navigli-1.APP_IO', { body: 'cons_navigli', service: 'APP_IO' }],
    ['agency-1', null], ['c_a010', null], ['c_a010-0', null], ['c_a010-1.', null], ['20260901-0a1b2c3d', null], ['c_a010-1\n', null],
  ] as const)('%j names %j', (id, expected) => {
    expect(partsOfCase(id)).toStrictEqual(expected);
  });
});
