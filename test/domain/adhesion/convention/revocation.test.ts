import { describe, expect, test } from 'vitest';
import { adhesion, type AdhesionState } from '../../../../domain/adhesion/index.ts';
import { COUNTERSIGNED, NOW, OTHER_SHA256, REGISTERED, SIGNED, TEXT, TEXT_SHA256, does, later, reached, timersOf, view, when, type DataOf } from '../scenario.ts';

/** The member signed on 5 August at 9 UTC, the Agency on 7 August at 13:30 UTC. */
const EARLIER = '2026-08-01T08:00:00Z';
const BETWEEN = '2026-08-06T08:00:00Z';
const inForce = reached('AcceptAppointment');
const versionOf = (state: AdhesionState, who: 'signature' | 'countersignature') => state.convention[who]?.version ?? 0;
const revoke = (state: AdhesionState, signature: number, revokedAt: string, now = NOW) => does(state, 'RecordCertificateRevocation', { signature, revokedAt }, now);
const typesOf = (state: AdhesionState, data: DataOf<'RecordCertificateRevocation'>) => {
  const { decision } = when(state, 'RecordCertificateRevocation', data);
  return decision.kind === 'refused' ? decision.code : decision.events.map((event) => (event.type === 'CertificateRevoked' ? `voids ${event.data.voids}` : event.type));
};

