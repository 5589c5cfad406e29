import { describe, expect, test } from 'vitest';
import { adhesion, type AdhesionState } from '../../../../domain/adhesion/index.ts';
import { organFault } from '../../../../domain/adhesion/deliberation/organ.ts';
import { headOn, isCommissionerInOffice } from '../../../../domain/adhesion/mandates/standing.ts';
import { drained } from '../../../support/spec.ts';
import { BASIS, COUNTERSIGNED, MEMBER, NOW, OPERATOR, SIGNED, does, opened, reached, timersOf, viewApart as view, when, type DataOf } from '../scenario.ts';

type Change = DataOf<'RecordMandateChange'>;
const changed = (state: AdhesionState, kind: Change['kind'], on: string, now = NOW): AdhesionState => does(state, 'RecordMandateChange', { kind, on }, now);

const accepted = reached('AcceptResolution');
const managed = reached('AcceptAppointment');
const ALL = ['ref-1', 'ref-2', 'ref-3', 'ref-4'];

describe('RecordMandateChange', () => {
  test.each(['MAYOR_CHANGED', 'COMMISSIONER_APPOINTED', 'COUNCIL_ELECTED'] as const)('%s asks to confirm the referents within 60 days of its recording', (kind) => {
    const after = when(managed, 'RecordMandateChange', { kind, on: '2026-11-10' }, { actor: OPERATOR }).then({
      type: 'MandateChanged', data: { kind, on: '2026-11-10', confirmBy: '2027-01-21', basis: BASIS, at: NOW }, effectiveOn: '2026-11-10',
    });
    expect(view(after)).toMatchObject({
      phase: 'MANAGEMENT',
      mandates: [{ kind, on: '2026-11-10', from: '2026-11-10', to: null, confirmBy: '2027-01-21', unconfirmed: ALL, expired: [] }],
      referents: ALL.map((appointmentId) => ({ appointmentId, state: 'ACTIVE', confirmBy: '2027-01-21' })),
      timers: [
        { key: `confirmation-${after.version}`, at: '2027-01-21T23:00:00Z' },
        { key: `remind-confirmation-${after.version}-15`, at: '2027-01-05T23:00:00Z' }, { key: `remind-confirmation-${after.version}-1`, at: '2027-01-19T23:00:00Z' },
      ],
    });
    expect(view(after).waitingFor).toMatchObject([{ who: 'MEMBER', what: 'ConfirmReferents', since: NOW, dueOn: '2027-01-21', reasons: ALL.map(() => ({ code: 'NOT_CONFIRMED' })) }]);
  });

  test('the call of an election asks nothing of the referents', () => {
    const kind = 'ELECTION_CALLED';
    when(managed, 'RecordMandateChange', { kind, on: '2026-11-10' }).then({ type: 'MandateChanged', data: { kind, on: '2026-11-10', at: NOW }, effectiveOn: '2026-11-10' });
    expect(view(changed(managed, kind, '2026-11-10'))).toMatchObject({ waitingFor: [], timers: [] });
  });

  test('an election is called for a day to come, all else has happened; the same change counts once', () => {
    expect(view(changed(opened(), 'ELECTION_CALLED', '2027-05-23')).mandates).toMatchObject([{ kind: 'ELECTION_CALLED', on: '2027-05-23', office: null, from: null, to: null }]);
    when(opened(), 'RecordMandateChange', { kind: 'MAYOR_CHANGED', on: '2026-11-23' }, { actor: MEMBER }).refused('FACT_IN_FUTURE', 'on');
    when(changed(opened(), 'MAYOR_CHANGED', '2026-11-10'), 'RecordMandateChange', { kind: 'MAYOR_CHANGED', on: '2026-11-10' }).refused('ALREADY_RECORDED');
  });

  test('a case of the policies before asks for no confirmation', () => {
    const before = reached('AcceptAppointment', {}, { policyVersion: '2026.1' });
    when(before, 'RecordMandateChange', { kind: 'MAYOR_CHANGED', on: '2026-11-10' }).then({ type: 'MandateChanged', data: { kind: 'MAYOR_CHANGED', on: '2026-11-10', at: NOW }, effectiveOn: '2026-11-10' });
    expect(view(changed(before, 'MAYOR_CHANGED', '2026-01-10'))).toMatchObject({ waitingFor: [], timers: [], mandates: [{ confirmBy: null, unconfirmed: [] }] });
  });

  test('the term is that of the policies', () => {
    const short = reached('AcceptAppointment', {}, { mandates: { confirmDays: 15 } });
    expect(view(changed(short, 'MAYOR_CHANGED', '2026-11-10')).mandates).toMatchObject([{ confirmBy: '2026-12-07' }]);
  });

  test('a change entered late leaves its days from the recording, the day in Rome', () => {
    const late = changed(managed, 'MAYOR_CHANGED', '2026-09-10', '2027-02-01T23:30:00Z');
    expect(view(late)).toMatchObject({ referents: ALL.map(() => ({ state: 'ACTIVE' })), mandates: [{ on: '2026-09-10', confirmBy: '2027-04-03', unconfirmed: ALL }] });
    const confirmed = does(late, 'ConfirmReferents', { appointmentIds: ALL }, '2027-04-03T21:59:59Z');
    expect(view(confirmed)).toMatchObject({ referents: ALL.map(() => ({ state: 'ACTIVE' })), mandates: [{ unconfirmed: [], expired: [] }] });
    expect(view(drained(adhesion, late, '2027-04-03T22:00:00Z')).referents).toMatchObject(ALL.map(() => ({ state: 'EXPIRED', to: '2027-04-04' })));
  });

  test('changes of one day ask once, by the day that the first of them gave', () => {
    for (const [one, other] of [['MAYOR_CHANGED', 'COUNCIL_ELECTED'], ['COUNCIL_ELECTED', 'MAYOR_CHANGED']] as const) {
      const both = changed(changed(managed, one, '2026-11-10', '2026-11-12T10:00:00Z'), other, '2026-11-10');
      expect(view(both)).toMatchObject({ mandates: [{ confirmBy: '2027-01-11' }, { confirmBy: '2027-01-11' }], waitingFor: [{ what: 'ConfirmReferents', dueOn: '2027-01-11' }] });
      expect(view(both).timers.filter(({ key }) => key.startsWith('confirmation-'))).toHaveLength(1);
      expect(view(both).timers).toHaveLength(3);
      const lapsed = drained(adhesion, both, '2027-01-11T23:00:00Z');
      expect(lapsed.lapses).toHaveLength(1);
      expect(view(lapsed).mandates).toMatchObject([{ expired: ALL, unconfirmed: [] }, { expired: ALL, unconfirmed: [] }]);
    }
  });

  test('the referent of a service, named by a manager, does not lapse with the mayor', () => {
    const served = does(managed, 'AppointReferent', { role: 'SERVICE_REFERENT', service: 'TRAINING', subject: 's_x', actNo: '1', actOn: '2026-09-10' });
    const after = changed(does(served, 'AcceptAppointment', { appointmentId: 'ref-5', acceptedAt: '2026-09-11T08:00:00Z' }), 'MAYOR_CHANGED', '2026-11-10');
    expect(view(after).mandates).toMatchObject([{ unconfirmed: ALL }]);
    when(after, 'ConfirmReferents', { appointmentIds: ['ref-5'] }).refused('NOTHING_TO_CONFIRM', 'appointmentIds');
    expect(view(drained(adhesion, after, '2027-02-01T00:00:00Z')).referents[4]).toMatchObject({ role: 'SERVICE_REFERENT', state: 'ACTIVE' });
  });

  test('who was appointed on that day or later needs no confirmation', () => {
    const after = changed(managed, 'MAYOR_CHANGED', '2026-09-04', '2026-10-01T10:00:00Z');
    expect(view(after).mandates).toMatchObject([{ unconfirmed: ['ref-1', 'ref-2'] }]);
    when(after, 'ConfirmReferents', { appointmentIds: ['ref-3'] }).refused('NOTHING_TO_CONFIRM', 'appointmentIds');
  });
});

