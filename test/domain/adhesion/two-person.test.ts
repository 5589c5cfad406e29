import { describe, expect, test } from 'vitest';
import { adhesion, type AdhesionState, type PolicyChoices } from '../../../domain/adhesion/index.ts';
import type { Actor } from '../../../domain/shared/actor.ts';
import { COUNTERSIGNED, NOW, OPERATOR, REGISTERED, SESSION, SIGNED, TEXT, OTHER_SHA256, does, reached, step, view, when, type AnyCommand } from './scenario.ts';

const SECOND: Actor = { ...OPERATOR, subject: 's-operator-2' };
const TWO = { twoPerson: true } as const;

function itemFor(state: AdhesionState, command: string, actor: Actor, now = NOW) {
  return adhesion.allowed(state, { actor, now, commandId: 'c' }).find((item) => item.command === command);
}
const turnOf = (state: AdhesionState, what: string, now = NOW) => adhesion.waiting(state, now).find((item) => item.what === what);
const sentBy = (actor: Actor, state: AdhesionState, type: string, data: object, now = NOW) => step(state, { type, data } as AnyCommand, actor, now);

describe('the acceptance of a resolution', () => {
  const transmitted = reached('TransmitResolution', {}, TWO);

  test('is refused to who sent the proposal, and open to another operator', () => {
    expect(view(transmitted).deliberation.preparedBy).toBe(OPERATOR.subject);
    when(transmitted, 'AcceptResolution', {}).refused('TWO_PERSON_REQUIRED');
    const accepted = sentBy(SECOND, transmitted, 'AcceptResolution', {});
    expect(view(accepted).deliberation.state).toBe('ACCEPTED');
  });

  test('is shown so to each: allowed, waited for', () => {
    expect(itemFor(transmitted, 'AcceptResolution', OPERATOR)).toEqual({
      command: 'AcceptResolution', allowed: false,
      reasons: [{ code: 'TWO_PERSON_REQUIRED', message: {
        it: "L'accettazione riguarda ciò che lo stesso operatore ha inviato o deciso. Per la regola delle due persone di questa pratica serve un altro operatore.",
        en: 'The acceptance rests on what you sent or decided. By the two-person rule of this case it takes another operator.',
      } }],
    });
    expect(itemFor(transmitted, 'AcceptResolution', SECOND)).toEqual({ command: 'AcceptResolution', allowed: true, reasons: [] });
    expect(turnOf(transmitted, 'AcceptResolution')).toMatchObject({ who: 'OPERATOR', reasons: [{ code: 'TWO_PERSON_REQUIRED' }] });
  });

  test('is out of turn before it is anybody\'s: also to who sent the proposal', () => {
    when(reached('RecordPublication', {}, TWO), 'AcceptResolution', {}).refused('OUT_OF_TURN');
  });

  test('may be returned by the same person: that approves nothing', () => {
    expect(view(does(transmitted, 'ReturnResolution', { reasons: TEXT })).deliberation.state).toBe('RETURNED');
  });

  test('is refused to who sent the proposal last', () => {
    const rejected = reached('RecordSession', { RecordSession: { ...SESSION, votes: { for: 2, against: 17, abstained: 2 } } }, TWO);
    const again = sentBy(SECOND, rejected, 'ResubmitProposal', { sentAt: '2026-07-20T09:00:00Z' });
    expect(view(again).deliberation.preparedBy).toBe(SECOND.subject);
  });

  test('is refused to who decided on the amendment, no more to who sent the proposal', () => {
    const amended = reached('RecordSession', { RecordSession: { ...SESSION, textSha256: OTHER_SHA256 } }, TWO);
    const formal = sentBy(SECOND, amended, 'DecideAmendment', { decision: 'ACCEPT_AS_FORMAL', reasons: TEXT });
    expect(view(formal).deliberation.preparedBy).toBe(SECOND.subject);
    const back = sentBy(SECOND, amended, 'DecideAmendment', { decision: 'RESUBMIT', reasons: TEXT });
    expect(view(back).deliberation.preparedBy).toBe(SECOND.subject);
  });

  test('of a case without the rule notes nobody and refuses nobody', () => {
    const free = reached('TransmitResolution');
    expect(view(free).deliberation.preparedBy).toBeNull();
    expect(turnOf(free, 'AcceptResolution')?.reasons).toEqual([]);
    expect(view(does(free, 'AcceptResolution', {})).deliberation.state).toBe('ACCEPTED');
  });

  test('of a case whose sending was recorded before the rule goes on as it did', () => {
    const { deliberation } = transmitted;
    const old: AdhesionState = { ...transmitted, deliberation: { ...deliberation, preparedBy: null } };
    expect(view(does(old, 'AcceptResolution', {})).deliberation.state).toBe('ACCEPTED');
  });
});

