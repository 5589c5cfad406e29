import { describe, expect, test } from 'vitest';
import { adhesion, type PolicyChoices } from '../../../../domain/adhesion/index.ts';
import { BASIS, CONVENED, ENGINE, NOW, SESSION, TEXT, does, opened, reached, step, view, when, type DataOf } from '../scenario.ts';

const published = reached('RecordPublication');
const transmitted = does(published, 'TransmitResolution', { deliveredAt: '2026-07-29T08:00:00Z' });

/** Published on a first day, with a session three days before it. */
function publishedOn(firstDay: string, heldOn: string, now: string, policies: PolicyChoices = {}) {
  const session = { ...CONVENED, noticeDeliveredAt: '2026-06-17T10:00:00Z', sessionAt: `${heldOn}T18:00:00Z` };
  const adopted = reached('RecordSession', { ConveneCouncil: session, RecordSession: { ...SESSION, heldOn } }, policies);
  return does(adopted, 'RecordPublication', { noticeBoardNo: '1203/2026', firstDay }, now);
}

describe('RecordPublication', () => {
  test('computes the dates once, with the versions they come from', () => {
    when(reached('RecordSession'), 'RecordPublication', { noticeBoardNo: '1203/2026', firstDay: '2026-07-13' }).then({
      type: 'PublicationRecorded',
      data: {
        noticeBoardNo: '1203/2026', firstDay: '2026-07-13', publicationEndsOn: '2026-07-27', removalOn: '2026-07-28',
        challengeableUntil: '2026-10-26', executiveOn: '2026-07-24', executiveFrom: '2026-07-23T22:00:00Z', transmissionDueOn: '2026-07-31',
        basis: BASIS, at: NOW,
      },
      effectiveOn: '2026-07-13',
    });
  });

  test.each<[string, PolicyChoices, string, string]>([
    ['E01', {}, '2026-07-06', '2026-07-09'],
    ['E02', { executivity: 'START_INCLUSIVE' }, '2026-07-05', '2026-07-09'],
    ['E03', { executivity: 'END' }, '2026-07-20', '2026-07-09'],
    ['E03', { executivity: 'END', publicationCount: 'EXCLUDE_FIRST' }, '2026-07-21', '2026-07-10'],
  ])('%s: on the board from 25 June 2026', (_case, policies, executiveOn, publicationEndsOn) => {
    const state = publishedOn('2026-06-25', '2026-06-23', NOW, policies);
    expect(view(state).deliberation).toMatchObject({ state: 'PUBLISHED', executivity: 'EXECUTIVE', executiveOn, publicationEndsOn });
  });

  test.each([
    ['E05', '2026-08-05', '2026-08-03', '2026-08-16', '2026-08-15T22:00:00Z'],
    ['E20', '2026-10-15', '2026-10-13', '2026-10-26', '2026-10-25T23:00:00Z'],
    ['E20', '2026-10-14', '2026-10-12', '2026-10-25', '2026-10-24T22:00:00Z'],
  ])('%s: on the board from %s', (_case, firstDay, heldOn, executiveOn, at) => {
    const state = publishedOn(firstDay, heldOn, `${firstDay}T12:00:00Z`);
    expect(adhesion.timers(state)).toStrictEqual([{ key: 'executivity', at, command: { type: 'RipenExecutivity', data: { executiveOn } } }]);
  });

  test.each([
    ['E07', '2027-09-23', '2027-09-20', '2027-10-04', '2027-10-07', '2027-12-06'],
    ['E16', '2026-12-21', '2026-12-18', '2027-01-01', '2027-01-04', '2027-03-05'],
    ['E18', '2026-11-27', '2026-11-25', '2026-12-08', '2026-12-11', '2027-02-09'],
  ])('%s: on the board from %s', (_case, firstDay, heldOn, executiveOn, publicationEndsOn, challengeableUntil) => {
    const now = `${firstDay}T12:00:00Z`;
    const session: DataOf<'RecordSession'> = { ...SESSION, heldOn };
    const ready = reached('ConveneCouncil', { ConveneCouncil: { ...CONVENED, noticeDeliveredAt: '2026-07-01T10:00:00Z', sessionAt: `${heldOn}T18:00:00Z` } });
    const state = does(does(ready, 'RecordSession', session, now), 'RecordPublication', { noticeBoardNo: '1', firstDay }, now);
    expect(view(state).deliberation).toMatchObject({ executivity: 'PENDING', executiveOn, publicationEndsOn, challengeableUntil });
  });

  test('E40: before the adoption it is kept, and applied when the approval comes', () => {
    const publication = { noticeBoardNo: '1203/2026', firstDay: '2026-07-13' };
    const early = does(reached('ConveneCouncil'), 'RecordPublication', publication);
    expect(view(early)).toMatchObject({ deliberation: { state: 'CONVENED' }, parked: [{ type: 'RecordPublication', data: publication, code: 'OUT_OF_TURN' }] });
    const adopted = does(early, 'RecordSession', SESSION);
    expect(view(adopted)).toMatchObject({ deliberation: { state: 'PUBLISHED', firstDay: '2026-07-13' }, parked: [] });
  });

  test('is refused before the adoption, in the future, twice', () => {
    when(reached('RecordSession'), 'RecordPublication', { noticeBoardNo: '1', firstDay: '2026-07-07' }).refused('DATE_BEFORE_GROUND', 'firstDay');
    when(reached('RecordSession'), 'RecordPublication', { noticeBoardNo: '1', firstDay: '2026-11-23' }).refused('FACT_IN_FUTURE', 'firstDay');
    when(published, 'RecordPublication', { noticeBoardNo: '1', firstDay: '2026-07-13' }).refused('ALREADY_RECORDED');
  });
});

