import { describe, expect, test } from 'vitest';
import { adhesion, type AdhesionState } from '../../../../domain/adhesion/index.ts';
import { does, later, opened, reached, view, when } from '../scenario.ts';

const inForce = reached('AcceptAppointment');
const CONTACT = { on: '2026-09-20', protocolNo: '901/2026' };
const contact = (state: AdhesionState) => view(state).processing.dpoContact;
const armed = (state: AdhesionState) => adhesion.timers(state).filter(({ key }) => key.startsWith('remind-dpo-contact-')).map(({ key, at }) => [key, at]);

describe('the contact of the DPO (art. 37 c.7 GDPR)', () => {
  test('is told to the Garante once, after the appointment', () => {
    const told = when(inForce, 'RecordDpoContact', CONTACT).then({ type: 'DpoContactTold', data: { appointmentId: 'ref-3', ...CONTACT, at: '2026-11-22T10:00:00Z' }, effectiveOn: '2026-09-20' });
    expect([contact(inForce), contact(told)]).toStrictEqual([null, { appointmentId: 'ref-3', ...CONTACT }]);
    when(told, 'RecordDpoContact', { ...CONTACT, on: '2026-10-01' }).refused('ALREADY_RECORDED');
    when(inForce, 'RecordDpoContact', { ...CONTACT, on: '2026-09-03' }).refused('DATE_BEFORE_GROUND', 'on');
    when(inForce, 'RecordDpoContact', { ...CONTACT, on: '2026-11-23' }).refused('FACT_IN_FUTURE', 'on');
    when(opened(), 'RecordDpoContact', CONTACT).refused('DPO_NOT_APPOINTED');
  });

  test('of a new DPO is told anew; of the former one it says nothing of the new', () => {
    const told = does(inForce, 'RecordDpoContact', CONTACT);
    const replaced = does(told, 'ReplaceReferent', { appointmentId: 'ref-3', subject: 's_dpo2', actNo: '60/2026', actOn: '2026-11-02' });
    expect(contact(replaced)).toBeNull();
    expect(contact(does(replaced, 'RecordDpoContact', { on: '2026-11-10', protocolNo: '7' }))).toStrictEqual({ appointmentId: 'ref-5', on: '2026-11-10', protocolNo: '7' });
    when(does(told, 'DeclareVacancy', { role: 'DPO', from: '2026-11-10' }), 'RecordDpoContact', CONTACT).refused('DPO_NOT_APPOINTED');
  });

  test('is reminded of fifteen days after the act, unless it was told, and again of the next DPO', () => {
    const appointed = (on: string, state = reached('RegisterConvention', {}, {}, `${on}T08:00:00Z`)) => does(state, 'AppointReferent', { role: 'DPO', subject: 's_dpo', actNo: '14/2026', actOn: on }, `${on}T08:00:00Z`);
    const begun = appointed('2026-11-22');
    expect(armed(begun)).toStrictEqual([['remind-dpo-contact-ref-1-2026-11-22', '2026-12-06T23:00:00Z']]);
    when(begun, 'Remind', { key: 'dpo-contact-ref-1-2026-11-22' }, { now: '2026-12-06T23:00:00Z' }).then({
      type: 'ReminderDue', data: { key: 'dpo-contact-ref-1-2026-11-22', level: 'REMINDER', to: 'REFERENT', what: 'RecordDpoContact', dueOn: null, at: '2026-12-06T23:00:00Z' },
    });
    const told = does(begun, 'RecordDpoContact', { on: '2026-11-22', protocolNo: '7' });
    expect(armed(told)).toStrictEqual([]);
    const next = does(told, 'ReplaceReferent', { appointmentId: 'ref-1', subject: 's_dpo2', actNo: '60/2026', actOn: '2026-11-22' });
    expect(armed(next)).toStrictEqual([['remind-dpo-contact-ref-2-2026-11-22', '2026-12-06T23:00:00Z']]);
    expect(armed(appointed('2026-11-22', reached('RegisterConvention', {}, { reminders: { dpoContact: null } })))).toStrictEqual([]);
  });

  test('is corrected while that DPO is in office and the convention binds', () => {
    const told = does(inForce, 'RecordDpoContact', CONTACT);
    const correct = { version: told.version, data: { on: '2026-09-21', protocolNo: '902/2026' } };
    expect(contact(does(told, 'CorrectFact', correct))).toStrictEqual({ appointmentId: 'ref-3', on: '2026-09-21', protocolNo: '902/2026' });
    when(told, 'CorrectFact', { version: told.version, data: { on: '2026-09-21' } }).refused('CORRECTION_MALFORMED', 'data');
    const replaced = does(told, 'ReplaceReferent', { appointmentId: 'ref-3', subject: 's_dpo2', actNo: '60/2026', actOn: '2026-11-02' });
    when(replaced, 'CorrectFact', correct).refused('NOT_CORRECTABLE', 'version');
    const ended = later(does(told, 'RequestMigration', { service: 'TRAINING' }), '2029-09-02T08:00:00Z');
    when(ended, 'CorrectFact', correct, { now: '2029-09-02T08:00:00Z' }).refused('CORRECTION_TOO_LATE');
  });

  test('is no matter any more after the end of the convention', () => {
    const ended = later(does(inForce, 'RequestMigration', { service: 'TRAINING' }), '2029-09-02T08:00:00Z');
    when(ended, 'RecordDpoContact', CONTACT, { now: '2029-09-02T08:00:00Z' }).refused('CONVENTION_ENDED');
    const unaccepted = does(does(reached('RegisterConvention'), 'RequestMigration', { service: 'TRAINING' }), 'AppointReferent', { role: 'DPO', subject: 's_dpo', actNo: '1', actOn: '2029-08-30' }, '2029-08-30T08:00:00Z');
    expect([armed(unaccepted).length, armed(later(unaccepted, '2029-09-02T08:00:00Z')).length]).toStrictEqual([1, 0]);
  });
});
