import { describe, expect, test } from 'vitest';
import { standingOf } from '../../../domain/portfolio/standing.ts';

const REQUESTED_AT = '2026-10-01T08:00:00Z';
const WINDOW = { from: '2026-12-11T19:00:00Z', to: '2026-12-13T19:00:00Z' };
const standing = (state: string, { retires = false, window = null as typeof WINDOW | null } = {}) => standingOf({ state, retires, requestedAt: REQUESTED_AT, window });

describe('how a service stands by its newest migration', () => {
  test('it operates from its operation on, also when the migration is closed', () => {
    for (const state of ['OPERATING', 'DECOMMISSIONING_OLD', 'CLOSED']) expect([state, standing(state)]).toEqual([state, { state: 'OPERATING' }]);
  });

  test('it is as if nobody had asked for one that came to nothing, retires, or was closed because it had retired', () => {
    for (const state of ['CANCELLED', 'REJECTED', 'RETIRING']) expect([state, standing(state)]).toEqual([state, null]);
    expect(standing('CLOSED', { retires: true })).toBeNull();
  });

  test('it is on its way otherwise, with its window where it has one', () => {
    expect([standing('PROVISIONING'), standing('PARALLEL_RUN', { window: WINDOW })]).toEqual([{ state: 'REQUESTED', at: REQUESTED_AT }, { state: 'SCHEDULED', window: WINDOW }]);
  });
});
