import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { adhesion, summarizeAdhesion, viewAdhesion, type AdhesionState } from '../../../domain/adhesion/index.ts';
import type { Actor } from '../../../domain/shared/actor.ts';
import { addHours } from '../../../domain/shared/civil-date.ts';
import { isSuspended } from '../../../domain/adhesion/deliberation/standing.ts';
import { recognitionState } from '../../../domain/adhesion/recognition/standing.ts';
import { fold, type AllowedItem, type Decision, type EventBody } from '../../../domain/shared/process.ts';
import { adhesionCommands, played, receive, stateAfterCommands, type SentCommand } from '../../support/arbitrary-adhesion.ts';
import { drained } from '../../support/spec.ts';
import { AUDITOR, ENGINE, MEMBER, NOW, OPERATOR, OTHER_MEMBER } from './scenario.ts';

const RUNS = { numRuns: 60 };
/** Long enough to live through a convention up to its end. */
const lives = adhesionCommands({ live: true, minLength: 70, maxLength: 120 });
const sequences = fc.oneof(adhesionCommands(), adhesionCommands({ live: true }), lives);

type Event = Parameters<typeof adhesion.evolve>[1];

const eventsOf = (sent: readonly SentCommand[]): readonly Event[] => played(sent).events;

/** One stored example of each event, by type. */
const GOLDEN = new URL('../../golden/events/', import.meta.url);
/** Each event of a case that a command may bring; of a fact that was sent without waiting and refused the shell makes one of its own. */
const EVENTS = ['adhesion', 'case'].flatMap((name) => readdirSync(GOLDEN).filter((file) => file.startsWith(name)))
  .flatMap((file) => Object.keys(JSON.parse(readFileSync(new URL(file, GOLDEN), 'utf8')) as object)).filter((type) => type !== 'FactRefused');

function expectPlain(value: unknown): void {
  expect(JSON.parse(JSON.stringify(value))).toStrictEqual(value);
}

describe('the sequences tried', () => {
  const REACHED = {
    deliberation: [
      'SUSPENDED_BY_COURT', 'SUSPENDED_BY_BODY', 'REVOKED', 'ANNULLED', 'RECTIFIED',
      'NOT_STARTED', 'PROPOSAL_SENT', 'OPINIONS_PENDING', 'AUDITORS_PENDING', 'READY_FOR_COUNCIL', 'CONVENED', 'REJECTED', 'APPROVED',
      'APPROVED_AMENDED', 'PUBLISHED', 'TRANSMITTED', 'ACCEPTED', 'RETURNED',
    ],
    executivity: ['NONE', 'PENDING', 'IMMEDIATE', 'EXECUTIVE'],
    convention: [
      'DRAFT', 'READY_TO_SIGN', 'SIGNED_BY_MEMBER', 'COUNTERSIGNED', 'REGISTERED', 'IN_FORCE', 'VOID', 'AMENDING', 'RENEWED', 'WITHDRAWING', 'EXCLUDING', 'EXPIRED',
      'TERMINATED',
    ],
    dpa: ['NOT_STARTED', 'DRAFT', 'SIGNED', 'IN_FORCE', 'ENDING', 'DATA_RETURNED', 'CLOSED'],
    phase: ['RECOGNITION', 'DESIGN', 'IMPLEMENTATION', 'MANAGEMENT', 'EXITING', 'CLOSED'],
    recognition: ['NOT_STARTED', 'INVITED', 'IN_PROGRESS', 'SUBMITTED', 'RETURNED', 'VALIDATED', 'STALE'],
    referent: ['APPOINTED', 'ACTIVE', 'SUSPENDED', 'REPLACED', 'EXPIRED', 'VACANT'],
    // What papers say begins a case: see lineage/import.test.ts.
    event: EVENTS.filter((type) => type !== 'AdhesionImported'),
  };

  test('reach every state of each area, every phase and every event', () => {
    const missing = new Set(Object.entries(REACHED).flatMap(([area, names]) => names.map((name) => `${area} ${name}`)));
    const seen = (area: keyof typeof REACHED, name: string): void => {
      if (!REACHED[area].includes(name)) throw new Error(`${area} ${name} is not known here`);
      missing.delete(`${area} ${name}`);
    };
    for (let seed = 1; missing.size > 0 && seed <= 12; seed += 1) {
      for (const sent of [...fc.sample(adhesionCommands(), { numRuns: 10, seed }), ...fc.sample(lives, { numRuns: 30, seed })]) {
        const { states, events } = played(sent);
        const changed = states.filter((state, index) => state.opening !== null && state.version !== states[index - 1]?.version);
        for (const { deliberation, convention, dpa, phase, recognition, referents } of changed.map((state) => viewAdhesion(state, NOW))) {
          seen('deliberation', deliberation.state);
          seen('executivity', deliberation.executivity);
          seen('convention', convention.state);
          seen('dpa', dpa.state);
          seen('phase', phase);
          seen('recognition', recognition.state);
          for (const referent of referents) seen('referent', referent.state);
        }
        for (const { type } of events) seen('event', type);
      }
    }
    expect([...missing]).toStrictEqual([]);
  });
});

