import { describe, expect, test } from 'vitest';
import { viewMigration } from '../../../domain/migration/index.ts';
import { after, CUT, cutOver, DECIDED_STEPS, provisioned, START, stateOf, type Step } from './moved.ts';
import { MEMBER, TEXT, type AnyEvent } from './scenario.ts';

const late = (events: readonly AnyEvent[], now: string) => viewMigration(stateOf(events), now).late;

// The plan: provisioning on 1 October, data on 12 October, cutover on Saturday 7 November 2026.
describe('a migration is late', () => {
  test('the day after the one on which its data were to be moved, and no more once they are', () => {
    expect([late(provisioned(), '2026-10-12T21:59:59Z'), late(provisioned(), '2026-10-12T22:00:00Z')]).toEqual([false, true]);
    expect(late(after(provisioned(), START), '2026-10-12T22:00:00Z')).toBe(false);
  });

  test('the day after the one on which it was to be cut over, and no more once it is', () => {
    const decided = after(provisioned(), ...DECIDED_STEPS);
    expect([late(decided, '2026-11-07T22:59:59Z'), late(decided, '2026-11-07T23:00:00Z')]).toEqual([false, true]);
    expect(late(after(decided, CUT), '2026-11-08T09:00:00Z')).toBe(false);
  });

  test('when a defect of severity 1 has stood open beyond its day, or hypercare', () => {
    const report: Step = [{ type: 'ReportDefect', data: { defectNo: 'INC-1', severity: 1, reportedAt: '2026-11-20T08:00:00Z' } }, '2026-11-20T08:00:00Z', MEMBER];
    const broken = after(cutOver(), report);
    expect([late(broken, '2026-11-20T22:59:59Z'), late(broken, '2026-11-20T23:00:00Z')]).toEqual([false, true]);
    expect([late(cutOver(), '2026-12-04T22:59:59Z'), late(cutOver(), '2026-12-04T23:00:00Z')]).toEqual([false, true]);
  });

  test('never while it is suspended', () => {
    const held = after(provisioned(), [{ type: 'Suspend', data: { reasons: TEXT } }, '2026-10-06T08:00:00Z']);
    expect(late(held, '2027-01-01T00:00:00Z')).toBe(false);
  });
});
