import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { interruptedPublication } from '../../../../domain/adhesion/deliberation/board-outages.ts';
import { adhesion, type AdhesionState, type PolicyChoices } from '../../../../domain/adhesion/index.ts';
import { resolvePolicies } from '../../../../domain/adhesion/policies.ts';
import { addDays } from '../../../../domain/shared/civil-date.ts';
import { BASIS, MEMBER, NOW, SESSION, SIGNED, TEXT, does, opened, reached, view, when } from '../scenario.ts';

/** On the board from 13 July 2026: until 27 July, executive on the 24th. */
const published = reached('RecordPublication');
const LIVE = '2026-07-16T08:00:00Z';
const pending = does(reached('RecordSession'), 'RecordPublication', { noticeBoardNo: '1', firstDay: '2026-07-13' }, '2026-07-13T08:00:00Z');

const dates = (state: AdhesionState) => {
  const { publicationEndsOn, removalOn, challengeableUntil, executiveOn } = view(state).deliberation;
  return { publicationEndsOn, removalOn, challengeableUntil, executiveOn };
};
const down = (state: AdhesionState, day: string, hoursDown = 12): AdhesionState => does(state, 'RecordBoardOutage', { day, hoursDown });

describe('RecordBoardOutage', () => {
  test('of 12 hours adds a day to the end and moves the executive day, by a timer of a new key', () => {
    const moved = when(pending, 'RecordBoardOutage', { day: '2026-07-15', hoursDown: 12 }, { now: LIVE }).then({
      type: 'BoardOutageRecorded',
      data: {
        day: '2026-07-15', hoursDown: 12, counts: true, publicationEndsOn: '2026-07-28', removalOn: '2026-07-29', challengeableUntil: '2026-10-27',
        executiveOn: '2026-07-25', executiveFrom: '2026-07-24T22:00:00Z', transmissionDueOn: '2026-07-31', certificate: null, basis: BASIS, at: LIVE,
      },
      effectiveOn: '2026-07-15',
    });
    expect(view(moved, LIVE)).toMatchObject({
      deliberation: { executivity: 'PENDING', outages: [{ day: '2026-07-15', hoursDown: 12 }] },
      timers: [{ key: 'executivity-2', at: '2026-07-24T22:00:00Z' }],
    });
    when(moved, 'RipenExecutivity', { executiveOn: '2026-07-24' }, { now: '2026-07-24T22:00:00Z' }).nothing();
  });

  test('of less than 12 hours is recorded and changes no date', () => {
    const short = down(pending, '2026-07-15', 11.99);
    expect(dates(short)).toStrictEqual(dates(pending));
    expect(view(short).deliberation.outages).toStrictEqual([{ day: '2026-07-15', hoursDown: 11.99 }]);
    expect(adhesion.timers(does(pending, 'RecordBoardOutage', { day: '2026-07-15', hoursDown: 11 }, LIVE))[0]).toMatchObject({ key: 'executivity' });
  });

  test.each<[string, PolicyChoices, string[], string, string]>([
    ['the first day counts', {}, ['2026-07-13'], '2026-07-28', '2026-07-25'],
    ['the day before the executive day moves it', {}, ['2026-07-23'], '2026-07-28', '2026-07-25'],
    ['the executive day itself does not', {}, ['2026-07-24'], '2026-07-28', '2026-07-24'],
    ['but does once it was moved beyond it', {}, ['2026-07-24', '2026-07-20'], '2026-07-29', '2026-07-26'],
    ['the last day of publication counts', {}, ['2026-07-27'], '2026-07-28', '2026-07-24'],
    ['the day of removal does not', {}, ['2026-07-28'], '2026-07-27', '2026-07-24'],
    ['but does once the publication reaches it', {}, ['2026-07-28', '2026-07-27'], '2026-07-29', '2026-07-24'],
    ['interruptionShifts false keeps the executive day', { interruptionShifts: false }, ['2026-07-13', '2026-07-20'], '2026-07-29', '2026-07-24'],
    ['START_INCLUSIVE', { executivity: 'START_INCLUSIVE' }, ['2026-07-22', '2026-07-23'], '2026-07-29', '2026-07-25'],
    ['END follows the end', { executivity: 'END' }, ['2026-07-26'], '2026-07-28', '2026-08-08'],
  ])('%s', (_what, policies, days, endsOn, executiveOn) => {
    const state = days.reduce((now, day) => down(now, day), reached('RecordPublication', {}, policies));
    expect(view(state).deliberation).toMatchObject({ publicationEndsOn: endsOn, executiveOn, executivity: 'EXECUTIVE' });
  });

  test('is refused before the publication, before its first day, in the future, twice for a day', () => {
    when(reached('RecordSession'), 'RecordBoardOutage', { day: '2026-07-15', hoursDown: 12 }).refused('OUT_OF_TURN');
    when(opened(), 'RecordBoardOutage', { day: '2026-07-15', hoursDown: 12 }).refused('OUT_OF_TURN');
    when(published, 'RecordBoardOutage', { day: '2026-07-12', hoursDown: 12 }).refused('DATE_BEFORE_GROUND', 'day');
    when(published, 'RecordBoardOutage', { day: '2026-11-23', hoursDown: 12 }).refused('FACT_IN_FUTURE', 'day');
    when(down(published, '2026-07-15'), 'RecordBoardOutage', { day: '2026-07-15', hoursDown: 20 }).refused('ALREADY_RECORDED');
  });
});

