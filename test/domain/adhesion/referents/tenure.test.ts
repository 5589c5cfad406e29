import { describe, expect, test } from 'vitest';
import type { AdhesionState } from '../../../../domain/adhesion/index.ts';
import { BASIS, NOW, does, opened, reached, viewApart as view, when, type DataOf } from '../scenario.ts';

const inForce = reached('RegisterConvention');
const appointed = reached('AppointReferent');
/** ref-1 ICT_REFERENT and ref-2 RTD active from 2026-09-07, ref-3 DPO and ref-4 SECURITY_CONTACT from 2026-09-08. */
const managed = reached('AcceptAppointment');

const statesOf = (state: AdhesionState): readonly string[] => view(state).referents.map(({ appointmentId, state: now }) => `${appointmentId} ${now}`);

describe('ReplaceReferent', () => {
  const data: DataOf<'ReplaceReferent'> = { appointmentId: 'ref-2', subject: 's_rtd2', actNo: '60/2026', actOn: '2026-10-01' };
  const replaced = does(managed, 'ReplaceReferent', data);

  test('ends the one and appoints the other, who is to accept', () => {
    when(managed, 'ReplaceReferent', data).then({
      type: 'ReferentReplaced',
      data: {
        appointmentId: 'ref-5', role: 'RTD', subject: 's_rtd2', actNo: '60/2026', actOn: '2026-10-01', service: null, deputy: false,
        acceptanceDueOn: '2026-10-12', basis: BASIS, at: NOW, replaces: 'ref-2', fillBy: '2026-10-31',
      },
      effectiveOn: '2026-10-01',
    });
    expect(view(replaced)).toMatchObject({
      phase: 'MANAGEMENT',
      referents: [{}, { appointmentId: 'ref-2', state: 'REPLACED', from: '2026-09-07', to: '2026-10-01' }, {}, {}, { appointmentId: 'ref-5', state: 'APPOINTED', replaces: 'ref-2', from: null, to: null }],
    });
    expect(view(replaced).waitingFor).toMatchObject([{ what: 'AcceptAppointment', dueOn: '2026-10-12' }]);
  });

  test('the history of the role is kept, and the role is filled again by the acceptance', () => {
    const after = does(replaced, 'AcceptAppointment', { appointmentId: 'ref-5', acceptedAt: '2026-10-05T08:00:00Z' });
    expect(view(after)).toMatchObject({ vacancies: [], waitingFor: [], timers: [], referents: [{}, { from: '2026-09-07', to: '2026-10-01' }, {}, {}, { state: 'ACTIVE', from: '2026-10-05', to: null }] });
    const third = does(after, 'ReplaceReferent', { ...data, appointmentId: 'ref-5', subject: 's_rtd3', actOn: '2026-11-01' });
    expect(statesOf(third)).toStrictEqual(['ref-1 ACTIVE', 'ref-2 REPLACED', 'ref-3 ACTIVE', 'ref-4 ACTIVE', 'ref-5 REPLACED', 'ref-6 APPOINTED']);
    when(third, 'ReplaceReferent', { ...data, appointmentId: 'ref-5', actOn: '2026-11-02' }).refused('APPOINTMENT_ENDED', 'appointmentId');
  });

  test('once: the one who came in the place is replaced next, not the first again, on whatever day', () => {
    when(replaced, 'ReplaceReferent', { ...data, subject: 's_rtd3', actOn: '2026-09-20' }).refused('APPOINTMENT_ENDED', 'appointmentId');
    expect(when(replaced, 'ReplaceReferent', { ...data, actOn: '2026-09-20' }).decision).toMatchObject({ reasons: [{ message: { en: 'ref-2 (RTD) was replaced by ref-5 on 2026-10-01; replace ref-5, or mend a mistake in it with CorrectFact.' } }] });
  });

  test('not by an act of before the one who was appointed since', () => {
    const vacant = does(managed, 'DeclareVacancy', { role: 'RTD', from: '2026-10-10' });
    const filled = does(vacant, 'AppointReferent', { role: 'RTD', subject: 's_rtd3', actNo: '70/2026', actOn: '2026-10-10' });
    when(filled, 'ReplaceReferent', data).refused('ROLE_TAKEN', 'role');
    expect(statesOf(does(vacant, 'ReplaceReferent', data))).toStrictEqual(['ref-1 ACTIVE', 'ref-2 REPLACED', 'ref-3 ACTIVE', 'ref-4 ACTIVE', 'ref-5 APPOINTED']);
  });

  test('the new act is of a day after the acceptance of the old, and not to come', () => {
    when(managed, 'ReplaceReferent', { ...data, actOn: '2026-09-06' }).refused('DATE_BEFORE_GROUND', 'actOn');
    expect(when(managed, 'ReplaceReferent', { ...data, actOn: '2026-09-07' }).decision.kind).toBe('accepted');
    when(managed, 'ReplaceReferent', { ...data, actOn: '2026-11-23' }).refused('FACT_IN_FUTURE', 'actOn');
    when(managed, 'ReplaceReferent', { ...data, appointmentId: 'ref-9' }).refused('UNKNOWN_APPOINTMENT', 'appointmentId');
    when(inForce, 'ReplaceReferent', data).refused('OUT_OF_TURN');
  });

  test('who stands in the way of the new one is named; who is replaced does not', () => {
    when(managed, 'ReplaceReferent', { ...data, subject: 's_dpo' }).refused('INCOMPATIBLE_ROLE', 'subject');
    expect(when(managed, 'ReplaceReferent', { ...data, subject: 's_dpo' }).decision).toMatchObject({
      reasons: [{ message: { en: 'The same person cannot be DPO and RTD (art. 38 GDPR): ref-3 (DPO) stands against it; appoint somebody else, or replace that appointment first.' } }],
    });
    const dpo = { ...data, appointmentId: 'ref-3' };
    expect(when(managed, 'ReplaceReferent', { ...dpo, subject: 's_dpo' }).decision.kind).toBe('accepted');
    // The former RTD may become DPO from the day on which he is RTD no more.
    when(replaced, 'ReplaceReferent', { ...dpo, subject: 's_rtd', actOn: '2026-09-30' }).refused('INCOMPATIBLE_ROLE', 'subject');
    expect(when(replaced, 'ReplaceReferent', { ...dpo, subject: 's_rtd', actOn: '2026-10-01' }).decision.kind).toBe('accepted');
  });

  test('one who never accepted is replaced too; no vacancy begins where nobody was', () => {
    expect(view(does(appointed, 'ReplaceReferent', { ...data, actOn: '2026-09-20' }))).toMatchObject({ vacancies: [], referents: [{}, { state: 'REPLACED', from: null, to: '2026-09-20' }, {}, {}, { state: 'APPOINTED' }] });
  });

  test('an acceptance is of a day on which the appointment counted', () => {
    const late = does(appointed, 'ReplaceReferent', { ...data, actOn: '2026-09-20' });
    when(late, 'AcceptAppointment', { appointmentId: 'ref-2', acceptedAt: '2026-09-20T08:00:00Z' }).refused('APPOINTMENT_ENDED', 'appointmentId');
    expect(view(does(late, 'AcceptAppointment', { appointmentId: 'ref-2', acceptedAt: '2026-09-19T08:00:00Z' })).referents[1]).toMatchObject({ state: 'REPLACED', from: '2026-09-19', to: '2026-09-20' });
  });
});

