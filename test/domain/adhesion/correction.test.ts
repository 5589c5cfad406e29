import { describe, expect, test } from 'vitest';
import { adhesion, type AdhesionState } from '../../../domain/adhesion/index.ts';
import { drained } from '../../support/spec.ts';
import { BASIS, MEMBER, NOW, OPERATOR, SESSION, SIGNED, TEXT, does, opened, reached, view, when, type DataOf } from './scenario.ts';

/** Corrects the fact that the last command of the path recorded. */
const correct = (state: AdhesionState, version: number, data: object) => when(state, 'CorrectFact', { version, data: { ...data } }, { actor: OPERATOR });
const after = (state: AdhesionState, version: number, data: object) => does(state, 'CorrectFact', { version, data: { ...data } });

describe('CorrectFact', () => {
  const published = reached('RecordPublication');
  const publication = published.deliberation.publication?.version ?? 0;

  test('the publication: dates are computed again by a new event that names the old one', () => {
    const corrected = correct(published, publication, { noticeBoardNo: '1203/2026', firstDay: '2026-07-14' }).then({
      type: 'FactCorrected',
      data: {
        corrects: publication,
        type: 'PublicationRecorded',
        data: {
          noticeBoardNo: '1203/2026', firstDay: '2026-07-14', publicationEndsOn: '2026-07-28', removalOn: '2026-07-29', challengeableUntil: '2026-10-27',
          executiveOn: '2026-07-25', executiveFrom: '2026-07-24T22:00:00Z', transmissionDueOn: '2026-07-31', basis: BASIS, at: NOW,
        },
      },
      effectiveOn: '2026-07-14',
    });
    expect(view(drained(adhesion, corrected, NOW)).deliberation).toMatchObject({ executivity: 'EXECUTIVE', executiveOn: '2026-07-25' });
    correct(corrected, publication, { noticeBoardNo: '1', firstDay: '2026-07-15' }).refused('NOT_CORRECTABLE', 'version');
    expect(view(after(corrected, corrected.version, { noticeBoardNo: '1', firstDay: '2026-07-15' })).deliberation.executiveOn).toBe('2026-07-26');
  });

  test('an executivity that had ripened and now lies ahead is pending again, with a timer of its own', () => {
    const corrected = after(published, publication, { noticeBoardNo: '1203/2026', firstDay: '2026-11-20' });
    expect(view(corrected)).toMatchObject({
      deliberation: { executivity: 'PENDING', executiveOn: '2026-12-01' }, timers: [{ key: 'executivity-2', at: '2026-11-30T23:00:00Z' }, { key: 'remind-transmission-2026-12-09', at: '2026-12-09T23:00:00Z' }],
    });
    const back = after(corrected, corrected.version, { noticeBoardNo: '1203/2026', firstDay: '2026-07-13' });
    expect(view(back)).toMatchObject({ deliberation: { executivity: 'EXECUTIVE', executiveOn: '2026-07-24' }, timers: [] });
  });

  test('it meets the rules of the first fact', () => {
    correct(published, publication, { noticeBoardNo: '1', firstDay: '2026-07-07' }).refused('DATE_BEFORE_GROUND', 'firstDay');
    correct(published, publication, { noticeBoardNo: '1', firstDay: '2026-11-23' }).refused('FACT_IN_FUTURE', 'firstDay');
  });

  test.each<[string, object]>([
    ['an extra field', { noticeBoardNo: '1', firstDay: '2026-07-14', note: 'x' }],
    ['a missing field', { firstDay: '2026-07-14' }],
    ['a malformed day', { noticeBoardNo: '1', firstDay: '2026-02-30' }],
    ['another type', { noticeBoardNo: 7, firstDay: '2026-07-14' }],
    ['nothing', {}],
  ])('data with %s are malformed', (_what, data) => {
    correct(published, publication, data).refused('CORRECTION_MALFORMED', 'data');
  });

  test('a certificate stays and is judged by the corrected publication: overtaken it is flagged, until another comes or the day goes back', () => {
    const corrected = after(reached('CertifyExecutivity'), publication, { noticeBoardNo: '1', firstDay: '2026-07-14' });
    expect(view(corrected).deliberation).toMatchObject({
      state: 'PUBLISHED', executivity: 'EXECUTIVE', executiveOn: '2026-07-25', certifiedExecutiveOn: '2026-07-24', gateOpensAt: null, flags: ['ATTESTATION_INCONSISTENT'],
    });
    const certified = does(corrected, 'CertifyExecutivity', { executiveOn: '2026-07-25', certifiedOn: '2026-07-27' });
    expect(view(certified).deliberation).toMatchObject({ certifiedExecutiveOn: '2026-07-25', gateOpensAt: '2026-07-24T22:00:00Z', flags: [] });
    const back = after(corrected, corrected.deliberation.publication?.version ?? 0, { noticeBoardNo: '1', firstDay: '2026-07-13' });
    expect(view(back).deliberation).toMatchObject({ certifiedExecutiveOn: '2026-07-24', gateOpensAt: '2026-07-23T22:00:00Z', flags: [] });
  });

  test('a certificate that was flagged loses its flag when the publication turns out to be earlier', () => {
    const flagged = does(published, 'CertifyExecutivity', { executiveOn: '2026-07-22', certifiedOn: '2026-07-22' });
    const corrected = after(flagged, publication, { noticeBoardNo: '1', firstDay: '2026-07-10' });
    expect(view(corrected).deliberation).toMatchObject({ executiveOn: '2026-07-21', certifiedExecutiveOn: '2026-07-22', gateOpensAt: '2026-07-21T22:00:00Z', flags: [] });
  });

  test('a certificate of a day on which the act was not even on the board is flagged, not lost', () => {
    const corrected = after(reached('CertifyExecutivity'), publication, { noticeBoardNo: '1', firstDay: '2026-08-03' });
    expect(view(corrected).deliberation).toMatchObject({ executiveOn: '2026-08-14', certifiedExecutiveOn: '2026-07-24', gateOpensAt: null, flags: ['ATTESTATION_INCONSISTENT'] });
  });

  test('the certificate of an act immediately executable is not touched', () => {
    const immediate = reached('CertifyExecutivity', { RecordSession: { ...SESSION, immediate: { for: 16, against: 0, abstained: 0, reasons: TEXT } } });
    const corrected = after(immediate, immediate.deliberation.publication?.version ?? 0, { noticeBoardNo: '1', firstDay: '2026-08-03' });
    expect(view(corrected).deliberation).toMatchObject({ executivity: 'IMMEDIATE', certifiedExecutiveOn: '2026-07-24', gateOpensAt: '2026-07-07T22:00:00Z', flags: [] });
  });

  test('in a case of 2026.1, and where an older correction was recorded, the certificate falls with its publication', () => {
    const old = reached('CertifyExecutivity', {}, { policyVersion: '2026.1' });
    const corrected = after(old, publication, { noticeBoardNo: '1', firstDay: '2026-07-14' });
    expect(view(corrected).deliberation).toMatchObject({ state: 'PUBLISHED', executiveOn: '2026-07-25', certifiedExecutiveOn: null, gateOpensAt: null, flags: [] });
    const decision = correct(reached('CertifyExecutivity'), publication, { noticeBoardNo: '1', firstDay: '2026-07-14' }).decision;
    const [event] = decision.kind === 'accepted' ? decision.events : [];
    if (event?.type !== 'FactCorrected' || event.data.type !== 'PublicationRecorded') throw new Error('no correction of a publication');
    const { certificate: judged, ...data } = event.data.data;
    expect(judged).toStrictEqual({ consistent: false, gateOpensAt: null });
    const stored = adhesion.evolve(reached('CertifyExecutivity'), { ...event, data: { ...event.data, data } });
    expect(view(stored).deliberation).toMatchObject({ executiveOn: '2026-07-25', certifiedExecutiveOn: null });
  });

  test('what the Agency returned can be corrected from the publication on, and is transmitted again', () => {
    const returned = does(reached('TransmitResolution'), 'ReturnResolution', { reasons: TEXT });
    const corrected = drained(adhesion, after(returned, publication, { noticeBoardNo: '1', firstDay: '2026-07-14' }), NOW);
    expect(view(corrected).deliberation).toMatchObject({ state: 'RETURNED', executiveOn: '2026-07-25', certifiedExecutiveOn: '2026-07-24', flags: ['ATTESTATION_INCONSISTENT'] });
    const again = does(does(corrected, 'CertifyExecutivity', { executiveOn: '2026-07-25', certifiedOn: '2026-07-27' }), 'TransmitResolution', { deliveredAt: '2026-07-30T08:00:00Z' });
    expect(view(does(again, 'AcceptResolution', {})).deliberation).toMatchObject({ state: 'ACCEPTED', gateOpensAt: '2026-07-24T22:00:00Z' });
  });

  test('it is too late when something later stands on the fact', () => {
    correct(reached('TransmitResolution'), publication, { noticeBoardNo: '1', firstDay: '2026-07-14' }).refused('CORRECTION_TOO_LATE', 'version');
    const certified = reached('CertifyExecutivity');
    expect(when(certified, 'CorrectFact', { version: certified.version, data: { executiveOn: '2026-07-25', certifiedOn: '2026-07-27' } }).decision.kind).toBe('accepted');
    const accepted = reached('AcceptResolution');
    const { certificate, transmission } = accepted.deliberation;
    for (const version of [certificate?.version ?? 0, transmission?.version ?? 0]) {
      correct(accepted, version, { executiveOn: '2026-07-25', certifiedOn: '2026-07-27' }).refused('CORRECTION_TOO_LATE');
    }
  });

  test('what is no fact, or none of the correctable ones, is not corrected', () => {
    when(opened(), 'CorrectFact', { version: 1, data: {} }).refused('NOT_CORRECTABLE');
    correct(published, 1, {}).refused('NOT_CORRECTABLE', 'version');
    correct(published, 999, {}).refused('NOT_CORRECTABLE', 'version');
  });

  test('the receipt and the opinions, until something stands on them', () => {
    const received = reached('ConfirmReceipt');
    expect(view(after(received, received.version, { deliveredAt: '2026-05-30T08:00:00Z' })).deliberation.receivedOn).toBe('2026-05-30');
    correct(received, received.version, { deliveredAt: '2026-05-28T08:00:00Z' }).refused('DATE_BEFORE_GROUND');
    const ready = reached('RecordOpinion');
    const [technical] = ready.deliberation.opinions;
    const opinion: DataOf<'RecordOpinion'> = { kind: 'TECHNICAL', outcome: 'UNFAVOURABLE', givenOn: '2026-06-06', reasons: TEXT };
    correct(ready, received.version, { deliveredAt: '2026-05-30T08:00:00Z' }).refused('CORRECTION_TOO_LATE');
    const mended = after(ready, technical?.version ?? 0, opinion);
    expect(view(mended).deliberation).toMatchObject({ state: 'READY_FOR_COUNCIL' });
    expect(view(mended).deliberation.opinions.find(({ kind }) => kind === 'TECHNICAL')).toMatchObject({ outcome: 'UNFAVOURABLE', reasons: TEXT });
    correct(ready, technical?.version ?? 0, { ...opinion, reasons: 'text' }).refused('CORRECTION_MALFORMED');
    correct(ready, technical?.version ?? 0, { ...opinion, kind: 'AUDITORS' }).refused('OPINION_ALREADY_GIVEN');
    correct(reached('ConveneCouncil'), technical?.version ?? 0, opinion).refused('CORRECTION_TOO_LATE');
  });

  test('the convocation, until the session', () => {
    const convened = reached('ConveneCouncil');
    const notice: DataOf<'ConveneCouncil'> = { call: 1, urgency: 'ORDINARY', noticeDeliveredAt: '2026-07-01T10:00:00Z', sessionAt: '2026-07-09T18:00:00Z' };
    expect(view(after(convened, convened.version, notice)).deliberation.convocation).toMatchObject({ sessionAt: '2026-07-09T18:00:00Z' });
    correct(convened, convened.version, { ...notice, sessionAt: '2026-07-05T18:00:00Z' }).refused('NOTICE_TOO_SHORT');
    correct(reached('RecordSession'), convened.version, notice).refused('CORRECTION_TOO_LATE');
  });

  test('a certificate: corrected to the computed day it loses its flag', () => {
    const flagged = does(published, 'CertifyExecutivity', { executiveOn: '2026-07-22', certifiedOn: '2026-07-22' });
    expect(view(after(flagged, flagged.version, { executiveOn: '2026-07-24', certifiedOn: '2026-07-24' })).deliberation).toMatchObject({ flags: [], gateOpensAt: '2026-07-23T22:00:00Z' });
  });

  test('a certificate that came after the acceptance, until the convention is signed', () => {
    const accepted = reached('AcceptResolution', { CertifyExecutivity: null });
    const certified = does(accepted, 'CertifyExecutivity', { executiveOn: '2026-07-24', certifiedOn: '2026-07-24' });
    const later = { executiveOn: '2026-07-25', certifiedOn: '2026-07-27' };
    expect(view(after(certified, certified.version, later)).deliberation.certifiedExecutiveOn).toBe('2026-07-25');
    correct(does(certified, 'SignConvention', SIGNED), certified.version, later).refused('CORRECTION_TOO_LATE');
    correct(does(certified, 'SignConvention', { ...SIGNED, form: 'SCANNED' }), certified.version, later).refused('CORRECTION_TOO_LATE');
  });

  test('a transmission that followed a return stays later than what was returned', () => {
    const again = does(does(reached('TransmitResolution'), 'ReturnResolution', { reasons: TEXT }), 'TransmitResolution', { deliveredAt: '2026-08-03T08:00:00Z' });
    correct(again, again.version, { deliveredAt: '2026-07-29T07:00:00Z' }).refused('DATE_BEFORE_GROUND');
    expect(view(after(again, again.version, { deliveredAt: '2026-08-04T08:00:00Z' })).deliberation).toMatchObject({ state: 'TRANSMITTED', transmittedAt: '2026-08-04T08:00:00Z' });
  });

  test('a registration: a convention in force may be put off', () => {
    const inForce = reached('RegisterConvention');
    const registration = inForce.convention.registration?.version ?? 0;
    const data: DataOf<'RegisterConvention'> = { repertoryNo: '118/2026', protocolNo: '77120/2026', registeredOn: '2026-08-10', inForceOn: '2027-01-01' };
    const put = correctedByOperator(inForce, registration, data);
    expect(view(put)).toMatchObject({ phase: 'DESIGN', convention: { state: 'REGISTERED', endsOn: '2029-12-31' }, timers: [{ key: 'in-force-2', at: '2026-12-31T23:00:00Z' }] });
    when(inForce, 'CorrectFact', { version: registration, data: { ...data } }, { actor: MEMBER }).refused('FORBIDDEN');
    correct(does(inForce, 'RequestMigration', { service: 'TRAINING' }), registration, data).refused('CORRECTION_TOO_LATE');
  });

  test('appointments keep their number and place', () => {
    const first = does(reached('RegisterConvention'), 'AppointReferent', { role: 'RTD', subject: 's_rtd', actNo: '13/2026', actOn: '2026-09-03' });
    const two = does(first, 'AppointReferent', { role: 'DPO', subject: 's_dpo', actNo: '14/2026', actOn: '2026-09-04' });
    const mended = after(two, first.version, { role: 'RTD', subject: 's_rtd', actNo: '31/2026', actOn: '2026-09-03' });
    expect(view(mended).referents).toMatchObject([{ appointmentId: 'ref-1', actNo: '31/2026' }, { appointmentId: 'ref-2', role: 'DPO' }]);
    correct(two, first.version, { role: 'RTD', subject: 's_dpo', actNo: '31/2026', actOn: '2026-09-03' }).refused('INCOMPATIBLE_ROLE');
    const accepted = does(two, 'AcceptAppointment', { appointmentId: 'ref-1', acceptedAt: '2026-09-07T08:00:00Z' });
    correct(accepted, first.version, { role: 'RTD', subject: 's_rtd', actNo: '31/2026', actOn: '2026-09-03' }).refused('CORRECTION_TOO_LATE');
    const moved = after(accepted, accepted.version, { appointmentId: 'ref-1', acceptedAt: '2026-09-08T08:00:00Z' });
    expect(view(moved).referents[0]).toMatchObject({ state: 'ACTIVE', acceptedAt: '2026-09-08T08:00:00Z' });
    correct(accepted, accepted.version, { appointmentId: 'ref-1', acceptedAt: '2026-09-02T08:00:00Z' }).refused('DATE_BEFORE_GROUND');
  });
});

function correctedByOperator(state: AdhesionState, version: number, data: object): AdhesionState {
  const decision = correct(state, version, data).decision;
  if (decision.kind === 'refused') throw new Error(JSON.stringify(decision.reasons));
  return drained(adhesion, decision.events.reduce((now, event) => adhesion.evolve(now, event), state), NOW);
}