describe('an outage that becomes known late', () => {
  const now = '2026-07-24T10:00:00Z';
  const ripe = does(pending, 'RecordBoardOutage', { day: '2026-07-14', hoursDown: 3 }, now);

  test('makes what had ripened pending again, until its new day', () => {
    expect(view(ripe).deliberation.executivity).toBe('EXECUTIVE');
    const again = does(ripe, 'RecordBoardOutage', { day: '2026-07-16', hoursDown: 24 }, now);
    expect(view(again, now)).toMatchObject({ deliberation: { executivity: 'PENDING', executiveOn: '2026-07-25' }, timers: [{ key: 'executivity-2', at: '2026-07-24T22:00:00Z' }] });
  });

  test('whose new day is past too ripens at once, on that day', () => {
    const decision = when(down(published, '2026-07-15'), 'RecordBoardOutage', { day: '2026-07-16', hoursDown: 24 }).decision;
    expect(decision).toMatchObject({ kind: 'accepted', events: [{ data: { executiveOn: '2026-07-26' } }] });
    expect(view(down(published, '2026-07-16')).deliberation).toMatchObject({ executivity: 'EXECUTIVE', executiveOn: '2026-07-25' });
  });

  test('flags a certificate that the new day overtakes; the gate shuts until it is accepted with a reason', () => {
    const certified = reached('TransmitResolution');
    const late = when(certified, 'RecordBoardOutage', { day: '2026-07-15', hoursDown: 13 }).decision;
    expect(late).toMatchObject({ kind: 'accepted', events: [{ data: { certificate: { consistent: false, gateOpensAt: null } } }] });
    const flagged = down(certified, '2026-07-15');
    expect(view(flagged).deliberation).toMatchObject({ flags: ['ATTESTATION_INCONSISTENT'], gateOpensAt: null, executiveOn: '2026-07-25' });
    when(flagged, 'AcceptResolution', {}).refused('OVERRIDE_REASON_REQUIRED', 'overrideReason');
    expect(view(does(flagged, 'AcceptResolution', { overrideReason: TEXT }))).toMatchObject({
      deliberation: { gateOpensAt: '2026-07-24T22:00:00Z' }, convention: { state: 'READY_TO_SIGN' },
    });
  });

  test('leaves a certificate that was later than the new day as it is', () => {
    const certified = reached('CertifyExecutivity', { CertifyExecutivity: { executiveOn: '2026-07-27', certifiedOn: '2026-07-27' } });
    expect(view(down(certified, '2026-07-15')).deliberation).toMatchObject({ flags: [], gateOpensAt: '2026-07-26T22:00:00Z' });
  });

  test('takes an acceptance back before the signature, and leaves the signature alone after it', () => {
    const accepted = reached('AcceptResolution');
    expect(view(down(accepted, '2026-07-15'))).toMatchObject({
      deliberation: { state: 'TRANSMITTED', flags: ['ATTESTATION_INCONSISTENT'] }, convention: { state: 'DRAFT' },
      waitingFor: [{ who: 'OPERATOR', what: 'AcceptResolution', reasons: [{ code: 'ATTESTATION_INCONSISTENT' }, { code: 'OVERRIDE_REASON_REQUIRED' }] }],
    });
    const signed = down(does(accepted, 'SignConvention', SIGNED), '2026-07-15');
    expect(view(signed)).toMatchObject({
      deliberation: { state: 'ACCEPTED', flags: ['ATTESTATION_INCONSISTENT'], executiveOn: '2026-07-25', gateOpensAt: '2026-07-23T22:00:00Z' },
      convention: { state: 'SIGNED_BY_MEMBER' },
    });
  });

  test('does not touch an acceptance when the executive day stays', () => {
    expect(view(down(reached('AcceptResolution'), '2026-07-25')).deliberation).toMatchObject({ state: 'ACCEPTED', flags: [], publicationEndsOn: '2026-07-28' });
  });

  test('moves nothing of an immediate act but its days on the board', () => {
    const immediate = reached('RecordPublication', { RecordSession: { ...SESSION, immediate: { for: 13, against: 0, abstained: 0, reasons: TEXT } } });
    expect(view(down(immediate, '2026-07-15'))).toMatchObject({
      deliberation: { executivity: 'IMMEDIATE', executiveOn: '2026-07-08', publicationEndsOn: '2026-07-28' }, timers: [],
    });
  });

  test('runs on under a suspension, and not after a loss', () => {
    const suspended = does(published, 'SuspendResolution', { by: 'COURT', orderNo: '1', from: '2026-07-20' });
    expect(view(down(suspended, '2026-07-15')).deliberation).toMatchObject({ state: 'SUSPENDED_BY_COURT', executiveOn: '2026-07-25' });
    when(does(published, 'RevokeResolution', { actNo: '1', on: '2026-07-20' }), 'RecordBoardOutage', { day: '2026-07-15', hoursDown: 12 }).refused('RESOLUTION_REVOKED');
  });
});

