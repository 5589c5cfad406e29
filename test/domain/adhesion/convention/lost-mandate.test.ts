import { describe, expect, test } from 'vitest';
import { adhesion } from '../../../../domain/adhesion/index.ts';
import { BASIS, COUNTERSIGNED, NOW, OPERATOR, REGISTERED, SIGNED, TEXT_SHA256, does, later, reached, step, view, when } from '../scenario.ts';

const SUSPENDED = { by: 'COURT', orderNo: '1201/2026', from: '2026-08-20' } as const;
const REVOKED = { actNo: '60/2026', on: '2026-09-01' } as const;
const ANNULLED = { actNo: '2400/2026', on: '2026-11-02', by: 'COURT' } as const;

describe('a resolution that was suspended, then revoked', () => {
  const lost = does(does(reached('CountersignConvention'), 'SuspendResolution', SUSPENDED), 'RevokeResolution', REVOKED);

  test('is suspended no more: the concluded convention is registered and comes into force on its day', () => {
    expect(view(lost).waitingFor).toMatchObject([{ who: 'OPERATOR', what: 'RegisterConvention' }]);
    const registered = does(lost, 'RegisterConvention', { ...REGISTERED, inForceOn: '2026-12-01' });
    expect(view(registered).waitingFor).toMatchObject([{ who: 'CLOCK', what: 'in-force', dueOn: '2026-12-01' }]);
    expect(adhesion.timers(registered).map(({ key }) => key)).toContain('in-force');
    expect(view(later(registered, '2026-12-02T08:00:00Z')).convention.state).toBe('WITHDRAWING');
  });

  test('is annulled at last: the annulment ends what the revocation let run', () => {
    const annulled = when(lost, 'AnnulResolution', ANNULLED).then({
      type: 'ResolutionAnnulled', data: { ...ANNULLED, effectFrom: '2026-07-08', at: NOW }, effectiveOn: '2026-11-02',
    });
    expect(view(annulled)).toMatchObject({ phase: 'CLOSED', convention: { state: 'TERMINATED', termination: { code: 'NO_MANDATE', on: '2026-11-02' } } });
  });
});

describe('a revocation', () => {
  test('of a day before the conclusion is no withdrawal: there was no mandate to sign', () => {
    const early = when(reached('AcceptAppointment'), 'RevokeResolution', { actNo: '60/2026', on: '2026-08-06' }).then({
      type: 'ResolutionRevoked', data: { actNo: '60/2026', on: '2026-08-06', effectFrom: '2026-08-06', at: NOW }, effectiveOn: '2026-08-06',
    });
    expect(view(early).convention).toMatchObject({ state: 'TERMINATED', withdrawal: null, termination: { code: 'NO_MANDATE', on: '2026-08-06' } });
    const onTheDay = does(reached('AcceptAppointment'), 'RevokeResolution', { actNo: '60/2026', on: '2026-08-07' });
    expect(view(onTheDay).convention).toMatchObject({ state: 'WITHDRAWING', termination: null });
  });

  test('leaves the executivity as it was; an annulment reaches back to it', () => {
    const certified = reached('AcceptResolution');
    expect(view(does(certified, 'RevokeResolution', REVOKED)).deliberation.executivity).toBe('EXECUTIVE');
    expect(view(does(certified, 'AnnulResolution', ANNULLED)).deliberation.executivity).toBe('NONE');
  });
});

describe('a countersignature that is recorded late', () => {
  test('counts when it is dated before the revocation, which is then a withdrawal', () => {
    const revoked = does(reached('SignConvention'), 'RevokeResolution', { actNo: '60/2026', on: '2026-08-20' });
    const concluded = does(revoked, 'CountersignConvention', COUNTERSIGNED);
    expect(view(concluded)).toMatchObject({
      convention: { state: 'COUNTERSIGNED', concludedOn: '2026-08-07', withdrawal: { ground: 'REVOCATION', actNo: '60/2026', actOn: '2026-08-20' }, termination: null },
    });
    expect(concluded.membership.withdrawal).toMatchObject({ basis: BASIS, at: NOW });
    when(revoked, 'CountersignConvention', { ...COUNTERSIGNED, signedAt: '2026-08-20T08:00:00Z' }).refused('NO_MANDATE');
    expect(view(revoked).waitingFor).toMatchObject([{ what: 'CloseAdhesion' }]);
  });

  test('counts when it is dated before the suspension', () => {
    const suspended = does(reached('SignConvention'), 'SuspendResolution', SUSPENDED);
    expect(view(does(suspended, 'CountersignConvention', COUNTERSIGNED)).convention.state).toBe('COUNTERSIGNED');
    when(suspended, 'CountersignConvention', { ...COUNTERSIGNED, signedAt: '2026-08-20T08:00:00Z' }).refused('RESOLUTION_SUSPENDED');
    const before = does(reached('SignConvention'), 'SuspendResolution', { ...SUSPENDED, from: '2026-08-05' });
    when(before, 'CountersignConvention', COUNTERSIGNED).refused('RESOLUTION_SUSPENDED');
  });

  test('never counts on a resolution that was annulled', () => {
    when(does(reached('SignConvention'), 'AnnulResolution', ANNULLED), 'CountersignConvention', COUNTERSIGNED).refused('NO_MANDATE');
  });
});

