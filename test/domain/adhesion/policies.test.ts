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
    const later = ['certificate', 'dpaSignature', 'dataReturn'].includes(member);
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

  test('by numbers that no version may change: stored cases go by them', () => {
    const { notice, slaDays, reminders, exit, mandates, recognition } = completePolicies({ ...FULL, notice: {}, slaDays: {}, reminders: {}, exit: {}, mandates: {}, recognition: {} });
    expect({ notice, slaDays, reminders, exit, mandates, recognition }).toStrictEqual({
      notice: { ordinaryDays: 5, extraordinaryDays: 3, urgentHours: 24, clearDays: true },
      slaDays: {
        receipt: 2, opinions: 5, auditors: 10, publication: 5, transmission: 5, acceptance: 5, countersignature: 10, registration: 5, appointmentAcceptance: 10,
      },
      reminders: {
        beforeWindowEnd: [30, 15, 7, 1], publication: 5, publicationEscalation: 10, acceptance: 10, acceptanceEscalation: 20, conventionEnd: 60,
        lateEvery: 30, beforeConfirmation: [15, 1], certificate: null, dpaSignature: null, dataReturn: null,
      },
      exit: { noticeMonths: 6, lockInYears: 3, renewalMonthsBefore: 6, unpaidDays: 180 },
      mandates: { confirmDays: 60, vacancyDays: 30 },
      recognition: { staleMonths: 12, reminderDays: 30 },
    });
  });
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