describe('corrections', () => {
  const correct = (state: AdhesionState, version: number, data: object): AdhesionState => does(state, 'CorrectFact', { version, data: { ...data } });
  const version = published.deliberation.publication?.version ?? 0;

  test('a corrected publication keeps the outages that fall into it', () => {
    const corrected = correct(down(down(published, '2026-07-13'), '2026-07-20'), version, { noticeBoardNo: '1', firstDay: '2026-07-14' });
    // 13 July is before it now, 20 July moves it by one: 14 + 11 + 1.
    expect(view(corrected).deliberation).toMatchObject({ publicationEndsOn: '2026-07-29', executiveOn: '2026-07-26', executivity: 'EXECUTIVE' });
  });

  test('an outage that was of another day, or shorter, gives back what it took', () => {
    const one = down(published, '2026-07-15');
    expect(dates(correct(one, one.deliberation.outages[0]?.version ?? 0, { day: '2026-07-15', hoursDown: 5 }))).toStrictEqual(dates(published));
    const flagged = down(reached('CertifyExecutivity'), '2026-07-15');
    const mended = correct(flagged, flagged.deliberation.outages[0]?.version ?? 0, { day: '2026-07-26', hoursDown: 14 });
    expect(view(mended).deliberation).toMatchObject({ flags: [], executiveOn: '2026-07-24', gateOpensAt: '2026-07-23T22:00:00Z', executivity: 'EXECUTIVE' });
    when(one, 'CorrectFact', { version: one.deliberation.outages[0]?.version ?? 0, data: { day: '2026-07-15', hoursDown: 26 } }).refused('CORRECTION_MALFORMED');
  });

  test('not under an acceptance or a signature', () => {
    const accepted = does(down(reached('CertifyExecutivity', { CertifyExecutivity: { executiveOn: '2026-07-27', certifiedOn: '2026-07-27' } }), '2026-07-15'), 'TransmitResolution', { deliveredAt: '2026-07-29T08:00:00Z' });
    const at = accepted.deliberation.outages[0]?.version ?? 0;
    when(does(accepted, 'AcceptResolution', {}), 'CorrectFact', { version: at, data: { day: '2026-07-16', hoursDown: 12 } }, { actor: MEMBER }).refused('CORRECTION_TOO_LATE');
  });
});

