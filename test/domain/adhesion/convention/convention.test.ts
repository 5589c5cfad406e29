import { describe, expect, test } from 'vitest';
import { adhesion } from '../../../../domain/adhesion/index.ts';
import {
  BASIS, CONVENED, COUNTERSIGNED, NOW, OTHER_SHA256, REGISTERED, SESSION, SIGNED, TEXT, TEXT_SHA256, does, reached, view, when, type DataOf, type Variations,
} from '../scenario.ts';

const ready = reached('AcceptResolution');
const signed = reached('SignConvention');
const concluded = reached('CountersignConvention');

const STORED_SIGNATURE = {
  signer: 's_mayor', office: 'MAYOR', signedAt: '2026-08-05T09:00:00Z', form: 'PADES', certificateValidTo: '2028-01-31T22:59:59Z', timestampedAt: null,
  sha256: TEXT_SHA256, at: NOW,
} as const;

/** In force on 2026-09-01 for three years. */
const TERM = {
  from: '2026-09-01', endsOn: '2029-08-31', endedFrom: '2029-08-31T22:00:00Z', renewalOpensOn: '2029-02-28', renewalOpensFrom: '2029-02-27T23:00:00Z',
} as const;

/** Published on 2026-06-25: executive on 2026-07-06. */
const EARLIER: Variations = {
  ConveneCouncil: { ...CONVENED, noticeDeliveredAt: '2026-06-17T10:00:00Z', sessionAt: '2026-06-23T18:00:00Z' },
  RecordSession: { ...SESSION, heldOn: '2026-06-23' },
  RecordPublication: { noticeBoardNo: '1', firstDay: '2026-06-25' },
  CertifyExecutivity: { executiveOn: '2026-07-06', certifiedOn: '2026-07-06' },
  TransmitResolution: { deliveredAt: '2026-07-10T08:00:00Z' },
};

