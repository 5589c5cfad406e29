import { describe, expect, test } from 'vitest';
import { BASIS, COUNTERSIGNED, MEMBER, NOW, OPERATOR, OTHER_SHA256, SIGNED, TEXT_SHA256, does, reached, view, when } from '../scenario.ts';

const inForce = reached('AcceptAppointment');
const ADDENDUM_SHA256 = 'ef'.repeat(32);
const RESOLVED = { kind: 'ESSENTIAL', actNo: '70/2026', actOn: '2026-10-08', sha256: ADDENDUM_SHA256 } as const;
const MEMBER_SIGNS = { ...SIGNED, signedAt: '2026-10-20T08:00:00Z', sha256: ADDENDUM_SHA256 };
const AGENCY_SIGNS = { ...COUNTERSIGNED, signedAt: '2026-10-22T08:00:00Z', sha256: ADDENDUM_SHA256 };

const amending = does(inForce, 'AmendConvention', RESOLVED);
const signed = does(amending, 'SignConvention', MEMBER_SIGNS);

describe('AmendConvention', () => {
  test('the list of services: by the act of the manager, at once', () => {
    const amended = when(inForce, 'AmendConvention', { ...RESOLVED, kind: 'SERVICES' }).then({
      type: 'ServicesAmended', data: { actNo: '70/2026', actOn: '2026-10-08', sha256: ADDENDUM_SHA256, at: NOW }, effectiveOn: '2026-10-08',
    });
    expect(view(amended)).toMatchObject({
      phase: 'MANAGEMENT', waitingFor: [],
      convention: { state: 'IN_FORCE', amendments: [{ kind: 'SERVICES', actNo: '70/2026', renews: false, concludedOn: '2026-10-08' }] },
    });
    when(amended, 'AmendConvention', { ...RESOLVED, kind: 'SERVICES' }).refused('ALREADY_RECORDED');
  });

  test('aims, cost rule, duration: the council resolves the text and both sign it; the convention stays in force meanwhile', () => {
    when(inForce, 'AmendConvention', RESOLVED, { actor: OPERATOR }).then({
      type: 'AmendmentResolved', data: { actNo: '70/2026', actOn: '2026-10-08', sha256: ADDENDUM_SHA256, renews: false, at: NOW }, effectiveOn: '2026-10-08',
    });
    expect(view(amending)).toMatchObject({
      phase: 'MANAGEMENT', convention: { state: 'AMENDING', concludedOn: '2026-08-07', amendments: [{ kind: 'ESSENTIAL', concludedOn: null, signature: null }] },
      waitingFor: [{ who: 'MEMBER', what: 'SignConvention' }],
    });
    expect(view(signed)).toMatchObject({ convention: { state: 'AMENDING' }, waitingFor: [{ who: 'OPERATOR', what: 'CountersignConvention', dueOn: '2026-11-03' }] });
    const concluded = when(signed, 'CountersignConvention', AGENCY_SIGNS).then({
      type: 'AddendumConcluded',
      data: {
        signer: 's_president', office: 'METROPOLITAN_MAYOR', signedAt: '2026-10-22T08:00:00Z', form: 'PADES', certificateValidTo: '2027-06-30T21:59:59Z',
        timestampedAt: null, sha256: ADDENDUM_SHA256, at: NOW, concludedAt: '2026-10-22T08:00:00Z', concludedOn: '2026-10-22', term: null, basis: BASIS,
      },
      effectiveOn: '2026-10-22',
    });
    expect(view(concluded)).toMatchObject({
      convention: { state: 'IN_FORCE', endsOn: '2029-08-31', amendments: [{ kind: 'ESSENTIAL', concludedOn: '2026-10-22' }] }, waitingFor: [],
    });
    when(concluded, 'SignConvention', MEMBER_SIGNS).refused('ALREADY_RECORDED');
    when(concluded, 'AmendConvention', RESOLVED).refused('ALREADY_RECORDED');
  });

  test('another resolution takes the place of a text nobody signed, not of one that the member signed', () => {
    const other = { ...RESOLVED, actNo: '71/2026', sha256: OTHER_SHA256 };
    expect(view(does(amending, 'AmendConvention', other)).convention.amendments).toMatchObject([{ actNo: '71/2026' }]);
    when(signed, 'AmendConvention', other).refused('AMENDMENT_PENDING');
    expect(view(does(signed, 'AmendConvention', { ...other, kind: 'SERVICES' })).convention).toMatchObject({ state: 'AMENDING', amendments: [{ kind: 'SERVICES' }, { kind: 'ESSENTIAL' }] });
  });

  test.each<[string, object, string, string]>([
    ['an act to come', { actOn: '2026-11-23' }, 'FACT_IN_FUTURE', 'actOn'],
    ['an act before the conclusion', { actOn: '2026-08-06' }, 'DATE_BEFORE_GROUND', 'actOn'],
    ['the text of the convention', { sha256: TEXT_SHA256 }, 'TEXT_UNCHANGED', 'sha256'],
  ])('is refused with %s', (_what, change, code, path) => {
    when(inForce, 'AmendConvention', { ...RESOLVED, ...change }).refused(code, path);
  });

  test('is refused before the convention is in force, or when the member leaves', () => {
    when(reached('CountersignConvention'), 'AmendConvention', RESOLVED).refused('CONVENTION_NOT_IN_FORCE');
    const revoked = does(amending, 'RevokeResolution', { actNo: '90/2026', on: '2026-11-02' });
    when(revoked, 'AmendConvention', { ...RESOLVED, sha256: OTHER_SHA256 }).refused('MEMBER_LEAVING');
    when(revoked, 'SignConvention', MEMBER_SIGNS).refused('MEMBER_LEAVING');
    expect(view(revoked).convention.state).toBe('WITHDRAWING');
  });
});

