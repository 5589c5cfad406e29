import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { migration, viewMigration, type MigrationState, type WorkItem } from '../../../domain/migration/index.ts';
import { itemsAfter, readyItems } from '../../../domain/migration/work-items/state.ts';
import type { Actor } from '../../../domain/shared/actor.ts';
import { addHours } from '../../../domain/shared/civil-date.ts';
import type { AllowedItem } from '../../../domain/shared/process.ts';
import { accepted, attempts, completionOf, eventsOf, foldFrom, type Attempt } from './arbitrary.ts';
import {
  AUDITOR, ENGINE, MEMBER, NOW, OPEN, OPERATOR, OTHER_MEMBER, stateAfter, TEXT, type AnyCommand, type AnyEvent,
} from './scenario.ts';

/** Plain JSON: writing and reading it changes nothing, not even a key that is undefined. */
function expectPlain(value: unknown): void {
  expect(JSON.parse(JSON.stringify(value))).toStrictEqual(value);
}

const withoutStamps = (events: readonly AnyEvent[]): unknown =>
  events.map((event) => {
    // A term counts from the day on which it became known.
    const { data, ...more } = event.type === 'WorkItemsScheduled' ? { ...event, data: { ...event.data, items: event.data.items.map(({ workItemId }) => workItemId) } } : event;
    return { ...more, data: { ...data, at: 'stamp' } };
  });

describe('a migration, whatever comes', () => {
  test('the paths tried reach every state', () => {
    const reached = fc.sample(attempts, { numRuns: 2000, seed: 7 }).map((tried) => stateAfter(...eventsOf(tried)).migration?.state);
    expect(new Set(reached)).toStrictEqual(new Set([undefined, 'PROVISIONING', 'OPERATING', 'CLOSED', 'CANCELLED']));
  });

  test('fold(a ++ b) = fold b from a snapshot of fold a', () => {
    fc.assert(fc.property(attempts, fc.nat(), (tried, cut) => {
      const events = eventsOf(tried);
      const at = cut % (events.length + 1);
      const snapshot: MigrationState = JSON.parse(JSON.stringify(stateAfter(...events.slice(0, at))));
      expect(foldFrom(snapshot, events.slice(at))).toStrictEqual(stateAfter(...events));
    }));
  });

  test('events, states, views and effects are plain JSON, and each event is one version', () => {
    fc.assert(fc.property(attempts, (tried) => {
      const events = eventsOf(tried);
      expectPlain(events);
      for (const end of [...events.keys(), events.length]) {
        const state = stateAfter(...events.slice(0, end));
        expect(state.version).toBe(end);
        expectPlain(state);
        expectPlain(migration.effects(state));
        expectPlain(migration.waiting(state, NOW));
        if (state.migration !== null) expectPlain(viewMigration(state, NOW));
      }
    }));
  });

  test('evolve takes what decide emits, in any order and any number of times', () => {
    fc.assert(fc.property(
      attempts.chain((tried) => fc.array(fc.constantFrom<AnyEvent>(...eventsOf(tried), { type: 'FactWithdrawn', data: { commandId: 'x' } }), { maxLength: 20 })),
      (events) => {
        const state = stateAfter(...events);
        expect(state.version).toBe(events.length);
        expectPlain(state);
      },
    ));
  });

  test('a command twice = once', () => {
    fc.assert(fc.property(attempts, (tried) => {
      for (const [index, attempt] of tried.entries()) {
        const before = stateAfter(...eventsOf(tried.slice(0, index)));
        const events = accepted(before, attempt);
        const again = events.length > 0 ? accepted(foldFrom(before, events), attempt) : [];
        expect(again).toStrictEqual([]);
      }
    }));
  });

  test('a later now changes stamps only, for facts that had happened', () => {
    fc.assert(fc.property(attempts, fc.integer({ min: 1, max: 100_000 }), (tried, hours) => {
      for (const [index, attempt] of tried.entries()) {
        const before = stateAfter(...eventsOf(tried.slice(0, index)));
        const later: Attempt = { ...attempt, context: { ...attempt.context, now: addHours(attempt.context.now, hours) } };
        const events = accepted(before, attempt);
        // What was refused as a day to come may have happened later; all else is decided as before.
        const again = events.length > 0 ? accepted(before, later) : [];
        expect(withoutStamps(again)).toStrictEqual(withoutStamps(events));
      }
    }));
  });

  test('allowed says what decide does', () => {
    fc.assert(fc.property(attempts, fc.constantFrom(OPERATOR, MEMBER, OTHER_MEMBER, AUDITOR, ENGINE), (tried, actor) => {
      const state = stateAfter(...eventsOf(tried));
      const context = { actor, now: addHours(NOW, 10_000), commandId: 'cmd-x' };
      const items = new Map(migration.allowed(state, context).map((item) => [item.command, item]));
      for (const command of possible(state, actor)) {
        expect(migration.decide(state, command, context)).toMatchObject(announced(items.get(command.type)));
      }
    }));
  });
});

/** The decision that `allowed` has announced. */
function announced(item: AllowedItem | undefined): object {
  if (item === undefined) return { kind: 'refused', code: 'FORBIDDEN' };
  return item.allowed ? { kind: 'accepted' } : { kind: 'refused', reasons: item.reasons };
}

/** One command of each type, with the best data there is in this state. */
function possible({ migration: opened }: MigrationState, { role }: Actor): readonly AnyCommand[] {
  const mine = (item: WorkItem) => role !== 'member' || item.role === 'MEMBER';
  const next = opened === null ? undefined : readyItems(opened).find(mine)?.id;
  const last = opened?.workItems.find((item) => item.done !== null && mine(item) && itemsAfter(opened, item).every(({ done }) => done === null))?.id;
  return [
    OPEN,
    completionOf(next ?? 'nothing', '2027-02-01'),
    { type: 'ReopenWorkItem', data: { workItemId: last ?? 'nothing', reasons: TEXT } },
    { type: 'Cancel', data: { reasons: TEXT } },
    { type: 'CloseMigration', data: { closedOn: '2027-02-01' } },
  ];
}
