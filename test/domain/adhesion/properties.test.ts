import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { adhesion, summarizeAdhesion, viewAdhesion, type AdhesionState } from '../../../domain/adhesion/index.ts';
import { addHours } from '../../../domain/shared/civil-date.ts';
import { isSuspended } from '../../../domain/adhesion/deliberation/standing.ts';
import { recognitionState } from '../../../domain/adhesion/recognition/standing.ts';
import { fold, type AllowedItem, type Decision, type EventBody } from '../../../domain/shared/process.ts';
import { adhesionCommands, receive, stateAfterCommands, type SentCommand } from '../../support/arbitrary-adhesion.ts';
import { drained } from '../../support/spec.ts';
import { AUDITOR, ENGINE, MEMBER, NOW, OPERATOR, OTHER_MEMBER } from './scenario.ts';

const RUNS = { numRuns: 60 };
/** Long enough to live through a convention up to its end. */
const lives = adhesionCommands({ live: true, minLength: 70, maxLength: 120 });
const sequences = fc.oneof(adhesionCommands(), adhesionCommands({ live: true }), lives);

type Event = Parameters<typeof adhesion.evolve>[1];

const OF_THE_DELIBERATION = ['SessionRequested', 'BoardOutageRecorded', 'SuspensionLifted', 'ResolutionRectified', 'ProposalResubmitted', 'ReminderDue'];

/** Every event of a sequence, those of timers with them. */
function eventsOf(sent: readonly SentCommand[]): readonly Event[] {
  const events: Event[] = [];
  const listening = { ...adhesion, evolve: (state: AdhesionState, event: Event) => { events.push(event); return adhesion.evolve(state, event); } };
  sent.reduce((state, { command, ...context }) => {
    const before = drained(listening, state, context.now);
    const decision = adhesion.decide(before, command, context);
    return decision.kind === 'refused' ? before : drained(listening, fold(listening, before, decision.events), context.now);
  }, adhesion.initial());
  return events;
}

function expectPlain(value: unknown): void {
  expect(JSON.parse(JSON.stringify(value))).toStrictEqual(value);
}

describe('the sequences tried', () => {
  test('reach every state of each area, every phase and every event', () => {
    const sampled = [...fc.sample(adhesionCommands(), { numRuns: 250, seed: 7 }), ...fc.sample(lives, { numRuns: 250, seed: 7 })];
    const seen = {
      deliberation: new Set<string>(), convention: new Set<string>(), dpa: new Set<string>(), phase: new Set<string>(), recognition: new Set<string>(),
      referent: new Set<string>(), event: new Set<string>(),
    };
    for (const sent of sampled) {
      sent.reduce((state, one) => {
        const after = receive(state, one);
        if (after.opening !== null) {
          const { deliberation, convention, dpa, phase, recognition, referents } = viewAdhesion(after, NOW);
          seen.deliberation.add(deliberation.state).add(deliberation.executivity);
          seen.convention.add(convention.state);
          seen.dpa.add(dpa.state);
          seen.phase.add(phase);
          seen.recognition.add(recognition.state);
          for (const referent of referents) seen.referent.add(referent.state);
        }
        return after;
      }, adhesion.initial());
      for (const { type } of eventsOf(sent)) seen.event.add(type);
    }
    expect(seen.deliberation).toStrictEqual(new Set([
      'SUSPENDED_BY_COURT', 'SUSPENDED_BY_BODY', 'REVOKED', 'ANNULLED', 'RECTIFIED',
      'NOT_STARTED', 'PROPOSAL_SENT', 'OPINIONS_PENDING', 'AUDITORS_PENDING', 'READY_FOR_COUNCIL', 'CONVENED', 'REJECTED', 'APPROVED',
      'APPROVED_AMENDED', 'PUBLISHED', 'TRANSMITTED', 'ACCEPTED', 'RETURNED', 'NONE', 'PENDING', 'IMMEDIATE', 'EXECUTIVE',
    ]));
    expect(seen.convention).toStrictEqual(new Set([
      'DRAFT', 'READY_TO_SIGN', 'SIGNED_BY_MEMBER', 'COUNTERSIGNED', 'REGISTERED', 'IN_FORCE', 'VOID', 'AMENDING', 'RENEWED', 'WITHDRAWING', 'EXCLUDING', 'EXPIRED',
      'TERMINATED',
    ]));
    expect(seen.dpa).toStrictEqual(new Set(['NOT_STARTED', 'DRAFT', 'SIGNED', 'IN_FORCE', 'ENDING', 'DATA_RETURNED', 'CLOSED']));
    expect(seen.phase).toStrictEqual(new Set(['RECOGNITION', 'DESIGN', 'IMPLEMENTATION', 'MANAGEMENT', 'EXITING', 'CLOSED']));
    expect([...seen.event]).toEqual(expect.arrayContaining([
      'FactCorrected', 'FactParked', 'ParkedFactApplied', 'ParkedFactRefused', 'FactWithdrawn', 'AmendmentResubmitted', 'ConfirmationLapsed', 'ReferentsConfirmed',
      'VacancyBecameLong', 'ExclusionPrepared', ...OF_THE_DELIBERATION,
    ]));
    expect(seen.recognition).toStrictEqual(new Set(['NOT_STARTED', 'INVITED', 'SUBMITTED', 'RETURNED', 'VALIDATED', 'STALE']));
    expect(seen.referent).toStrictEqual(new Set(['APPOINTED', 'ACTIVE', 'SUSPENDED', 'REPLACED', 'EXPIRED', 'VACANT']));
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
        // What was refused as a fact to come may have happened later, and a day to answer by be past; all else is decided as before.
        const later = first.kind === 'refused' ? first : adhesion.decide(before, command, { ...context, now: addHours(context.now, hours) });
        const isPast = later.kind === 'refused' && later.code === 'DUE_DATE_PAST';
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
        expect(adhesion.decide(state, command, context)).toSatisfy((decision) => isAnnounced(items.get(command.type), command.type, decision));
      }
    }), RUNS);
  });

  test('what is waited for is what the waiting party may do, and a timer that is armed', () => {
    fc.assert(fc.property(sequences, (sent) => {
      const state = stateAfterCommands(sent);
      const armed = adhesion.timers(state).map(({ key }) => `CLOCK ${key}`);
      const open = [OPERATOR, MEMBER].flatMap((actor) => adhesion.allowed(state, { actor, now: NOW, commandId: 'c' })
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
      const begun = state.membership.renewal !== null || state.convention.addendum !== null || state.dpa.draft !== null;
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
