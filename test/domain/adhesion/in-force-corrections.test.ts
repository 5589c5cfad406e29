import { describe, expect, test } from 'vitest';
import { adhesion, type AdhesionView } from '../../../domain/adhesion/index.ts';
import { addDays, type CivilDate, type Instant } from '../../../domain/shared/civil-date.ts';
import { foldInForce } from '../../../domain/shared/two-times.ts';
import { abbiategrassoPath } from '../../support/adhesion-path.ts';
import { ADOPTED, by, corrected, history, knownAt, published, viewOn, type Recorded, type Sent } from './recorded.ts';
import { ABBIATEGRASSO, MEMBER, OPERATOR, SESSION, TEXT, TEXT_SHA256 } from './scenario.ts';

/**
 * Of a fact recorded for one day and corrected to a later one: as known before the correction and after it, in force the day
 * before the corrected day and on it.
 */
function fourViews<Shown>(
  events: readonly Recorded[], [before, after]: [CivilDate, CivilDate], correctedDay: CivilDate, shown: (view: AdhesionView) => Shown,
): Record<string, Shown> {
  const on = (asOf: CivilDate, validOn: CivilDate): Shown => shown(viewOn(knownAt(events, `${asOf}T12:00:00Z`), validOn));
  const dayBefore = addDays(correctedDay, -1);
  return {
    'known before, day before': on(before, dayBefore), 'known before, on the day': on(before, correctedDay),
    'known after, day before': on(after, dayBefore), 'known after, on the day': on(after, correctedDay),
  };
}

/** The path to the registration of the convention, in force on 1 September 2026; who likes may withdraw at once. */
function concluded(): readonly Sent[] {
  const [, ...steps] = abbiategrassoPath();
  const registration = steps.findIndex(({ type }) => type === 'RegisterConvention');
  return [
    by(OPERATOR, '2026-05-28T08:00:00Z', 'OpenAdhesion', { ...ABBIATEGRASSO, policies: { reminders: null, exit: { lockInYears: 0 } } }),
    ...steps.slice(0, registration + 1).map(({ by: role, type, data }) => by(role === 'operator' ? OPERATOR : MEMBER, '2026-09-02T08:00:00Z', type, data)),
  ];
}