describe('SuspendReferent', () => {
  const suspended = does(managed, 'SuspendReferent', { appointmentId: 'ref-3', from: '2026-11-01' });

  test('keeps the place and takes the power', () => {
    when(managed, 'SuspendReferent', { appointmentId: 'ref-3', from: '2026-11-01' }).then({
      type: 'ReferentSuspended', data: { appointmentId: 'ref-3', from: '2026-11-01', at: NOW }, effectiveOn: '2026-11-01',
    });
    expect(view(suspended)).toMatchObject({
      phase: 'MANAGEMENT', vacancies: [], timers: [], personalDataBlocked: [{ code: 'ROLE_SUSPENDED' }],
      waitingFor: [{ who: 'MEMBER', what: 'ConfirmReferents', dueOn: null, reasons: [{ code: 'ROLE_SUSPENDED' }] }],
    });
    expect(statesOf(suspended)[2]).toBe('ref-3 SUSPENDED');
    when(suspended, 'AppointReferent', { role: 'DPO', subject: 's_x', actNo: '1', actOn: '2026-11-10' }).refused('ROLE_TAKEN', 'role');
  });

  test('a confirmation reinstates, a new appointment replaces', () => {
    const reinstated = does(suspended, 'ConfirmReferents', { appointmentIds: ['ref-3'] });
    expect(view(reinstated)).toMatchObject({ referents: [{}, {}, { state: 'ACTIVE' }, {}], personalDataBlocked: [], waitingFor: [] });
    expect(statesOf(does(reinstated, 'SuspendReferent', { appointmentId: 'ref-3', from: '2026-11-22' }))[2]).toBe('ref-3 SUSPENDED');
    const replaced = does(suspended, 'ReplaceReferent', { appointmentId: 'ref-3', subject: 's_dpo2', actNo: '70/2026', actOn: '2026-11-10' });
    expect(statesOf(replaced).slice(2)).toStrictEqual(['ref-3 REPLACED', 'ref-4 ACTIVE', 'ref-5 APPOINTED']);
  });

  test('only of an active referent, from its acceptance on, and once', () => {
    when(inForce, 'SuspendReferent', { appointmentId: 'ref-1', from: '2026-11-01' }).refused('OUT_OF_TURN');
    when(managed, 'SuspendReferent', { appointmentId: 'ref-9', from: '2026-11-01' }).refused('UNKNOWN_APPOINTMENT', 'appointmentId');
    when(managed, 'SuspendReferent', { appointmentId: 'ref-3', from: '2026-09-07' }).refused('DATE_BEFORE_GROUND', 'from');
    when(managed, 'SuspendReferent', { appointmentId: 'ref-3', from: '2026-11-23' }).refused('FACT_IN_FUTURE', 'from');
    when(suspended, 'SuspendReferent', { appointmentId: 'ref-3', from: '2026-11-02' }).refused('ALREADY_RECORDED');
    const deputised = does(managed, 'AppointReferent', { role: 'RTD', subject: 's_x', actNo: '1', actOn: '2026-11-10', deputy: true });
    when(deputised, 'SuspendReferent', { appointmentId: 'ref-5', from: '2026-11-11' }).refused('NOT_ACTIVE', 'appointmentId');
    const gone = does(managed, 'DeclareVacancy', { role: 'RTD', from: '2026-11-01' });
    when(gone, 'SuspendReferent', { appointmentId: 'ref-2', from: '2026-11-01' }).refused('APPOINTMENT_ENDED', 'appointmentId');
  });
});