describe('an adhesion, whatever comes', () => {
  test('fold(a ++ b) = fold b from a snapshot of fold a', () => {
    fc.assert(fc.property(sequences, fc.nat(), (sent, cut) => {
      const events = eventsOf(sent);
      const at = cut % (events.length + 1);
      const snapshot: AdhesionState = JSON.parse(JSON.stringify(fold(adhesion, adhesion.initial(), events.slice(0, at))));
      expect(fold(adhesion, snapshot, events.slice(at))).toStrictEqual(fold(adhesion, adhesion.initial(), events));
    }), RUNS);
  });

  test('what was heard is what is folded: state is nothing but its events, one a version', () => {
    fc.assert(fc.property(sequences, (sent) => {
      const events = eventsOf(sent);
      const state = stateAfterCommands(sent);
      expect(fold(adhesion, adhesion.initial(), events)).toStrictEqual(state);
      expect(state.version).toBe(events.length);
    }), RUNS);
  });

  test('events, states, views, timers, effects and what is waited for are plain JSON', () => {
    fc.assert(fc.property(sequences, (sent) => {
      expectPlain(eventsOf(sent));
      const state = stateAfterCommands(sent);
      expectPlain([state, adhesion.timers(state), adhesion.effects(state), adhesion.waiting(state, NOW)]);
      for (const actor of [OPERATOR, MEMBER]) expectPlain(adhesion.allowed(state, { actor, now: NOW, commandId: 'c' }));
      expectPlain(state.opening === null ? null : [viewAdhesion(state, NOW), summarizeAdhesion(state)]);
    }), RUNS);
  });

  test('evolve takes what decide emits, in any order and any number of times', () => {
    fc.assert(fc.property(
      sequences.chain((sent) => fc.array(fc.constantFrom<Event>(...eventsOf(sent), { type: 'FactWithdrawn', data: { commandId: 'x' } }), { maxLength: 40 })),
      (events) => {
        const state = fold(adhesion, adhesion.initial(), events);
        expect(state.version).toBe(events.length);
        expectPlain(state);
        expectPlain([adhesion.timers(state), adhesion.waiting(state, NOW)]);
        expectPlain(state.opening === null ? null : viewAdhesion(state, NOW));
      },
    ), RUNS);
  });

  test('the same command again adds no fact: it is refused, empty, or only kept for its turn', () => {
    fc.assert(fc.property(adhesionCommands(), (sent) => {
      sent.reduce((state, one) => {
        const before = drained(adhesion, state, one.now);
        const after = receive(before, one);
        const { command, ...context } = one;
        const again = after.version > before.version ? typesOf(adhesion.decide(after, command, { ...context, commandId: 'again' })) : [];
        expect(again.filter((type) => type !== 'FactParked')).toStrictEqual([]);
        return after;
      }, adhesion.initial());
    }), RUNS);
  });

  test('a later now, with no timer between, changes stamps only, for facts that had happened', () => {
    fc.assert(fc.property(sequences, fc.integer({ min: 1, max: 50_000 }), (sent, hours) => {
      sent.reduce((state, one) => {
        const before = drained(adhesion, state, one.now);
        const { command, ...context } = one;
        const first = adhesion.decide(before, command, context);
        // What was refused as a fact to come may have happened later, and a day to answer by, or of a session, be past; all else is decided as before.
        const later = first.kind === 'refused' ? first : adhesion.decide(before, command, { ...context, now: addHours(context.now, hours) });
        const isPast = later.kind === 'refused' && ['DUE_DATE_PAST', 'SESSION_IN_PAST'].includes(later.code);
        expect(isPast ? null : withoutStamps(later)).toStrictEqual(isPast ? null : withoutStamps(first));
        return receive(state, one);
      }, adhesion.initial());
    }), RUNS);
  });

  test('allowed says what decide does: not allowed is refused with that code, whatever the data, or kept', () => {
    fc.assert(fc.property(sequences, adhesionCommands({ maxLength: 30 }), fc.constantFrom(OPERATOR, MEMBER, OTHER_MEMBER, AUDITOR, ENGINE), (sent, others, actor) => {
      const state = stateAfterCommands(sent);
      const context = { actor, now: '2032-01-01T00:00:00Z', commandId: 'cmd-x' };
      const items = new Map(adhesion.allowed(state, context).map((item) => [item.command, item]));
      for (const { command } of others) {
        expect(adhesion.decide(state, command, context)).toSatisfy((decision) => isAnnounced(items.get(command.type), command.type, decision) || isEngines(command.type, actor));
      }
    }), RUNS);
  });

  test('what is waited for is what the waiting party may do, and a timer that is armed', () => {
    fc.assert(fc.property(sequences, (sent) => {
      const state = stateAfterCommands(sent);
      const armed = adhesion.timers(state).map(({ key }) => `CLOCK ${key}`);
      // Of two operators: one may be the preparer of what another approves.
      const open = [OPERATOR, { ...OPERATOR, subject: 's-operator-2' }, MEMBER].flatMap((actor) => adhesion.allowed(state, { actor, now: NOW, commandId: 'c' })
        .filter(({ allowed }) => allowed).map(({ command }) => `${actor.role.toUpperCase()} ${command}`));
      // Services are closed by commands of their own cases.
      const beside = state.migrations.length === 0 ? [] : ['OPERATOR CloseMigration', 'OPERATOR Cancel'];
      for (const { who, what } of adhesion.waiting(state, NOW)) expect([...armed, ...open, ...beside]).toContain(`${who} ${what}`);
    }), RUNS);
  });

  test('an open case is never stuck: somebody or the clock is waited for until all is done', () => {
    fc.assert(fc.property(sequences, (sent) => {
      const state = stateAfterCommands(sent);
      const seen = state.opening === null ? null : viewAdhesion(state, NOW);
      const phase = seen?.phase ?? 'CLOSED';
      const suspended = isSuspended(state.deliberation) && phase !== 'CLOSED';
      const mandatory = new Set(['ICT_REFERENT', 'RTD', 'DPO', 'SECURITY_CONTACT']);
      const begun = state.membership.renewal !== null || state.convention.addendum !== null || state.dpa.draft !== null || state.dues.length > 0 || state.opening?.policies.nisSubject === true;
      const asked = (seen?.vacancies.length ?? 0) > 0 || recognitionWaits(state) || seen?.referents.some(({ role, deputy, state: now, confirmBy }) => (
        now === 'APPOINTED' || (now === 'ACTIVE' && confirmBy !== null) || (now === 'SUSPENDED' && mandatory.has(role) && !deputy)));
      if (phase === 'MANAGEMENT' && begun) return;
      expect(adhesion.waiting(state, NOW).length > 0).toBe(suspended || (phase !== 'CLOSED' && (phase !== 'MANAGEMENT' || asked === true)));
    }), RUNS);
  });
});

