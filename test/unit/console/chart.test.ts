import { expect, test } from 'vitest';
import { chartRows, type ChartRow } from '../../../console/migrations/chart-rows.ts';
import type { MigrationView } from '../../../domain/migration/index.ts';
import { committed, planned, provisioned, requested, view } from '../../domain/migration/full.ts';

const DATES = { requestedOn: '2026-11-20', provisionedOn: null, deliveredOn: null, closedOn: null, today: '2026-11-24' } as const;
const said = (rows: readonly ChartRow[]) => Object.fromEntries(rows.map(({ key, spans, gate }) => [
  key, [...spans.map(({ kind, from, to, goesOn }) => `${kind} ${from}${from === to ? '' : ` ${to}`}${goesOn === true ? ' goes on' : ''}`), ...(gate === null ? [] : [gate.open ? 'open' : `shut ${gate.needs > 0}`])].join(', '),
]));

test('days of the plan, of work items and of what happened stand in the order of the way, with the gate that leads there', () => {
  const before = view(planned(requested('FIBRE')));
  const rows = said(chartRows(before, DATES, 'it'));
  expect(Object.keys(rows)).toEqual(['request', 'provisioning', ...Object.keys(rows).filter((key) => key === 'avoid'), 'cutover']);
  expect(rows).toMatchObject({ request: 'ACTUAL 2026-11-20', provisioning: `PLANNED ${before.schedule?.provisioningOn}, shut true`, cutover: `PLANNED ${before.schedule?.cutoverOn}, shut true` });

  const working = view(committed(requested('FIBRE')));
  const [first] = working.workItems;
  const now = said(chartRows(working, DATES, 'it'));
  expect(now['plan']).toBe(`ACTUAL ${working.schedule?.approvedOn}, open`);
  expect(now[`item-${first?.id}`]).toBe(`PLANNED ${first?.dueOn}, ACTUAL 2026-11-22 2026-11-24 goes on`);
  // What waits for another has no day yet.
  expect(Object.keys(now).filter((key) => key.startsWith('item-'))).toHaveLength(working.workItems.filter(({ readySince }) => readySince !== null).length);
});

test('what was done is a day, and the rest follows as it becomes known', () => {
  const done = view(provisioned(requested('FIBRE')));
  const rows = said(chartRows(done, { ...DATES, provisionedOn: '2026-11-22' }, 'it'));
  for (const { id } of done.workItems) expect(rows[`item-${id}`]).toMatch(/ACTUAL 2026-11-22$/);
  expect(rows['provisioning']).toMatch(/^PLANNED \S+, ACTUAL 2026-11-22, /);
});

test('a time that runs is planned as a whole and happened up to today; one that is over happened; of a cutover its days, where it succeeded', () => {
  const base = view(planned(requested('FIBRE')));
  const at = (more: Partial<MigrationView>) => said(chartRows({ ...base, ...more }, { ...DATES, deliveredOn: '2026-12-01' }, 'it'));
  const hypercare = { startedAt: '2026-11-22T10:00:00Z', endsOn: '2026-12-20', over: false };
  expect(at({ hypercare })['hypercare']).toBe('PLANNED 2026-11-22 2026-12-20, ACTUAL 2026-11-22 2026-11-24 goes on');
  expect(at({ hypercare: { ...hypercare, over: true } })['hypercare']).toBe('ACTUAL 2026-11-22 2026-12-20');
  const cutover = (outcome: 'SUCCEEDED' | 'FAILED') => ({ decision: null, done: { startedAt: '2026-11-20T20:00:00Z', endedAt: '2026-11-21T02:00:00Z', outcome, regular: true, reasons: null } });
  expect(at({ cutover: cutover('SUCCEEDED') })['cutover']).toBe(`PLANNED ${base.schedule?.cutoverOn}, ACTUAL 2026-11-20 2026-11-21, shut true`);
  expect(at({ cutover: cutover('FAILED') })['cutover']).toBe(`PLANNED ${base.schedule?.cutoverOn}, shut true`);
  expect([at({ pointOfNoReturn: '2026-11-24T09:00:00Z' })['return'], at({ pointOfNoReturn: '2026-11-25T09:00:00Z' })['return']]).toEqual(['ACTUAL 2026-11-24', 'PLANNED 2026-11-25']);
  expect(at({ windows: [{ kind: 'SCHEDULED', from: '2026-12-04T19:00:00Z', to: '2026-12-06T19:00:00Z', reasons: [] }, { kind: 'FORBIDDEN', from: '2026-12-16T00:00:00Z', to: '2026-12-16T12:00:00Z', reasons: [] }] })).toMatchObject({
    window: 'PLANNED 2026-12-04 2026-12-06', avoid: 'AVOID 2026-12-16', operation: expect.stringMatching(/^ACTUAL 2026-12-01/),
  });
});
