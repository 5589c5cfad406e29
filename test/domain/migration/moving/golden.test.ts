import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { CutoverEventData } from '../../../../domain/migration/cutover/events.ts';
import type { MovingEventData } from '../../../../domain/migration/moving/events.ts';
import type { OperationEventData } from '../../../../domain/migration/operation/events.ts';
import { provisioned, stateOf } from '../moved.ts';
import type { AnyEvent } from '../scenario.ts';

type Type = keyof MovingEventData | keyof CutoverEventData | Exclude<keyof OperationEventData, 'ServiceDelivered' | 'MigrationClosed'>;
interface Stored {
  readonly type: Type;
  readonly event: AnyEvent;
}

/** As they are stored, one of each in the order of a way: this file is kept for ever, a later shape gets a file of its own. */
const stored: readonly Stored[] = JSON.parse(readFileSync(new URL('../../../golden/events/migration-moving.v1.json', import.meta.url), 'utf8'));

/** What each stored event makes of the state that the ones before it left. */
const AFTER: Readonly<Record<Type, object>> = {
  DataMigrationStarted: { migration: { state: 'DATA_MIGRATION' }, moving: { started: { startedOn: '2026-10-06', vendorNotice: { protocolNo: '77/2026' } } }, saga: { done: [{ step: 'data-moved' }] } },
  DataRunRecorded: { moving: { runs: [{ kind: 'REHEARSAL', full: true, outcome: 'SUCCEEDED', endedAt: '2026-10-07T20:00:00Z' }] } },
  AcceptanceRecorded: { migration: { state: 'ACCEPTANCE' }, moving: { acceptance: { acceptedOn: '2026-10-14', agency: { office: 'AGENCY_DIRECTOR' }, openDefects: { severity3: 2 } } } },
  ParallelRunStarted: { migration: { state: 'PARALLEL_RUN' }, moving: { parallelRun: { endsOn: '2026-10-29', overFrom: '2026-10-29T23:00:00Z', over: false } } },
  ParallelRunEnded: { moving: { parallelRun: { over: true } } },
  ParallelRunWaived: { moving: { waiver: { waivedOn: '2026-10-30' } } },
  CutoverScheduled: { cutover: { windows: 1, schedule: { from: '2026-11-06T19:00:00Z', to: '2026-11-08T19:00:00Z' } } },
  CutoverDecided: { migration: { state: 'CUTOVER' }, cutover: { decision: { go: true } } },
  CutoverUnscheduled: { migration: { state: 'PARALLEL_RUN' }, cutover: { schedule: null } },
  CutoverWindowMissed: { migration: { state: 'PARALLEL_RUN' }, cutover: { schedule: null } },
  CutoverRecorded: { cutover: { done: { outcome: 'SUCCEEDED', regular: true } } },
  HypercareStarted: { migration: { state: 'HYPERCARE' }, operation: { hypercare: { startedAt: '2026-11-07T10:00:00Z', endsOn: '2026-12-04', over: false } }, saga: { done: [{ step: 'data-moved' }, { step: 'cut-over' }] } },
  DefectReported: { operation: { defects: [{ defectNo: 'INC-1', severity: 1, dueAt: '2026-11-20T10:00:00Z', resolved: null }] } },
  DefectAlarmRaised: { operation: { defects: [{ alarmAt: '2026-11-20T10:00:00Z' }] } },
  DefectResolved: { operation: { defects: [{ resolved: { resolvedAt: '2026-11-20T12:00:00Z' } }] } },
  HypercareTermEnded: { operation: { hypercare: { over: true } } },
  HypercareEnded: { migration: { state: 'OPERATING', deliveredOn: '2026-12-07' } },
  OldSystemDecommissioned: { migration: { state: 'DECOMMISSIONING_OLD' }, operation: { decommissioning: { oldContractEndedOn: '2027-01-31', oldData: { fate: 'DELETED' }, records: { preservedOn: '2027-02-01' } } } },
  ServiceGivenUp: { migration: { state: 'RETIRING' } },
  DataReturned: { operation: { returned: { format: 'CSV', receipt: { protocolNo: '12/2027' } } } },
  DeletionCertified: { operation: { deletion: { deletedOn: '2027-03-10' } } },
};

test('there is one stored example of each event', () => {
  expect(stored.map(({ type }) => type).toSorted()).toEqual(Object.keys(AFTER).toSorted());
});

test.each(stored.map(({ type }, index) => [type, index] as const))('a stored %s is taken', (type, index) => {
  expect(stateOf([...provisioned(), ...stored.slice(0, index + 1).map(({ event }) => event)])).toMatchObject(AFTER[type]);
});