test('a registration is corrected while the resolution is suspended, which it stays', () => {
  const suspended = does(does(reached('CountersignConvention'), 'RegisterConvention', { ...REGISTERED, inForceOn: '2026-12-01' }), 'SuspendResolution', SUSPENDED);
  const version = suspended.convention.registration?.version ?? 0;
  const corrected = step(suspended, { type: 'CorrectFact', data: { version, data: { ...REGISTERED, inForceOn: '2026-12-15' } } }, OPERATOR);
  expect(view(corrected)).toMatchObject({ deliberation: { state: 'SUSPENDED_BY_COURT' }, convention: { state: 'REGISTERED', inForceOn: '2026-12-15' } });
});

describe('the act that closed a case is corrected', () => {
  test('an annulment without a data processing agreement, at all times', () => {
    const closed = does(reached('AcceptAppointment'), 'AnnulResolution', ANNULLED);
    expect(view(closed).phase).toBe('CLOSED');
    const version = closed.deliberation.annulment?.version ?? 0;
    const corrected = does(closed, 'CorrectFact', { version, data: { ...ANNULLED, on: '2026-11-09' } });
    expect(view(corrected)).toMatchObject({ phase: 'CLOSED', convention: { termination: { code: 'NO_MANDATE', on: '2026-11-09' } } });
    when(closed, 'CorrectFact', { version: 2, data: {} }).refused('CASE_CLOSED');
  });

  test('with an agreement, until the data have gone back; no other fact', () => {
    const drafted = does(reached('AcceptAppointment'), 'DraftDpa', { sha256: TEXT_SHA256 });
    const agreed = does(does(drafted, 'SignDpa', { signedAt: '2026-10-05T10:00:00Z', sha256: TEXT_SHA256 }), 'CountersignDpa', {
      signedAt: '2026-10-06T10:00:00Z', sha256: TEXT_SHA256, inForceOn: '2026-10-07',
    });
    const ended = does(agreed, 'AnnulResolution', ANNULLED);
    const version = ended.deliberation.annulment?.version ?? 0;
    expect(view(does(ended, 'CorrectFact', { version, data: { ...ANNULLED, by: 'BODY' } })).phase).toBe('EXITING');
    const returned = does(ended, 'ConfirmDataReturn', { outcome: 'RETURNED', on: '2026-11-20', protocolNo: '5/2026' });
    when(returned, 'CorrectFact', { version, data: ANNULLED }).refused('CASE_CLOSED');
  });

  test('an exclusion', () => {
    const data = { noticesOn: ['2027-01-11', '2027-03-15'], heardOn: '2027-06-01', assemblyActNo: '4/2027', on: '2027-09-20' } as const;
    const now = '2027-09-21T08:00:00Z';
    const closed = does(reached('AcceptAppointment'), 'ExcludeMember', { ...data, noticesOn: [...data.noticesOn] }, now);
    const version = closed.membership.exclusion?.version ?? 0;
    const corrects = { type: 'CorrectFact', data: { version, data: { ...data, on: '2027-09-13' } } } as const;
    expect(view(step(closed, corrects, OPERATOR, now))).toMatchObject({ phase: 'CLOSED', convention: { exclusion: { on: '2027-09-13' }, termination: { code: 'EXCLUDED', on: '2027-09-13' } } });
    when(closed, 'CorrectFact', corrects.data, { now }).refused('FORBIDDEN');
    when(closed, 'CorrectFact', { version, data: { ...data, on: '2027-07-01' } }, { actor: OPERATOR, now }).refused('UNPAID_TERM_RUNNING');
    when(closed, 'CorrectFact', { version, data: { ...data, noticesOn: ['2027-01-11'] } }, { actor: OPERATOR, now }).refused('CORRECTION_MALFORMED');
  });
});

test('a signature that voided the convention does not survive into the next attempt', () => {
  const voided = does(reached('AcceptResolution'), 'SignConvention', { ...SIGNED, form: 'SCANNED' });
  expect(view(voided).convention).toMatchObject({ state: 'VOID', voidedBy: { code: 'SIGNATURE_FORM' } });
  const again = does(does(voided, 'AnnulResolution', { ...ANNULLED, on: '2026-09-01' }), 'ResubmitProposal', { sentAt: '2026-09-02T08:00:00Z' });
  expect(view(again)).toMatchObject({ deliberation: { state: 'PROPOSAL_SENT' }, convention: { state: 'DRAFT', voidedBy: null } });
});
