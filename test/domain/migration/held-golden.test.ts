import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { after, GO, parallel, provisioned, SCHEDULE, START, stateOf, type Step } from './moved.ts';
import { MEMBER, TEXT, type AnyEvent } from './scenario.ts';

/** As they are stored: this file is kept for ever, a later shape gets a file of its own. */
const stored: readonly { readonly type: string; readonly event: AnyEvent }[] = JSON.parse(readFileSync(new URL('../../golden/events/migration-held.v1.json', import.meta.url), 'utf8'));

const DEFECT: Step = [{ type: 'ReportDefect', data: { defectNo: 'INC-1', severity: 1, reportedAt: '2026-11-06T10:00:00Z' } }, '2026-11-06T10:00:00Z', MEMBER];
const FIBRE = provisioned({ service: 'FIBRE' }).slice(0, -1);
const eventOf = (type: string): readonly AnyEvent[] => stored.filter((one) => one.type === type).map(({ event }) => event);

/** What each stored event makes of the state that the ones before it left. */
const AFTER: Readonly<Record<string, readonly [before: readonly AnyEvent[], after: object]>> = {
  ProvisioningCompleted: [FIBRE, { migration: { state: 'PROVISIONING' }, provisioning: { doneOn: '2026-10-05' } }],
  AcceptanceBegun: [[...FIBRE, ...eventOf('ProvisioningCompleted')], { migration: { state: 'ACCEPTANCE' } }],
  DataRunRecorded: [after(provisioned(), START), { moving: { runs: [{ kind: 'REHEARSAL', regular: false, reasons: TEXT }] } }],
  HypercareStarted: [after(parallel(), SCHEDULE, GO, DEFECT), { migration: { state: 'HYPERCARE' }, operation: { defects: [{ defectNo: 'INC-1', dueAt: '2026-11-07T14:00:00Z' }] } }],
};

test('there is one stored example of each event that came, or took another shape, later', () => {
  expect(stored.map(({ type }) => type).toSorted()).toEqual(Object.keys(AFTER).toSorted());
});

test.each(stored.map(({ type }) => type))('a stored %s is taken', (type) => {
  const [before, expected] = AFTER[type] ?? [[], {}];
  expect(stateOf([...before, ...eventOf(type)])).toMatchObject(expected);
});
