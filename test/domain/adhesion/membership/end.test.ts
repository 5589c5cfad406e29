import { describe, expect, test } from 'vitest';
import { adhesion, isClosed, type AdhesionState } from '../../../../domain/adhesion/index.ts';
import { ENGINE, NOW, TEXT, does, reached, step, view, when } from '../scenario.ts';

const ANNULLED = { actNo: '2400/2026', on: '2026-11-02', by: 'COURT' } as const;

/** What a migration tells comes with the version of it that told. */
function closes(state: AdhesionState, service: string): AdhesionState {
  const command = { type: 'NoteMigration', data: { id: `c_a010-1.${service}`, service, state: 'CLOSED' } } as const;
  const decision = adhesion.decide(state, command, { actor: ENGINE, now: NOW, commandId: `migration/c_a010-1.${service}@9` });
  if (decision.kind === 'refused') throw new Error(decision.code);
  return decision.events.reduce((current, event) => adhesion.evolve(current, event), state);
}

describe('a resolution annulled after the conclusion', () => {
  test('E49: the convention is terminated for lack of mandate, and services go on until they are closed', () => {
    const running = ['TRAINING', 'RTD_COMMUNITY'].reduce((state, service) => does(state, 'RequestMigration', { service }), reached('AcceptAppointment'));
    const annulled = when(running, 'AnnulResolution', ANNULLED).then({ type: 'ResolutionAnnulled', data: { ...ANNULLED, effectFrom: '2026-07-08', at: NOW }, effectiveOn: '2026-11-02' });
    expect(view(annulled)).toMatchObject({
      phase: 'EXITING', convention: { state: 'TERMINATED', termination: { code: 'NO_MANDATE', on: '2026-11-02' } },
      waitingFor: [{ who: 'OPERATOR', what: 'Cancel', since: NOW, reasons: [{ code: 'CONTINUITY_PLAN' }, { code: 'SERVICE_OPEN' }, { code: 'SERVICE_OPEN' }] }],
      timers: [],
    });
    when(annulled, 'RequestMigration', { service: 'TRAINING' }).refused('CONVENTION_ENDED');
    const one = closes(annulled, 'TRAINING');
    expect(view(one)).toMatchObject({ phase: 'EXITING', waitingFor: [{ reasons: [{ code: 'CONTINUITY_PLAN' }, { code: 'SERVICE_OPEN' }] }] });
    const all = closes(one, 'RTD_COMMUNITY');
    expect(view(all)).toMatchObject({ phase: 'CLOSED', waitingFor: [], timers: [] });
    expect([isClosed(one), isClosed(all)]).toStrictEqual([false, true]);
  });

  test('before its day in force it never comes into force', () => {
    const concluded = reached('CountersignConvention');
    const annulled = does(concluded, 'AnnulResolution', ANNULLED);
    expect(view(annulled)).toMatchObject({ phase: 'CLOSED', convention: { state: 'TERMINATED', inForceOn: null } });
    expect(adhesion.finished(annulled)).toBe(true);
  });

  test('a convention that had ended otherwise stays as it ended', () => {
    const running = does(reached('AcceptAppointment'), 'RequestMigration', { service: 'TRAINING' });
    const expired = step(running, { type: 'RecordMandateChange', data: { kind: 'ELECTION_CALLED', on: '2029-06-03' } }, undefined, '2029-09-01T08:00:00Z');
    expect(view(does(expired, 'AnnulResolution', { ...ANNULLED, on: '2029-09-01' }, '2029-09-02T08:00:00Z')).convention).toMatchObject({
      state: 'EXPIRED', termination: { code: 'EXPIRED', on: '2029-08-31' },
    });
  });
});

describe('closing', () => {
  test('stays open to the operator up to the conclusion', () => {
    expect(view(does(reached('SignConvention'), 'CloseAdhesion', { reasons: TEXT })).phase).toBe('CLOSED');
    when(reached('CountersignConvention'), 'CloseAdhesion', { reasons: TEXT }).refused('CONVENTION_CONCLUDED');
  });

  test('a case that ended takes no more words of its services', () => {
    const annulled = closes(does(does(reached('AcceptAppointment'), 'RequestMigration', { service: 'TRAINING' }), 'AnnulResolution', ANNULLED), 'TRAINING');
    expect(closes(annulled, 'TRAINING')).toStrictEqual(annulled);
    when(annulled, 'LiftSuspension', { on: '2026-11-20', orderNo: '1' }).refused('CASE_CLOSED');
  });
});

describe('AdoptRegulation', () => {
  const inForce = reached('RegisterConvention');
  const REGULATION = { kind: 'ICT_SERVICES', actNo: '9/2026', actOn: '2026-10-01', sha256: 'ab'.repeat(32) } as const;

  test('a member adopts regulations of its own once the convention is in force, each act once', () => {
    const adopted = when(inForce, 'AdoptRegulation', REGULATION).then({ type: 'RegulationAdopted', data: { ...REGULATION, at: NOW }, effectiveOn: '2026-10-01' });
    expect(view(adopted).regulations).toStrictEqual([REGULATION]);
    when(adopted, 'AdoptRegulation', REGULATION).refused('ALREADY_RECORDED');
    expect(view(does(adopted, 'AdoptRegulation', { ...REGULATION, actNo: '10/2026' })).regulations).toHaveLength(2);
    when(reached('CountersignConvention'), 'AdoptRegulation', REGULATION).refused('CONVENTION_NOT_IN_FORCE');
    when(inForce, 'AdoptRegulation', { ...REGULATION, actOn: '2026-11-23' }).refused('FACT_IN_FUTURE', 'actOn');
  });

  test('is corrected until the convention has ended', () => {
    const adopted = does(inForce, 'AdoptRegulation', REGULATION);
    for (const kind of ['', '  ', 'K'.repeat(51)]) when(adopted, 'CorrectFact', { version: adopted.version, data: { ...REGULATION, kind } }).refused('CORRECTION_MALFORMED', 'data');
    expect(when(adopted, 'CorrectFact', { version: adopted.version, data: { ...REGULATION, kind: 'K'.repeat(50) } }).decision.kind).toBe('accepted');
    const corrected = does(adopted, 'CorrectFact', { version: adopted.version, data: { ...REGULATION, kind: 'PRIVACY' } });
    expect(view(corrected).regulations).toStrictEqual([{ ...REGULATION, kind: 'PRIVACY' }]);
    const ended = does(does(adopted, 'RequestMigration', { service: 'TRAINING' }), 'AnnulResolution', ANNULLED);
    when(ended, 'CorrectFact', { version: adopted.version, data: { ...REGULATION, kind: 'PRIVACY' } }).refused('CORRECTION_TOO_LATE');
    when(ended, 'AdoptRegulation', { ...REGULATION, actNo: '11/2026' }).refused('CONVENTION_ENDED');
  });
});
