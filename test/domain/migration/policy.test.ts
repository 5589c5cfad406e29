import { describe, expect, test } from 'vitest';
import { migration, summarizeMigration, viewMigration } from '../../../domain/migration/index.ts';
import {
  AUDITOR, CANCELLED, CLOSED, DELIVERED, ENGINE, ENROLLED, MEMBER, MET, NOW, OPERATING, OPERATOR, OTHER_MEMBER, PROVISIONING, REQUESTED,
  stateAfter, TEXT, type AnyEvent,
} from './scenario.ts';

const told = (state: string, version: number) => ({
  key: `note-${state}@${version}`,
  kind: 'tell',
  input: {
    to: 'adhesion/c_a010-1',
    command: { type: 'NoteMigration', data: { id: 'c_a010-1.RTD_COMMUNITY', service: 'RTD_COMMUNITY', state } },
    commandId: `migration/c_a010-1.RTD_COMMUNITY@${version}`,
  },
});

describe('what the adhesion is told', () => {
  test('nothing of a request that it made itself, then every state', () => {
    expect(migration.effects(stateAfter(REQUESTED))).toStrictEqual([]);
    expect(migration.effects(stateAfter(...OPERATING, CLOSED))).toStrictEqual([
      told('PROVISIONING', 2), told('OPERATING', 5), told('CLOSED', 6),
    ]);
    expect(migration.effects(stateAfter(...PROVISIONING, CANCELLED))).toStrictEqual([told('PROVISIONING', 2), told('CANCELLED', 3)]);
  });

  test('nothing of a single work item, and nothing twice', () => {
    const done: AnyEvent = { type: 'EffectCompleted', data: { key: 'note-PROVISIONING@2' } };
    expect(migration.effects(stateAfter(...PROVISIONING, done, ENROLLED))).toStrictEqual([]);
  });

  test('a migration is finished when it has ended and all was told', () => {
    const toldAll: AnyEvent[] = [2, 3].map((version) => (
      { type: 'EffectCompleted', data: { key: `note-${version === 2 ? 'PROVISIONING' : 'CANCELLED'}@${version}` } }
    ));
    expect(migration.finished(migration.initial())).toBe(false);
    expect(migration.finished(stateAfter(...OPERATING))).toBe(false);
    expect(migration.finished(stateAfter(...PROVISIONING, CANCELLED))).toBe(false);
    expect(migration.finished(stateAfter(...PROVISIONING, CANCELLED, ...toldAll))).toBe(true);
  });
});

describe('allowed', () => {
  const allowed = (events: readonly AnyEvent[], actor = OPERATOR) => Object.fromEntries(
    migration.allowed(stateAfter(...events), { actor, now: NOW, commandId: 'none' })
      .map(({ command, allowed: may, reasons }) => [command, may ? 'yes' : reasons.map(({ code }) => code).join()]),
  );

  test('an operator', () => {
    expect(allowed([])).toStrictEqual({ CompleteWorkItem: 'NOT_OPEN', ReopenWorkItem: 'NOT_OPEN', Cancel: 'NOT_OPEN', CloseMigration: 'NOT_OPEN' });
    expect(allowed(PROVISIONING)).toStrictEqual({ CompleteWorkItem: 'yes', ReopenWorkItem: 'WORK_ITEM_NOT_DONE', Cancel: 'yes', CloseMigration: 'OUT_OF_TURN' });
    expect(allowed(OPERATING)).toStrictEqual({ CompleteWorkItem: 'OUT_OF_TURN', ReopenWorkItem: 'OUT_OF_TURN', Cancel: 'OUT_OF_TURN', CloseMigration: 'yes' });
    expect(allowed([...OPERATING, CLOSED])).toStrictEqual({ CompleteWorkItem: 'OUT_OF_TURN', ReopenWorkItem: 'OUT_OF_TURN', Cancel: 'OUT_OF_TURN', CloseMigration: 'OUT_OF_TURN' });
  });

  test('the other actors', () => {
    expect(allowed(PROVISIONING, MEMBER)).toStrictEqual({ CompleteWorkItem: 'WORK_ITEM_NOT_YOURS', ReopenWorkItem: 'WORK_ITEM_NOT_DONE', Cancel: 'yes' });
    expect(allowed(OPERATING, MEMBER)).toStrictEqual({ CompleteWorkItem: 'OUT_OF_TURN', ReopenWorkItem: 'OUT_OF_TURN', Cancel: 'OUT_OF_TURN' });
    expect(allowed(PROVISIONING, OTHER_MEMBER)).toStrictEqual({});
    expect(allowed(PROVISIONING, AUDITOR)).toStrictEqual({});
    expect(allowed(PROVISIONING, ENGINE)).toStrictEqual({ OpenMigration: 'ALREADY_OPEN' });
    expect(allowed([], ENGINE)).toStrictEqual({ OpenMigration: 'yes' });
  });
});

