import { describe, expect, test } from 'vitest';
import { adhesion, type AdhesionState } from '../../../../domain/adhesion/index.ts';
import { drained } from '../../../support/spec.ts';
import { BASIS, MEMBER, NOW, does, opened, reached, viewApart as view, when, type DataOf } from '../scenario.ts';

const inForce = reached('RegisterConvention');
const rtd = { role: 'RTD', subject: 's_rtd', actNo: '13/2026', actOn: '2026-09-03' } as const satisfies DataOf<'AppointReferent'>;

/** The same case of a subject of L. 90/2024. */
const MILANO = { ...inForce, opening: inForce.opening === null ? null : { ...inForce.opening, population: 1_371_498 } };

describe('AppointReferent', () => {
  test('gives the appointment its number and ten days to accept', () => {
    const appointed = when(inForce, 'AppointReferent', rtd).then({
      type: 'ReferentAppointed',
      data: { ...rtd, appointmentId: 'ref-1', service: null, deputy: false, acceptanceDueOn: '2026-09-14', basis: BASIS, at: NOW },
      effectiveOn: '2026-09-03',
    });
    expect(view(appointed)).toMatchObject({
      referents: [{ appointmentId: 'ref-1', role: 'RTD', state: 'APPOINTED', subject: 's_rtd', acceptedAt: null }],
      waitingFor: [
        { who: 'MEMBER', what: 'AcceptAppointment', dueOn: '2026-09-14', reasons: [{ code: 'NOT_ACCEPTED' }] },
        { who: 'MEMBER', what: 'AppointReferent', reasons: [{ code: 'ROLE_VACANT' }, {}, {}] },
      ],
    });
  });

  test('a role is asked for from the day in force until somebody is appointed to it', () => {
    const asked = (state: AdhesionState) => view(state).requestedRoles.map(({ role, state: stands }) => `${role} ${stands}`);
    expect(asked(reached('CountersignConvention'))).toStrictEqual([]);
    expect(asked(inForce)).toStrictEqual(['ICT_REFERENT REQUESTED', 'RTD REQUESTED', 'DPO REQUESTED', 'SECURITY_CONTACT REQUESTED']);
    const appointed = does(inForce, 'AppointReferent', rtd);
    expect(asked(appointed)).toStrictEqual(['ICT_REFERENT REQUESTED', 'DPO REQUESTED', 'SECURITY_CONTACT REQUESTED']);
    // Who left leaves a vacancy, and no first appointment.
    const left = does(does(appointed, 'AcceptAppointment', { appointmentId: 'ref-1', acceptedAt: '2026-09-04T08:00:00Z' }), 'DeclareVacancy', { role: 'RTD', from: '2026-10-01' });
    expect([asked(left), view(left).vacancies.map(({ role }) => role)]).toStrictEqual([['ICT_REFERENT REQUESTED', 'DPO REQUESTED', 'SECURITY_CONTACT REQUESTED'], ['RTD']]);
  });

  test('an act of before the adhesion counts', () => {
    expect(view(does(opened(), 'AppointReferent', { ...rtd, role: 'DPO', actOn: '2024-05-25' })).referents).toHaveLength(1);
  });

  test.each(['RTD', 'ICT_REFERENT', 'CYBER_REFERENT', 'SECURITY_CONTACT'] as const)('the DPO is nobody who is %s, whoever came first', (role) => {
    const begun = role === 'CYBER_REFERENT' ? MILANO : inForce;
    const other = { ...rtd, role, subject: 's_same' };
    const dpo: DataOf<'AppointReferent'> = { ...rtd, role: 'DPO', subject: 's_same' };
    when(does(begun, 'AppointReferent', other), 'AppointReferent', dpo).refused('INCOMPATIBLE_ROLE', 'subject');
    when(does(begun, 'AppointReferent', dpo), 'AppointReferent', other).refused('INCOMPATIBLE_ROLE', 'subject');
  });

  test('one person may hold other roles together', () => {
    const both = does(does(inForce, 'AppointReferent', rtd), 'AppointReferent', { ...rtd, role: 'ICT_REFERENT' });
    expect(view(does(both, 'AppointReferent', { ...rtd, role: 'NIS_CONTACT' })).referents.map(({ appointmentId }) => appointmentId)).toStrictEqual(['ref-1', 'ref-2', 'ref-3']);
  });

  test('a role is held once, but for its deputy, and for each service', () => {
    const held = does(inForce, 'AppointReferent', rtd);
    when(held, 'AppointReferent', { ...rtd, subject: 's_other' }).refused('ROLE_TAKEN', 'role');
    const deputised = does(held, 'AppointReferent', { ...rtd, subject: 's_other', deputy: true });
    when(deputised, 'AppointReferent', { ...rtd, subject: 's_third', deputy: true }).refused('ROLE_TAKEN', 'role');
    const service = { ...rtd, role: 'SERVICE_REFERENT', service: 'TRAINING' } as const;
    const training = does(held, 'AppointReferent', service);
    when(training, 'AppointReferent', service).refused('ROLE_TAKEN', 'role');
    expect(when(training, 'AppointReferent', { ...service, service: 'FIBRE' }).decision.kind).toBe('accepted');
  });

  test('a service belongs to the referent of a service, and to no other', () => {
    when(inForce, 'AppointReferent', { ...rtd, role: 'SERVICE_REFERENT' }).refused('INCOMPLETE', 'service');
    when(inForce, 'AppointReferent', { ...rtd, service: 'TRAINING' }).refused('SERVICE_NOT_EXPECTED', 'service');
    when(inForce, 'AppointReferent', { ...rtd, actOn: '2026-11-23' }).refused('FACT_IN_FUTURE', 'actOn');
  });
});