describe('ConfirmReferents', () => {
  const after = changed(managed, 'MAYOR_CHANGED', '2026-11-10');

  test('ends what was asked, one by one', () => {
    const some = when(after, 'ConfirmReferents', { appointmentIds: ['ref-1', 'ref-2', 'ref-1'] }).then({
      type: 'ReferentsConfirmed', data: { appointmentIds: ['ref-1', 'ref-2'], at: NOW },
    });
    expect(view(some)).toMatchObject({ mandates: [{ unconfirmed: ['ref-3', 'ref-4'] }], waitingFor: [{ reasons: [{}, {}] }] });
    const lastHour = '2027-01-21T22:59:59Z';
    const all = does(drained(adhesion, some, lastHour), 'ConfirmReferents', { appointmentIds: ['ref-3', 'ref-4'] }, lastHour);
    expect(view(all)).toMatchObject({ mandates: [{ unconfirmed: [] }], waitingFor: [], timers: [], reminders: [{ to: 'MAYOR', what: 'ConfirmReferents', dueOn: '2027-01-21' }, {}] });
    when(all, 'ConfirmReferents', { appointmentIds: ['ref-1'] }).refused('NOTHING_TO_CONFIRM');
  });

  test('is for those who wait for it', () => {
    when(managed, 'ConfirmReferents', { appointmentIds: ['ref-1'] }).refused('NOTHING_TO_CONFIRM');
    when(after, 'ConfirmReferents', { appointmentIds: ['ref-1', 'ref-9'] }).refused('UNKNOWN_APPOINTMENT', 'appointmentIds');
  });

  test('one confirmation answers all changes whose days it lies between, and none before', () => {
    const twice = changed(after, 'COMMISSIONER_APPOINTED', '2026-11-15');
    expect(view(twice)).toMatchObject({ referents: [{ confirmBy: '2027-01-21' }, {}, {}, {}], mandates: [{ unconfirmed: ALL }, { confirmBy: '2027-01-21', unconfirmed: ALL }] });
    expect(view(does(twice, 'ConfirmReferents', { appointmentIds: ALL })).mandates).toMatchObject([{ unconfirmed: [] }, { unconfirmed: [] }]);
    const later = changed(does(after, 'ConfirmReferents', { appointmentIds: ALL }), 'COMMISSIONER_APPOINTED', '2026-11-25', '2026-11-26T10:00:00Z');
    expect(view(later).mandates).toMatchObject([{ unconfirmed: [] }, { confirmBy: '2027-01-25', unconfirmed: ALL }]);
  });

  test('who is not confirmed by the day expires the day after: the roles are vacant from then', () => {
    const some = does(after, 'ConfirmReferents', { appointmentIds: ['ref-1', 'ref-2', 'ref-3'] });
    expect(view(drained(adhesion, some, '2027-01-21T22:59:59Z')).referents.map(({ state }) => state)).toStrictEqual(['ACTIVE', 'ACTIVE', 'ACTIVE', 'ACTIVE']);
    const change = after.version;
    when(some, 'LapseConfirmation', { change }, { now: '2027-01-21T23:00:00Z' }).then({
      type: 'ConfirmationLapsed', data: { change, from: '2027-01-22', fillBy: '2027-02-21', basis: BASIS, at: '2027-01-21T23:00:00Z' }, effectiveOn: '2027-01-22',
    });
    const lapsed = drained(adhesion, some, '2027-01-21T23:00:00Z');
    expect(view(lapsed)).toMatchObject({
      phase: 'MANAGEMENT', mandates: [{ expired: ['ref-4'], unconfirmed: [] }],
      referents: [{ state: 'ACTIVE' }, { state: 'ACTIVE' }, { state: 'ACTIVE' }, { state: 'EXPIRED', from: '2026-09-08', to: '2027-01-22', confirmBy: null }],
      vacancies: [{ role: 'SECURITY_CONTACT', since: '2027-01-22', fillBy: '2027-02-21', tooLong: false }],
      waitingFor: [{ who: 'MEMBER', what: 'AppointReferent', dueOn: '2027-02-21', reasons: [{ code: 'ROLE_VACANT' }] }],
      timers: [{ key: 'vacancy-SECURITY_CONTACT-2027-01-22', at: '2027-02-21T23:00:00Z' }],
    });
    when(lapsed, 'ConfirmReferents', { appointmentIds: ['ref-4'] }).refused('NOTHING_TO_CONFIRM');
    when(lapsed, 'LapseConfirmation', { change }).nothing();
  });

  test('of what ends an appointment on one day the expiry comes first, whichever was recorded first', () => {
    const left = does(managed, 'DeclareVacancy', { role: 'RTD', from: '2026-11-10' });
    expect(view(left).referents[1]).toMatchObject({ state: 'VACANT', to: '2026-11-10' });
    expect(view(drained(adhesion, changed(left, 'MAYOR_CHANGED', '2026-09-10', '2026-09-10T10:00:00Z'), NOW)).referents[1]).toMatchObject({ state: 'EXPIRED', to: '2026-11-10' });
  });

  test('an appointment that waits for its acceptance is confirmed too, and expires too', () => {
    const waiting = changed(reached('AppointReferent'), 'MAYOR_CHANGED', '2026-11-10');
    expect(view(waiting).mandates).toMatchObject([{ unconfirmed: ALL }]);
    const lapsed = drained(adhesion, waiting, '2027-01-22T00:00:00Z');
    expect(view(lapsed)).toMatchObject({ phase: 'IMPLEMENTATION', referents: ALL.map(() => ({ state: 'EXPIRED' })), vacancies: [], waitingFor: [{ what: 'AppointReferent', reasons: ALL.map(() => ({ code: 'ROLE_VACANT' })) }] });
    when(lapsed, 'AcceptAppointment', { appointmentId: 'ref-1', acceptedAt: '2027-01-23T08:00:00Z' }, { now: '2027-01-24T08:00:00Z' }).refused('APPOINTMENT_ENDED', 'appointmentId');
  });

  test('a change that was corrected is confirmed within its days from the correction', () => {
    const late = changed(managed, 'MAYOR_CHANGED', '2026-09-10');
    const mended = does(late, 'CorrectFact', { version: managed.version + 1, data: { kind: 'MAYOR_CHANGED', on: '2026-11-10' } });
    expect(view(mended)).toMatchObject({ referents: ALL.map(() => ({ state: 'ACTIVE', to: null })), mandates: [{ confirmBy: '2027-01-21', expired: [] }] });
  });
});

