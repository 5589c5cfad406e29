import { describe, expect, test } from 'vitest';
import { adhesion, type AdhesionState } from '../../../domain/adhesion/index.ts';
import { completePolicies, resolvePolicies, type AdhesionPolicies } from '../../../domain/adhesion/policies.ts';
import { does, reached } from './scenario.ts';

const FULL = resolvePolicies({}, 32_425);
const GROUPS = ['notice', 'slaDays', 'reminders', 'exit', 'mandates', 'recognition'] as const;
const MEMBERS = GROUPS.flatMap((group) => Object.keys(FULL[group] ?? {}).map((member) => [group, member] as const));

function without(value: object, key: string): object {
  return Object.fromEntries(Object.entries(value).filter(([known]) => known !== key));
}

describe('stored policies are completed', () => {
  test.each(MEMBERS)('%s: without its %s', (group, member) => {
    const stored = { ...FULL, [group]: without(FULL[group] ?? {}, member) } as AdhesionPolicies;
    const later = ['certificate', 'dpaSignature', 'dataReturn', 'dpoContact', 'dpia', 'transparency', 'nis'].includes(member);
    // Who was opened before these reminders were known has none of them.
    expect(completePolicies(stored)).toStrictEqual(later ? { ...FULL, reminders: { ...FULL.reminders, [member]: null } } : FULL);
  });

  test.each(GROUPS)('%s: not there at all', (group) => {
    const stored = without(FULL, group) as AdhesionPolicies;
    expect(completePolicies(stored)).toStrictEqual({ ...FULL, ...(group === 'reminders' ? { reminders: null } : {}) });
  });

  test('who was never reminded still is not, and what was chosen stays', () => {
    expect(completePolicies({ ...FULL, reminders: null })).toStrictEqual({ ...FULL, reminders: null });
    const chosen = resolvePolicies({ reminders: { lateEvery: 7 }, exit: { lockInYears: 0 } }, 32_425);
    expect(completePolicies(chosen)).toStrictEqual(chosen);
  });

  test('who was opened before NIS and late breaches were known is asked for neither', () => {
    const { nisSubject: _unknown, processing: { breachesAfterClose: _late, ...processing }, ...stored } = FULL;
    expect(completePolicies({ ...stored, processing })).toStrictEqual({ ...FULL, nisSubject: null, processing: { ...FULL.processing, breachesAfterClose: false } });
  });

  test('by numbers that no version may change: stored cases go by them', () => {
    const { notice, slaDays, reminders, exit, mandates, recognition } = completePolicies({ ...FULL, notice: {}, slaDays: {}, reminders: {}, exit: {}, mandates: {}, recognition: {} });
    expect({ notice, slaDays, reminders, exit, mandates, recognition }).toStrictEqual({
      notice: { ordinaryDays: 5, extraordinaryDays: 3, urgentHours: 24, clearDays: true },
      slaDays: {
        receipt: 2, opinions: 5, auditors: 10, publication: 5, transmission: 5, acceptance: 5, countersignature: 10, registration: 5, appointmentAcceptance: 10,
      },
      reminders: {
        beforeWindowEnd: [30, 15, 7, 1], publication: 5, publicationEscalation: 10, acceptance: 10, acceptanceEscalation: 20, conventionEnd: 60,
        lateEvery: 30, beforeConfirmation: [15, 1], certificate: null, dpaSignature: null, dataReturn: null, dpoContact: null, dpia: null, transparency: null, nis: null,
      },
      exit: { noticeMonths: 6, lockInYears: 3, renewalMonthsBefore: 6, unpaidDays: 180, lastInvoice: false },
      mandates: { confirmDays: 60, vacancyDays: 30 },
      recognition: { staleMonths: 12, reminderDays: 30 },
    });
  });
});

test('every choice is taken as it was made', () => {
  const chosen: AdhesionPolicies = {
    executivity: 'END', publicationCount: 'EXCLUDE_FIRST', interruptionShifts: false, saturdayRolls: true, agencyLegalForm: 'CONVENTION_ONLY', majority: 'ABSOLUTE_OF_MEMBERS',
    abstentions: 'VOTERS', councillors: 48, quorum: { first: 24, second: 16 }, maxAttempts: 1, conventionYears: 5, nisSubject: true, notice: { ordinaryDays: 6, extraordinaryDays: 4, urgentHours: 12, clearDays: false },
    window: { from: '2026-01-01', to: '2026-12-31' },
    slaDays: { receipt: 1, opinions: 2, auditors: 3, publication: 4, transmission: 6, acceptance: 7, countersignature: 8, registration: 9, appointmentAcceptance: 11 },
    reminders: {
      beforeWindowEnd: [3], publication: 1, publicationEscalation: 2, acceptance: 3, acceptanceEscalation: 4, conventionEnd: 5, lateEvery: 6, beforeConfirmation: [2],
      certificate: null, dpaSignature: 1, dataReturn: 2, dpoContact: 3, dpia: null, transparency: 4, nis: 5,
    },
    exit: { noticeMonths: 1, lockInYears: 0, renewalMonthsBefore: 2, unpaidDays: 3, lastInvoice: true }, mandates: { confirmDays: 1, vacancyDays: 2 },
    recognition: { staleMonths: 1, reminderDays: 2 }, processing: { objectionDays: 1, reminderDays: 2, breachHours: 3, reminderHours: 4, breachesAfterClose: false }, calendarVersion: '2026.1', policyVersion: '2026.2', twoPerson: true,
  };
  expect(resolvePolicies(chosen, 32_425)).toStrictEqual(chosen);
  expect(completePolicies(chosen)).toStrictEqual(chosen);
  expect(resolvePolicies({ ...chosen, policyVersion: '2026.1' }, 32_425)).toStrictEqual({ ...chosen, policyVersion: '2026.1', reminders: null });
});

describe('the rhythms of reminders are pinned', () => {
  const keysOf = (state: AdhesionState, start: string) => adhesion.timers(state).map(({ key }) => key).filter((key) => key.startsWith(start));

  test('lateEvery: between two of a case that is late', () => {
    const window = { from: '2026-09-01', to: '2026-11-01' };
    const late = (lateEvery: number) => keysOf(reached('SendProposal', {}, { window, reminders: { lateEvery } }), 'remind-late-');
    expect(late(30)).toStrictEqual(['remind-late-2026-12-02']);
    expect(late(7)).toStrictEqual(['remind-late-2026-11-23']);
  });

  test('beforeConfirmation: days before the last day to confirm', () => {
    const changed = does(reached('AcceptAppointment', {}, { reminders: { beforeConfirmation: [20] } }), 'RecordMandateChange', { kind: 'MAYOR_CHANGED', on: '2026-11-10' });
    const [key, ...others] = keysOf(changed, 'remind-confirmation-');
    expect(key).toMatch(/-20$/);
    expect(others).toStrictEqual([]);
  });
});
