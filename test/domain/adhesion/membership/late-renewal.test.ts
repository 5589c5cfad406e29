import { describe, expect, test } from 'vitest';
import { adhesion, isRenewable, type AdhesionState, type PolicyChoices } from '../../../../domain/adhesion/index.ts';
import { MEMBER, OPERATOR, COUNTERSIGNED, REGISTERED, SIGNED, TEXT, TEXT_SHA256, does, later, reached, view, when } from '../scenario.ts';

const SHA256 = 'ef'.repeat(32);
const RESOLVED = { kind: 'ESSENTIAL', actNo: '30/2029', actOn: '2029-09-01', sha256: SHA256 } as const;
const BY_MEMBER = { ...SIGNED, signedAt: '2029-09-10T08:00:00Z', certificateValidTo: undefined, sha256: SHA256 };
const BY_AGENCY = { ...COUNTERSIGNED, signedAt: '2029-11-30T22:59:59Z', certificateValidTo: undefined, sha256: SHA256 };
/** The term ends on 30 November 2029; all of this is entered in January. */
const JANUARY = '2030-01-10T08:00:00Z';

/** In force from 1 December 2026 for three years, expired since; `with` is what came between. */
function expired(between: (inForce: AdhesionState) => AdhesionState = (state) => state, policies: PolicyChoices = {}): AdhesionState {
  const registered = does(reached('CountersignConvention', {}, policies), 'RegisterConvention', { ...REGISTERED, inForceOn: '2026-12-01' });
  return later(between(later(registered, '2026-12-01T08:00:00Z')), JANUARY);
}

function concluded(state: AdhesionState): AdhesionState {
  return does(does(does(state, 'AmendConvention', RESOLVED, JANUARY), 'SignConvention', BY_MEMBER, JANUARY), 'CountersignConvention', BY_AGENCY, JANUARY);
}

const withService = (state: AdhesionState): AdhesionState => does(state, 'RequestMigration', { service: 'TRAINING' }, '2026-12-02T08:00:00Z');
const withAgreement = (state: AdhesionState): AdhesionState => {
  const dpo = does(state, 'AppointReferent', { role: 'DPO', subject: 's_dpo', actNo: '14/2026', actOn: '2026-12-01' }, '2026-12-02T08:00:00Z');
  const drafted = does(dpo, 'DraftDpa', { sha256: TEXT_SHA256 }, '2026-12-02T08:00:00Z');
  const signed = does(drafted, 'SignDpa', { signedAt: '2026-12-02T09:00:00Z', sha256: TEXT_SHA256 }, '2026-12-03T08:00:00Z');
  return does(signed, 'CountersignDpa', { signedAt: '2026-12-02T10:00:00Z', sha256: TEXT_SHA256, inForceOn: '2026-12-03' }, '2026-12-03T08:00:00Z');
};

describe('a renewal concluded by the last day and entered after it', () => {
  test('takes the expiry back, by an event that names it, also in a case that was closed', () => {
    const closed = expired();
    expect(view(closed)).toMatchObject({ phase: 'CLOSED', convention: { state: 'EXPIRED' } });
    const signed = does(does(closed, 'AmendConvention', RESOLVED, JANUARY), 'SignConvention', BY_MEMBER, JANUARY);
    expect(view(signed)).toMatchObject({ phase: 'CLOSED', convention: { state: 'EXPIRED', amendments: [{ renews: true, concludedOn: null }] } });
    const { decision } = when(signed, 'CountersignConvention', BY_AGENCY, { now: JANUARY });
    expect(decision).toMatchObject({
      kind: 'accepted',
      events: [
        { type: 'AddendumConcluded', data: { concludedOn: '2029-11-30', term: { from: '2029-12-01', endsOn: '2032-11-30' } }, effectiveOn: '2029-11-30' },
        { type: 'ExpiryTakenBack', data: { expiry: closed.version, endsOn: '2029-11-30', at: JANUARY }, effectiveOn: '2029-12-01' },
      ],
    });
    const renewed = concluded(closed);
    expect(view(renewed)).toMatchObject({ phase: 'IMPLEMENTATION', convention: { state: 'RENEWED', endsOn: '2032-11-30', termination: null } });
    expect(adhesion.timers(renewed).map(({ key }) => key)).toEqual(expect.arrayContaining(['renewal-2', 'expiry-2']));
    expect(view(later(renewed, '2032-12-01T08:00:00Z')).convention).toMatchObject({ state: 'EXPIRED', termination: { on: '2032-11-30' } });
  });

  test('only the signature of the Agency came late: the same', () => {
    const renewed = does(expired((state) => does(does(later(state, '2029-09-30T08:00:00Z'), 'AmendConvention', RESOLVED, '2029-09-30T08:00:00Z'), 'SignConvention', BY_MEMBER, '2029-09-30T08:00:00Z')),
      'CountersignConvention', BY_AGENCY, JANUARY);
    expect(view(renewed).convention).toMatchObject({ state: 'RENEWED', endsOn: '2032-11-30' });
  });

  test('the exit that had begun ends where it stands: agreement and services go on', () => {
    const exiting = expired((state) => withAgreement(withService(state)));
    expect(view(exiting)).toMatchObject({ phase: 'EXITING', dpa: { state: 'ENDING' }, waitingFor: [{ what: 'ConfirmDataReturn' }, { what: 'Cancel' }] });
    const renewed = concluded(exiting);
    expect(view(renewed)).toMatchObject({ phase: 'IMPLEMENTATION', dpa: { state: 'IN_FORCE' }, migrations: [{ service: 'TRAINING', state: 'REQUESTED' }] });
    expect(view(renewed).waitingFor.map(({ what }) => what)).not.toEqual(expect.arrayContaining(['ConfirmDataReturn']));
  });

  test('of which the data have gone back the exit was carried out: a new case begins', () => {
    const returned = does(expired((state) => withAgreement(withService(state))), 'ConfirmDataReturn', { outcome: 'DELETED', on: '2029-12-20', protocolNo: '9' }, JANUARY);
    when(returned, 'AmendConvention', RESOLVED, { now: JANUARY }).refused('CONVENTION_ENDED');
  });
});

