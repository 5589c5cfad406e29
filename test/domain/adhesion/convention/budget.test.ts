import { describe, expect, test } from 'vitest';
import { isBudgetCovered } from '../../../../domain/adhesion/convention/standing.ts';
import { MEMBER, NOW, OPERATOR, SIGNED, does, reached, view, when } from '../scenario.ts';

const ready = reached('AcceptResolution');
const uncovered = does(ready, 'RecordBudgetCover', { covered: false });

describe('RecordBudgetCover', () => {
  test('says whether the costs are covered; the last word counts', () => {
    const said = when(ready, 'RecordBudgetCover', { covered: false }).then({ type: 'BudgetCoverRecorded', data: { covered: false, actNo: null, at: NOW } });
    expect(view(said).convention).toMatchObject({ state: 'DRAFT', budget: { covered: false, actNo: null, recordedAt: NOW } });
    const covered = when(said, 'RecordBudgetCover', { covered: true, actNo: '310/2026' }).then({
      type: 'BudgetCoverRecorded', data: { covered: true, actNo: '310/2026', at: NOW },
    });
    expect(view(covered).convention).toMatchObject({ state: 'READY_TO_SIGN', budget: { covered: true, actNo: '310/2026' } });
    when(covered, 'RecordBudgetCover', { covered: true, actNo: '310/2026' }).refused('ALREADY_RECORDED');
  });

  test('however often it is said, two words are kept: the last and the one to which its correction goes back', () => {
    const said = [true, false, true, false, true].reduce((state, covered, index) => does(state, 'RecordBudgetCover', { covered, actNo: `${index}` }), ready);
    expect(said.convention.budget).toMatchObject([{ covered: false, actNo: '3' }, { covered: true, actNo: '4' }]);
    const version = said.convention.budget.at(-1)?.version ?? 0;
    when(said, 'CorrectFact', { version, data: { covered: false, actNo: '3' } }).refused('ALREADY_RECORDED');
    expect(does(said, 'CorrectFact', { version, data: { covered: true, actNo: '5' } }).convention.budget).toMatchObject([{ actNo: '3' }, { actNo: '5' }]);
  });

  test('costs said to be uncovered hold up the signature until they are covered', () => {
    when(uncovered, 'SignConvention', SIGNED).refused('BUDGET_NOT_COVERED');
    expect(view(uncovered).waitingFor).toMatchObject([{ who: 'MEMBER', what: 'RecordBudgetCover', reasons: [{ code: 'BUDGET_NOT_COVERED' }] }]);
    const covered = does(uncovered, 'RecordBudgetCover', { covered: true });
    expect(view(does(covered, 'SignConvention', SIGNED)).convention.state).toBe('SIGNED_BY_MEMBER');
  });

  test('who never said anything signs as ever, and a signature that was given stays', () => {
    expect(view(ready).convention).toMatchObject({ state: 'READY_TO_SIGN', budget: null });
    expect(view(does(reached('SignConvention'), 'RecordBudgetCover', { covered: false })).convention.state).toBe('SIGNED_BY_MEMBER');
  });

  test('E63: in the provisional budget of 10 January 2027 a new fee is not covered until the budget is approved', () => {
    const inForce = reached('AcceptAppointment');
    const [provisional, approved] = ['2027-01-10T09:00:00Z', '2027-03-31T09:00:00Z'];
    const before = does(inForce, 'RecordBudgetCover', { covered: false }, provisional);
    expect(isBudgetCovered(inForce)).toBe(true);
    expect(isBudgetCovered(before)).toBe(false);
    // A service without cost goes on.
    expect(view(does(before, 'RequestMigration', { service: 'TRAINING' }, provisional), provisional).migrations).toHaveLength(1);
    expect(isBudgetCovered(does(before, 'RecordBudgetCover', { covered: true, actNo: '12/2027' }, approved))).toBe(true);
  });

  test('is corrected until somebody signs on it', () => {
    const { version } = uncovered;
    const corrected = when(uncovered, 'CorrectFact', { version, data: { covered: true } }, { actor: MEMBER }).then({
      type: 'FactCorrected', data: { corrects: version, type: 'BudgetCoverRecorded', data: { covered: true, actNo: null, at: NOW } },
    });
    expect(view(corrected).convention).toMatchObject({ state: 'READY_TO_SIGN', budget: { covered: true } });
    const signed = does(corrected, 'SignConvention', SIGNED);
    when(signed, 'CorrectFact', { version: corrected.version, data: { covered: false } }).refused('CORRECTION_TOO_LATE');
    when(uncovered, 'CorrectFact', { version, data: { covered: 'no' } }).refused('CORRECTION_MALFORMED', 'data');
  });

  test('said after a signature it is corrected, and the signature stays', () => {
    const signed = reached('SignConvention');
    const said = does(signed, 'RecordBudgetCover', { covered: false });
    const corrected = does(said, 'CorrectFact', { version: said.version, data: { covered: true } });
    expect(view(corrected).convention).toMatchObject({ state: 'SIGNED_BY_MEMBER', budget: { covered: true } });
    expect(corrected.convention.signature).toStrictEqual(signed.convention.signature);
  });

  test('is not the operator\'s, and not for a convention that has ended', () => {
    when(ready, 'RecordBudgetCover', { covered: true }, { actor: OPERATOR }).refused('FORBIDDEN');
    const service = does(reached('RegisterConvention'), 'RequestMigration', { service: 'TRAINING' });
    const ended = does(service, 'AnnulResolution', { actNo: '2400/2026', on: '2026-11-02', by: 'COURT' });
    when(ended, 'RecordBudgetCover', { covered: true }).refused('CONVENTION_ENDED');
  });
});
