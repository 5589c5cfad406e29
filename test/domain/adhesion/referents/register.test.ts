import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { adhesion, type AdhesionCommand, type AdhesionState } from '../../../../domain/adhesion/index.ts';
import { holdersOn, holdings } from '../../../../domain/adhesion/referents/tenure.ts';
import type { ReferentRole } from '../../../../domain/adhesion/referents/terms.ts';
import { MANDATE_CHANGES } from '../../../../domain/adhesion/mandates/terms.ts';
import { addDays } from '../../../../domain/shared/civil-date.ts';
import { fold } from '../../../../domain/shared/process.ts';
import { adhesionCommands, stateAfterCommands } from '../../../support/arbitrary-adhesion.ts';
import { drained } from '../../../support/spec.ts';
import { actorFor, does, NOW, reached, view, type DataOf } from '../scenario.ts';

const managed = reached('AcceptAppointment');

/** Who held a role on a day, by their appointments. */
const held = (state: AdhesionState, role: ReferentRole, on: string): readonly string[] => holdersOn(state, role, on).map(({ appointmentId }) => appointmentId);

describe('who held a role on a day', () => {
  const deputised = does(managed, 'AppointReferent', { role: 'RTD', subject: 's_deputy', actNo: '20/2026', actOn: '2026-09-10', deputy: true });
  const acting = does(deputised, 'AcceptAppointment', { appointmentId: 'ref-5', acceptedAt: '2026-09-15T08:00:00Z' });
  const replaced = does(acting, 'ReplaceReferent', { appointmentId: 'ref-2', subject: 's_rtd2', actNo: '60/2026', actOn: '2026-10-01' });
  const again = does(replaced, 'AcceptAppointment', { appointmentId: 'ref-6', acceptedAt: '2026-10-05T08:00:00Z' });

  test.each([
    ['2026-09-03', []], ['2026-09-06', []], ['2026-09-07', ['ref-2']], ['2026-09-15', ['ref-2', 'ref-5']], ['2026-09-30', ['ref-2', 'ref-5']],
    ['2026-10-01', ['ref-5']], ['2026-10-04', ['ref-5']], ['2026-10-05', ['ref-6', 'ref-5']], ['2030-01-01', ['ref-6', 'ref-5']],
  ])('RTD on %s: %j, from the acceptance to the end, the holder before his deputy', (on, holders) => {
    expect(held(again, 'RTD', on)).toStrictEqual(holders);
  });

  test('not while he is suspended', () => {
    const suspended = does(managed, 'SuspendReferent', { appointmentId: 'ref-3', from: '2026-10-10' });
    const reinstated = does(suspended, 'ConfirmReferents', { appointmentIds: ['ref-3'] });
    const days = ['2026-10-09', '2026-10-10', '2026-11-21', '2026-11-22'];
    expect(days.map((on) => held(suspended, 'DPO', on))).toStrictEqual([['ref-3'], [], [], []]);
    expect(days.map((on) => held(reinstated, 'DPO', on))).toStrictEqual([['ref-3'], [], [], ['ref-3']]);
    expect(holdings(reinstated).filter(({ role }) => role === 'DPO')).toMatchObject([{ from: '2026-09-08', to: '2026-10-10' }, { from: '2026-11-22', to: null }]);
  });

  test('each service has its own referent', () => {
    const service: DataOf<'AppointReferent'> = { role: 'SERVICE_REFERENT', service: 'TRAINING', subject: 's_x', actNo: '1', actOn: '2026-09-10' };
    const both = does(does(managed, 'AppointReferent', service), 'AppointReferent', { ...service, service: 'FIBRE' });
    const one = does(both, 'AcceptAppointment', { appointmentId: 'ref-6', acceptedAt: '2026-09-11T08:00:00Z' });
    expect(['TRAINING', 'FIBRE'].map((id) => holdersOn(one, 'SERVICE_REFERENT', '2026-10-01', id).length)).toStrictEqual([0, 1]);
    const replaced = does(one, 'ReplaceReferent', { appointmentId: 'ref-6', subject: 's_y', actNo: '2', actOn: '2026-10-01' });
    expect(view(replaced).referents.at(-1)).toMatchObject({ role: 'SERVICE_REFERENT', service: 'FIBRE', appointmentId: 'ref-7' });
    expect(view(does(one, 'DeclareVacancy', { role: 'SERVICE_REFERENT', service: 'FIBRE', from: '2026-10-01' })).referents).toMatchObject([{}, {}, {}, {}, { state: 'APPOINTED' }, { state: 'VACANT' }]);
  });
});