describe('executivity', () => {
  const now = '2026-07-14T08:00:00Z';
  const pending = does(reached('RecordSession'), 'RecordPublication', { noticeBoardNo: '1', firstDay: '2026-07-13' }, now);

  test('ripens by law by a timer at 00:00 in Rome, certificate or not', () => {
    expect(view(pending, now)).toMatchObject({
      deliberation: { executivity: 'PENDING' }, timers: [{ key: 'executivity', at: '2026-07-23T22:00:00Z' }],
      waitingFor: [{ who: 'MEMBER', what: 'TransmitResolution' }, { who: 'CLOCK', what: 'executivity', dueOn: '2026-07-24' }],
    });
    const ripe = when(pending, 'RipenExecutivity', { executiveOn: '2026-07-24' }, { now: '2026-07-23T22:00:00Z' }).then({
      type: 'ExecutivityRipened', data: { executiveOn: '2026-07-24', at: '2026-07-23T22:00:00Z' }, effectiveOn: '2026-07-24',
    });
    expect(view(ripe)).toMatchObject({
      deliberation: { state: 'PUBLISHED', executivity: 'EXECUTIVE', gateOpensAt: null }, timers: [{ key: 'remind-certificate-2026-07-24', at: '2026-07-28T22:00:00Z' }],
      waitingFor: [{ what: 'CertifyExecutivity', dueOn: '2026-07-31' }, { what: 'TransmitResolution' }],
    });
  });

  test('a timer that comes too early, twice, or with an old date does nothing', () => {
    when(pending, 'RipenExecutivity', { executiveOn: '2026-07-24' }, { now: '2026-07-23T21:59:59Z' }).nothing();
    when(pending, 'RipenExecutivity', { executiveOn: '2026-07-23' }, { now: NOW }).nothing();
    when(published, 'RipenExecutivity', { executiveOn: '2026-07-24' }).nothing();
    when(opened(), 'RipenExecutivity', { executiveOn: '2026-07-24' }).nothing();
  });

  test('a past procedure ripens at once by the due timer', () => {
    const recorded = adhesion.decide(reached('RecordSession'), { type: 'RecordPublication', data: { noticeBoardNo: '1', firstDay: '2026-07-13' } }, {
      actor: { subject: 's', role: 'member', body: 'c_a010' }, now: NOW, commandId: 'c',
    });
    expect(recorded).toMatchObject({ kind: 'accepted', events: [{ type: 'PublicationRecorded' }] });
    expect(view(published).deliberation.executivity).toBe('EXECUTIVE');
  });
});