describe('SignConvention', () => {
  test('records the signature of the member', () => {
    when(ready, 'SignConvention', SIGNED).then({
      type: 'ConventionSigned', data: { ...STORED_SIGNATURE, countersignatureDueOn: '2026-08-19' }, effectiveOn: '2026-08-05',
    });
    expect(view(signed)).toMatchObject({
      convention: { state: 'SIGNED_BY_MEMBER', signature: { signer: 's_mayor', office: 'MAYOR' } },
      waitingFor: [{ who: 'OPERATOR', what: 'CountersignConvention', dueOn: '2026-08-19' }],
    });
  });

  test('E46: signed on 3 July, executive on the 6th: refused with the earliest date, accepted resolution or not', () => {
    const uncertified = reached('AcceptResolution', { ...EARLIER, CertifyExecutivity: null });
    for (const state of [reached('AcceptResolution', EARLIER), uncertified, reached('CertifyExecutivity', EARLIER), reached('RecordPublication', EARLIER)]) {
      const early = when(state, 'SignConvention', { ...SIGNED, signedAt: '2026-07-03T10:00:00+02:00' });
      early.refused('SIGNED_TOO_EARLY', 'signedAt');
      expect(JSON.stringify(early.decision)).toContain('2026-07-06');
    }
    when(reached('AcceptResolution', EARLIER), 'SignConvention', { ...SIGNED, signedAt: '2026-07-05T23:59:59+02:00' }).refused('SIGNED_TOO_EARLY');
    expect(when(reached('AcceptResolution', EARLIER), 'SignConvention', { ...SIGNED, signedAt: '2026-07-06T00:00:00+02:00' }).decision.kind).toBe('accepted');
  });

  test('an immediate act may be signed on the day of its adoption', () => {
    const immediate = { ...SESSION, immediate: { for: 13, against: 0, abstained: 0, reasons: TEXT } };
    const state = reached('AcceptResolution', { RecordSession: immediate, CertifyExecutivity: null });
    expect(when(state, 'SignConvention', { ...SIGNED, signedAt: '2026-07-08T22:00:00+02:00' }).decision.kind).toBe('accepted');
    when(state, 'SignConvention', { ...SIGNED, signedAt: '2026-07-07T23:00:00+02:00' }).refused('SIGNED_TOO_EARLY');
  });

  test('waits for the acceptance and for the certificate', () => {
    when(reached('TransmitResolution'), 'SignConvention', SIGNED).refused('RESOLUTION_NOT_ACCEPTED');
    when(reached('AcceptResolution', { CertifyExecutivity: null }), 'SignConvention', SIGNED).refused('GATE_NOT_OPEN');
    when(reached('SendProposal'), 'SignConvention', SIGNED).refused('RESOLUTION_NOT_ACCEPTED');
  });

  test('an inconsistent certificate that was accepted leaves the computed day as the gate', () => {
    const now = '2026-07-20T08:00:00Z';
    const early = [
      (state: typeof ready) => does(state, 'CertifyExecutivity', { executiveOn: '2026-07-18', certifiedOn: '2026-07-18' }, now),
      (state: typeof ready) => does(state, 'TransmitResolution', { deliveredAt: '2026-07-19T08:00:00Z' }, now),
      (state: typeof ready) => does(state, 'AcceptResolution', { overrideReason: TEXT }, now),
    ].reduce((state, act) => act(state), does(reached('RecordSession'), 'RecordPublication', { noticeBoardNo: '1', firstDay: '2026-07-13' }, now));
    expect(view(early, now)).toMatchObject({ deliberation: { state: 'ACCEPTED', executivity: 'PENDING' }, convention: { state: 'DRAFT' } });
    when(early, 'SignConvention', { ...SIGNED, signedAt: '2026-07-19T10:00:00Z' }, { now }).refused('SIGNED_TOO_EARLY');
  });

  test('E47: whoever holds the office on the day signs under the old resolution', () => {
    const successor = does(ready, 'SignConvention', { ...SIGNED, signer: 's_new_mayor' });
    expect(view(successor).convention).toMatchObject({ state: 'SIGNED_BY_MEMBER', signature: { signer: 's_new_mayor' } });
  });

  test.each<[string, Partial<DataOf<'SignConvention'>>, string, string]>([
    ['another text', { sha256: OTHER_SHA256 }, 'TEXT_MISMATCH', 'sha256'],
    ['an office of the Agency', { office: 'AGENCY_PRESIDENT' }, 'WRONG_OFFICE', 'office'],
    ['an instant to come', { signedAt: '2026-11-22T10:00:01Z' }, 'FACT_IN_FUTURE', 'signedAt'],
    ['a timestamp to come', { timestampedAt: '2026-11-22T10:00:01Z' }, 'FACT_IN_FUTURE', 'timestampedAt'],
  ])('is refused with %s', (_what, change, code, path) => {
    when(ready, 'SignConvention', { ...SIGNED, ...change }).refused(code, path);
  });

  test('the amended text that was accepted is the approved one', () => {
    const amended = reached('RecordPublication', { RecordSession: { ...SESSION, textSha256: OTHER_SHA256 } });
    const accepted = [
      (state: typeof ready) => does(state, 'DecideAmendment', { decision: 'ACCEPT_AS_FORMAL', reasons: TEXT }),
      (state: typeof ready) => does(state, 'RecordOpinion', { kind: 'TECHNICAL', outcome: 'FAVOURABLE', givenOn: '2026-07-08', onAmendment: true }),
      (state: typeof ready) => does(state, 'CertifyExecutivity', { executiveOn: '2026-07-24', certifiedOn: '2026-07-24' }),
      (state: typeof ready) => does(state, 'TransmitResolution', { deliveredAt: '2026-07-29T08:00:00Z' }),
      (state: typeof ready) => does(state, 'AcceptResolution', {}),
    ].reduce((state, act) => act(state), amended);
    when(accepted, 'SignConvention', SIGNED).refused('TEXT_MISMATCH', 'sha256');
    expect(when(accepted, 'SignConvention', { ...SIGNED, sha256: OTHER_SHA256 }).decision.kind).toBe('accepted');
  });

  test('is refused a second time', () => {
    when(signed, 'SignConvention', SIGNED).refused('ALREADY_RECORDED');
  });
});

