import fc from 'fast-check';
import { expect, test } from 'vitest';
import { migration, viewMigration } from '../../../domain/migration/index.ts';
import { addDays } from '../../../domain/shared/civil-date.ts';
import { foldInForce } from '../../../domain/shared/two-times.ts';
import { attempts, eventsOf, foldFrom } from './arbitrary.ts';
import { NOW } from './scenario.ts';

const histories = attempts.map((tried) => eventsOf(tried).map((event, index) => ({ ...event, version: index + 1, recordedAt: NOW })));

test('a day after all facts gives what is known, and every day can be shown', () => {
  fc.assert(fc.property(histories, fc.nat(1_200), (events, days) => {
    expect(foldInForce(migration, events, '9999-12-31')).toStrictEqual(foldFrom(migration.initial(), events));
    const state = foldInForce(migration, events, addDays('2024-01-01', days));
    expect(state.version).toBe(events.length);
    // Shown without an exception, whatever is left out.
    if (events[0]?.type === 'MigrationRequested') viewMigration(state, NOW);
  }), { numRuns: 100 });
});