describe('a certificate revoked before the signature (art. 24 c.4-bis CAD)', () => {
  test('makes it none: the convention is void and is signed anew', () => {
    const signed = reached('SignConvention');
    const signature = versionOf(signed, 'signature');
    const voided = when(signed, 'RecordCertificateRevocation', { signature, revokedAt: EARLIER }).then(
      { type: 'CertificateRevoked', data: { signature, revokedAt: EARLIER, voids: true, at: NOW }, effectiveOn: '2026-08-01' },
      {
        type: 'ConventionVoided', effectiveOn: '2026-08-05',
        data: { signer: 's_mayor', office: 'MAYOR', form: 'PADES', signedAt: '2026-08-05T09:00:00Z', certificateValidTo: '2028-01-31T22:59:59Z', timestampedAt: null, sha256: TEXT_SHA256, code: 'CERTIFICATE_REVOKED', at: NOW },
      },
    );
    expect(view(voided).convention).toMatchObject({ state: 'VOID', signature: null, voidedBy: { code: 'CERTIFICATE_REVOKED' }, revocations: [{ signature, revokedAt: EARLIER, voids: true }] });
    expect(view(voided).waitingFor).toMatchObject([{ who: 'MEMBER', what: 'SignConvention', reasons: [{ code: 'CERTIFICATE_REVOKED' }] }]);
    when(voided, 'SignConvention', SIGNED).refused('ALREADY_RECORDED');
    expect(view(does(voided, 'SignConvention', { ...SIGNED, signedAt: '2026-11-20T09:00:00Z' })).convention.state).toBe('SIGNED_BY_MEMBER');
  });

  test('counts from its own instant, and not against a trusted timestamp that is older', () => {
    const signed = (more: Partial<DataOf<'SignConvention'>>) => reached('SignConvention', { SignConvention: { ...SIGNED, ...more } });
    const judged = (more: Partial<DataOf<'SignConvention'>>, revokedAt: string) => typesOf(signed(more), { signature: versionOf(signed(more), 'signature'), revokedAt });
    expect(judged({}, '2026-08-05T09:00:00Z')).toStrictEqual(['voids true', 'ConventionVoided']);
    expect(judged({}, '2026-08-05T09:00:01Z')).toStrictEqual(['voids false']);
    expect(judged({ timestampedAt: '2026-07-31T08:00:00Z' }, EARLIER)).toStrictEqual(['voids false']);
    expect(judged({ timestampedAt: EARLIER }, EARLIER)).toStrictEqual(['voids true', 'ConventionVoided']);
    expect(judged({ timestampedAt: '2026-08-05T10:00:00Z' }, EARLIER)).toStrictEqual(['voids true', 'ConventionVoided']);
  });

  test("of the Agency's signature voids the convention as much, and both sign anew", () => {
    const concluded = reached('CountersignConvention');
    expect(typesOf(concluded, { signature: versionOf(concluded, 'signature'), revokedAt: BETWEEN })).toStrictEqual(['voids false']);
    const voided = revoke(concluded, versionOf(concluded, 'countersignature'), BETWEEN);
    expect(view(voided).convention).toMatchObject({ state: 'VOID', signature: null, countersignature: null, voidedBy: { office: 'METROPOLITAN_MAYOR' } });
    expect(view(voided).waitingFor).toMatchObject([{ who: 'MEMBER', what: 'SignConvention' }]);
  });

  test('takes a convention in force out of it, with its timers; signed and registered anew it goes on', () => {
    const voided = revoke(inForce, versionOf(inForce, 'signature'), EARLIER);
    expect(view(voided)).toMatchObject({ phase: 'DESIGN', timers: [], convention: { state: 'VOID', repertoryNo: null, inForceOn: null, endsOn: null }, referents: [{ state: 'ACTIVE' }, {}, {}, {}] });
    when(voided, 'RequestMigration', { service: 'TRAINING' }).refused('CONVENTION_NOT_IN_FORCE');
    const again = does(does(voided, 'SignConvention', { ...SIGNED, signedAt: '2026-11-20T09:00:00Z' }), 'CountersignConvention', { ...COUNTERSIGNED, signedAt: '2026-11-21T09:00:00Z' });
    const registered = does(again, 'RegisterConvention', { ...REGISTERED, registeredOn: '2026-11-22', inForceOn: '2026-11-22' });
    expect(view(registered)).toMatchObject({ phase: 'MANAGEMENT', convention: { state: 'IN_FORCE', inForceOn: '2026-11-22', endsOn: '2029-11-21' } });
    expect(adhesion.timers(registered).map(({ key }) => key)).toContain('expiry-2');
  });

  test('takes along a withdrawal and every addendum: they were of a convention that bound nobody', () => {
    const amended = does(inForce, 'AmendConvention', { kind: 'SERVICES', actNo: '70/2026', actOn: '2026-10-05', sha256: OTHER_SHA256 });
    const left = does(amended, 'RevokeResolution', { actNo: '60/2026', on: '2026-10-20' });
    expect(view(left).convention).toMatchObject({ state: 'WITHDRAWING', amendments: [{ actNo: '70/2026' }] });
    const voided = revoke(left, versionOf(left, 'signature'), EARLIER);
    expect(view(voided).convention).toMatchObject({ state: 'VOID', withdrawal: null, amendments: [] });
    expect(timersOf(voided)).toStrictEqual([]);
  });

  test('leaves no case to be closed over services and personal data', () => {
    const signed = reached('CountersignConvention');
    when(revoke(signed, versionOf(signed, 'signature'), EARLIER), 'CloseAdhesion', { reasons: TEXT }).then({ type: 'AdhesionClosed', data: { reasons: TEXT, at: NOW } });
    const served = does(inForce, 'RequestMigration', { service: 'TRAINING' });
    when(revoke(served, versionOf(served, 'signature'), EARLIER), 'CloseAdhesion', { reasons: TEXT }).refused('CONVENTION_CARRIED_OUT');
    const agreed = dpaInForce();
    when(revoke(agreed, versionOf(agreed, 'signature'), EARLIER), 'CloseAdhesion', { reasons: TEXT }).refused('CONVENTION_CARRIED_OUT');
    const both = revoke(revoke(agreed, agreed.dpa.signature?.version ?? 0, '2026-10-01T08:00:00Z'), versionOf(agreed, 'signature'), EARLIER);
    when(both, 'CloseAdhesion', { reasons: TEXT }).refused('CONVENTION_CARRIED_OUT');
  });

  test.for(['RevokeResolution', 'AnnulResolution'] as const)('and a resolution that is lost once the member has signed anew (%s) is asked for again where services and data would be left', (loss) => {
    const agreed = dpaInForce();
    const anew = does(revoke(agreed, versionOf(agreed, 'signature'), EARLIER), 'SignConvention', { ...SIGNED, signedAt: '2026-11-20T09:00:00Z' });
    const lost = does(anew, loss, { actNo: '60/2026', on: '2026-11-21', ...(loss === 'AnnulResolution' ? { by: 'COURT' } : {}) });
    expect(view(lost).waitingFor).toMatchObject([{ who: 'OPERATOR', what: 'ResubmitProposal', reasons: [{ code: loss === 'RevokeResolution' ? 'RESOLUTION_REVOKED' : 'RESOLUTION_ANNULLED' }] }]);
    when(lost, 'CloseAdhesion', { reasons: TEXT }).refused('CONVENTION_CARRIED_OUT');
    const again = does(lost, 'ResubmitProposal', { sentAt: '2026-11-21T10:00:00Z' });
    expect(view(again)).toMatchObject({ deliberation: { state: 'PROPOSAL_SENT', attempt: 2 }, convention: { state: 'DRAFT', signature: null }, waitingFor: [{ who: 'OPERATOR', what: 'ConfirmReceipt' }] });
  });

  test('while one that was lost before anything was carried out falls with what the member had signed', () => {
    const anew = does(revoke(reached('SignConvention'), versionOf(reached('SignConvention'), 'signature'), EARLIER), 'SignConvention', { ...SIGNED, signedAt: '2026-11-20T09:00:00Z' });
    const lost = does(anew, 'RevokeResolution', { actNo: '60/2026', on: '2026-11-21' });
    expect(view(lost).waitingFor).toMatchObject([{ who: 'OPERATOR', what: 'CloseAdhesion' }]);
    when(lost, 'ResubmitProposal', { sentAt: '2026-11-21T10:00:00Z' }).refused('OUT_OF_TURN');
  });

  test('and one that is lost under a convention that stands is no proposal to send again: it is a withdrawal', () => {
    const lost = does(dpaInForce(), 'RevokeResolution', { actNo: '60/2026', on: '2026-10-20' });
    expect(view(lost).convention).toMatchObject({ state: 'WITHDRAWING', signature: { signer: 's_mayor' } });
    for (const command of ['ResubmitProposal', 'AllowFurtherAttempt'] as const) {
      when(lost, command, command === 'ResubmitProposal' ? { sentAt: '2026-11-21T10:00:00Z' } : { reasons: TEXT }).refused('OUT_OF_TURN');
    }
  });
});