describe('the register of the head of the comune', () => {
  const register = changed(changed(changed(opened(), 'COUNCIL_ELECTED', '2026-06-10'), 'COMMISSIONER_APPOINTED', '2026-01-20'), 'MAYOR_CHANGED', '2026-06-11');

  test.each([['2020-01-01', null], ['2026-01-19', null], ['2026-01-20', 'COMMISSIONER'], ['2026-06-09', 'COMMISSIONER'], ['2026-06-10', 'MAYOR'], ['2030-01-01', 'MAYOR']])(
    'on %s it was %s', (on, office) => { expect(headOn(register, on)?.office ?? null).toBe(office); },
  );

  test('of two changes on one day the commissioner stays, whichever was recorded first', () => {
    const [one, other] = ['MAYOR_CHANGED', 'COMMISSIONER_APPOINTED'] as const;
    for (const kinds of [[one, other], [other, one]] as const) {
      const state = kinds.reduce((before, kind) => changed(before, kind, '2026-05-05'), opened());
      expect(headOn(state, '2026-05-05')?.office).toBe('COMMISSIONER');
    }
  });

  test('a commissioner stays until a council is elected: a change of mayor alone ends nothing', () => {
    const commissioner = changed(opened(), 'COMMISSIONER_APPOINTED', '2026-01-20');
    const mayor = changed(commissioner, 'MAYOR_CHANGED', '2026-06-11');
    expect(headOn(mayor, '2026-06-11')).toMatchObject({ office: 'COMMISSIONER', from: '2026-01-20', to: null });
    expect([organFault(mayor, 'COUNCIL', '2026-06-12', false), organFault(mayor, 'COMMISSIONER', '2026-06-12', false)]).toStrictEqual(['WRONG_ORGAN', null]);
    for (const on of ['2026-06-10', '2026-06-11']) {
      const elected = changed(mayor, 'COUNCIL_ELECTED', on);
      expect(headOn(elected, '2026-06-12')).toMatchObject({ office: 'MAYOR', from: '2026-06-11', to: null });
      expect([organFault(elected, 'COUNCIL', '2026-06-12', false), organFault(elected, 'COMMISSIONER', '2026-06-12', false)]).toStrictEqual([null, 'COMMISSIONER_TERM_ENDED']);
    }
  });

  test('of a commissioner and a council elected on one day the council is in office, whichever was recorded first', () => {
    const [one, other] = ['COUNCIL_ELECTED', 'COMMISSIONER_APPOINTED'] as const;
    for (const kinds of [[one, other], [other, one]] as const) {
      const state = kinds.reduce((before, kind) => changed(before, kind, '2026-05-05'), opened());
      expect([headOn(state, '2026-05-05')?.office, organFault(state, 'COUNCIL', '2026-05-05', false), isCommissionerInOffice(state)]).toStrictEqual(['MAYOR', null, false]);
    }
  });

  test('is shown with its days', () => {
    expect(view(changed(register, 'ELECTION_CALLED', '2026-06-08')).mandates).toMatchObject([
      { kind: 'COMMISSIONER_APPOINTED', office: 'COMMISSIONER', from: '2026-01-20', to: '2026-06-10' }, { kind: 'ELECTION_CALLED', office: null },
      { kind: 'COUNCIL_ELECTED', office: 'MAYOR', from: '2026-06-10', to: '2026-06-11' }, { kind: 'MAYOR_CHANGED', office: 'MAYOR', from: '2026-06-11', to: null },
    ]);
  });
});