describe('a signature that is none', () => {
  test.each(['PADES', 'CADES', 'ADVANCED'] as const)('%s is one', (form) => {
    expect(view(does(ready, 'SignConvention', { ...SIGNED, form })).convention).toMatchObject({ state: 'SIGNED_BY_MEMBER', signature: { form } });
  });

  test.each(['HANDWRITTEN', 'SCANNED'] as const)('E44: %s voids the convention, and it is signed anew', (form) => {
    const voided = when(ready, 'SignConvention', { ...SIGNED, form }).then({
      type: 'ConventionVoided', data: { ...STORED_SIGNATURE, form, code: 'SIGNATURE_FORM' }, effectiveOn: '2026-08-05',
    });
    expect(view(voided)).toMatchObject({
      convention: { state: 'VOID', signature: null, voidedBy: { form, code: 'SIGNATURE_FORM' } }, waitingFor: [{ who: 'MEMBER', what: 'SignConvention' }],
    });
    when(voided, 'RequestMigration', { service: 'TRAINING' }).refused('CONVENTION_NOT_IN_FORCE');
    when(voided, 'SignConvention', { ...SIGNED, form }).refused('ALREADY_RECORDED');
    expect(view(does(voided, 'SignConvention', SIGNED)).convention).toMatchObject({ state: 'SIGNED_BY_MEMBER', voidedBy: null });
  });

  test('an expired certificate counts as no signature, unless a timestamp is older than its end', () => {
    const expired = { ...SIGNED, certificateValidTo: '2026-08-05T08:59:59Z' };
    expect(view(does(ready, 'SignConvention', expired)).convention).toMatchObject({ state: 'VOID', voidedBy: { code: 'CERTIFICATE_EXPIRED' } });
    expect(view(does(ready, 'SignConvention', { ...expired, timestampedAt: '2026-08-05T09:00:00Z' })).convention.state).toBe('VOID');
    expect(view(does(ready, 'SignConvention', { ...expired, timestampedAt: '2026-08-05T08:59:59Z' })).convention.state).toBe('SIGNED_BY_MEMBER');
    expect(view(does(ready, 'SignConvention', { ...SIGNED, certificateValidTo: '2026-08-05T09:00:00Z' })).convention.state).toBe('SIGNED_BY_MEMBER');
    expect(view(does(ready, 'SignConvention', { ...SIGNED, form: 'ADVANCED', certificateValidTo: undefined })).convention.state).toBe('SIGNED_BY_MEMBER');
  });

  test('a countersignature that is none voids the whole document: both sign anew', () => {
    const voided = does(signed, 'CountersignConvention', { ...COUNTERSIGNED, form: 'SCANNED' });
    expect(view(voided).convention).toMatchObject({ state: 'VOID', signature: null, concludedOn: null });
    when(voided, 'CountersignConvention', COUNTERSIGNED).refused('OUT_OF_TURN');
    expect(view(does(does(voided, 'SignConvention', SIGNED), 'CountersignConvention', COUNTERSIGNED)).convention.state).toBe('COUNTERSIGNED');
  });
});

describe('CountersignConvention', () => {
  test('concludes the convention at the last valid signature', () => {
    when(signed, 'CountersignConvention', COUNTERSIGNED).then({
      type: 'ConventionCountersigned',
      data: {
        signer: 's_president', office: 'METROPOLITAN_MAYOR', signedAt: '2026-08-07T13:30:00Z', form: 'PADES', certificateValidTo: '2027-06-30T21:59:59Z',
        timestampedAt: null, sha256: TEXT_SHA256, at: NOW, concludedAt: '2026-08-07T13:30:00Z', concludedOn: '2026-08-07', registrationDueOn: '2026-08-14',
      },
      effectiveOn: '2026-08-07',
    });
    expect(view(concluded)).toMatchObject({ convention: { state: 'COUNTERSIGNED', concludedOn: '2026-08-07' }, waitingFor: [{ who: 'OPERATOR', what: 'RegisterConvention' }] });
  });

  test('is refused out of turn, before the member, by an office of the member, on another text, twice', () => {
    when(ready, 'CountersignConvention', COUNTERSIGNED).refused('OUT_OF_TURN');
    when(signed, 'CountersignConvention', { ...COUNTERSIGNED, signedAt: '2026-08-05T08:59:59Z' }).refused('DATE_BEFORE_GROUND', 'signedAt');
    when(signed, 'CountersignConvention', { ...COUNTERSIGNED, office: 'MAYOR' }).refused('WRONG_OFFICE', 'office');
    when(signed, 'CountersignConvention', { ...COUNTERSIGNED, sha256: OTHER_SHA256 }).refused('TEXT_MISMATCH', 'sha256');
    when(concluded, 'CountersignConvention', COUNTERSIGNED).refused('ALREADY_RECORDED');
  });
});