describe('a corrected fact is not there before its corrected day, whatever it was taken for', () => {
  const appointed = (actOn: CivilDate) => ({ role: 'RTD', subject: 's_rtd', actNo: '1', actOn });

  test('an appointment', () => {
    const events = history(...ADOPTED, by(MEMBER, '2026-07-06T08:00:00Z', 'AppointReferent', appointed('2026-07-03')), corrected('2026-07-08T08:00:00Z', 9, appointed('2026-07-05')));
    expect(fourViews(events, ['2026-07-07', '2026-07-08'], '2026-07-05', ({ referents }) => referents.map(({ actOn }) => actOn))).toStrictEqual({
      'known before, day before': ['2026-07-03'], 'known before, on the day': ['2026-07-03'],
      'known after, day before': [], 'known after, on the day': ['2026-07-05'],
    });
  });

  test('an appointment, whatever was recorded before it was corrected', () => {
    const events = history(
      ...ADOPTED, by(MEMBER, '2026-07-06T08:00:00Z', 'AppointReferent', appointed('2026-07-03')), published('2026-07-06T09:00:00Z', '2026-07-04'),
      corrected('2026-07-08T08:00:00Z', 9, appointed('2026-07-05')),
    );
    const shown = ({ referents, deliberation: { firstDay } }: AdhesionView) => [referents.map(({ actOn }) => actOn), firstDay];
    expect([viewOn(events, '2026-07-04'), viewOn(events, '2026-07-05')].map(shown)).toStrictEqual([[[], '2026-07-04'], [['2026-07-05'], '2026-07-04']]);
  });

  test('a sending', () => {
    const sent = (sentAt: Instant) => ({ template: { id: 't', version: 1, sha256: TEXT_SHA256 }, sentAt });
    const events = history(...ADOPTED.slice(0, 2), corrected('2026-06-01T08:00:00Z', 2, sent('2026-05-31T08:00:00Z')));
    const wrong = { state: 'PROPOSAL_SENT', attempt: 1, sentAt: '2026-05-29T08:00:00Z' };
    expect(fourViews(events, ['2026-05-31', '2026-06-01'], '2026-05-31', ({ deliberation: { state, attempt, sentAt } }) => ({ state, attempt, sentAt }))).toStrictEqual({
      'known before, day before': wrong, 'known before, on the day': wrong,
      'known after, day before': { state: 'NOT_STARTED', attempt: 0, sentAt: null },
      'known after, on the day': { ...wrong, sentAt: '2026-05-31T08:00:00Z' },
    });
  });

  test('a session: the council is convened until the day on which it met, whatever it then resolved', () => {
    const shown = ({ deliberation: { state, convocation, lastSession, adoptedOn } }: AdhesionView) => ({
      state, convened: convocation !== null, heldOn: lastSession?.heldOn ?? null, adoptedOn,
    });
    const wrong = { state: 'APPROVED', convened: true, heldOn: '2026-06-29', adoptedOn: '2026-06-29' };
    const convened = { state: 'CONVENED', convened: true, heldOn: null, adoptedOn: null };
    const views = (session: object) => fourViews(
      history(...ADOPTED, corrected('2026-07-02T08:00:00Z', 8, { ...SESSION, ...session, heldOn: '2026-06-30' })), ['2026-07-01', '2026-07-02'], '2026-06-30', shown,
    );
    const known = { 'known before, day before': wrong, 'known before, on the day': wrong, 'known after, day before': convened };
    expect(views({})).toStrictEqual({ ...known, 'known after, on the day': { ...wrong, heldOn: '2026-06-30', adoptedOn: '2026-06-30' } });
    expect(views({ votes: { for: 3, against: 16, abstained: 2 } })).toStrictEqual({
      ...known, 'known after, on the day': { state: 'REJECTED', convened: true, heldOn: '2026-06-30', adoptedOn: null },
    });
    const { organ, councillorsPresent } = SESSION;
    const postponed = history(...ADOPTED, corrected('2026-07-02T08:00:00Z', 8, { organ, councillorsPresent, outcome: 'POSTPONED', heldOn: '2026-06-30' }));
    expect(fourViews(postponed, ['2026-07-01', '2026-07-02'], '2026-06-30', shown)).toStrictEqual({
      ...known, 'known after, on the day': { state: 'READY_FOR_COUNCIL', convened: false, heldOn: '2026-06-30', adoptedOn: null },
    });
  });

  test('an outage of the notice board: the executive day moves with it', () => {
    const outage = (day: CivilDate) => ({ day, hoursDown: 24 });
    const events = history(...ADOPTED, published('2026-07-02T08:00:00Z', '2026-07-02'), by(MEMBER, '2026-07-07T08:00:00Z', 'RecordBoardOutage', outage('2026-07-04')),
      corrected('2026-07-08T08:00:00Z', 10, outage('2026-07-06')));
    const shown = ({ deliberation: { outages, executiveOn } }: AdhesionView) => [outages.map(({ day }) => day), executiveOn];
    expect(fourViews(events, ['2026-07-07', '2026-07-08'], '2026-07-06', shown)).toStrictEqual({
      'known before, day before': [['2026-07-04'], '2026-07-14'], 'known before, on the day': [['2026-07-04'], '2026-07-14'],
      'known after, day before': [[], '2026-07-13'], 'known after, on the day': [['2026-07-06'], '2026-07-14'],
    });
  });

  test('a change of mandate', () => {
    const change = (on: CivilDate) => ({ kind: 'MAYOR_CHANGED', on });
    const events = history(...ADOPTED, by(MEMBER, '2026-07-06T08:00:00Z', 'RecordMandateChange', change('2026-07-03')), corrected('2026-07-08T08:00:00Z', 9, change('2026-07-05')));
    const shown = ({ mandates }: AdhesionView) => mandates.map(({ on, confirmBy }) => [on, confirmBy]);
    expect(fourViews(events, ['2026-07-07', '2026-07-08'], '2026-07-05', shown)).toStrictEqual({
      'known before, day before': [['2026-07-03', '2026-09-04']], 'known before, on the day': [['2026-07-03', '2026-09-04']],
      'known after, day before': [], 'known after, on the day': [['2026-07-05', '2026-09-06']],
    });
  });

  test('a replacement: who is replaced holds the role until its corrected day', () => {
    const replaced = (actOn: CivilDate) => ({ appointmentId: 'ref-1', subject: 's_new', actNo: '2', actOn });
    const events = history(...ADOPTED, by(MEMBER, '2026-07-02T08:00:00Z', 'AppointReferent', appointed('2026-07-01')),
      by(MEMBER, '2026-07-02T09:00:00Z', 'AcceptAppointment', { appointmentId: 'ref-1', acceptedAt: '2026-07-02T08:00:00Z' }),
      by(MEMBER, '2026-07-06T08:00:00Z', 'ReplaceReferent', replaced('2026-07-03')), corrected('2026-07-08T08:00:00Z', 11, replaced('2026-07-05')));
    const shown = ({ referents }: AdhesionView) => referents.map(({ appointmentId, state, to }) => [appointmentId, state, to]);
    const replacedFrom = (day: CivilDate) => [['ref-1', 'REPLACED', day], ['ref-2', 'APPOINTED', null]];
    expect(fourViews(events, ['2026-07-07', '2026-07-08'], '2026-07-05', shown)).toStrictEqual({
      'known before, day before': replacedFrom('2026-07-03'), 'known before, on the day': replacedFrom('2026-07-03'),
      'known after, day before': [['ref-1', 'ACTIVE', null]], 'known after, on the day': replacedFrom('2026-07-05'),
    });
  });

  test('the notice of a withdrawal', () => {
    const notice = (deliveredAt: Instant) => ({ deliveredAt, actNo: '60', actOn: '2026-12-10' });
    const given = [...concluded(), by(MEMBER, '2027-07-05T08:00:00Z', 'GiveWithdrawalNotice', notice('2027-06-29T08:00:00Z'))];
    const events = history(...given, corrected('2027-07-07T08:00:00Z', history(...given).length, notice('2027-07-01T08:00:00Z'), MEMBER));
    const shown = ({ convention: { withdrawal } }: AdhesionView) => withdrawal?.effectOn ?? null;
    expect(fourViews(events, ['2027-07-06', '2027-07-07'], '2027-07-01', shown)).toStrictEqual({
      'known before, day before': '2027-12-31', 'known before, on the day': '2027-12-31',
      'known after, day before': null, 'known after, on the day': '2028-12-31',
    });
  });
});

