import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { Seal } from '../../reference-broker/seal.ts';

test('what the ledger hides opens in its row, with its key, as it was, and not otherwise', () => {
  const seal = new Seal(randomBytes(32));
  const closed = seal.close('binding a 1', { password: 'segreta' });
  expect(seal.open('binding a 1', closed)).toEqual({ password: 'segreta' });
  expect(closed.includes('segreta')).toBe(false);
  expect(seal.close('binding a 1', { password: 'segreta' }).equals(closed)).toBe(false);
  const changed = Buffer.from(closed);
  changed[20] = (changed[20] ?? 0) ^ 1;
  for (const wrong of [() => seal.open('binding a 2', closed), () => new Seal(randomBytes(32)).open('binding a 1', closed), () => seal.open('binding a 1', changed)]) expect(wrong).toThrow('unable to authenticate');
});