describe('an act is judged by who held power on its date', () => {
  const commissioner = { ...SIGNED, signer: 's_commissioner', office: 'COMMISSIONER' } as const;

  test('E47: the mayor changes between resolution and signature: the resolution is valid, the new signer signs', () => {
    const after = changed(accepted, 'MAYOR_CHANGED', '2026-07-20');
    expect(view(after).deliberation).toMatchObject({ state: 'ACCEPTED', adoptedOn: '2026-07-08' });
    expect(view(does(after, 'SignConvention', { ...SIGNED, signer: 's_new_mayor' })).convention).toMatchObject({ state: 'SIGNED_BY_MEMBER', signature: { signer: 's_new_mayor', office: 'MAYOR' } });
  });

  test('E47: a commissioner takes over between resolution and signature: he signs, from his own day on', () => {
    const after = changed(accepted, 'COMMISSIONER_APPOINTED', '2026-08-05');
    expect(view(after).deliberation.state).toBe('ACCEPTED');
    when(after, 'SignConvention', SIGNED).refused('POWER_NOT_HELD', 'office');
    when(after, 'SignConvention', { ...SIGNED, office: 'DEPUTY_MAYOR' }).refused('POWER_NOT_HELD', 'office');
    expect(when(after, 'SignConvention', SIGNED).decision).toMatchObject({ reasons: [{ message: { en: 'On 2026-08-05 the commissioner appointed on 2026-08-05 held the power to sign: the office is COMMISSIONER, until a new council is recorded (COUNCIL_ELECTED).' } }] });
    expect(view(does(after, 'SignConvention', commissioner)).convention.state).toBe('SIGNED_BY_MEMBER');
    const before = { ...SIGNED, signedAt: '2026-08-04T23:59:59+02:00' };
    expect(view(does(after, 'SignConvention', before)).convention.state).toBe('SIGNED_BY_MEMBER');
    when(after, 'SignConvention', { ...before, office: 'COMMISSIONER' }).refused('POWER_NOT_HELD', 'office');
  });

  test('a commissioner recorded after the mayor had signed: the signature stands, and the view says what speaks against it', () => {
    const signed = does(accepted, 'SignConvention', SIGNED);
    expect(view(signed).signatureDoubts).toStrictEqual([]);
    const late = changed(signed, 'COMMISSIONER_APPOINTED', '2026-07-20');
    expect(view(late)).toMatchObject({ convention: { state: 'SIGNED_BY_MEMBER' }, signatureDoubts: [{ code: 'POWER_NOT_HELD' }] });
    expect(view(changed(signed, 'COMMISSIONER_APPOINTED', '2026-08-06')).signatureDoubts).toStrictEqual([]);
  });

  test('the new council ends the commissioner', () => {
    const elected = changed(changed(accepted, 'COMMISSIONER_APPOINTED', '2026-07-20'), 'COUNCIL_ELECTED', '2026-08-01');
    when(elected, 'SignConvention', commissioner).refused('POWER_NOT_HELD', 'office');
    expect(when(elected, 'SignConvention', SIGNED).decision.kind).toBe('accepted');
  });

  test('a commissioner of whom nothing is recorded has no power against a mayor who is', () => {
    when(changed(accepted, 'MAYOR_CHANGED', '2026-07-20'), 'SignConvention', commissioner).refused('POWER_NOT_HELD', 'office');
  });

  test('a commissioner of whom nothing is recorded is believed; a manager signs whoever is in charge', () => {
    expect(when(accepted, 'SignConvention', commissioner).decision.kind).toBe('accepted');
    expect(when(changed(accepted, 'ELECTION_CALLED', '2026-07-20'), 'SignConvention', commissioner).decision.kind).toBe('accepted');
    for (const office of ['MANAGER', 'SECRETARY'] as const) {
      expect(when(changed(accepted, 'COMMISSIONER_APPOINTED', '2026-07-20'), 'SignConvention', { ...SIGNED, office }).decision.kind).toBe('accepted');
    }
  });

  test("the Agency's side has nothing to do with it, nor a case of the policies before", () => {
    const signed = does(changed(accepted, 'COMMISSIONER_APPOINTED', '2026-07-20'), 'SignConvention', commissioner);
    expect(when(signed, 'CountersignConvention', COUNTERSIGNED).decision.kind).toBe('accepted');
    const before = changed(reached('AcceptResolution', {}, { policyVersion: '2026.1' }), 'COMMISSIONER_APPOINTED', '2026-07-20');
    expect(when(before, 'SignConvention', SIGNED).decision.kind).toBe('accepted');
  });
});

