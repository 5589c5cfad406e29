import { expect, test } from 'vitest';
import { migration } from '../../../domain/migration/index.ts';
import { ENROLLED, MET, DELIVERED, PROVISIONING, stateAfter } from './scenario.ts';

/** A snapshot as a run of before the full track kept it: nothing but the migration and what all cases share. */
function keptBefore(): object {
  const { version, parked, owed, migration: opened } = stateAfter(...PROVISIONING, ENROLLED);
  const { pinned: _pinned, attempt: _attempt, ...known } = opened ?? {};
  return JSON.parse(JSON.stringify({ version, parked, owed, migration: known })) as object;
}

test('a snapshot of before the full track goes on as the fold of the same events does', () => {
  const restored = migration.restore(keptBefore(), 1);
  expect(restored).toStrictEqual(stateAfter(...PROVISIONING, ENROLLED));
  expect([MET, DELIVERED].reduce((state, event) => migration.evolve(state, event), restored ?? migration.initial())).toStrictEqual(stateAfter(...PROVISIONING, ENROLLED, MET, DELIVERED));
});

test('one of a release to come is not read, nor is a migration that was never opened taken for one', () => {
  expect(migration.restore(keptBefore(), 3)).toBeNull();
  expect(migration.restore({ version: 1, parked: [], owed: [], migration: null }, 1)).toStrictEqual({ ...migration.initial(), version: 1 });
});
