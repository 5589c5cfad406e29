import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { ChangesEvent, ChangesEventData } from '../../../../domain/migration/changes/events.ts';
import { migration, type MigrationState } from '../../../../domain/migration/index.ts';
import { answered, does, FAILED } from '../full.ts';
import { operating, REBOUND } from './operating.ts';

/** As they are stored: this file is kept for ever, a later shape gets a file of its own. */
const stored: { readonly [Type in keyof ChangesEventData]: Extract<ChangesEvent, { type: Type }> } = JSON.parse(readFileSync(new URL('../../../golden/events/migration-changes.v1.json', import.meta.url), 'utf8'));

const before = operating();
const updating = migration.evolve(before, stored.ServiceUpdateStarted);
const rotating = does(before, 'RotateCredentials', {});
const LARGE = { plan: 'large', parameters: { environment: 'PRODUCTION' } };
const SMALL = { plan: 'small', parameters: {} };

/** The state before each stored event, and what it makes of it. */
const EXPECTED: { readonly [Type in keyof ChangesEventData]: readonly [before: MigrationState, after: object] } = {
  ServiceUpdateStarted: [before, { migration: SMALL, provisioning: { updates: 1, change: { kind: 'UPDATE', no: 1, to: LARGE, before: SMALL, isReverting: false, since: '2026-12-20T10:00:00Z' } } }],
  UpdateReversalStarted: [answered(updating, FAILED), { migration: SMALL, provisioning: { updates: 2, change: { no: 2, to: LARGE, before: SMALL, isReverting: true } } }],
  ServiceUpdated: [updating, { migration: LARGE, provisioning: { updates: 1, calls: [{ state: 'DONE' }, { state: 'DONE' }] } }],
  ServiceUpdateGivenUp: [answered(updating, FAILED), { migration: SMALL, provisioning: { calls: [{ state: 'DONE' }, { state: 'DONE' }] } }],
  CredentialsRotationStarted: [before, { provisioning: { change: { kind: 'ROTATION', binding: 2, former: 1, since: '2026-12-20T12:00:00Z' }, calls: [{}, {}, { state: 'PENDING', input: { operation: 'BIND', binding: 2 } }] } }],
  CredentialsRotated: [answered(rotating, REBOUND), { provisioning: { instance: { bindingId: '88bb' }, calls: [{ input: { operation: 'PROVISION' } }, { input: { operation: 'BIND', binding: 2 } }] } }],
  CredentialsRotationGivenUp: [answered(rotating, FAILED), { provisioning: { instance: { bindingId: '77aa' }, calls: [{ input: { operation: 'PROVISION' } }, { input: { operation: 'BIND', binding: 1 } }] } }],
};

test('there is one stored example of each event', () => {
  expect(Object.keys(stored).toSorted()).toStrictEqual(Object.keys(EXPECTED).toSorted());
});

test.each(Object.values(stored))('a stored $type is taken', (event) => {
  const [given, expected] = EXPECTED[event.type];
  expect(migration.evolve(given, event)).toMatchObject(expected);
});