describe('what had followed from a fact by itself is not there either', () => {
  test('the executivity that ripened; its certificate is another fact, and stays', () => {
    const events = history(...ADOPTED, published('2026-07-01T08:00:00Z', '2026-07-01'),
      by(MEMBER, '2026-07-12T08:00:00Z', 'CertifyExecutivity', { executiveOn: '2026-07-12', certifiedOn: '2026-07-12' }),
      corrected('2026-07-20T08:00:00Z', 9, { noticeBoardNo: '1/2026', firstDay: '2026-07-15' }));
    const shown = ({ deliberation: { state, executivity, certifiedExecutiveOn } }: AdhesionView) => [state, executivity, certifiedExecutiveOn];
    const wrong = ['PUBLISHED', 'EXECUTIVE', '2026-07-12'];
    expect(fourViews(events, ['2026-07-19', '2026-07-20'], '2026-07-15', shown)).toStrictEqual({
      'known before, day before': wrong, 'known before, on the day': wrong,
      'known after, day before': ['APPROVED', 'NONE', '2026-07-12'], 'known after, on the day': ['PUBLISHED', 'PENDING', '2026-07-12'],
    });
    expect(foldInForce(adhesion, events, '2026-07-14').deliberation.ripened).toBe(false);
  });

  test('the convention in force', () => {
    const registered = (registeredOn: CivilDate, inForceOn: CivilDate) => ({ repertoryNo: '118/2026', protocolNo: '77120/2026', registeredOn, inForceOn });
    const wrong = [...concluded().slice(0, -1), by(OPERATOR, '2026-09-02T08:00:00Z', 'RegisterConvention', registered('2026-08-10', '2026-08-20'))];
    const version = history(...wrong).findIndex(({ type }) => type === 'ConventionRegistered') + 1;
    const events = history(...wrong, corrected('2026-09-04T08:00:00Z', version, registered('2026-08-25', '2026-09-01')));
    expect(fourViews(events, ['2026-09-03', '2026-09-04'], '2026-08-25', ({ convention: { state } }) => state)).toStrictEqual({
      'known before, day before': 'IN_FORCE', 'known before, on the day': 'IN_FORCE',
      'known after, day before': 'COUNTERSIGNED', 'known after, on the day': 'REGISTERED',
    });
    expect(foldInForce(adhesion, events, '2026-08-24').convention.inForce).toBe(false);
  });

  test('the data processing agreement in force', () => {
    const signs = (signedAt: Instant, inForceOn: CivilDate) => ({ signedAt, sha256: TEXT_SHA256, inForceOn });
    const wrong = [...concluded(), by(MEMBER, '2026-09-05T08:00:00Z', 'AppointReferent', { role: 'DPO', subject: 's_dpo', actNo: '14/2026', actOn: '2026-09-04' }),
      by(OPERATOR, '2026-09-05T08:00:00Z', 'DraftDpa', { sha256: TEXT_SHA256 }), by(MEMBER, '2026-09-05T09:00:00Z', 'SignDpa', { signedAt: '2026-09-05T09:00:00Z', sha256: TEXT_SHA256 }),
      by(OPERATOR, '2026-09-10T08:00:00Z', 'CountersignDpa', signs('2026-09-06T08:00:00Z', '2026-09-07'))];
    const version = history(...wrong).findIndex(({ type }) => type === 'DpaCountersigned') + 1;
    const events = history(...wrong, corrected('2026-09-12T08:00:00Z', version, signs('2026-09-09T08:00:00Z', '2026-10-01')));
    expect(fourViews(events, ['2026-09-11', '2026-09-12'], '2026-09-09', ({ dpa: { state, inForceOn } }) => [state, inForceOn])).toStrictEqual({
      'known before, day before': ['IN_FORCE', '2026-09-07'], 'known before, on the day': ['IN_FORCE', '2026-09-07'],
      'known after, day before': ['SIGNED', null], 'known after, on the day': ['SIGNED', '2026-10-01'],
    });
    expect(foldInForce(adhesion, events, '2026-09-08').dpa.inForce).toBe(false);
  });
});