describe('CertifyExecutivity', () => {
  test('on the computed day opens the gate', () => {
    const certified = when(published, 'CertifyExecutivity', { executiveOn: '2026-07-24', certifiedOn: '2026-07-27' }).then({
      type: 'ExecutivityCertified',
      data: { executiveOn: '2026-07-24', certifiedOn: '2026-07-27', consistent: true, gateOpensAt: '2026-07-23T22:00:00Z', basis: BASIS, at: NOW },
      effectiveOn: '2026-07-27',
    });
    expect(view(certified).deliberation).toMatchObject({ state: 'PUBLISHED', certifiedExecutiveOn: '2026-07-24', gateOpensAt: '2026-07-23T22:00:00Z', flags: [] });
  });

  const early = publishedOn('2026-06-25', '2026-06-23', NOW);

  test('E38: earlier than computed is flagged and keeps the gate shut until accepted with a reason', () => {
    const flagged = when(early, 'CertifyExecutivity', { executiveOn: '2026-07-04', certifiedOn: '2026-07-04' }).then({
      type: 'ExecutivityCertified',
      data: { executiveOn: '2026-07-04', certifiedOn: '2026-07-04', consistent: false, gateOpensAt: null, basis: BASIS, at: NOW },
      effectiveOn: '2026-07-04',
    });
    const sent = does(flagged, 'TransmitResolution', { deliveredAt: '2026-07-10T08:00:00Z' });
    expect(view(sent).deliberation).toMatchObject({ flags: ['ATTESTATION_INCONSISTENT'], gateOpensAt: null });
    when(sent, 'AcceptResolution', {}).refused('OVERRIDE_REASON_REQUIRED', 'overrideReason');
    const accepted = when(sent, 'AcceptResolution', { overrideReason: TEXT }).then({
      type: 'ResolutionAccepted', data: { overrideReason: TEXT, gateOpensAt: '2026-07-05T22:00:00Z', at: NOW },
    });
    expect(view(accepted)).toMatchObject({
      deliberation: { state: 'ACCEPTED', gateOpensAt: '2026-07-05T22:00:00Z', certifiedExecutiveOn: '2026-07-04' }, convention: { state: 'READY_TO_SIGN' },
    });
  });

  test('E38: later than computed, the certified day holds', () => {
    const later = does(early, 'CertifyExecutivity', { executiveOn: '2026-07-09', certifiedOn: '2026-07-09' });
    expect(view(later).deliberation).toMatchObject({ executiveOn: '2026-07-06', certifiedExecutiveOn: '2026-07-09', gateOpensAt: '2026-07-08T22:00:00Z', flags: [] });
  });

  test('flagged after the acceptance, the resolution is to be accepted anew', () => {
    const accepted = does(does(early, 'TransmitResolution', { deliveredAt: '2026-07-10T08:00:00Z' }), 'AcceptResolution', {});
    expect(view(accepted)).toMatchObject({ deliberation: { state: 'ACCEPTED', gateOpensAt: null }, convention: { state: 'DRAFT' } });
    const flagged = does(accepted, 'CertifyExecutivity', { executiveOn: '2026-07-04', certifiedOn: '2026-07-04' });
    expect(view(flagged).deliberation.state).toBe('TRANSMITTED');
    expect(view(does(flagged, 'AcceptResolution', { overrideReason: TEXT })).convention.state).toBe('READY_TO_SIGN');
  });

  test('a flagged certificate may be replaced by a right one', () => {
    const flagged = does(early, 'CertifyExecutivity', { executiveOn: '2026-07-04', certifiedOn: '2026-07-04' });
    when(flagged, 'CertifyExecutivity', { executiveOn: '2026-07-04', certifiedOn: '2026-07-04' }).refused('ALREADY_RECORDED');
    const mended = does(flagged, 'CertifyExecutivity', { executiveOn: '2026-07-06', certifiedOn: '2026-07-08' });
    expect(view(mended).deliberation).toMatchObject({ flags: [], gateOpensAt: '2026-07-05T22:00:00Z' });
    when(mended, 'CertifyExecutivity', { executiveOn: '2026-07-06', certifiedOn: '2026-07-08' }).refused('ALREADY_RECORDED');
  });

  test('before the publication it is kept', () => {
    const kept = does(reached('RecordSession'), 'CertifyExecutivity', { executiveOn: '2026-07-24', certifiedOn: '2026-07-24' });
    expect(kept.parked).toHaveLength(1);
    expect(view(does(kept, 'RecordPublication', { noticeBoardNo: '1', firstDay: '2026-07-13' })).deliberation.certifiedExecutiveOn).toBe('2026-07-24');
  });

  test.each<[string, DataOf<'CertifyExecutivity'>, string, string]>([
    ['in the future', { executiveOn: '2026-07-24', certifiedOn: '2026-11-23' }, 'FACT_IN_FUTURE', 'certifiedOn'],
    ['of a day to come', { executiveOn: '2026-11-23', certifiedOn: '2026-11-22' }, 'FACT_IN_FUTURE', 'executiveOn'],
    ['before the day it certifies', { executiveOn: '2026-07-24', certifiedOn: '2026-07-23' }, 'DATE_BEFORE_GROUND', 'certifiedOn'],
    ['of a day before the adoption', { executiveOn: '2026-07-07', certifiedOn: '2026-07-24' }, 'DATE_BEFORE_GROUND', 'executiveOn'],
    ['before the publication', { executiveOn: '2026-07-10', certifiedOn: '2026-07-10' }, 'DATE_BEFORE_GROUND', 'certifiedOn'],
  ])('is refused when %s', (_when, data, code, path) => {
    when(published, 'CertifyExecutivity', data).refused(code, path);
  });

  test('an immediate act needs none; one that comes changes nothing of its gate', () => {
    const immediate = reached('RecordPublication', { RecordSession: { ...SESSION, immediate: { for: 13, against: 0, abstained: 0, reasons: TEXT } } });
    expect(view(immediate).waitingFor.map(({ what }) => what)).toStrictEqual(['TransmitResolution']);
    const certified = does(immediate, 'CertifyExecutivity', { executiveOn: '2026-07-24', certifiedOn: '2026-07-24' });
    expect(view(certified).deliberation).toMatchObject({ gateOpensAt: '2026-07-07T22:00:00Z', executiveOn: '2026-07-08', flags: [] });
  });
});