describe('CorrectFact', () => {
  const correction = (state: AdhesionState, version: number, on: string) => when(state, 'CorrectFact', { version, data: { kind: 'MAYOR_CHANGED', on } });

  test('a change of mandate, until a confirmation stands on it', () => {
    const after = changed(managed, 'MAYOR_CHANGED', '2026-11-10');
    correction(after, after.version, '2026-11-12').then({
      type: 'FactCorrected',
      data: { corrects: after.version, type: 'MandateChanged', data: { kind: 'MAYOR_CHANGED', on: '2026-11-12', confirmBy: '2027-01-21', basis: BASIS, at: NOW } },
      effectiveOn: '2026-11-12',
    });
    correction(does(after, 'ConfirmReferents', { appointmentIds: ['ref-1'] }), after.version, '2026-11-12').refused('CORRECTION_TOO_LATE', 'version');
    // A confirmation stands on the change that asked for it, not on one that asks for none.
    const called = does(after, 'RecordMandateChange', { kind: 'ELECTION_CALLED', on: '2027-05-23' });
    const election = { version: called.version, data: { kind: 'ELECTION_CALLED', on: '2027-05-24' } };
    expect(view(does(does(called, 'ConfirmReferents', { appointmentIds: ['ref-1'] }), 'CorrectFact', election)).mandates.map(({ on }) => on)).toContain('2027-05-24');
    correction(after, after.version, '2026-11-23').refused('FACT_IN_FUTURE', 'on');
  });

  test('a change that lapsed, until somebody was appointed after it', () => {
    const lapsed = drained(adhesion, changed(managed, 'MAYOR_CHANGED', '2026-09-10', '2026-09-10T10:00:00Z'), NOW);
    const again = does(lapsed, 'AppointReferent', { role: 'RTD', subject: 's_rtd', actNo: '90/2026', actOn: '2026-11-15' });
    correction(again, managed.version + 1, '2026-11-12').refused('CORRECTION_TOO_LATE', 'version');
  });
});

test('who leaves by the last day of the confirmation is not waited for, and no clock runs for a lapse', () => {
  const appointed = does(reached('RegisterConvention'), 'AppointReferent', { role: 'RTD', subject: 's_rtd', actNo: '13/2026', actOn: '2026-09-03' });
  const accepted = does(appointed, 'AcceptAppointment', { appointmentId: 'ref-1', acceptedAt: '2026-09-07T08:00:00Z' });
  const asked = does(accepted, 'RecordMandateChange', { kind: 'MAYOR_CHANGED', on: '2026-11-20' });
  // Sixty days from 22 November.
  const lapses = (state: AdhesionState) => timersOf(state).filter(({ key }) => key.startsWith('confirmation-')).map(({ at }) => at);
  expect(lapses(asked)).toStrictEqual(['2027-01-21T23:00:00Z']);
  const leaves = (from: string) => does(asked, 'DeclareVacancy', { role: 'RTD', from }, '2027-01-21T12:00:00Z');
  expect([leaves('2027-01-20'), leaves('2027-01-21')].map(lapses)).toStrictEqual([[], []]);
});