describe('the register, whatever comes', () => {
  const ROLES = ['ICT_REFERENT', 'RTD', 'DPO', 'SECURITY_CONTACT', 'SERVICE_REFERENT'] as const;
  const day = fc.integer({ min: 0, max: 600 }).map((days) => addDays('2026-01-01', days));
  const sequences = fc.oneof(adhesionCommands(), adhesionCommands({ live: true }));

  test('knows on each day one holder and one deputy of a role at most', () => {
    fc.assert(fc.property(sequences, day, fc.constantFrom(...ROLES), (sent, on, role) => {
      const found = holdersOn(stateAfterCommands(sent), role, on, role === 'SERVICE_REFERENT' ? 'TRAINING' : null);
      expect(found.map(({ deputy }) => deputy)).toSatisfy((deputies: readonly boolean[]) => ['[]', '[false]', '[true]', '[false,true]'].includes(JSON.stringify(deputies)));
      expect(holdings(stateAfterCommands(sent)).every(({ from, to }) => to === null || from < to)).toBe(true);
    }), { numRuns: 60 });
  });

  type Fact = { readonly [Type in AdhesionCommand['type']]: { readonly type: Type; readonly data: DataOf<Type> } }[AdhesionCommand['type']];

  /** Facts of one role come in their own order; those of roles and mandates are independent of each other. */
  const ofRole = (role: (typeof ROLES)[number], actOn: string, leftOn: string | null): readonly Fact[] => [
    { type: 'AppointReferent', data: { role, subject: `s_${role}`, actNo: '1', actOn, ...(role === 'SERVICE_REFERENT' ? { service: 'TRAINING' } : {}) } },
    { type: 'AcceptAppointment', data: { appointmentId: '', acceptedAt: `${addDays(actOn, 1)}T10:00:00Z` } },
    ...(leftOn === null ? [] : [{ type: 'DeclareVacancy', data: { role, from: leftOn, ...(role === 'SERVICE_REFERENT' ? { service: 'TRAINING' } : {}) } } as const]),
  ];
  // A withdrawn resignation is a word on another fact, and not independent of it.
  const change = fc.record({ kind: fc.constantFrom(...MANDATE_CHANGES.filter((kind) => kind !== 'RESIGNATION_WITHDRAWN')), days: fc.integer({ min: 0, max: 320 }) })
    .map(({ kind, days }): Fact => ({ type: 'RecordMandateChange', data: { kind, on: addDays('2026-01-02', days) } }));
  const units = fc.tuple(
    fc.tuple(...ROLES.map((role) => fc.tuple(fc.integer({ min: 0, max: 200 }), fc.option(fc.integer({ min: 5, max: 90 })))
      .map(([from, length]) => ofRole(role, addDays('2026-01-05', from), length === null ? null : addDays('2026-01-05', from + length))))),
    fc.array(change.map((fact) => [fact]), { maxLength: 4 }),
  ).map(([roles, changes]) => [...roles, ...changes]);
  const inForce = reached('RegisterConvention');

  /** What is refused leaves nothing; an acceptance is that of the appointment of its own role. */
  const record = (state: AdhesionState, unit: readonly Fact[]): AdhesionState => unit.reduce((before, fact) => {
    const mine = fact.type === 'AcceptAppointment' ? { ...fact, data: { ...fact.data, appointmentId: `ref-${before.referents.length}` } } : fact;
    const decision = adhesion.decide(before, mine, { actor: actorFor(mine.type), now: NOW, commandId: 'cmd' });
    return decision.kind === 'refused' ? before : drained(adhesion, fold(adhesion, before, decision.events), NOW);
  }, state);
  const seen = (state: AdhesionState): unknown => {
    const { referents, mandates, vacancies, phase, personalDataBlocked } = view(state);
    const ofOrder = { appointmentId: '', version: 0 };
    return {
      phase, vacancies, personalDataBlocked,
      referents: referents.map((referent) => ({ ...referent, ...ofOrder })).toSorted((one, other) => (one.role < other.role ? -1 : 1)),
      mandates: mandates.map((mandate) => ({ ...mandate, unconfirmed: mandate.unconfirmed.length, expired: mandate.expired.length })),
    };
  };

  test('independent facts give the same register in any order', () => {
    fc.assert(fc.property(units.chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length }))), ([all, shuffled]) => {
      expect(seen(shuffled.reduce(record, inForce))).toStrictEqual(seen(all.reduce(record, inForce)));
    }), { numRuns: 100 });
  });
});
