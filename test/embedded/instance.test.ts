import { readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readInstance, removeInstance, writeInstance, type Instance } from '../../embedded/instance.ts';
import { temporaryFolder } from './support.ts';

const instance: Instance = {
  url: 'http://127.0.0.1:8080',
  databaseUrl: 'postgresql://associa_app:p@127.0.0.1:5432/associa',
  databaseOwnerUrl: null,
  temporalAddress: '127.0.0.1:7233',
  temporalNamespace: 'associa',
  temporalUiUrl: null, brokerUrl: null,
  pids: { supervisor: 1, server: 2, worker: 3, postgres: null, temporal: null, broker: null },
};

test('what is written is read, by its owner only, and leaves no draft behind', () => {
  const home = temporaryFolder();
  writeInstance(home, instance);
  writeInstance(home, { ...instance, url: 'http://127.0.0.1:9090' });
  expect(readInstance(home)).toEqual({ ...instance, url: 'http://127.0.0.1:9090' });
  expect(statSync(join(home, 'instance.json')).mode & 0o777).toBe(0o600);
  expect(readdirSync(home)).toEqual(['instance.json']);
});

test('no instance, or a file that does not hold, is null', () => {
  const home = temporaryFolder();
  expect(readInstance(home)).toBeNull();
  writeFileSync(join(home, 'instance.json'), '{"url":');
  expect(readInstance(home)).toBeNull();
  writeFileSync(join(home, 'instance.json'), '{"url":"x"}');
  expect(readInstance(home)).toBeNull();
  removeInstance(home);
  removeInstance(home);
  expect(readdirSync(home)).toEqual([]);
});