test('a revocation of after the signature is kept and changes nothing', () => {
  const kept = revoke(inForce, versionOf(inForce, 'signature'), '2026-10-01T08:00:00Z');
  expect(view(kept).convention).toMatchObject({ state: 'IN_FORCE', revocations: [{ signature: versionOf(inForce, 'signature'), voids: false }] });
  expect(timersOf(kept)).toStrictEqual(timersOf(inForce));
  when(kept, 'RecordCertificateRevocation', { signature: versionOf(inForce, 'signature'), revokedAt: EARLIER }).refused('ALREADY_RECORDED');
});

test('it names a signature that stands, and lies in no future', () => {
  when(reached('AcceptResolution'), 'RecordCertificateRevocation', { signature: 3, revokedAt: EARLIER }).refused('OUT_OF_TURN');
  when(inForce, 'RecordCertificateRevocation', { signature: 3, revokedAt: EARLIER }).refused('UNKNOWN_SIGNATURE', 'signature');
  when(inForce, 'RecordCertificateRevocation', { signature: versionOf(inForce, 'signature'), revokedAt: '2026-11-22T10:00:01Z' }).refused('FACT_IN_FUTURE', 'revokedAt');
  const now = '2029-09-02T08:00:00Z';
  const ended = later(does(inForce, 'RequestMigration', { service: 'TRAINING' }), now);
  when(ended, 'RecordCertificateRevocation', { signature: versionOf(inForce, 'signature'), revokedAt: EARLIER }, { now }).refused('CONVENTION_ENDED');
});

