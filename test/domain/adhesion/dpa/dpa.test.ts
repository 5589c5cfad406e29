import { describe, expect, test } from 'vitest';
import { adhesion, type AdhesionState } from '../../../../domain/adhesion/index.ts';
import { isDpaInForce } from '../../../../domain/adhesion/dpa/standing.ts';
import { ENGINE, MEMBER, NOW, OPERATOR, OTHER_SHA256, TEXT_SHA256, does, later, reached, step, view, when } from '../scenario.ts';

const inForce = reached('AcceptAppointment');
const SIGNS = { signedAt: '2026-10-01T09:00:00Z', sha256: TEXT_SHA256 } as const;
const COUNTERSIGNS = { signedAt: '2026-10-05T09:00:00Z', sha256: TEXT_SHA256, inForceOn: '2026-11-01' } as const;
const drafted = does(inForce, 'DraftDpa', { sha256: TEXT_SHA256 });
const signed = does(drafted, 'SignDpa', SIGNS);
const agreed = does(signed, 'CountersignDpa', COUNTERSIGNS);

const ANNULLED = { actNo: '2400/2026', on: '2026-11-02', by: 'COURT' } as const;
const RETURNED = { outcome: 'RETURNED', on: '2026-11-20', protocolNo: '5/2026' } as const;

function trainingCloses(state: AdhesionState): AdhesionState {
  const command = { type: 'NoteMigration', data: { id: 'c_a010-1.TRAINING', service: 'TRAINING', state: 'CLOSED' } } as const;
  const decision = adhesion.decide(state, command, { actor: ENGINE, now: NOW, commandId: 'migration/c_a010-1.TRAINING@9' });
  return decision.kind === 'refused' ? state : decision.events.reduce((current, event) => adhesion.evolve(current, event), state);
}

describe('the data processing agreement', () => {
  test('is drafted, signed by the controller, then by the processor, and in force on its day', () => {
    expect(view(inForce)).toMatchObject({ dpa: { state: 'NOT_STARTED' }, waitingFor: [] });
    when(inForce, 'DraftDpa', { sha256: TEXT_SHA256 }).then({ type: 'DpaDrafted', data: { sha256: TEXT_SHA256, at: NOW } });
    expect(view(drafted)).toMatchObject({ dpa: { state: 'DRAFT', sha256: TEXT_SHA256 }, waitingFor: [{ who: 'MEMBER', what: 'SignDpa' }] });
    when(drafted, 'SignDpa', SIGNS).then({ type: 'DpaSigned', data: { ...SIGNS, at: NOW }, effectiveOn: '2026-10-01' });
    expect(view(signed)).toMatchObject({ dpa: { state: 'SIGNED' }, waitingFor: [{ who: 'OPERATOR', what: 'CountersignDpa' }] });
    when(signed, 'CountersignDpa', COUNTERSIGNS).then({
      type: 'DpaCountersigned', data: { ...COUNTERSIGNS, inForceFrom: '2026-10-31T23:00:00Z', at: NOW }, effectiveOn: '2026-10-05',
    });
    expect(view(agreed)).toMatchObject({ dpa: { state: 'IN_FORCE', inForceOn: '2026-11-01', countersignedAt: '2026-10-05T09:00:00Z' }, waitingFor: [] });
    expect([isDpaInForce(signed), isDpaInForce(agreed)]).toStrictEqual([false, true]);
  });

  test('a first day to come is waited for by the clock', () => {
    const ahead = does(signed, 'CountersignDpa', { ...COUNTERSIGNS, inForceOn: '2027-01-01' });
    expect(view(ahead)).toMatchObject({ dpa: { state: 'SIGNED' }, waitingFor: [{ who: 'CLOCK', what: 'dpa-in-force', dueOn: '2027-01-01' }] });
    when(ahead, 'BringDpaIntoForce', { inForceOn: '2027-01-01' }, { now: '2026-12-31T22:59:59Z' }).nothing();
    when(ahead, 'BringDpaIntoForce', { inForceOn: '2027-01-01' }, { now: '2026-12-31T23:00:00Z' }).then({
      type: 'DpaEnteredIntoForce', data: { inForceOn: '2027-01-01', at: '2026-12-31T23:00:00Z' }, effectiveOn: '2027-01-01',
    });
    expect(view(later(ahead, '2027-01-01T08:00:00Z')).dpa.state).toBe('IN_FORCE');
  });

  test('needs a DPO that was appointed', () => {
    when(reached('RegisterConvention'), 'DraftDpa', { sha256: TEXT_SHA256 }).refused('DPO_NOT_APPOINTED');
    const appointed = does(reached('RegisterConvention'), 'AppointReferent', { role: 'DPO', subject: 's_dpo', actNo: '14/2026', actOn: '2026-09-04' });
    expect(view(does(appointed, 'DraftDpa', { sha256: TEXT_SHA256 })).dpa.state).toBe('DRAFT');
  });

  test('is refused out of turn, twice, with another text, with dates out of order', () => {
    when(inForce, 'SignDpa', SIGNS).refused('OUT_OF_TURN');
    when(drafted, 'CountersignDpa', COUNTERSIGNS).refused('OUT_OF_TURN');
    when(drafted, 'DraftDpa', { sha256: TEXT_SHA256 }).refused('ALREADY_RECORDED');
    when(signed, 'DraftDpa', { sha256: OTHER_SHA256 }).refused('ALREADY_RECORDED');
    when(signed, 'SignDpa', SIGNS).refused('ALREADY_RECORDED');
    when(agreed, 'CountersignDpa', COUNTERSIGNS).refused('ALREADY_RECORDED');
    when(drafted, 'SignDpa', { ...SIGNS, sha256: OTHER_SHA256 }).refused('TEXT_MISMATCH', 'sha256');
    when(drafted, 'SignDpa', { ...SIGNS, signedAt: '2026-11-22T10:00:01Z' }).refused('FACT_IN_FUTURE', 'signedAt');
    when(signed, 'CountersignDpa', { ...COUNTERSIGNS, sha256: OTHER_SHA256 }).refused('TEXT_MISMATCH', 'sha256');
    when(signed, 'CountersignDpa', { ...COUNTERSIGNS, signedAt: '2026-10-01T08:59:59Z' }).refused('DATE_BEFORE_GROUND', 'signedAt');
    when(signed, 'CountersignDpa', { ...COUNTERSIGNS, inForceOn: '2026-10-04' }).refused('DATE_BEFORE_GROUND', 'inForceOn');
    when(signed, 'SignDpa', SIGNS, { actor: OPERATOR }).refused('FORBIDDEN');
    when(inForce, 'DraftDpa', { sha256: TEXT_SHA256 }, { actor: MEMBER }).refused('FORBIDDEN');
  });

  test('another text takes the place of a draft that nobody signed', () => {
    const again = does(drafted, 'DraftDpa', { sha256: OTHER_SHA256 });
    expect(view(again).dpa).toMatchObject({ state: 'DRAFT', sha256: OTHER_SHA256 });
    when(again, 'SignDpa', SIGNS).refused('TEXT_MISMATCH', 'sha256');
  });
});