describe('the exclusion of a member', () => {
  const NEXT_YEAR = '2027-08-01T08:00:00Z';
  const LATER = '2027-08-02T08:00:00Z';
  const ACT = { noticesOn: ['2027-01-10', '2027-03-10'] as [string, string], heardOn: '2027-06-01', assemblyActNo: '4/2027', on: '2027-07-09' };
  const accepted = sentBy(SECOND, reached('TransmitResolution', {}, TWO), 'AcceptResolution', {});
  const inForce = does(does(does(accepted, 'SignConvention', SIGNED), 'CountersignConvention', COUNTERSIGNED), 'RegisterConvention', REGISTERED);
  const prepared = does(inForce, 'ExcludeMember', ACT, NEXT_YEAR);

  test('is prepared by the first operator, with the data and who', () => {
    const state = when(inForce, 'ExcludeMember', ACT, { now: NEXT_YEAR }).then({
      type: 'ExclusionPrepared', data: { ...ACT, preparedBy: OPERATOR.subject, at: NEXT_YEAR },
    });
    expect(view(state, NEXT_YEAR).convention).toMatchObject({ state: 'IN_FORCE', exclusion: null, exclusionPrepared: { ...ACT, preparedBy: OPERATOR.subject } });
    expect(turnOf(state, 'ExcludeMember', NEXT_YEAR)).toEqual({
      who: 'OPERATOR', what: 'ExcludeMember', since: NEXT_YEAR, dueOn: null,
      reasons: [{ code: 'TWO_PERSON_REQUIRED', message: {
        it: "L'esclusione del 2027-07-09 è predisposta: la esegue, con gli stessi dati, un operatore diverso da chi l'ha predisposta.",
        en: 'The exclusion on 2027-07-09 is prepared: an operator other than its preparer carries it out, with the same data.',
      } }],
    });
  });

  test('is refused to the same person with the same data', () => {
    const again = when(prepared, 'ExcludeMember', ACT, { now: LATER });
    again.refused('TWO_PERSON_REQUIRED');
    expect(again.decision).toMatchObject({ reasons: [{ message: { en: 'You prepared this exclusion. By the two-person rule of this case it takes another operator.' } }] });
  });

  test.each<[string, Partial<typeof ACT>]>([
    ['a first notice', { noticesOn: ['2027-01-09', '2027-03-10'] }], ['a second notice', { noticesOn: ['2027-01-10', '2027-03-11'] }], ['a hearing', { heardOn: '2027-06-02' }], ['a day', { on: '2027-07-10' }],
  ])('with %s of another day is another exclusion', (_what, other) => {
    expect(when(prepared, 'ExcludeMember', { ...ACT, ...other }, { actor: SECOND, now: LATER }).decision).toMatchObject({ kind: 'accepted', events: [{ type: 'ExclusionPrepared', data: { preparedBy: SECOND.subject } }] });
  });

  test('is carried out by another with the same data, and is waited for no more', () => {
    const excluded = when(prepared, 'ExcludeMember', ACT, { actor: SECOND, now: LATER }).then({
      type: 'MemberExcluded', data: { ...ACT, basis: { policyVersion: '2026.2', calendarVersion: '2026.1' }, at: LATER }, effectiveOn: ACT.on,
    });
    expect(view(excluded, LATER).convention).toMatchObject({ exclusionPrepared: null, exclusion: ACT, termination: { code: 'EXCLUDED', on: ACT.on } });
    expect(turnOf(excluded, 'ExcludeMember', LATER)).toBeUndefined();
  });

  test.each([['the same person', OPERATOR], ['another', SECOND]])('with other data, by %s, is prepared anew', (_name, actor) => {
    const other = { ...ACT, assemblyActNo: '5/2027' };
    const anew = when(prepared, 'ExcludeMember', other, { actor, now: LATER }).then({
      type: 'ExclusionPrepared', data: { ...other, preparedBy: actor.subject, at: LATER },
    });
    when(anew, 'ExcludeMember', other, { actor, now: LATER }).refused('TWO_PERSON_REQUIRED');
    expect(view(anew, LATER).convention.exclusionPrepared).toEqual({ ...other, preparedBy: actor.subject, corrects: null, reasons: null });
  });

  test('is waited for and seen no more once the convention has ended otherwise', () => {
    const served = does(prepared, 'RequestMigration', { service: 'TRAINING' }, NEXT_YEAR);
    expect(turnOf(served, 'ExcludeMember', NEXT_YEAR)).toBeDefined();
    const annulled = does(served, 'AnnulResolution', { actNo: '1', on: '2027-07-20', by: 'COURT' }, NEXT_YEAR);
    expect(turnOf(annulled, 'ExcludeMember', NEXT_YEAR)).toBeUndefined();
    expect(view(annulled, NEXT_YEAR)).toMatchObject({ phase: 'EXITING', convention: { exclusionPrepared: null } });
  });

  test('is judged as without the rule before it is prepared', () => {
    when(inForce, 'ExcludeMember', { ...ACT, on: '2027-07-08' }, { now: NEXT_YEAR }).refused('UNPAID_TERM_RUNNING', 'on');
  });
});