/** Not allowed is refused with that code whatever the data, or kept for its turn; not even listed is forbidden. */
function isAnnounced(item: AllowedItem | undefined, type: string, decision: ReturnType<typeof adhesion.decide>): boolean {
  if (item === undefined) return type === 'WithdrawFact' || (decision.kind === 'refused' && decision.code === 'FORBIDDEN');
  if (item.allowed) return true;
  const code = item.reasons[0]?.code;
  return decision.kind === 'refused'
    ? decision.reasons.some((reason) => reason.code === code)
    : decision.events.every((event) => event.type === 'FactParked' && event.data.fact.code === code);
}

/** What only the engine sends is listed for nobody, and forbidden to all others. */
function isEngines(type: string, { role }: Actor): boolean {
  return role === 'engine' && ['CompleteEffect', 'NoteMigration', 'NoteSuccessor', 'SucceedAdhesion', 'InheritAdhesion'].includes(type);
}

/** An invitation, a submission or a stale recognition asks for something, also when all else is done. */
function recognitionWaits({ recognition }: AdhesionState): boolean {
  return !['NOT_STARTED', 'VALIDATED'].includes(recognitionState(recognition));
}

function typesOf(decision: Decision<EventBody>): readonly string[] {
  return decision.kind === 'refused' ? [] : decision.events.map(({ type }) => type);
}

/** When a decision was received, and the days that count from then. */
const STAMPS: ReadonlySet<string> = new Set(['at', 'confirmBy', 'receivedAt', 'submittedOn', 'validatedOn', 'staleOn', 'staleFrom']);

function withoutStamps(decision: Decision<EventBody>): unknown {
  return JSON.parse(JSON.stringify(decision), (key: string, value: unknown) => (STAMPS.has(key) ? 'stamp' : value));
}