describe('a correction of the first day in force', () => {
  const { version } = signed;
  const correct = (state: AdhesionState, inForceOn: string) => when(state, 'CorrectFact', { version: version + 1, data: { ...COUNTERSIGNS, inForceOn } }, { actor: OPERATOR });

  test('has a timer of its own', () => {
    const corrected = step(agreed, { type: 'CorrectFact', data: { version: version + 1, data: { ...COUNTERSIGNS, inForceOn: '2027-01-01' } } }, OPERATOR);
    expect(view(corrected)).toMatchObject({ dpa: { state: 'SIGNED', inForceOn: '2027-01-01' }, waitingFor: [{ who: 'CLOCK', what: 'dpa-in-force-2' }] });
    expect(view(later(corrected, '2027-01-01T08:00:00Z')).dpa.state).toBe('IN_FORCE');
  });

  test('meets the rules of the first, and comes too late once a service or the end stands on it', () => {
    correct(agreed, '2026-10-04').refused('DATE_BEFORE_GROUND', 'inForceOn');
    when(agreed, 'CorrectFact', { version: version + 1, data: { ...COUNTERSIGNS, inForceOn: '2027-01-01' } }, { actor: MEMBER }).refused('FORBIDDEN', 'version');
    correct(does(agreed, 'RequestMigration', { service: 'TRAINING' }), '2027-01-01').refused('CORRECTION_TOO_LATE', 'version');
    correct(does(agreed, 'AnnulResolution', ANNULLED), '2027-01-01').refused('CORRECTION_TOO_LATE');
  });
});