describe('of an addendum', () => {
  const resolved = does(inForce, 'AmendConvention', { kind: 'ESSENTIAL', actNo: '70/2026', actOn: '2026-10-05', sha256: OTHER_SHA256 });
  const bySigner = { ...SIGNED, signedAt: '2026-10-08T08:00:00Z', sha256: OTHER_SHA256 };
  const signed = does(resolved, 'SignConvention', bySigner);
  const concluded = does(signed, 'CountersignConvention', { ...COUNTERSIGNED, signedAt: '2026-10-12T08:00:00Z', sha256: OTHER_SHA256 });

  test('the signature is given anew, the convention stays as it is', () => {
    const voided = revoke(signed, signed.version, '2026-10-07T08:00:00Z');
    expect(view(voided).convention).toMatchObject({ state: 'AMENDING', amendments: [{ signature: null, voidedBy: { code: 'CERTIFICATE_REVOKED' } }] });
    when(voided, 'SignConvention', bySigner).refused('ALREADY_RECORDED');
    expect(view(voided).waitingFor).toMatchObject([{ who: 'MEMBER', what: 'SignConvention' }]);
  });

  test('one that was concluded waits for both signatures again', () => {
    const voided = revoke(concluded, concluded.version, '2026-10-07T08:00:00Z');
    expect(view(voided).convention).toMatchObject({ state: 'AMENDING', amendments: [{ actNo: '70/2026', concludedOn: null, voidedBy: { office: 'METROPOLITAN_MAYOR' } }] });
    expect(typesOf(concluded, { signature: concluded.version, revokedAt: '2026-10-20T08:00:00Z' })).toStrictEqual(['voids false']);
  });

  test('a renewal is undone with it: the term that ran before ends as it did', () => {
    const MARCH = '2029-03-20T08:00:00Z';
    const opened = does(inForce, 'OpenRenewal', {}, MARCH);
    const renewing = does(opened, 'AmendConvention', { kind: 'ESSENTIAL', actNo: '9/2029', actOn: '2029-03-20', sha256: OTHER_SHA256 }, MARCH);
    const last = { signedAt: MARCH, certificateValidTo: undefined, sha256: OTHER_SHA256 };
    const renewed = does(does(renewing, 'SignConvention', { ...SIGNED, ...last }, MARCH), 'CountersignConvention', { ...COUNTERSIGNED, ...last }, MARCH);
    expect(view(renewed, MARCH).convention).toMatchObject({ state: 'RENEWED', endsOn: '2032-08-31' });
    expect(view(revoke(renewed, renewed.version, '2029-03-01T08:00:00Z', MARCH), MARCH).convention).toMatchObject({ state: 'AMENDING', endsOn: '2029-08-31' });
  });

  test('only the last one that was concluded', () => {
    const text = 'ee'.repeat(32);
    const next = does(concluded, 'AmendConvention', { kind: 'ESSENTIAL', actNo: '71/2026', actOn: '2026-10-20', sha256: text });
    const second = does(does(next, 'SignConvention', { ...bySigner, signedAt: '2026-10-21T08:00:00Z', sha256: text }), 'CountersignConvention', { ...COUNTERSIGNED, signedAt: '2026-10-22T08:00:00Z', sha256: text });
    expect(typesOf(second, { signature: concluded.version, revokedAt: '2026-10-07T08:00:00Z' })).toBe('UNKNOWN_SIGNATURE');
    expect(view(revoke(second, second.version, '2026-10-07T08:00:00Z')).convention.amendments).toMatchObject([{ actNo: '70/2026', concludedOn: '2026-10-12' }, { actNo: '71/2026', concludedOn: null }]);
  });

  test('while another one is under way the former stands', () => {
    const next = does(concluded, 'AmendConvention', { kind: 'ESSENTIAL', actNo: '71/2026', actOn: '2026-10-20', sha256: 'ee'.repeat(32) });
    expect(typesOf(next, { signature: concluded.version, revokedAt: '2026-10-07T08:00:00Z' })).toBe('UNKNOWN_SIGNATURE');
  });
});

