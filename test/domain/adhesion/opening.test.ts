import { describe, expect, test } from 'vitest';
import { adhesion, summarizeAdhesion, type AdhesionState } from '../../../domain/adhesion/index.ts';
import { resolvePolicies } from '../../../domain/adhesion/policies.ts';
import { ABBIATEGRASSO, MEMBER, NOW, OPERATOR, OTHER_MEMBER, SIGNED, TEXT, actorFor, does, opened, reached, view, when, type AnyCommand, type Type } from './scenario.ts';

describe('OpenAdhesion', () => {
  test('pins every policy in full in the first event', () => {
    when(adhesion.initial(), 'OpenAdhesion', { ...ABBIATEGRASSO, policies: { executivity: 'END', notice: { ordinaryDays: 7 } } }).then({
      type: 'AdhesionOpened',
      data: {
        ...ABBIATEGRASSO,
        policies: {
          executivity: 'END', publicationCount: 'INCLUDE_FIRST', interruptionShifts: true, saturdayRolls: false,
          agencyLegalForm: 'SPECIAL_CONSORTIUM', majority: 'ABSOLUTE_OF_MEMBERS', abstentions: 'NOT_VOTERS', councillors: 24, quorum: null,
          maxAttempts: 3, conventionYears: 3, nisSubject: false,
          notice: { ordinaryDays: 7, extraordinaryDays: 3, urgentHours: 24, clearDays: true },
          window: null,
          slaDays: {
            receipt: 2, opinions: 5, auditors: 10, publication: 5, transmission: 5, acceptance: 5, countersignature: 10,
            registration: 5, appointmentAcceptance: 10,
          },
          reminders: {
            beforeWindowEnd: [30, 15, 7, 1], publication: 5, publicationEscalation: 10, acceptance: 10, acceptanceEscalation: 20, conventionEnd: 60, lateEvery: 30,
            beforeConfirmation: [15, 1], certificate: 5, dpaSignature: 10, dataReturn: 30, dpoContact: 15, dpia: 30, transparency: 30, nis: 10,
          },
          exit: { noticeMonths: 6, lockInYears: 3, renewalMonthsBefore: 6, unpaidDays: 180, lastInvoice: false },
          mandates: { confirmDays: 60, vacancyDays: 30 },
          recognition: { staleMonths: 12, reminderDays: 30 },
          processing: { objectionDays: 15, reminderDays: 3, breachHours: 24, reminderHours: 6, breachesAfterClose: true },
          calendarVersion: '2026.1', policyVersion: '2026.2', twoPerson: false,
        },
        at: NOW,
      },
    });
  });

  test.each([
    ['executivity', 'NEVER', 'The policy policies.executivity does not have this value; it is one of START_EXCLUSIVE, START_INCLUSIVE, END.'],
    ['publicationCount', 'END', 'The policy policies.publicationCount does not have this value; it is one of INCLUDE_FIRST, EXCLUDE_FIRST.'],
    ['agencyLegalForm', 'CLUB', 'The policy policies.agencyLegalForm does not have this value; it is one of SPECIAL_CONSORTIUM, CONVENTION_ONLY, IN_HOUSE_COMPANY, FOUNDATION.'],
    ['majority', 'ALL', 'The policy policies.majority does not have this value; it is one of ABSOLUTE_OF_MEMBERS, SIMPLE_OF_VOTERS.'],
    ['abstentions', 'MAYBE', 'The policy policies.abstentions does not have this value; it is one of NOT_VOTERS, VOTERS.'],
    ['calendarVersion', '1999.1', 'The policy policies.calendarVersion does not have this value; it is one of 2026.1.'],
    ['policyVersion', '1999.1', 'The policy policies.policyVersion does not have this value; it is one of 2026.1, 2026.2.'],
  ])('an unknown reading of %s is refused, and what may be chosen said', (policy, reading, sentence) => {
    const opening = when(adhesion.initial(), 'OpenAdhesion', { ...ABBIATEGRASSO, policies: { [policy]: reading } });
    opening.refused('UNKNOWN_POLICY', `policies.${policy}`);
    expect(opening.decision).toMatchObject({ reasons: [{ message: { en: sentence } }] });
  });

  test('so is a policy that does not exist', () => {
    const policies: object = { executivity: 'END', toss: 'COIN' };
    when(adhesion.initial(), 'OpenAdhesion', { ...ABBIATEGRASSO, policies }).refused('UNKNOWN_POLICY', 'policies.toss');
  });

  test('the majority follows the legal form, unless chosen', () => {
    expect(resolvePolicies({ agencyLegalForm: 'CONVENTION_ONLY' }, 5_000).majority).toBe('SIMPLE_OF_VOTERS');
    expect(resolvePolicies({ agencyLegalForm: 'CONVENTION_ONLY', majority: 'ABSOLUTE_OF_MEMBERS' }, 5_000).majority).toBe('ABSOLUTE_OF_MEMBERS');
    expect(resolvePolicies({ executivity: undefined, slaDays: { receipt: undefined } }, 5_000)).toStrictEqual(resolvePolicies({}, 5_000));
  });

  test('reminders begin with policies of 2026.2, and may be left out', () => {
    expect(resolvePolicies({ policyVersion: '2026.1' }, 5_000).reminders).toBeNull();
    expect(resolvePolicies({ reminders: null }, 5_000).reminders).toBeNull();
    expect(resolvePolicies({ reminders: { publication: 3 } }, 5_000).reminders).toMatchObject({ publication: 3, publicationEscalation: 10 });
  });

  test('is refused on a case that is open', () => {
    when(opened(), 'OpenAdhesion', ABBIATEGRASSO).refused('ALREADY_OPEN');
  });

  test('nothing else is possible before', () => {
    when(adhesion.initial(), 'CloseAdhesion', { reasons: TEXT }).refused('NOT_OPEN');
    when(adhesion.initial(), 'ConfirmReceipt', { deliveredAt: NOW }).refused('NOT_OPEN');
    expect([adhesion.waiting(adhesion.initial(), NOW), adhesion.timers(adhesion.initial())]).toStrictEqual([[], []]);
    expect(() => view(adhesion.initial())).toThrow('This adhesion was never opened');
    expect(() => summarizeAdhesion(adhesion.initial())).toThrow('This adhesion was never opened');
  });

  test('a new case waits for the proposal and is in recognition', () => {
    expect(view(opened())).toMatchObject({
      id: 'c_a010-1', workflowId: 'adhesion/c_a010-1', body: 'c_a010', istatCode: '015002', name: 'Abbiategrasso', population: 32_425, phase: 'RECOGNITION', version: 1, late: false, timers: [],
      deliberation: { state: 'NOT_STARTED', executivity: 'NONE', attempt: 0, policy: 'START_EXCLUSIVE' }, convention: { state: 'DRAFT' },
      waitingFor: [{ who: 'OPERATOR', what: 'SendProposal', since: NOW, dueOn: null, reasons: [] }],
    });
  });
});