describe('the exit', () => {
  test('ENDING until the data went back, DATA_RETURNED until the services are closed, then CLOSED', () => {
    const running = does(agreed, 'RequestMigration', { service: 'TRAINING' });
    when(running, 'ConfirmDataReturn', RETURNED).refused('OUT_OF_TURN');
    const ending = does(running, 'AnnulResolution', ANNULLED);
    expect(view(ending)).toMatchObject({ phase: 'EXITING', dpa: { state: 'ENDING' } });
    expect(view(ending).waitingFor.map(({ who, what }) => `${who} ${what}`)).toStrictEqual(['MEMBER ConfirmDataReturn', 'OPERATOR Cancel']);
    expect(isDpaInForce(ending)).toBe(false);
    const returned = when(ending, 'ConfirmDataReturn', RETURNED).then({ type: 'DataReturnConfirmed', data: { ...RETURNED, at: NOW }, effectiveOn: '2026-11-20' });
    expect(view(returned)).toMatchObject({ phase: 'EXITING', dpa: { state: 'DATA_RETURNED', dataReturn: RETURNED } });
    when(returned, 'ConfirmDataReturn', RETURNED).refused('ALREADY_RECORDED');
    expect(view(trainingCloses(returned))).toMatchObject({ phase: 'CLOSED', dpa: { state: 'CLOSED' }, waitingFor: [] });
    expect(view(trainingCloses(ending))).toMatchObject({ phase: 'EXITING', dpa: { state: 'ENDING' }, waitingFor: [{ what: 'ConfirmDataReturn' }] });
  });

  test('without a service it closes with the return of the data, by either party, or by their deletion', () => {
    const ending = does(agreed, 'AnnulResolution', ANNULLED);
    expect(view(ending)).toMatchObject({ phase: 'EXITING', dpa: { state: 'ENDING' } });
    when(ending, 'DraftDpa', { sha256: OTHER_SHA256 }).refused('ALREADY_RECORDED');
    const returned = when(ending, 'ConfirmDataReturn', { ...RETURNED, outcome: 'DELETED' }, { actor: OPERATOR }).decision;
    expect(returned.kind).toBe('accepted');
    expect(view(does(ending, 'ConfirmDataReturn', RETURNED))).toMatchObject({ phase: 'CLOSED', dpa: { state: 'CLOSED' } });
    when(ending, 'ConfirmDataReturn', { ...RETURNED, on: '2026-11-23' }).refused('FACT_IN_FUTURE', 'on');
    when(ending, 'ConfirmDataReturn', { ...RETURNED, on: '2026-10-31' }).refused('DATE_BEFORE_GROUND', 'on');
  });

  test('an agreement that never came into force has nothing to give back', () => {
    for (const state of [drafted, signed, does(signed, 'CountersignDpa', { ...COUNTERSIGNS, inForceOn: '2027-01-01' })]) {
      const ended = does(state, 'AnnulResolution', ANNULLED);
      expect(view(ended)).toMatchObject({ phase: 'CLOSED', dpa: { state: 'CLOSED' }, timers: [] });
      const exiting = does(does(state, 'RequestMigration', { service: 'TRAINING' }), 'AnnulResolution', ANNULLED);
      expect(view(exiting)).toMatchObject({ phase: 'EXITING', dpa: { state: 'CLOSED' }, timers: [], waitingFor: [{ what: 'Cancel' }] });
      when(exiting, 'BringDpaIntoForce', { inForceOn: '2027-01-01' }, { now: '2027-01-02T08:00:00Z' }).nothing();
    }
  });
});

describe('the ground of the agreement', () => {
  const SUSPENDED = { by: 'COURT', orderNo: '1201/2026', from: '2026-11-02' } as const;

  test('needs a convention that was concluded', () => {
    const appointed = does(reached('SignConvention'), 'AppointReferent', { role: 'DPO', subject: 's_dpo', actNo: '14/2026', actOn: '2026-09-04' });
    for (const state of [reached('SendProposal'), appointed]) when(state, 'DraftDpa', { sha256: TEXT_SHA256 }).refused('CONVENTION_NOT_CONCLUDED');
  });

  test('nothing is signed while the resolution is suspended; what was drafted stays', () => {
    const held = [drafted, signed].map((state) => does(state, 'SuspendResolution', SUSPENDED));
    when(held[0] ?? drafted, 'SignDpa', SIGNS).refused('RESOLUTION_SUSPENDED');
    when(held[1] ?? signed, 'CountersignDpa', COUNTERSIGNS).refused('RESOLUTION_SUSPENDED');
    for (const state of held) expect(view(state).waitingFor).toMatchObject([{ what: 'LiftSuspension' }]);
    const lifted = does(held[0] ?? drafted, 'LiftSuspension', { on: '2026-11-20', orderNo: '2' });
    expect(view(does(lifted, 'SignDpa', SIGNS)).dpa.state).toBe('SIGNED');
  });

  test('nor does it come into force; it does at the lift', () => {
    const ahead = does(signed, 'CountersignDpa', { ...COUNTERSIGNS, inForceOn: '2027-01-01' });
    const held = does(ahead, 'SuspendResolution', SUSPENDED);
    expect(adhesion.timers(held).map(({ key }) => key)).not.toContain('dpa-in-force');
    expect(view(held).waitingFor).toMatchObject([{ what: 'LiftSuspension' }]);
    when(held, 'BringDpaIntoForce', { inForceOn: '2027-01-01' }, { now: '2027-01-02T08:00:00Z' }).nothing();
    expect(view(does(held, 'LiftSuspension', { on: '2027-01-10', orderNo: '2' }, '2027-01-11T08:00:00Z')).dpa.state).toBe('IN_FORCE');
  });

  test('a DPO who is suspended does not count', () => {
    const dpo = inForce.referents.find(({ role }) => role === 'DPO')?.appointmentId ?? '';
    const without = does(drafted, 'SuspendReferent', { appointmentId: dpo, from: '2026-11-10' });
    when(without, 'SignDpa', SIGNS).refused('DPO_NOT_APPOINTED');
  });

  test('data go back after the end of the convention, not before it', () => {
    const ended = does(agreed, 'AnnulResolution', ANNULLED);
    when(ended, 'ConfirmDataReturn', { ...RETURNED, on: '2026-11-01' }).refused('DATE_BEFORE_GROUND', 'on');
    expect(view(does(ended, 'ConfirmDataReturn', { ...RETURNED, on: '2026-11-02' })).dpa.state).toBe('CLOSED');
  });
});
