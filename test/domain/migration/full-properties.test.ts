import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { COMMAND_CATALOGUE as ADHESION_COMMANDS } from '../../../domain/adhesion/index.ts';
import { isEndedMigration, migration, viewMigration, type MigrationState } from '../../../domain/migration/index.ts';
import { COMMAND_CATALOGUE } from '../../../domain/migration/catalogue.ts';
import { restoreMigration } from '../../../domain/migration/state.ts';
import { MIGRATION_STAGES } from '../../../domain/migration/stages.ts';
import { foldInForce } from '../../../domain/shared/two-times.ts';
import { fold, type AllowedItem, type Waiting } from '../../../domain/shared/process.ts';
import { isAllowed, walks } from './generated.ts';
import { AUDITOR, ENGINE, MEMBER, NOW, OPERATOR, OTHER_MEMBER } from './scenario.ts';

const RUNS = { numRuns: 150 };

function expectPlain(value: unknown): void {
  expect(JSON.parse(JSON.stringify(value))).toStrictEqual(value);
}

/** Whether what is waited for can be done now, by whom it says. */
function isDoable(state: MigrationState, { who, what }: Waiting): boolean {
  if (who === 'CLOCK') return what === 'NoteGrounds' || migration.timers(state).some(({ key }) => key === what);
  // What a supplier did the Agency records.
  if (who === 'PROVIDER' && what !== 'CompleteWorkItem') return migration.effects(state).some(({ kind }) => kind === 'broker');
  const actor = who === 'MEMBER' ? MEMBER : OPERATOR;
  return what in COMMAND_CATALOGUE ? isAllowed(state, what, actor) : Object.hasOwn(ADHESION_COMMANDS, what);
}

describe('a migration of the full track, whatever comes', () => {
  test('the walks reach every stage', () => {
    const reached = new Set<string>();
    for (const { attempts } of fc.sample(walks, { numRuns: 1500, seed: 7 })) for (const { before } of attempts) reached.add(before.migration?.state ?? '');
    expect(MIGRATION_STAGES.filter((stage) => !reached.has(stage))).toEqual([]);
  });

  test('fold(a ++ b) = fold b from a snapshot of fold a; states, views, effects are plain JSON', () => {
    fc.assert(fc.property(walks, fc.nat(), ({ events }, cut) => {
      const at = cut % (events.length + 1);
      const half = fold(migration, migration.initial(), events.slice(0, at));
      expectPlain(half);
      if (half.migration !== null) expectPlain([viewMigration(half, NOW), migration.effects(half), migration.timers(half)]);
      const snapshot = restoreMigration(JSON.parse(JSON.stringify(half)) as object, migration.stateSchema);
      expect(fold(migration, snapshot ?? migration.initial(), events.slice(at))).toStrictEqual(fold(migration, migration.initial(), events));
    }), RUNS);
  });

  test('evolve takes its events in any order', () => {
    fc.assert(fc.property(walks.chain(({ events }) => fc.shuffledSubarray([...events])), (events) => {
      const state = fold(migration, migration.initial(), events);
      expect(state.version).toBe(events.length);
      expectPlain(state);
      expectPlain(foldInForce(migration, events.map((event, index) => ({ ...event, version: index + 1, recordedAt: NOW })), '2026-11-01'));
    }), RUNS);
  });

  test('what is not allowed is refused for those very reasons, and what is allowed is not refused for the state', () => {
    fc.assert(fc.property(walks, fc.constantFrom(OPERATOR, MEMBER, OTHER_MEMBER, AUDITOR, ENGINE), ({ attempts }, actor) => {
      for (const { before, command, context } of attempts) {
        if (before.migration === null || !(command.type in COMMAND_CATALOGUE)) continue;
        const item = migration.allowed(before, { ...context, actor }).find((one) => one.command === command.type);
        expect(migration.decide(before, command, { ...context, actor })).toMatchObject(announced(item));
      }
    }), RUNS);
  });

  test('an open one waits for somebody, who may do what it waits for', () => {
    fc.assert(fc.property(walks, ({ attempts, state }) => {
      for (const one of [...attempts.map(({ before }) => before), state]) {
        if (one.migration === null || isEndedMigration(one)) continue;
        const waiting = migration.waiting(one, NOW);
        expect(waiting.length, `${one.migration.state} waits for nobody`).toBeGreaterThan(0);
        expect(waiting.filter((turn) => !isDoable(one, turn)), one.migration.state).toEqual([]);
      }
    }), RUNS);
  });

  test('the same command twice changes nothing the second time, but for a plan proposed anew and a call tried again', () => {
    fc.assert(fc.property(walks, ({ attempts }) => {
      for (const { before, command, context, events } of attempts) {
        if (events.length === 0 || AGAIN.has(command.type)) continue;
        const again = migration.decide(fold(migration, before, events), command, context);
        expect(again.kind === 'accepted' ? again.events : [], command.type).toEqual([]);
      }
    }), RUNS);
  });
});

/** What a decision must be at least, by what is allowed; of an allowed command the data decide. */
function announced(item: AllowedItem | undefined): object {
  if (item === undefined) return { kind: 'refused', code: 'FORBIDDEN' };
  return item.allowed ? {} : { kind: 'refused', reasons: item.reasons };
}

/** Commands that may be said again: each time is a new fact. */
const AGAIN: ReadonlySet<string> = new Set(['ProposePlan', 'ScheduleCutover', 'RollBack']);