describe('what is not a renewal of the past', () => {
  const closed = expired();
  const resolved = does(closed, 'AmendConvention', RESOLVED, JANUARY);
  const signed = does(resolved, 'SignConvention', BY_MEMBER, JANUARY);

  test('of a member that had given notice: no renewal was opened', () => {
    const left = expired((state) => does(withService(later(state, '2026-12-02T08:00:00Z')), 'RevokeResolution', { actNo: '60/2026', on: '2026-12-02' }, '2026-12-03T08:00:00Z'));
    expect(view(left)).toMatchObject({ phase: 'EXITING', convention: { state: 'EXPIRED', withdrawal: { effectOn: '2030-12-31' } } });
    when(left, 'AmendConvention', RESOLVED, { now: JANUARY }).refused('CONVENTION_ENDED');
  });

  test('an act, or a signature, of after the last day', () => {
    when(closed, 'AmendConvention', { ...RESOLVED, actOn: '2029-12-01' }, { now: JANUARY }).refused('CONVENTION_ENDED', 'actOn');
    expect(when(closed, 'AmendConvention', { ...RESOLVED, actOn: '2029-11-30' }, { now: JANUARY }).decision.kind).toBe('accepted');
    when(resolved, 'SignConvention', { ...BY_MEMBER, signedAt: '2029-11-30T23:00:00Z' }, { now: JANUARY }).refused('CONVENTION_ENDED', 'signedAt');
    when(signed, 'CountersignConvention', { ...BY_AGENCY, signedAt: '2029-11-30T23:00:00Z' }, { now: JANUARY }).refused('CONVENTION_ENDED', 'signedAt');
  });

  test('a list of services, or a resolution of before the renewal was open', () => {
    when(closed, 'AmendConvention', { ...RESOLVED, kind: 'SERVICES' }, { now: JANUARY }).refused('CONVENTION_ENDED');
    when(closed, 'AmendConvention', { ...RESOLVED, actOn: '2029-05-29' }, { now: JANUARY }).refused('CONVENTION_ENDED');
    const other = expired((state) => does(later(state, '2029-01-10T08:00:00Z'), 'AmendConvention', { ...RESOLVED, actOn: '2029-01-08' }, '2029-01-10T08:00:00Z'));
    when(other, 'SignConvention', BY_MEMBER, { now: JANUARY }).refused('CASE_CLOSED');
  });

  test('of a lost mandate, of a member that was excluded, or of a case of 2026.1', () => {
    const annulled = does(expired(withService), 'AnnulResolution', { actNo: '2400/2029', on: '2029-12-05', by: 'COURT' }, JANUARY);
    when(annulled, 'AmendConvention', RESOLVED, { now: JANUARY }).refused('CONVENTION_ENDED');
    // Its renewal had been open since 30 May.
    const excluded = expired((state) => does(later(withService(state), '2029-10-10T07:00:00Z'), 'ExcludeMember', {
      noticesOn: ['2029-01-10', '2029-03-10'], heardOn: '2029-09-01', assemblyActNo: '4/2029', on: '2029-10-09',
    }, '2029-10-10T08:00:00Z'));
    expect(view(excluded)).toMatchObject({ convention: { state: 'EXCLUDING', renewal: { openedAt: '2029-05-29T22:00:00Z' } } });
    when(excluded, 'AmendConvention', RESOLVED, { now: JANUARY }).refused('CONVENTION_ENDED');
    const old = expired((state) => does(withService(state), 'OpenRenewal', {}, '2029-06-01T08:00:00Z'), { policyVersion: '2026.1' });
    when(old, 'AmendConvention', RESOLVED, { now: JANUARY }).refused('CONVENTION_ENDED');
  });

  test('nobody else does anything in a case that closed', () => {
    when(signed, 'OpenRenewal', {}, { now: JANUARY }).refused('CASE_CLOSED');
    when(closed, 'SignConvention', BY_MEMBER, { now: JANUARY }).refused('CASE_CLOSED');
    when(closed, 'CloseAdhesion', { reasons: TEXT }, { actor: OPERATOR, now: JANUARY }).refused('CASE_CLOSED');
    expect(adhesion.allowed(closed, { actor: MEMBER, now: JANUARY, commandId: 'c' }).filter(({ allowed }) => allowed).map(({ command }) => command)).toStrictEqual(['AmendConvention']);
  });
});