describe('waiting', () => {
  const meeting = {
    who: 'OPERATOR', what: 'CompleteWorkItem', since: '2026-07-04T09:00:00Z', dueOn: null,
    reasons: [{ code: 'WORK_ITEM_OPEN', message: { it: "first-meeting: Tenere il primo incontro con l'RTD.", en: 'first-meeting: Hold the first meeting with the RTD.' } }],
  };

  test('for the items whose turn it is, since it was their turn', () => {
    expect(migration.waiting(stateAfter(...PROVISIONING), NOW)).toStrictEqual([{
      ...meeting, since: '2026-07-01T08:00:00Z',
      reasons: [{ code: 'WORK_ITEM_OPEN', message: { it: "enrol-rtd: Iscrivere l'RTD alla community.", en: 'enrol-rtd: Enrol the RTD in the community.' } }],
    }]);
    expect(migration.waiting(stateAfter(...PROVISIONING, ENROLLED), NOW)).toStrictEqual([meeting]);
  });

  test.each([
    ['unopened', []], ['only requested', [REQUESTED]], ['operating', OPERATING], ['cancelled', [...PROVISIONING, CANCELLED]],
  ])('for nobody when %s', (_state, events) => {
    expect(migration.waiting(stateAfter(...events), NOW)).toStrictEqual([]);
  });

  test('no timers: the light track has no terms', () => {
    expect(migration.timers(stateAfter(...PROVISIONING))).toStrictEqual([]);
  });
});

describe('view', () => {
  /** Of a work item of which the catalogue says nothing more. */
  const UNTOLD = { role: 'OPERATOR', dueOn: null, overdue: false, checklist: [], requires: 'NONE', evidence: [], undo: null };

  test('of a migration in provisioning', () => {
    const state = stateAfter(...PROVISIONING, { ...ENROLLED, data: { ...ENROLLED.data, note: TEXT } });
    expect(viewMigration(state, NOW)).toStrictEqual({
      id: 'c_a010-1.RTD_COMMUNITY',
      workflowId: 'migration/c_a010-1.RTD_COMMUNITY',
      adhesion: 'c_a010-1',
      body: 'c_a010',
      service: 'RTD_COMMUNITY',
      plan: 'standard',
      catalogueVersion: 1,
      track: 'LIGHT',
      state: 'PROVISIONING',
      attempt: 1,
      version: 3,
      gates: [
        {
          gate: 'OPERATING', open: false,
          reasons: [{ code: 'WORK_ITEM_OPEN', message: { it: "first-meeting: Tenere il primo incontro con l'RTD.", en: 'first-meeting: Hold the first meeting with the RTD.' } }],
        },
        { gate: 'CLOSED', open: false, reasons: [{ code: 'NOT_OPERATING', message: { it: 'Il servizio non è ancora in esercizio.', en: 'The service does not operate yet.' } }] },
      ],
      windows: [],
      defects: [],
      dependencies: [],
      effects: [],
      dataMigration: null,
      acceptance: null,
      parallelRun: null,
      cutover: null,
      hypercare: null,
      schedule: null,
      pointOfNoReturn: null,
      undo: [],
      rollback: null,
      suspension: null,
      workItems: [
        {
          id: 'enrol-rtd', title: { it: "Iscrivere l'RTD alla community", en: 'Enrol the RTD in the community' }, state: 'DONE', after: [],
          completedOn: '2026-07-03', note: TEXT, readySince: null, ...UNTOLD,
        },
        {
          id: 'first-meeting', title: { it: "Tenere il primo incontro con l'RTD", en: 'Hold the first meeting with the RTD' }, state: 'OPEN',
          after: ['enrol-rtd'], completedOn: null, note: null, readySince: '2026-07-04T09:00:00Z', ...UNTOLD,
        },
      ],
      parked: [],
      waitingFor: migration.waiting(state, NOW),
      timers: [],
      late: false,
    });
  });

  test('its gates open with the delivery, and a cancelled one has none', () => {
    expect(viewMigration(stateAfter(...OPERATING), NOW)).toMatchObject({
      state: 'OPERATING', gates: [{ gate: 'OPERATING', open: true, reasons: [] }, { gate: 'CLOSED', open: true, reasons: [] }],
    });
    expect(viewMigration(stateAfter(...PROVISIONING, CANCELLED), NOW)).toMatchObject({ state: 'CANCELLED', gates: [] });
  });

  test('the summary names each party once', () => {
    const independent: AnyEvent = {
      type: 'ProvisioningStarted',
      data: { at: NOW, workItems: ['a', 'b'].map((id) => ({ id, title: { it: id, en: id }, after: [] })) },
    };
    const common = { id: 'c_a010-1.RTD_COMMUNITY', adhesion: 'c_a010-1', body: 'c_a010', service: 'RTD_COMMUNITY' };
    expect(summarizeMigration(stateAfter(REQUESTED, independent))).toStrictEqual({ ...common, state: 'PROVISIONING', waitingFor: ['OPERATOR'] });
    expect(summarizeMigration(stateAfter(...PROVISIONING, ENROLLED, MET, DELIVERED))).toStrictEqual({ ...common, state: 'OPERATING', waitingFor: [] });
  });

  test('there is none of a migration that was never opened', () => {
    expect(() => viewMigration(migration.initial(), NOW)).toThrow('never opened');
    expect(() => summarizeMigration(migration.initial())).toThrow('never opened');
  });
});
