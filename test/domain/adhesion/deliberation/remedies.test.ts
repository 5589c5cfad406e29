import { describe, expect, test } from 'vitest';
import { annullableUntil, extraordinaryAppealUntil } from '../../../../domain/calendar/challenge.ts';
import { does, reached, view, when } from '../scenario.ts';

describe('the extraordinary appeal', () => {
  test.each([
    ['counts August, as the challenge before the TAR does not', '2026-07-27', '2026-11-24'],
    ['rolls off a Sunday', '2026-07-25', '2026-11-23'],
    ['rolls off a Saturday and the Sunday after it', '2026-07-24', '2026-11-23'],
    ['rolls off Christmas, Saint Stephen and a Sunday', '2026-08-27', '2026-12-28'],
  ])('%s: published until %s, until %s', (_what, endsOn, until) => {
    expect(extraordinaryAppealUntil(endsOn)).toBe(until);
  });
});

describe('the annulment by the body itself', () => {
  test.each([
    ['six months from the adoption', '2026-07-08', '2027-01-08'],
    ['on the last day of a month that has no such day', '2026-08-31', '2027-02-28'],
    ['on a holiday as on any day', '2026-06-25', '2026-12-25'],
  ])('%s', (_what, adoptedOn, until) => {
    expect(annullableUntil(adoptedOn)).toBe(until);
  });
});

describe('the view', () => {
  test('says neither before the act is adopted and on the board', () => {
    expect(view(reached('ConveneCouncil')).deliberation).toMatchObject({ extraordinaryAppealUntil: null, annullableUntil: null });
    expect(view(reached('RecordSession')).deliberation).toMatchObject({ extraordinaryAppealUntil: null, annullableUntil: '2027-01-08' });
  });

  test('says both, and an outage of the board moves the appeal with the end of the publication', () => {
    const published = reached('RecordPublication');
    expect(view(published).deliberation).toMatchObject({ publicationEndsOn: '2026-07-27', extraordinaryAppealUntil: '2026-11-24', annullableUntil: '2027-01-08' });
    expect(view(does(published, 'RecordBoardOutage', { day: '2026-07-15', hoursDown: 14 })).deliberation).toMatchObject({
      publicationEndsOn: '2026-07-28', extraordinaryAppealUntil: '2026-11-25', annullableUntil: '2027-01-08',
    });
  });

  test('says it of cases of 2026.1 too', () => {
    expect(view(reached('RecordPublication', {}, { policyVersion: '2026.1' })).deliberation).toMatchObject({ extraordinaryAppealUntil: '2026-11-24', annullableUntil: '2027-01-08' });
  });

  test('gates nothing: the body annuls its act after the six months too', () => {
    const late = '2027-06-01T10:00:00Z';
    const annulled = when(reached('AcceptResolution'), 'AnnulResolution', { actNo: '12/2027', on: '2027-05-20', by: 'BODY' }, { now: late });
    expect(annulled.decision.kind).toBe('accepted');
  });
});