describe('the duration of the convention (art. 14 c.31-bis D.L. 78/2010)', () => {
  const EVENING = '2026-11-22T18:00:00Z';
  const NOSATE = { id: 'c_f939-1', body: 'c_f939', istatCode: '015155', name: 'Nosate', population: 5_000 } as const;
  const opens = (population: number, conventionYears: number, now = EVENING) => when(adhesion.initial(), 'OpenAdhesion', { ...NOSATE, population, policies: { conventionYears } }, { now });

  test('of a comune of up to 5,000 inhabitants is three years at least', () => {
    opens(5_000, 2).refused('DURATION_BELOW_LAW', 'policies.conventionYears');
    opens(689, 1).refused('DURATION_BELOW_LAW', 'policies.conventionYears');
    for (const [population, years] of [[5_000, 3], [5_001, 2], [689, 9]] as const) expect(opens(population, years).decision.kind).toBe('accepted');
  });

  test('is asked from the hour on which the rule came: what was opened before it is replayed as it was', () => {
    opens(689, 1, '2026-11-22T15:00:00Z').refused('DURATION_BELOW_LAW', 'policies.conventionYears');
    expect(opens(689, 1, '2026-11-22T14:59:59.999Z').decision.kind).toBe('accepted');
  });
});

describe('who may', () => {
  test('a command of another role, or on another body, is forbidden', () => {
    when(opened(), 'CloseAdhesion', { reasons: TEXT }, { actor: MEMBER }).refused('FORBIDDEN');
    when(reached('SendProposal'), 'ConfirmReceipt', { deliveredAt: NOW }, { actor: OTHER_MEMBER }).refused('FORBIDDEN');
    when(reached('RecordPublication'), 'RipenExecutivity', { executiveOn: '2026-07-24' }, { actor: OPERATOR }).refused('FORBIDDEN');
  });

  test('the refusal says who may', () => {
    const said = (type: Type, data: object): unknown => {
      const decision = adhesion.decide(reached('RecordPublication'), { type, data } as AnyCommand, { actor: OTHER_MEMBER, now: NOW, commandId: 'c' });
      return decision.kind === 'refused' ? decision.reasons[0]?.message.en : decision;
    };
    expect(said('CloseAdhesion', { reasons: TEXT })).toBe('CloseAdhesion is for: the Agency (operator); a member acts on its own cases only.');
    expect(said('RipenExecutivity', { executiveOn: '2026-07-24' })).toBe('RipenExecutivity is for: the system; a member acts on its own cases only.');
  });

  test('only what can be kept for its turn is called early', () => {
    const early = (state: AdhesionState, command: AnyCommand): unknown => {
      const decision = adhesion.decide(state, command, { actor: actorFor(command.type), now: NOW, commandId: 'c' });
      return decision.kind === 'refused' ? [decision.code, 'early' in decision] : decision.events.map(({ type }) => type);
    };
    expect(early(reached('SendProposal'), { type: 'TransmitResolution', data: { deliveredAt: NOW } })).toStrictEqual(['FactParked']);
    expect(early(reached('SendProposal'), { type: 'AcceptResolution', data: {} })).toStrictEqual(['OUT_OF_TURN', false]);
    // Wrong by itself it is not kept, and both are said.
    expect(when(reached('SendProposal'), 'TransmitResolution', { deliveredAt: '2030-01-01T00:00:00Z' }).decision).toMatchObject({
      kind: 'refused', code: 'FACT_IN_FUTURE', reasons: [{ code: 'FACT_IN_FUTURE', path: 'deliveredAt' }, { code: 'OUT_OF_TURN' }],
    });
  });
});

