import { randomBytes } from 'node:crypto';
import { cpSync, existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Vault, WrongMasterKey } from '../../../db/vault/vault.ts';
import { temporaryFolder } from '../../support/folders.ts';
import { cli } from '../cli/support.ts';

let folder: string;
beforeEach(() => { folder = temporaryFolder('vault'); });
afterEach(() => { rmSync(folder, { recursive: true, force: true }); });

const MASTER = randomBytes(32);
const TEXT = Buffer.from('Canarina Gialletti');
const keyFile = (id: string) => join(folder, 'vault', 'subjects', `${id}.key`);

describe('the keys of the vault', () => {
  test('are wrapped by the master key that is given, which is written nowhere', async () => {
    const sealed = await new Vault(folder, MASTER).seal('subjects', 'sub-1', TEXT);
    expect(await new Vault(folder, MASTER).open('subjects', 'sub-1', sealed)).toEqual(TEXT);
    expect(readFileSync(keyFile('sub-1'))).toHaveLength(12 + 16 + 32);
    expect(existsSync(join(folder, 'master.key'))).toBe(false);
    const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).map(({ parentPath, name }) => readFileSync(join(parentPath, name)));
    for (const content of files) expect(content.includes(MASTER)).toBe(false);
  });

  test('are wrapped by one that is made at first where none is given, readable by its owner only', async () => {
    const sealed = await new Vault(folder, null).seal('subjects', 'sub-1', TEXT);
    expect(statSync(join(folder, 'master.key'))).toMatchObject({ size: 32 });
    expect(statSync(join(folder, 'master.key')).mode & 0o777).toBe(0o600);
    expect(await new Vault(folder, null).open('subjects', 'sub-1', sealed)).toEqual(TEXT);
  });

  test('tell nothing without the master key, or in the place of another', async () => {
    const vault = new Vault(folder, MASTER);
    const [one, other] = [await vault.seal('subjects', 'sub-1', TEXT), await vault.seal('subjects', 'sub-2', TEXT)];
    await expect(new Vault(folder, randomBytes(32)).open('subjects', 'sub-1', one)).rejects.toThrow(WrongMasterKey);
    await expect(new Vault(folder, randomBytes(32)).salt('subjects', 'sub-1')).rejects.toThrow(/is ASSOCIA_MASTER_KEY that of this installation\?$/);
    cpSync(keyFile('sub-1'), keyFile('sub-2'));
    await expect(vault.open('subjects', 'sub-2', other)).rejects.toThrow(WrongMasterKey);
  });

  test('of before there was a master key open, and are wrapped by the command, once', async () => {
    const vault = new Vault(folder, MASTER);
    const sealed = await vault.seal('subjects', 'sub-1', TEXT);
    const [key] = [randomBytes(32)];
    writeFileSync(keyFile('sub-1'), key);
    const salt = await vault.salt('subjects', 'sub-1');
    await expect(vault.open('subjects', 'sub-1', sealed)).rejects.toThrow('Unsupported state');
    const old = await vault.seal('subjects', 'sub-1', TEXT);
    const env = { ASSOCIA_HOME: folder, ASSOCIA_KEYS: folder, ASSOCIA_MASTER_KEY: MASTER.toString('base64') };
    expect(await cli(['keys', 'wrap'], env)).toMatchObject({ code: 0, out: 'Wrapped: 1 key.\n' });
    expect(await cli(['keys', 'wrap', '--json'], env)).toMatchObject({ code: 0, out: '{"wrapped":0}\n' });
    expect(readFileSync(keyFile('sub-1')).includes(key)).toBe(false);
    expect(await vault.open('subjects', 'sub-1', old)).toEqual(TEXT);
    expect(await vault.salt('subjects', 'sub-1')).toEqual(salt);
    expect(readdirSync(join(folder, 'vault', 'subjects'))).toEqual(['sub-1.key']);
  });

  test('a master key that is none is named at the start, and not repeated', async () => {
    const { code, err } = await cli(['keys', 'wrap'], { ASSOCIA_HOME: folder, ASSOCIA_MASTER_KEY: 'c2VncmV0bw==' });
    expect(code).toBe(2);
    expect(err).toContain('ASSOCIA_MASTER_KEY: must be 32 random bytes in Base64');
    expect(err).not.toContain('c2VncmV0bw');
  });
});