describe('once the next case of the body begins', () => {
  const closed = expired();
  const FEBRUARY = '2030-02-10T08:00:00Z';
  const followed = does(closed, 'NoteSuccessor', { successor: 'c_a010-2' }, FEBRUARY);

  test('the case that expired is told first, by the engine', () => {
    expect([isRenewable(closed), isRenewable(followed)]).toStrictEqual([true, false]);
    when(closed, 'NoteSuccessor', { successor: 'c_a010-2' }, { now: FEBRUARY }).then({ type: 'SuccessorNoted', data: { successor: 'c_a010-2', at: FEBRUARY } });
    when(followed, 'NoteSuccessor', { successor: 'c_a010-2' }, { now: FEBRUARY }).nothing();
    when(closed, 'NoteSuccessor', { successor: 'c_a010-2' }, { actor: OPERATOR, now: FEBRUARY }).refused('FORBIDDEN');
    expect([view(followed).phase, adhesion.finished(followed)]).toStrictEqual(['CLOSED', true]);
  });

  test('a late renewal is refused at each of its steps, with the next case named, and shown so', () => {
    when(followed, 'AmendConvention', RESOLVED, { now: FEBRUARY }).refused('SUCCESSOR_OPEN');
    expect(adhesion.allowed(followed, { actor: MEMBER, now: FEBRUARY, commandId: 'c' }).find(({ command }) => command === 'AmendConvention')).toMatchObject({
      allowed: false, reasons: [{ code: 'SUCCESSOR_OPEN', message: { en: 'The next case of this body, c_a010-2, has begun: a renewal does not reopen the one that expired any more.' } }],
    });
    const resolved = does(closed, 'AmendConvention', RESOLVED, JANUARY);
    when(does(resolved, 'NoteSuccessor', { successor: 'c_a010-2' }, FEBRUARY), 'SignConvention', BY_MEMBER, { now: FEBRUARY }).refused('SUCCESSOR_OPEN');
    const signed = does(resolved, 'SignConvention', BY_MEMBER, JANUARY);
    when(does(signed, 'NoteSuccessor', { successor: 'c_a010-2' }, FEBRUARY), 'CountersignConvention', BY_AGENCY, { now: FEBRUARY }).refused('SUCCESSOR_OPEN');
    when(followed, 'OpenRenewal', {}, { now: FEBRUARY }).refused('CASE_CLOSED');
  });

  test('a renewal that came before it keeps the next case from beginning', () => {
    when(concluded(closed), 'NoteSuccessor', { successor: 'c_a010-2' }, { now: FEBRUARY }).refused('ADHESION_OPEN');
  });

  test('a case that nobody could reopen is told nothing', () => {
    const old = expired((state) => does(state, 'OpenRenewal', {}, '2029-06-01T08:00:00Z'), { policyVersion: '2026.1' });
    const excluded = does(later(does(reached('CountersignConvention'), 'RegisterConvention', { ...REGISTERED, inForceOn: '2026-12-01' }), '2029-10-10T07:00:00Z'), 'ExcludeMember', {
      noticesOn: ['2029-01-10', '2029-03-10'], heardOn: '2029-09-01', assemblyActNo: '4/2029', on: '2029-10-09',
    }, '2029-10-10T08:00:00Z');
    const shut = does(reached('SendProposal'), 'CloseAdhesion', { reasons: TEXT });
    for (const state of [old, excluded, shut]) {
      expect([view(state, JANUARY).phase, isRenewable(state)]).toStrictEqual(['CLOSED', false]);
      when(state, 'NoteSuccessor', { successor: 'c_a010-2' }, { now: FEBRUARY }).nothing();
      when(state, 'AmendConvention', RESOLVED, { now: FEBRUARY }).refused('CASE_CLOSED');
    }
    expect(isRenewable(adhesion.initial())).toBe(false);
  });
});