describe('the security role', () => {
  test('is the cyber referent of a subject of L. 90/2024, the security contact of the others', () => {
    when(inForce, 'AppointReferent', { ...rtd, role: 'CYBER_REFERENT' }).refused('WRONG_SECURITY_ROLE', 'role');
    when(MILANO, 'AppointReferent', { ...rtd, role: 'SECURITY_CONTACT' }).refused('WRONG_SECURITY_ROLE', 'role');
    expect(when(MILANO, 'AppointReferent', { ...rtd, role: 'CYBER_REFERENT' }).decision.kind).toBe('accepted');
  });

  test('a case of the policies before takes either', () => {
    expect(when(opened({ policyVersion: '2026.1' }), 'AppointReferent', { ...rtd, role: 'CYBER_REFERENT' }).decision.kind).toBe('accepted');
  });
});

describe('a person of the Agency', () => {
  test('may be RTD, which the edge says; the view shows it', () => {
    const associated = when(inForce, 'AppointReferent', { ...rtd, associated: true }).then({
      type: 'ReferentAppointed',
      data: { ...rtd, associated: true, appointmentId: 'ref-1', service: null, deputy: false, acceptanceDueOn: '2026-09-14', basis: BASIS, at: NOW },
      effectiveOn: '2026-09-03',
    });
    expect(view(associated)).toMatchObject({ referents: [{ role: 'RTD', associated: true }] });
    expect(JSON.stringify(view(associated).waitingFor)).toContain('ICT referent: not appointed yet.');
    const own = does(does(associated, 'AcceptAppointment', { appointmentId: 'ref-1', acceptedAt: '2026-09-04T08:00:00Z' }), 'ReplaceReferent', { appointmentId: 'ref-1', subject: 's_own', actNo: '2', actOn: '2026-10-01' });
    expect(view(own).referents).toMatchObject([{ associated: true }, { associated: false }]);
  });

  test('is no ICT referent: that one is of the member itself', () => {
    when(inForce, 'AppointReferent', { ...rtd, role: 'ICT_REFERENT', associated: true }).refused('OWN_REFERENT_REQUIRED', 'subject');
    const own = does(inForce, 'AppointReferent', { ...rtd, role: 'ICT_REFERENT' });
    when(own, 'ReplaceReferent', { appointmentId: 'ref-1', subject: 's_agency', actNo: '2', actOn: '2026-10-01', associated: true }).refused('OWN_REFERENT_REQUIRED', 'subject');
    expect(when(opened({ policyVersion: '2026.1' }), 'AppointReferent', { ...rtd, role: 'ICT_REFERENT', associated: true }).decision.kind).toBe('accepted');
  });
});

describe('AcceptAppointment', () => {
  const appointed = does(inForce, 'AppointReferent', rtd);

  test('makes the referent active', () => {
    const active = when(appointed, 'AcceptAppointment', { appointmentId: 'ref-1', acceptedAt: '2026-09-03T08:00:00+02:00' }).then({
      type: 'AppointmentAccepted', data: { appointmentId: 'ref-1', acceptedAt: '2026-09-03T06:00:00Z', at: NOW }, effectiveOn: '2026-09-03',
    });
    expect(view(active).referents).toMatchObject([{ appointmentId: 'ref-1', state: 'ACTIVE', acceptedAt: '2026-09-03T06:00:00Z' }]);
    when(active, 'AcceptAppointment', { appointmentId: 'ref-1', acceptedAt: NOW }).refused('ALREADY_RECORDED');
  });

  test('before the appointment it is kept', () => {
    const kept = does(inForce, 'AcceptAppointment', { appointmentId: 'ref-1', acceptedAt: '2026-09-04T08:00:00Z' });
    expect(kept.parked).toHaveLength(1);
    expect(view(does(kept, 'AppointReferent', rtd)).referents).toMatchObject([{ state: 'ACTIVE' }]);
    expect(does(appointed, 'AcceptAppointment', { appointmentId: 'ref-2', acceptedAt: '2026-09-04T08:00:00Z' }).parked).toHaveLength(1);
  });

  test('is not in turn, nor kept, for an appointment that ended on the day of its act', () => {
    const gone = does(appointed, 'DeclareVacancy', { role: 'RTD', from: '2026-09-03' });
    const open = (state: AdhesionState): boolean | undefined => adhesion.allowed(state, { actor: MEMBER, now: NOW, commandId: 'c' }).find(({ command }) => command === 'AcceptAppointment')?.allowed;
    expect([open(appointed), open(gone)]).toStrictEqual([true, false]);
    when(gone, 'AcceptAppointment', { appointmentId: 'ref-1', acceptedAt: '2026-09-03T08:00:00Z' }).refused('APPOINTMENT_ENDED', 'appointmentId');
    const later = does(appointed, 'DeclareVacancy', { role: 'RTD', from: '2026-10-01' });
    const message = {
      it: 'ref-1 (RTD) è cessata il 2026-10-01: il ruolo è stato dichiarato vacante. AppointReferent nomina un nuovo titolare.',
      en: 'ref-1 (RTD) ended on 2026-10-01: the role was declared vacant. AppointReferent names a new holder.',
    };
    expect(when(later, 'AcceptAppointment', { appointmentId: 'ref-1', acceptedAt: '2026-10-01T08:00:00Z' }).decision).toMatchObject({ code: 'APPOINTMENT_ENDED', reasons: [{ message }] });
    expect(when(later, 'AcceptAppointment', { appointmentId: 'ref-1', acceptedAt: '2026-09-30T08:00:00Z' }).decision.kind).toBe('accepted');
  });

  test('is refused before the act and in the future', () => {
    when(appointed, 'AcceptAppointment', { appointmentId: 'ref-1', acceptedAt: '2026-09-02T21:59:59Z' }).refused('DATE_BEFORE_GROUND', 'acceptedAt');
    when(appointed, 'AcceptAppointment', { appointmentId: 'ref-1', acceptedAt: '2026-11-22T10:00:01Z' }).refused('FACT_IN_FUTURE', 'acceptedAt');
  });
});