describe('the signatures of an addendum', () => {
  test.each<[string, object, string, string]>([
    ['another text', { sha256: TEXT_SHA256 }, 'TEXT_MISMATCH', 'sha256'],
    ['a day before the resolution', { signedAt: '2026-10-07T08:00:00Z' }, 'DATE_BEFORE_GROUND', 'signedAt'],
    ['an office of the Agency', { office: 'AGENCY_DIRECTOR' }, 'WRONG_OFFICE', 'office'],
  ])('the member\'s is refused with %s', (_what, change, code, path) => {
    when(amending, 'SignConvention', { ...MEMBER_SIGNS, ...change }).refused(code, path);
  });

  test('the Agency signs after the member, the same text', () => {
    when(amending, 'CountersignConvention', AGENCY_SIGNS).refused('OUT_OF_TURN');
    when(signed, 'CountersignConvention', { ...AGENCY_SIGNS, signedAt: '2026-10-20T07:59:59Z' }).refused('DATE_BEFORE_GROUND', 'signedAt');
    when(signed, 'CountersignConvention', { ...AGENCY_SIGNS, sha256: TEXT_SHA256 }).refused('TEXT_MISMATCH', 'sha256');
    when(signed, 'SignConvention', MEMBER_SIGNS).refused('ALREADY_RECORDED');
  });

  test('one that is none leaves the convention as it is, and the addendum is signed anew', () => {
    const scanned = { ...MEMBER_SIGNS, form: 'SCANNED' } as const;
    const voided = does(amending, 'SignConvention', scanned);
    expect(view(voided)).toMatchObject({
      convention: { state: 'AMENDING', voidedBy: null, amendments: [{ signature: null, voidedBy: { code: 'SIGNATURE_FORM' } }] },
      waitingFor: [{ who: 'MEMBER', what: 'SignConvention', reasons: [{ code: 'SIGNATURE_FORM' }] }],
    });
    when(voided, 'SignConvention', scanned).refused('ALREADY_RECORDED');
    const expired = does(signed, 'CountersignConvention', { ...AGENCY_SIGNS, certificateValidTo: '2026-10-22T07:59:59Z' });
    expect(view(expired).convention).toMatchObject({ state: 'AMENDING', amendments: [{ signature: null, voidedBy: { code: 'CERTIFICATE_EXPIRED' } }] });
    expect(view(does(does(expired, 'SignConvention', MEMBER_SIGNS), 'CountersignConvention', AGENCY_SIGNS)).convention.state).toBe('IN_FORCE');
  });

  test('the registration is not corrected once an addendum stands on it', () => {
    const { version = 0 } = amending.convention.registration ?? {};
    const data = { repertoryNo: '1', protocolNo: '2', registeredOn: '2026-08-10', inForceOn: '2026-09-02' };
    expect(when(inForce, 'CorrectFact', { version, data }, { actor: OPERATOR }).decision.kind).toBe('accepted');
    when(amending, 'CorrectFact', { version, data }, { actor: OPERATOR }).refused('CORRECTION_TOO_LATE', 'version');
    when(amending, 'AmendConvention', { ...RESOLVED, kind: 'SERVICES' }, { actor: MEMBER }).refused('ALREADY_RECORDED');
  });
});