test('a session corrected to an earlier day takes no other one back on a day on which it did not count', () => {
  const { organ, councillorsPresent } = SESSION;
  const events = history(...ADOPTED.slice(0, -1),
    by(MEMBER, '2026-06-30T07:00:00Z', 'RecordSession', { organ, councillorsPresent, outcome: 'POSTPONED', heldOn: '2026-06-29' }),
    by(MEMBER, '2026-06-30T09:00:00Z', 'ConveneCouncil', { call: 1, urgency: 'ORDINARY', noticeDeliveredAt: '2026-06-30T09:00:00Z', sessionAt: '2026-07-08T18:30:00Z' }),
    by(MEMBER, '2026-07-11T07:00:00Z', 'RecordSession', { ...SESSION, heldOn: '2026-07-10' }), corrected('2026-07-12T08:00:00Z', 10, { ...SESSION, heldOn: '2026-07-08' }));
  const sessions = ['2026-07-07', '2026-07-08', '2026-07-10'].map((day) => {
    const { lastSession, sessionBefore } = foldInForce(adhesion, events, day).deliberation;
    return [lastSession, sessionBefore?.lastSession, sessionBefore?.convocation].map((fact) => fact?.version ?? null);
  });
  expect(sessions).toStrictEqual([[8, null, 7], [11, 8, 9], [11, 8, 9]]);
});

test('the transmission that another had followed is seen again where that one is taken back', () => {
  const transmitted = (now: Instant, deliveredAt: Instant) => by(MEMBER, now, 'TransmitResolution', { deliveredAt });
  const events = history(...ADOPTED, published('2026-07-02T08:00:00Z', '2026-07-02'), transmitted('2026-07-15T08:00:00Z', '2026-07-15T07:00:00Z'),
    by(OPERATOR, '2026-07-16T08:00:00Z', 'ReturnResolution', { reasons: TEXT }), transmitted('2026-07-18T08:00:00Z', '2026-07-17T07:00:00Z'),
    corrected('2026-07-20T08:00:00Z', 13, { deliveredAt: '2026-07-18T07:00:00Z' }));
  expect(events.map(({ type }) => type).slice(9)).toStrictEqual(['ExecutivityRipened', 'ResolutionTransmitted', 'ResolutionReturned', 'ResolutionTransmitted', 'FactCorrected']);
  const shown = ({ deliberation: { state, transmittedAt } }: AdhesionView) => [state, transmittedAt];
  expect(fourViews(events, ['2026-07-19', '2026-07-20'], '2026-07-18', shown)).toStrictEqual({
    'known before, day before': ['TRANSMITTED', '2026-07-17T07:00:00Z'], 'known before, on the day': ['TRANSMITTED', '2026-07-17T07:00:00Z'],
    'known after, day before': ['RETURNED', '2026-07-15T07:00:00Z'], 'known after, on the day': ['TRANSMITTED', '2026-07-18T07:00:00Z'],
  });
});

test('a fact corrected to an earlier day takes nothing along that followed from the correction', () => {
  // Published on 13 July, and taken for 10 August until the 12th: only then it ripened, on 24 July.
  const events = history(...ADOPTED, published('2026-08-11T08:00:00Z', '2026-08-10'), corrected('2026-08-12T08:00:00Z', 9, { noticeBoardNo: '1/2026', firstDay: '2026-07-13' }));
  expect(events.slice(8).map(({ type, effectiveOn }) => [type, effectiveOn])).toStrictEqual([
    ['PublicationRecorded', '2026-08-10'], ['FactCorrected', '2026-07-13'], ['ExecutivityRipened', '2026-07-24'],
  ]);
  const shown = (on: CivilDate) => viewOn(events, on).deliberation;
  expect(['2026-07-23', '2026-07-24', '2026-08-01', '2026-08-10'].map((on) => [shown(on).firstDay, shown(on).executivity])).toStrictEqual([
    ['2026-07-13', 'PENDING'], ['2026-07-13', 'EXECUTIVE'], ['2026-07-13', 'EXECUTIVE'], ['2026-07-13', 'EXECUTIVE'],
  ]);
});