describe('DeclareVacancy', () => {
  const vacant = does(managed, 'DeclareVacancy', { role: 'RTD', from: '2026-11-01' });

  test('ends the appointment of the holder and starts the clock', () => {
    when(managed, 'DeclareVacancy', { role: 'RTD', from: '2026-11-01' }).then({
      type: 'VacancyDeclared', data: { role: 'RTD', service: null, from: '2026-11-01', appointmentId: 'ref-2', fillBy: '2026-12-01', basis: BASIS, at: NOW }, effectiveOn: '2026-11-01',
    });
    expect(view(vacant)).toMatchObject({
      phase: 'MANAGEMENT', referents: [{}, { state: 'VACANT', to: '2026-11-01' }, {}, {}],
      vacancies: [{ role: 'RTD', since: '2026-11-01', fillBy: '2026-12-01', tooLong: false }], timers: [{ key: 'vacancy-RTD-2026-11-01', at: '2026-12-01T23:00:00Z' }],
      waitingFor: [{ who: 'MEMBER', what: 'AppointReferent', since: NOW, dueOn: '2026-12-01', reasons: [{ code: 'ROLE_VACANT' }] }],
    });
  });

  test('once; of a day on which the holder held it', () => {
    when(vacant, 'DeclareVacancy', { role: 'RTD', from: '2026-11-05' }).refused('ALREADY_RECORDED');
    when(managed, 'DeclareVacancy', { role: 'RTD', from: '2026-09-06' }).refused('DATE_BEFORE_GROUND', 'from');
    when(managed, 'DeclareVacancy', { role: 'RTD', from: '2026-11-23' }).refused('FACT_IN_FUTURE', 'from');
    when(managed, 'DeclareVacancy', { role: 'SERVICE_REFERENT', from: '2026-11-01' }).refused('INCOMPLETE', 'service');
    when(managed, 'DeclareVacancy', { role: 'RTD', service: 'TRAINING', from: '2026-11-01' }).refused('SERVICE_NOT_EXPECTED', 'service');
  });

  test('of a role that nobody was ever appointed to, once the convention is in force', () => {
    when(opened(), 'DeclareVacancy', { role: 'DPO', from: '2026-11-01' }).refused('ROLE_NEVER_HELD', 'role');
    const named = does(opened(), 'AppointReferent', { role: 'DPO', subject: 's_dpo', actNo: '1/2026', actOn: '2026-01-10' });
    expect(when(named, 'DeclareVacancy', { role: 'DPO', from: '2026-11-01' }).decision.kind).toBe('accepted');
    const declared = does(inForce, 'DeclareVacancy', { role: 'DPO', from: '2026-11-01' });
    expect(view(declared)).toMatchObject({ vacancies: [{ role: 'DPO', since: '2026-11-01' }], referents: [] });
    when(declared, 'DeclareVacancy', { role: 'DPO', from: '2026-11-02' }).refused('ALREADY_RECORDED');
  });

  test('where there is no holder, ends the deputy, and starts no clock', () => {
    const deputy: DataOf<'AppointReferent'> = { role: 'RTD', subject: 's_deputy', actNo: '20/2026', actOn: '2026-09-10', deputy: true };
    const acting = does(does(managed, 'AppointReferent', deputy), 'AcceptAppointment', { appointmentId: 'ref-5', acceptedAt: '2026-09-15T08:00:00Z' });
    const holderLeft = does(acting, 'DeclareVacancy', { role: 'RTD', from: '2026-11-01' });
    expect(statesOf(holderLeft)).toStrictEqual(['ref-1 ACTIVE', 'ref-2 VACANT', 'ref-3 ACTIVE', 'ref-4 ACTIVE', 'ref-5 ACTIVE']);
    const bothLeft = does(holderLeft, 'DeclareVacancy', { role: 'RTD', from: '2026-11-10' });
    expect(statesOf(bothLeft)).toStrictEqual(['ref-1 ACTIVE', 'ref-2 VACANT', 'ref-3 ACTIVE', 'ref-4 ACTIVE', 'ref-5 VACANT']);
    expect(view(bothLeft).vacancies).toMatchObject([{ role: 'RTD', since: '2026-11-01', fillBy: '2026-12-01' }]);
    when(bothLeft, 'DeclareVacancy', { role: 'RTD', from: '2026-11-15' }).refused('ALREADY_RECORDED');
    const alone = does(does(inForce, 'AppointReferent', deputy), 'DeclareVacancy', { role: 'RTD', from: '2026-11-01' });
    expect(view(alone)).toMatchObject({ vacancies: [], timers: [], referents: [{ deputy: true, state: 'VACANT', to: '2026-11-01' }] });
  });

  test('a deputy is suspended and replaced by the number of the appointment', () => {
    const deputy: DataOf<'AppointReferent'> = { role: 'DPO', subject: 's_deputy', actNo: '20/2026', actOn: '2026-09-10', deputy: true };
    const acting = does(does(managed, 'AppointReferent', deputy), 'AcceptAppointment', { appointmentId: 'ref-5', acceptedAt: '2026-09-15T08:00:00Z' });
    expect(view(does(acting, 'SuspendReferent', { appointmentId: 'ref-5', from: '2026-10-01' })).referents[4]).toMatchObject({ deputy: true, state: 'SUSPENDED' });
    expect(view(does(acting, 'ReplaceReferent', { appointmentId: 'ref-5', subject: 's_two', actNo: '30/2026', actOn: '2026-10-01' })).referents.slice(4)).toMatchObject([{ state: 'REPLACED' }, { deputy: true, state: 'APPOINTED' }]);
  });

  test('the role is taken again by an act of that day or later', () => {
    const rtd: DataOf<'AppointReferent'> = { role: 'RTD', subject: 's_rtd2', actNo: '80/2026', actOn: '2026-11-01' };
    when(vacant, 'AppointReferent', { ...rtd, actOn: '2026-10-31' }).refused('ROLE_TAKEN', 'role');
    const after = does(vacant, 'AppointReferent', rtd);
    expect(view(after)).toMatchObject({ vacancies: [{ role: 'RTD' }], waitingFor: [{ what: 'AcceptAppointment' }] });
    expect(view(does(after, 'AcceptAppointment', { appointmentId: 'ref-5', acceptedAt: NOW }))).toMatchObject({ vacancies: [], waitingFor: [], timers: [] });
  });

  test('the vacancy lasts from the day on which the last holder left, whatever fails after it', () => {
    const replaced = does(managed, 'ReplaceReferent', { appointmentId: 'ref-2', subject: 's_rtd2', actNo: '60/2026', actOn: '2026-10-20' });
    const declined = does(replaced, 'DeclareVacancy', { role: 'RTD', from: '2026-11-10' });
    expect(view(declined)).toMatchObject({ vacancies: [{ since: '2026-10-20', fillBy: '2026-11-19', tooLong: true }], referents: [{}, { state: 'REPLACED' }, {}, {}, { state: 'VACANT' }] });
  });

  test('the term is that of the policies', () => {
    const short = reached('AcceptAppointment', {}, { mandates: { vacancyDays: 40 } });
    expect(view(does(short, 'DeclareVacancy', { role: 'RTD', from: '2026-11-01' })).vacancies).toMatchObject([{ fillBy: '2026-12-11' }]);
  });
});