describe('TransmitResolution', () => {
  test('goes on while executivity ripens; the Agency has five working days', () => {
    when(published, 'TransmitResolution', { deliveredAt: '2026-07-13T08:00:00Z' }).then({
      type: 'ResolutionTransmitted',
      data: { deliveredAt: '2026-07-13T08:00:00Z', acceptanceDueOn: '2026-07-20', basis: BASIS, at: NOW },
      effectiveOn: '2026-07-13',
    });
    expect(view(transmitted)).toMatchObject({
      deliberation: { state: 'TRANSMITTED', transmittedAt: '2026-07-29T08:00:00Z' },
      waitingFor: [{ what: 'CertifyExecutivity' }, { who: 'OPERATOR', what: 'AcceptResolution', dueOn: '2026-08-05' }],
    });
  });

  test('E43: delivered late on a Friday counts for that Friday', () => {
    const decision = when(published, 'TransmitResolution', { deliveredAt: '2026-07-31T23:58:00+02:00' }).decision;
    expect(decision).toMatchObject({ kind: 'accepted', events: [{ data: { deliveredAt: '2026-07-31T21:58:00Z', acceptanceDueOn: '2026-08-07' }, effectiveOn: '2026-07-31' }] });
  });

  test('before the publication it is kept, but for an immediate act', () => {
    expect(does(reached('RecordSession'), 'TransmitResolution', { deliveredAt: '2026-07-29T08:00:00Z' }).parked).toHaveLength(1);
    const immediate = reached('RecordSession', { RecordSession: { ...SESSION, immediate: { for: 13, against: 0, abstained: 0, reasons: TEXT } } });
    const sent = does(immediate, 'TransmitResolution', { deliveredAt: '2026-07-09T08:00:00Z' });
    expect(view(does(sent, 'AcceptResolution', {}))).toMatchObject({ deliberation: { state: 'ACCEPTED' }, convention: { state: 'READY_TO_SIGN' } });
    when(immediate, 'TransmitResolution', { deliveredAt: '2026-07-07T08:00:00Z' }).refused('DATE_BEFORE_GROUND');
  });

  test('an immediate act accepted before its publication stays accepted', () => {
    const immediate = reached('RecordSession', { RecordSession: { ...SESSION, immediate: { for: 13, against: 0, abstained: 0, reasons: TEXT } } });
    const accepted = does(does(immediate, 'TransmitResolution', { deliveredAt: '2026-07-09T08:00:00Z' }), 'AcceptResolution', {});
    expect(view(does(accepted, 'RecordPublication', { noticeBoardNo: '1', firstDay: '2026-07-13' })).deliberation.state).toBe('ACCEPTED');
  });

  test('is refused before the first day, in the future, twice', () => {
    when(published, 'TransmitResolution', { deliveredAt: '2026-07-12T21:59:59Z' }).refused('DATE_BEFORE_GROUND', 'deliveredAt');
    when(published, 'TransmitResolution', { deliveredAt: '2026-11-22T10:00:01Z' }).refused('FACT_IN_FUTURE', 'deliveredAt');
    when(transmitted, 'TransmitResolution', { deliveredAt: '2026-07-30T08:00:00Z' }).refused('ALREADY_RECORDED');
  });
});