describe('CloseAdhesion', () => {
  test('closes a case until the convention is concluded', () => {
    when(reached('SignConvention'), 'CloseAdhesion', { reasons: TEXT }).then({ type: 'AdhesionClosed', data: { reasons: TEXT, at: NOW } });
    when(reached('CountersignConvention'), 'CloseAdhesion', { reasons: TEXT }).refused('CONVENTION_CONCLUDED');
  });

  test('a closed case waits for nobody, arms no timer, is finished and refuses the rest', () => {
    const closed = does(reached('RecordSession'), 'CloseAdhesion', { reasons: TEXT });
    expect(view(closed)).toMatchObject({ phase: 'CLOSED', waitingFor: [], timers: [] });
    expect(adhesion.finished(closed)).toBe(true);
    when(closed, 'RecordPublication', { noticeBoardNo: '1', firstDay: '2026-07-13' }).refused('CASE_CLOSED');
    when(closed, 'CloseAdhesion', { reasons: TEXT }).refused('CASE_CLOSED');
    when(closed, 'RipenExecutivity', { executiveOn: '2026-07-24' }).nothing();
    // Also what a case that expired might still be told, and what could be corrected while it was open.
    const ready = does(reached('AcceptResolution'), 'CloseAdhesion', { reasons: TEXT });
    when(ready, 'SignConvention', SIGNED).refused('CASE_CLOSED');
    when(ready, 'CorrectFact', { version: 2, data: {} }).refused('CASE_CLOSED');
  });

  test('an open case is not finished', () => {
    expect(adhesion.finished(reached('AcceptAppointment'))).toBe(false);
  });
});

describe('the window', () => {
  const window = { from: '2026-06-01', to: '2026-07-31' };

  test('E62: silence is late from the day after, never before', () => {
    const silent = opened({ window });
    expect(view(silent, '2026-07-31T21:59:59Z').late).toBe(false);
    expect(view(silent, '2026-07-31T22:00:00Z').late).toBe(true);
  });

  test('adopted in the window is in time for ever; after it, late', () => {
    expect(view(reached('RecordSession', {}, { window })).late).toBe(false);
    expect(view(reached('RecordSession', {}, { window: { from: '2026-06-01', to: '2026-07-07' } })).late).toBe(true);
    expect(view(reached('RecordSession', {}, { window: { from: '2026-06-01', to: '2026-07-08' } })).late).toBe(false);
    expect(view(does(opened({ window }), 'CloseAdhesion', { reasons: TEXT })).late).toBe(false);
  });
});
