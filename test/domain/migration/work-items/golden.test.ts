import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { MigrationEventData, MigrationEvent } from '../../../../domain/migration/index.ts';
import type { WorkItemsEventData } from '../../../../domain/migration/work-items/events.ts';
import { stateAfter, type AnyEvent } from '../scenario.ts';
import { ASKED, BEGUN } from './scenario.ts';

type Type = keyof WorkItemsEventData & keyof MigrationEventData;
type Stored = { readonly [Key in Type]: Extract<MigrationEvent, { type: Key }> };

/** As they are stored: this file is kept for ever, a later shape gets a file of its own. */
const stored: Stored = JSON.parse(readFileSync(new URL('../../../golden/events/migration-work-items.v1.json', import.meta.url), 'utf8'));

const BEFORE: readonly AnyEvent[] = [ASKED, BEGUN];
const due = { on: '2026-07-08' };

/** What each stored event makes of the first work item. */
const EXPECTED: { readonly [Key in Type]: readonly [before: readonly AnyEvent[], after: object] } = {
  WorkItemsScheduled: [BEFORE, { id: 'survey', done: null, due: { ...due, noted: false } }],
  WorkItemCompleted: [BEFORE, {
    id: 'survey', done: { on: '2026-07-03', at: '2026-07-06T09:00:00Z', note: null, checked: ['entry', 'power'], evidence: [{ sha256: 'a'.repeat(64), documentId: 'doc-1f' }] },
  }],
  WorkItemOverdue: [[...BEFORE, stored.WorkItemsScheduled], { id: 'survey', done: null, due: { ...due, noted: true } }],
  WorkItemReopened: [[...BEFORE, stored.WorkItemCompleted], { id: 'survey', done: null }],
};

test('there is one stored example of each event', () => {
  expect(Object.keys(stored).toSorted()).toStrictEqual(Object.keys(EXPECTED).toSorted());
});

test.each(Object.values(stored))('a stored $type is taken', (event) => {
  const [before, after] = EXPECTED[event.type];
  expect(stateAfter(...before, event).migration?.workItems[0]).toMatchObject(after);
});
