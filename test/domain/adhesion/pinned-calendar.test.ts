import { beforeAll, describe, expect, test, vi } from 'vitest';
import { Calendar } from '../../../domain/calendar/calendar.ts';
import type * as Calendars from '../../../domain/calendar/calendars.ts';
import { CALENDAR_2026_1 } from '../../../domain/calendar/data/2026.1.ts';
import { addDays } from '../../../domain/shared/civil-date.ts';
import { abbiategrassoPath } from '../../support/adhesion-path.ts';
import { drained } from '../../support/spec.ts';
import { ABBIATEGRASSO, actorFor, NOW, OTHER_SHA256, SIGNED } from './scenario.ts';

/** A law that makes every day from 30 May to 30 September a holiday, and 26 October: nothing that it could move stays where it was. */
const SUMMER = Array.from({ length: 124 }, (_, index) => addDays('2026-05-30', index).slice(5));
const LATER = new Calendar({
  ...CALENDAR_2026_1,
  version: '2027.1',
  holidays: [...CALENDAR_2026_1.holidays, ...[...SUMMER, '10-26'].map((day) => ({ on: { day }, name: { it: 'Festa', en: 'Holiday' }, law: 'L. 1/2027' }))],
});

const AFTER: { readonly [type: string]: readonly (readonly [string, object])[] } = {
  RecordOpinion: [['RequestSession', { by: 'MAYOR', on: '2026-06-17' }]],
  RecordSession: [
    ['RectifyResolution', { actNo: '46/2026', on: '2026-07-09', substantial: true }],
    ['SuspendResolution', { by: 'BODY', orderNo: '5/2026', from: '2026-07-10' }], ['LiftSuspension', { orderNo: '6/2026', on: '2026-07-11' }],
  ],
  RecordPublication: [
    ['RecordBoardOutage', { day: '2026-07-15', hoursDown: 13 }],
    ['SuspendResolution', { by: 'COURT', orderNo: '1/2026', from: '2026-07-16' }], ['LiftSuspension', { orderNo: '2/2026', on: '2026-07-20' }],
  ],
  SignConvention: [['SuspendResolution', { by: 'COURT', orderNo: '3/2026', from: '2026-08-05' }], ['LiftSuspension', { orderNo: '4/2026', on: '2026-08-06' }]],
  RegisterConvention: [
    ['AmendConvention', { kind: 'ESSENTIAL', actNo: '50/2026', actOn: '2026-09-02', sha256: OTHER_SHA256 }],
    ['SignConvention', { ...SIGNED, signedAt: '2026-09-02T10:00:00Z', sha256: OTHER_SHA256 }],
  ],
};

/** The path with every other command that sets a term, each act once. */
const COMMANDS = abbiategrassoPath().slice(1).flatMap(({ type, data }, index, path) => [
  [type, type === 'CertifyExecutivity' ? { executiveOn: '2026-07-25', certifiedOn: '2026-07-27' } : data] as const,
  ...(path[index + 1]?.type === type ? [] : (AFTER[type] ?? [])),
]);

/** The events of the whole case, by the code as it is loaded now. */
async function eventsOf(policies: object): Promise<readonly { readonly type: string; readonly data: object }[]> {
  const { adhesion } = await import('../../../domain/adhesion/index.ts');
  const events: { readonly type: string; readonly data: object }[] = [];
  type State = ReturnType<typeof adhesion.initial>;
  const listening = { ...adhesion, evolve: (state: State, event: Parameters<typeof adhesion.evolve>[1]) => { events.push(event); return adhesion.evolve(state, event); } };
  [['OpenAdhesion', { ...ABBIATEGRASSO, policies }] as const, ...COMMANDS].reduce((state, [type, data]) => {
    const decision = adhesion.decide(state, { type, data } as Parameters<typeof adhesion.decide>[1], { actor: actorFor(type), now: NOW, commandId: 'c' });
    if (decision.kind === 'refused') throw new Error(`${type}: ${JSON.stringify(decision.reasons)}`);
    return drained(listening, decision.events.reduce(listening.evolve, state), NOW);
  }, adhesion.initial());
  return events;
}

/** Each last day that an event of the case has set. */
function daysSet(events: Awaited<ReturnType<typeof eventsOf>>): Record<string, unknown> {
  return Object.fromEntries(events.flatMap(({ type, data }) => Object.entries(data).filter(([key]) => /DueOn$|^challengeableUntil$/.test(key))
    .filter(([, day]) => typeof day === 'string').map(([key, day]) => [`${type} ${key}`, day])));
}

describe('E64: a newer calendar', () => {
  let before: Awaited<ReturnType<typeof eventsOf>>;
  beforeAll(async () => {
    before = await eventsOf({});
    vi.resetModules();
    vi.doMock('../../../domain/calendar/calendars.ts', async (original) => {
      const { calendarOf, ...known } = await original<typeof Calendars>();
      return { ...known, CURRENT_CALENDAR: '2027.1', calendarOf: (choice: Parameters<typeof calendarOf>[0] | '2027.1') => (choice === '2027.1' ? LATER : calendarOf(choice)) };
    });
    return () => {
      vi.doUnmock('../../../domain/calendar/calendars.ts');
      vi.resetModules();
    };
  });

  test('moves no day of a case that pinned the one before it: it decides each command as it was decided', async () => {
    expect(await eventsOf({ calendarVersion: '2026.1' })).toStrictEqual(before);
    expect(daysSet(before)).toStrictEqual({
      'ProposalSent receiptDueOn': '2026-06-03', 'ReceiptConfirmed opinionsDueOn': '2026-06-08', 'OpinionRecorded auditorsDueOn': '2026-06-18',
      'SessionRequested sessionDueOn': '2026-07-07', 'ResolutionAdopted publicationDueOn': '2026-07-13', 'ResolutionRectified publicationDueOn': '2026-07-14',
      'PublicationRecorded transmissionDueOn': '2026-07-31', 'PublicationRecorded challengeableUntil': '2026-10-26',
      'BoardOutageRecorded transmissionDueOn': '2026-07-31', 'BoardOutageRecorded challengeableUntil': '2026-10-27',
      'ResolutionTransmitted acceptanceDueOn': '2026-08-05', 'ConventionSigned countersignatureDueOn': '2026-08-19',
      'ConventionCountersigned registrationDueOn': '2026-08-14', 'AddendumSigned countersignatureDueOn': '2026-09-16', 'ReferentAppointed acceptanceDueOn': '2026-09-14',
    });
  });

  test('is that of a new case', async () => {
    expect(daysSet(await eventsOf({}))).toStrictEqual({
      'ProposalSent receiptDueOn': '2026-10-02', 'ReceiptConfirmed opinionsDueOn': '2026-10-07', 'OpinionRecorded auditorsDueOn': '2026-10-01',
      'SessionRequested sessionDueOn': '2026-10-01', 'ResolutionAdopted publicationDueOn': '2026-10-01', 'ResolutionRectified publicationDueOn': '2026-10-01',
      'PublicationRecorded transmissionDueOn': '2026-10-07', 'PublicationRecorded challengeableUntil': '2026-10-27',
      'BoardOutageRecorded transmissionDueOn': '2026-10-07', 'BoardOutageRecorded challengeableUntil': '2026-10-27',
      'ResolutionTransmitted acceptanceDueOn': '2026-10-07', 'ConventionSigned countersignatureDueOn': '2026-10-14',
      'ConventionCountersigned registrationDueOn': '2026-10-07', 'AddendumSigned countersignatureDueOn': '2026-10-14', 'ReferentAppointed acceptanceDueOn': '2026-10-01',
    });
  });
});