describe('RegisterConvention', () => {
  test('a convention whose first day is past is in force at once, by the due timer', () => {
    when(concluded, 'RegisterConvention', REGISTERED).then({
      type: 'ConventionRegistered',
      data: { ...REGISTERED, inForceFrom: '2026-08-31T22:00:00Z', endsOn: '2029-08-31', term: TERM, basis: BASIS, at: NOW },
      effectiveOn: '2026-08-10',
    });
    expect(view(reached('RegisterConvention'))).toMatchObject({ phase: 'IMPLEMENTATION', convention: { state: 'IN_FORCE', inForceOn: '2026-09-01' } });
  });

  test('E52: in force from 2026-12-01 for three years, by a timer still to come', () => {
    const registered = does(concluded, 'RegisterConvention', { ...REGISTERED, inForceOn: '2026-12-01' });
    expect(view(registered)).toMatchObject({
      phase: 'DESIGN', convention: { state: 'REGISTERED', endsOn: '2029-11-30' }, timers: [{ key: 'in-force', at: '2026-11-30T23:00:00Z' }],
      waitingFor: [{ who: 'CLOCK', what: 'in-force', dueOn: '2026-12-01' }],
    });
    when(registered, 'BringIntoForce', { inForceOn: '2026-12-01' }).nothing();
    const inForce = when(registered, 'BringIntoForce', { inForceOn: '2026-12-01' }, { now: '2026-11-30T23:00:00Z' }).then({
      type: 'ConventionEnteredIntoForce', data: { inForceOn: '2026-12-01', at: '2026-11-30T23:00:00Z' }, effectiveOn: '2026-12-01',
    });
    expect(view(inForce)).toMatchObject({ phase: 'IMPLEMENTATION', convention: { state: 'IN_FORCE' } });
    expect(view(inForce).timers.map(({ key }) => key)).not.toContain('in-force');
    when(inForce, 'BringIntoForce', { inForceOn: '2026-12-01' }, { now: '2026-12-02T00:00:00Z' }).nothing();
    expect(adhesion.finished(inForce)).toBe(false);
  });

  test('is refused before the conclusion, in the future, twice', () => {
    const preserved = does(concluded, 'RegisterConvention', { ...REGISTERED, preservationNo: 'PDV-7/2026' });
    expect([view(preserved).convention.preservationNo, view(reached('RegisterConvention')).convention.preservationNo]).toStrictEqual(['PDV-7/2026', null]);
    when(signed, 'RegisterConvention', REGISTERED).refused('OUT_OF_TURN');
    when(concluded, 'RegisterConvention', { ...REGISTERED, registeredOn: '2026-08-06' }).refused('DATE_BEFORE_GROUND', 'registeredOn');
    when(concluded, 'RegisterConvention', { ...REGISTERED, inForceOn: '2026-08-06' }).refused('DATE_BEFORE_GROUND', 'inForceOn');
    when(concluded, 'RegisterConvention', { ...REGISTERED, registeredOn: '2026-11-23' }).refused('FACT_IN_FUTURE', 'registeredOn');
    when(reached('RegisterConvention'), 'RegisterConvention', REGISTERED).refused('ALREADY_RECORDED');
  });
});