describe('whatever the order of arrival', () => {
  const day = fc.record({ day: fc.nat(40).map((n) => addDays('2026-07-13', n)), hoursDown: fc.constantFrom(5, 11.5, 12, 24) });
  const some = fc.uniqueArray(day, { selector: (outage) => outage.day, maxLength: 8 });
  const policies = fc.record({
    executivity: fc.constantFrom('START_EXCLUSIVE' as const, 'START_INCLUSIVE' as const, 'END' as const), interruptionShifts: fc.boolean(),
  });

  test('outages give the same dates', () => {
    fc.assert(fc.property(some.chain((outages) => fc.tuple(fc.constant(outages), fc.shuffledSubarray(outages, { minLength: outages.length }))), policies, ([one, other], chosen) => {
      const after = (outages: typeof one): AdhesionState => outages.reduce((state, { day: on, hoursDown }) => down(state, on, hoursDown), reached('RecordPublication', {}, chosen));
      expect(view(after(one)).deliberation).toStrictEqual(view(after(other)).deliberation);
    }), { numRuns: 60 });
  });

  test('one more never moves a date back', () => {
    fc.assert(fc.property(some, day, policies, (outages, more, chosen) => {
      const pinned = resolvePolicies(chosen, 32_425);
      const before = interruptedPublication('2026-07-13', outages.filter((known) => known.day !== more.day), pinned);
      const now = interruptedPublication('2026-07-13', [more, ...outages.filter((known) => known.day !== more.day)], pinned);
      expect(now.endsOn >= before.endsOn && now.executiveOn >= before.executiveOn).toBe(true);
    }));
  });

  test('and one known before the next certificate, acceptance or ripening is as one known after', () => {
    const early = does(does(reached('RecordPublication'), 'RecordBoardOutage', { day: '2026-07-15', hoursDown: 12 }, NOW), 'CertifyExecutivity', { executiveOn: '2026-07-24', certifiedOn: '2026-07-24' });
    const late = down(reached('CertifyExecutivity'), '2026-07-15');
    expect(view(early).deliberation).toStrictEqual(view(late).deliberation);
  });
});

describe('an outage far from the publication', () => {
  const published = reached('RecordPublication');
  const now = '2028-01-10T08:00:00Z';

  test('is recorded within a year from its end, and refused after it', () => {
    expect(published.deliberation.publication?.removalOn).toBe('2026-07-28');
    when(published, 'RecordBoardOutage', { day: '2027-07-29', hoursDown: 14 }, { now }).refused('OUTAGE_OUTSIDE_PUBLICATION', 'day');
    const recorded = does(published, 'RecordBoardOutage', { day: '2027-07-28', hoursDown: 14 }, now);
    expect(view(recorded).deliberation).toMatchObject({ executiveOn: '2026-07-24', outages: [{ day: '2027-07-28' }] });
  });

  test('moves nothing of a convention that is concluded: only what changes no date is recorded', () => {
    const concluded = reached('CountersignConvention');
    when(concluded, 'RecordBoardOutage', { day: '2026-07-15', hoursDown: 14 }).refused('CONVENTION_CONCLUDED', 'day');
    expect(view(does(concluded, 'RecordBoardOutage', { day: '2026-07-15', hoursDown: 5 })).deliberation.outages).toHaveLength(1);
  });
});