describe('AcceptResolution and ReturnResolution', () => {
  test('accepted with its certificate it is ready to sign', () => {
    const certified = does(transmitted, 'CertifyExecutivity', { executiveOn: '2026-07-24', certifiedOn: '2026-07-24' });
    const accepted = when(certified, 'AcceptResolution', {}).then({ type: 'ResolutionAccepted', data: { overrideReason: null, gateOpensAt: null, at: NOW } });
    expect(view(accepted)).toMatchObject({ convention: { state: 'READY_TO_SIGN' }, waitingFor: [{ who: 'MEMBER', what: 'SignConvention', since: NOW }] });
  });

  test('returned it is transmitted again, later than before', () => {
    const returned = when(transmitted, 'ReturnResolution', { reasons: TEXT }).then({ type: 'ResolutionReturned', data: { reasons: TEXT, at: NOW } });
    expect(view(returned)).toMatchObject({
      deliberation: { state: 'RETURNED' }, waitingFor: [{ what: 'CertifyExecutivity' }, { who: 'MEMBER', what: 'TransmitResolution', reasons: [{ code: 'RETURNED' }] }],
    });
    when(returned, 'AcceptResolution', {}).refused('OUT_OF_TURN');
    when(returned, 'TransmitResolution', { deliveredAt: '2026-07-29T08:00:00Z' }).refused('DATE_BEFORE_GROUND', 'deliveredAt');
    const again = does(returned, 'TransmitResolution', { deliveredAt: '2026-08-03T08:00:00Z' });
    expect(view(again).deliberation).toMatchObject({ state: 'TRANSMITTED', transmittedAt: '2026-08-03T08:00:00Z' });
    expect(view(does(again, 'AcceptResolution', {})).deliberation.state).toBe('ACCEPTED');
  });

  test('a returned resolution may bring a new certificate', () => {
    const returned = does(does(transmitted, 'CertifyExecutivity', { executiveOn: '2026-07-24', certifiedOn: '2026-07-24' }), 'ReturnResolution', { reasons: TEXT });
    expect(view(does(returned, 'CertifyExecutivity', { executiveOn: '2026-07-25', certifiedOn: '2026-07-27' })).deliberation.certifiedExecutiveOn).toBe('2026-07-25');
  });

  test('are refused out of turn', () => {
    when(published, 'AcceptResolution', {}).refused('OUT_OF_TURN');
    when(published, 'ReturnResolution', { reasons: TEXT }).refused('OUT_OF_TURN');
    when(reached('AcceptResolution'), 'AcceptResolution', {}).refused('OUT_OF_TURN');
    when(reached('AcceptResolution'), 'ReturnResolution', { reasons: TEXT }).refused('OUT_OF_TURN');
  });

  test('certificate and acceptance in either order open the same gate', () => {
    const accepted = does(transmitted, 'AcceptResolution', {});
    expect(view(accepted)).toMatchObject({ convention: { state: 'DRAFT' }, waitingFor: [{ what: 'CertifyExecutivity' }] });
    expect(view(step(accepted, { type: 'CertifyExecutivity', data: { executiveOn: '2026-07-24', certifiedOn: '2026-07-24' } })).convention.state).toBe('READY_TO_SIGN');
  });

  test('the engine sends no decisions', () => {
    when(transmitted, 'AcceptResolution', {}, { actor: ENGINE }).refused('FORBIDDEN');
  });
});