describe('reminders of an acceptance', () => {
  const named = '2026-09-03T08:00:00Z';
  const waiting = does(inForce, 'AppointReferent', rtd, named);

  test('ten days after the act to the referent, twenty days after it to the mayor', () => {
    expect(view(waiting).timers).toStrictEqual([
      { key: 'remind-acceptance-ref-1-2026-09-03', at: '2026-09-13T22:00:00Z' }, { key: 'remind-acceptance-escalation-ref-1-2026-09-03', at: '2026-09-23T22:00:00Z' },
    ]);
    expect(view(drained(adhesion, waiting, '2026-09-23T22:00:00Z')).reminders).toMatchObject([
      { level: 'REMINDER', to: 'REFERENT', what: 'AcceptAppointment', dueOn: '2026-09-14', at: '2026-09-13T22:00:00Z' }, { level: 'ESCALATION', to: 'MAYOR', at: '2026-09-23T22:00:00Z' },
    ]);
  });

  test('none after the acceptance, nor for an act whose days were past when it was recorded', () => {
    expect(view(does(waiting, 'AcceptAppointment', { appointmentId: 'ref-1', acceptedAt: named }, '2026-09-04T08:00:00Z')).timers).toStrictEqual([]);
    expect(view(does(inForce, 'AppointReferent', rtd)).timers).toStrictEqual([]);
  });
});

describe('phases', () => {
  test('MANAGEMENT when ICT referent, RTD, DPO and the security role are active', () => {
    expect(view(reached('AppointReferent')).phase).toBe('IMPLEMENTATION');
    expect(view(reached('AcceptAppointment'))).toMatchObject({ phase: 'MANAGEMENT', waitingFor: [] });
  });

  test('a deputy is no holder', () => {
    const three = reached('AppointReferent');
    const deputy: DataOf<'AppointReferent'> = { ...rtd, subject: 's_deputy', deputy: true };
    const accepted = [1, 3, 4, 5].reduce(
      (state, number) => does(state, 'AcceptAppointment', { appointmentId: `ref-${number}`, acceptedAt: '2026-09-09T08:00:00Z' }), does(three, 'AppointReferent', deputy),
    );
    expect(view(accepted)).toMatchObject({ phase: 'IMPLEMENTATION', waitingFor: [{ what: 'AcceptAppointment' }] });
  });

  test('a vacancy after it undoes nothing; one before it does', () => {
    const managed = reached('AcceptAppointment');
    expect(view(does(managed, 'DeclareVacancy', { role: 'RTD', from: '2026-11-01' })).phase).toBe('MANAGEMENT');
    const three = does(managed, 'DeclareVacancy', { role: 'RTD', from: '2026-09-07' });
    expect(view(three).phase).toBe('IMPLEMENTATION');
    const again = does(three, 'AppointReferent', { ...rtd, actOn: '2026-10-01' });
    expect(view(does(again, 'AcceptAppointment', { appointmentId: 'ref-5', acceptedAt: '2026-10-02T08:00:00Z' })).phase).toBe('MANAGEMENT');
  });

  test.each([
    ['a small comune', 'c_a010', 32_425, 'Security contact'], ['over 100,000', 'c_a010', 100_001, 'Cybersecurity referent'],
    ['exactly 100,000', 'c_a010', 100_000, 'Security contact'], ['Milano', 'c_f205', 90_000, 'Cybersecurity referent'],
  ])('the security role of %s', (_which, body, population, role) => {
    const state = { ...inForce, opening: inForce.opening === null ? null : { ...inForce.opening, body, population } };
    expect(JSON.stringify(view(state).waitingFor)).toContain(role);
  });
});