describe('the correction of an exclusion', () => {
  const LATER = '2027-08-02T08:00:00Z';
  const ACT = { noticesOn: ['2027-01-10', '2027-03-10'] as [string, string], heardOn: '2027-06-01', assemblyActNo: '4/2027', on: '2027-07-09' };
  const RIGHT = { ...ACT, assemblyActNo: '5/2027' };
  const excludedBy = (policies: PolicyChoices): AdhesionState => {
    const accepted = sentBy(SECOND, reached('TransmitResolution', {}, policies), 'AcceptResolution', {});
    const registered = does(does(does(accepted, 'SignConvention', SIGNED), 'CountersignConvention', COUNTERSIGNED), 'RegisterConvention', REGISTERED);
    const served = does(registered, 'RequestMigration', { service: 'TRAINING' });
    const prepared = does(served, 'ExcludeMember', ACT, LATER);
    return policies.twoPerson === true ? step(prepared, { type: 'ExcludeMember', data: ACT }, SECOND, LATER) : prepared;
  };
  const excluded = excludedBy(TWO);
  const { version } = excluded;
  const correct = { version, data: RIGHT };
  const prepared = step(excluded, { type: 'CorrectFact', data: correct }, OPERATOR, LATER);

  test('is prepared by one operator: the exclusion stands as it was', () => {
    const state = when(excluded, 'CorrectFact', correct, { actor: OPERATOR, now: LATER }).then({
      type: 'ExclusionPrepared', data: { ...RIGHT, preparedBy: OPERATOR.subject, corrects: version, at: LATER },
    });
    expect(view(state, LATER).convention).toMatchObject({
      exclusion: ACT, termination: { code: 'EXCLUDED', on: ACT.on }, exclusionPrepared: { ...RIGHT, preparedBy: OPERATOR.subject, corrects: version },
    });
    expect(turnOf(state, 'CorrectFact', LATER)).toMatchObject({ who: 'OPERATOR', since: LATER, reasons: [{ code: 'TWO_PERSON_REQUIRED' }] });
    const again = when(state, 'CorrectFact', correct, { actor: OPERATOR, now: LATER });
    again.refused('TWO_PERSON_REQUIRED');
    expect(again.decision).toMatchObject({ reasons: [{ message: { en: 'You prepared this correction of the exclusion. By the two-person rule of this case it takes another operator.' } }] });
  });

  test('is carried out by another with the same data, and corrects the act', () => {
    const state = when(prepared, 'CorrectFact', correct, { actor: SECOND, now: LATER }).then({
      type: 'FactCorrected', data: { corrects: version, type: 'MemberExcluded', data: { ...RIGHT, basis: { policyVersion: '2026.2', calendarVersion: '2026.1' }, at: LATER } }, effectiveOn: ACT.on,
    });
    expect(view(state, LATER).convention).toMatchObject({ exclusionPrepared: null, exclusion: RIGHT });
    expect(turnOf(state, 'CorrectFact', LATER)).toBeUndefined();
  });

  test('keeps why it is asked for, for who carries it out and has no reason of their own', () => {
    const reasons = { textId: 'txt-why', digest: 'd-why' };
    const state = when(excluded, 'CorrectFact', { ...correct, reasons }, { actor: OPERATOR, now: LATER }).then({
      type: 'ExclusionPrepared', data: { ...RIGHT, preparedBy: OPERATOR.subject, corrects: version, reasons, at: LATER },
    });
    expect(view(state, LATER).convention.exclusionPrepared).toMatchObject({ corrects: version, reasons });
    const reasonsOf = (data: Parameters<typeof when<'CorrectFact'>>[2]) => {
      const { decision } = when(state, 'CorrectFact', data, { actor: SECOND, now: LATER });
      const [event] = decision.kind === 'accepted' ? decision.events : [];
      return event?.type === 'FactCorrected' || event?.type === 'ExclusionPrepared' ? event.data.reasons : null;
    };
    expect(reasonsOf(correct)).toStrictEqual(reasons);
    const own = { textId: 'txt-own', digest: 'd-own' };
    expect(reasonsOf({ ...correct, reasons: own })).toStrictEqual(own);
    // It is that correction's reason, and of no other fact's.
    const changed = does(state, 'RecordMandateChange', { kind: 'MAYOR_CHANGED', on: '2027-07-20' }, LATER);
    const { decision } = when(changed, 'CorrectFact', { version: changed.version, data: { kind: 'MAYOR_CHANGED', on: '2027-07-21' } }, { actor: SECOND, now: LATER });
    expect(decision.kind === 'accepted' && decision.events.map(({ type, data }) => [type, 'reasons' in data])).toStrictEqual([['FactCorrected', false]]);
    // Other data are another preparation, which the reason was not given for.
    expect(reasonsOf({ version, data: { ...ACT, assemblyActNo: '6/2027' } })).toBeUndefined();
  });

  test('with other data is prepared anew, by whomever', () => {
    const other = { version, data: { ...ACT, assemblyActNo: '6/2027' } };
    const anew = when(prepared, 'CorrectFact', other, { actor: SECOND, now: LATER }).then({
      type: 'ExclusionPrepared', data: { ...other.data, preparedBy: SECOND.subject, corrects: version, at: LATER },
    });
    when(anew, 'CorrectFact', other, { actor: SECOND, now: LATER }).refused('TWO_PERSON_REQUIRED');
  });

  test('is judged by the rule of the exclusion before it is prepared, and in its shape', () => {
    when(excluded, 'CorrectFact', { version, data: { ...ACT, on: '2027-07-08' } }, { actor: OPERATOR, now: LATER }).refused('UNPAID_TERM_RUNNING', 'on');
    when(excluded, 'CorrectFact', { version, data: { heardOn: ACT.on } }, { actor: OPERATOR, now: LATER }).refused('CORRECTION_MALFORMED', 'data');
  });

  test('of a case without the rule, or of 2026.1, is done at once', () => {
    for (const policies of [{}, { ...TWO, policyVersion: '2026.1' }] as const) {
      const old = excludedBy(policies);
      const { decision } = when(old, 'CorrectFact', { version: old.version, data: RIGHT }, { actor: OPERATOR, now: LATER });
      expect(decision).toMatchObject({ kind: 'accepted', events: [{ type: 'FactCorrected', data: { corrects: old.version } }] });
    }
  });

  test('what was prepared for it is seen no more once the data went back', () => {
    expect(turnOf(prepared, 'CorrectFact', LATER)).toBeDefined();
    const { dpa } = prepared;
    const gone: AdhesionState = { ...prepared, dpa: { ...dpa, dataReturn: { outcome: 'DELETED', on: '2027-08-01', protocolNo: '1', at: LATER, version: 99 } } };
    expect(turnOf(gone, 'CorrectFact', LATER)).toBeUndefined();
  });
});
