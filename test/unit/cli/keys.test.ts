import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { PayloadKeys } from '../../../engine/payload-keys.ts';
import { cli, emptyHome } from './support.ts';

it('keys add makes the key that the next start encrypts under', async () => {
  const env = emptyHome();
  const keysDir = join(env.ASSOCIA_HOME, 'keys');
  const first = await PayloadKeys.open(keysDir);
  const { code, out } = await cli(['keys', 'add', '--json'], env);
  expect(code).toBe(0);
  const { id } = JSON.parse(out) as { id: string };
  expect(id).toMatch(/^2-[0-9a-f]{16}$/);
  expect((await PayloadKeys.open(keysDir)).newest.id).toBe(id);
  expect(first.newest.id).toMatch(/^1-/);
  expect((await cli(['keys', 'add'], env)).out).toMatch(/^Added 3-[0-9a-f]{16}\. Copy .* to every machine that has one, then start worker and server again\.\n$/);
});

it('keys add makes none where there are none: the folder would be a wrong one', async () => {
  const env = emptyHome();
  const keysDir = join(env.ASSOCIA_HOME, 'keys');
  expect(await cli(['keys', 'add'], env)).toEqual({ code: 2, out: '', err: `There are no keys of payloads in ${keysDir}: the first start makes them, or set ASSOCIA_KEYS.\n` });
  expect(readdirSync(env.ASSOCIA_HOME)).toEqual([]);
});