function dpaInForce(): AdhesionState {
  const drafted = does(inForce, 'DraftDpa', { sha256: TEXT_SHA256 });
  const signed = does(drafted, 'SignDpa', { signedAt: '2026-10-05T10:00:00Z', sha256: TEXT_SHA256 });
  return does(signed, 'CountersignDpa', { signedAt: '2026-10-06T10:00:00Z', sha256: TEXT_SHA256, inForceOn: '2026-10-07' });
}

describe('of the data processing agreement', () => {
  const agreed = dpaInForce();
  const countersignature = agreed.dpa.countersignature?.version ?? 0;
  const signature = agreed.dpa.signature?.version ?? 0;

  test('both sign the text anew, and no personal data move meanwhile', () => {
    const voided = when(agreed, 'RecordCertificateRevocation', { signature: countersignature, revokedAt: '2026-10-06T10:00:00Z' }).then(
      { type: 'CertificateRevoked', data: { signature: countersignature, revokedAt: '2026-10-06T10:00:00Z', voids: true, at: NOW }, effectiveOn: '2026-10-06' },
      { type: 'DpaVoided', data: { signature: countersignature, code: 'CERTIFICATE_REVOKED', at: NOW }, effectiveOn: '2026-10-06' },
    );
    expect(view(voided)).toMatchObject({ convention: { state: 'IN_FORCE' }, dpa: { state: 'DRAFT', signedAt: null, countersignedAt: null }, waitingFor: [{ who: 'MEMBER', what: 'SignDpa' }] });
    const again = does(does(voided, 'SignDpa', { signedAt: '2026-11-20T10:00:00Z', sha256: TEXT_SHA256 }), 'CountersignDpa', { signedAt: '2026-11-21T10:00:00Z', sha256: TEXT_SHA256, inForceOn: '2026-12-01' });
    expect(timersOf(again)).toContainEqual({ key: 'dpa-in-force-2', at: '2026-11-30T23:00:00Z' });
    expect(typesOf(agreed, { signature, revokedAt: '2026-10-05T10:00:01Z' })).toStrictEqual(['voids false']);
  });

  test('what was processed under it goes back at the end all the same', () => {
    const now = '2029-09-02T08:00:00Z';
    const ended = later(revoke(agreed, signature, '2026-10-01T08:00:00Z'), now);
    expect(view(ended, now)).toMatchObject({ phase: 'EXITING', dpa: { state: 'ENDING' }, waitingFor: [{ who: 'MEMBER', what: 'ConfirmDataReturn' }] });
    expect(view(does(ended, 'ConfirmDataReturn', { outcome: 'DELETED', on: '2029-09-01', protocolNo: '5' }, now), now).phase).toBe('CLOSED');
    // One that never came into force has nothing to give back.
    const before = does(does(does(inForce, 'DraftDpa', { sha256: TEXT_SHA256 }), 'SignDpa', { signedAt: '2026-10-05T10:00:00Z', sha256: TEXT_SHA256 }), 'RecordCertificateRevocation', { signature: inForce.version + 2, revokedAt: '2026-10-01T08:00:00Z' });
    expect(view(later(before, now), now)).toMatchObject({ phase: 'CLOSED', dpa: { state: 'CLOSED' } });
  });
});