describe('CorrectFact', () => {
  const correct = (state: AdhesionState, version: number, data: object) => when(state, 'CorrectFact', { version, data: { ...data } });

  test('a replacement keeps its number; it is corrected until it is accepted', () => {
    const data: DataOf<'ReplaceReferent'> = { appointmentId: 'ref-2', subject: 's_rtd2', actNo: '60/2026', actOn: '2026-10-01' };
    const nis: DataOf<'AppointReferent'> = { role: 'NIS_CONTACT', subject: 's_x', actNo: '1', actOn: '2026-11-10' };
    const replaced = does(does(managed, 'ReplaceReferent', data), 'AppointReferent', nis);
    const { version } = replaced.referents[4] ?? { version: 0 };
    const mended = does(replaced, 'CorrectFact', { version, data: { ...data, actOn: '2026-10-03' } });
    expect(view(mended).referents).toMatchObject([{}, { to: '2026-10-03' }, {}, {}, { appointmentId: 'ref-5', actOn: '2026-10-03', replaces: 'ref-2' }, { appointmentId: 'ref-6' }]);
    correct(replaced, version, { ...data, subject: 's_dpo' }).refused('INCOMPATIBLE_ROLE');
    correct(replaced, version, { ...data, role: 'RTD' }).refused('CORRECTION_MALFORMED');
    const accepted = does(replaced, 'AcceptAppointment', { appointmentId: 'ref-5', acceptedAt: NOW });
    correct(accepted, version, data).refused('CORRECTION_TOO_LATE', 'version');
    const second = managed.referents[1]?.acceptance?.version ?? 0;
    correct(replaced, second, { appointmentId: 'ref-2', acceptedAt: '2026-09-08T08:00:00Z' }).refused('CORRECTION_TOO_LATE', 'version');
  });

  test('a suspension, until it is answered', () => {
    const suspended = does(managed, 'SuspendReferent', { appointmentId: 'ref-3', from: '2026-11-01' });
    const mended = does(suspended, 'CorrectFact', { version: suspended.version, data: { appointmentId: 'ref-1', from: '2026-11-02' } });
    expect(statesOf(mended)).toStrictEqual(['ref-1 SUSPENDED', 'ref-2 ACTIVE', 'ref-3 ACTIVE', 'ref-4 ACTIVE']);
    const confirmed = does(suspended, 'ConfirmReferents', { appointmentIds: ['ref-3'] });
    correct(confirmed, suspended.version, { appointmentId: 'ref-3', from: '2026-11-02' }).refused('CORRECTION_TOO_LATE', 'version');
  });

  test('a vacancy, until somebody follows; its clock goes by the corrected day', () => {
    const vacant = does(managed, 'DeclareVacancy', { role: 'RTD', from: '2026-10-01' });
    expect(view(vacant).vacancies).toMatchObject([{ since: '2026-10-01', tooLong: true }]);
    const mended = does(vacant, 'CorrectFact', { version: managed.version + 1, data: { role: 'RTD', from: '2026-11-01' } });
    expect(view(mended)).toMatchObject({ vacancies: [{ since: '2026-11-01', tooLong: false }], timers: [{ key: 'vacancy-RTD-2026-11-01' }] });
    const followed = does(vacant, 'AppointReferent', { role: 'RTD', subject: 's_x', actNo: '1', actOn: '2026-10-05' });
    correct(followed, managed.version + 1, { role: 'RTD', from: '2026-11-01' }).refused('CORRECTION_TOO_LATE', 'version');
  });
});
