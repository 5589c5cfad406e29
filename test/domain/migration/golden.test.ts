import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { MigrationEvent } from '../../../domain/migration/index.ts';
import { stateAfter, type AnyEvent } from './scenario.ts';

/** The events of the light track: those of the full one are stored beside. */
type LightType = 'MigrationRequested' | 'ProvisioningStarted' | 'WorkItemCompleted' | 'ServiceDelivered' | 'MigrationCancelled' | 'MigrationClosed';
type Stored = { readonly [Type in LightType]: Extract<MigrationEvent, { type: Type }> };

/** As they are stored: this file is kept for ever, a later shape gets a file of its own. */
const stored: Stored = JSON.parse(readFileSync(new URL('../../golden/events/migration.v1.json', import.meta.url), 'utf8'));

const { MigrationRequested, ProvisioningStarted, ServiceDelivered } = stored;

/** What each stored event makes of the state that the ones before it left. */
const EXPECTED: { readonly [Type in LightType]: readonly [before: readonly AnyEvent[], after: object] } = {
  MigrationRequested: [[], {
    id: 'c_a010-1.RTD_COMMUNITY', adhesion: 'c_a010-1', body: 'c_a010', service: 'RTD_COMMUNITY', plan: 'standard', parameters: {},
    catalogueVersion: 1, state: 'REQUESTED', since: '2026-07-01T08:00:00Z', workItems: [],
  }],
  ProvisioningStarted: [[MigrationRequested], {
    state: 'PROVISIONING',
    since: '2026-07-01T08:00:00Z',
    workItems: [
      {
        id: 'enrol-rtd', title: { it: "Iscrivere l'RTD alla community", en: 'Enrol the RTD in the community' }, after: [], done: null,
      },
      {
        id: 'first-meeting', title: { it: "Tenere il primo incontro con l'RTD", en: 'Hold the first meeting with the RTD' },
        after: ['enrol-rtd'], done: null,
      },
    ],
  }],
  WorkItemCompleted: [[MigrationRequested, ProvisioningStarted], {
    state: 'PROVISIONING',
    workItems: [
      { id: 'enrol-rtd', done: { on: '2026-07-03', at: '2026-07-04T09:00:00Z', note: { textId: 'txt-1', digest: 'd1' } } },
      { id: 'first-meeting', done: null },
    ],
  }],
  ServiceDelivered: [[MigrationRequested, ProvisioningStarted], { state: 'OPERATING', since: '2026-07-09T09:00:00Z', deliveredOn: '2026-07-08' }],
  MigrationCancelled: [[MigrationRequested, ProvisioningStarted], {
    state: 'CANCELLED', since: '2026-07-05T09:00:00Z', cancelReasons: { textId: 'txt-2', digest: 'd2' },
  }],
  MigrationClosed: [[MigrationRequested, ProvisioningStarted, ServiceDelivered], {
    state: 'CLOSED', since: '2026-07-09T10:00:00Z', deliveredOn: '2026-07-08', closedOn: '2026-07-09',
  }],
};

test('there is one stored example of each event', () => {
  expect(Object.keys(stored).toSorted()).toStrictEqual(Object.keys(EXPECTED).toSorted());
});

test.each(Object.values(stored))('a stored $type is taken', (event) => {
  const [before, after] = EXPECTED[event.type];
  expect(stateAfter(...before, event).migration).toMatchObject(after);
});
