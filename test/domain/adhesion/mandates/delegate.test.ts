import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { adhesion, type AdhesionEvent, type AdhesionState } from '../../../../domain/adhesion/index.ts';
import { tenureOn } from '../../../../domain/adhesion/mandates/offices.ts';
import { fold } from '../../../../domain/shared/process.ts';
import { ADOPTED, by, history, viewOn } from '../recorded.ts';
import { MEMBER, NOW, does, opened, reached, view, when, type DataOf } from '../scenario.ts';

type Change = DataOf<'RecordMandateChange'>;
const changed = (state: AdhesionState, ...changes: readonly Change[]): AdhesionState => changes.reduce((before, change) => does(before, 'RecordMandateChange', change), state);

const DELEGATED = { kind: 'ASSEMBLY_DELEGATE', on: '2026-08-01', holder: 's_delegate', actNo: '12/2026' } as const satisfies Change;
const accepted = reached('AcceptResolution');
const delegateOn = (state: AdhesionState, on: string) => tenureOn(state, 'ASSEMBLY_DELEGATE', on)?.holder;

describe("the mayor's delegate in the assembly", () => {
  test('is in the register with the act, asks for no confirmation, arms nothing and does not sign', () => {
    const delegated = when(accepted, 'RecordMandateChange', DELEGATED).then({ type: 'MandateChanged', data: { ...DELEGATED, at: NOW }, effectiveOn: '2026-08-01' });
    expect(view(delegated).mandates).toStrictEqual([{
      kind: 'ASSEMBLY_DELEGATE', on: '2026-08-01', office: 'ASSEMBLY_DELEGATE', holder: 's_delegate', actNo: '12/2026', from: '2026-08-01', to: null,
      finalFrom: null, withdrawnOn: null, until: null, confirmBy: null, unconfirmed: [], expired: [],
    }]);
    expect(adhesion.timers(delegated)).toStrictEqual(adhesion.timers(accepted));
    expect(view(delegated).waitingFor).toStrictEqual(view(accepted).waitingFor);
  });

  test('is named, by an act, and only a delegate has one', () => {
    const { holder: _holder, ...unnamed } = DELEGATED;
    const { actNo: _actNo, ...withoutAct } = DELEGATED;
    when(accepted, 'RecordMandateChange', unnamed).refused('INCOMPLETE', 'holder');
    when(accepted, 'RecordMandateChange', withoutAct).refused('INCOMPLETE', 'actNo');
    when(accepted, 'RecordMandateChange', { kind: 'MAYOR_CHANGED', on: '2026-08-01', actNo: '12/2026' }).refused('ACT_NOT_EXPECTED', 'actNo');
    when(accepted, 'RecordMandateChange', { ...DELEGATED, until: '2026-07-31' }).refused('DATE_BEFORE_GROUND', 'until');
    when(changed(accepted, DELEGATED), 'RecordMandateChange', { ...DELEGATED, holder: 's_other' }).refused('ALREADY_RECORDED');
  });

  test.each<[string, Change[], string | null]>([
    ['a commissioner who takes over', [{ kind: 'COMMISSIONER_APPOINTED', on: '2026-09-10' }], '2026-09-10'],
    ['a new mayor, since the delegation was of the one before', [{ kind: 'MAYOR_CHANGED', on: '2026-09-10' }], '2026-09-10'],
    ['a council elected with its mayor', [{ kind: 'COUNCIL_ELECTED', on: '2026-09-10' }], '2026-09-10'],
    ['another delegate', [{ ...DELEGATED, on: '2026-09-10', holder: 's_other' }], '2026-09-10'],
    ['the first of two', [{ kind: 'MAYOR_CHANGED', on: '2026-09-15' }, { kind: 'COMMISSIONER_APPOINTED', on: '2026-09-10' }], '2026-09-10'],
    ['nobody who was there before', [{ kind: 'COMMISSIONER_APPOINTED', on: '2026-07-31' }], null],
    ['nobody who took over on its own day, whose delegate it is', [{ kind: 'COMMISSIONER_APPOINTED', on: '2026-08-01' }], null],
    ['no deputy who acts for the mayor, no secretary, no resignation', [
      { kind: 'ACTING_MAYOR', on: '2026-09-10' }, { kind: 'SECRETARY_CHANGED', on: '2026-09-11' }, { kind: 'MAYOR_RESIGNED', on: '2026-09-12' },
    ], null],
    ['no mayor without a council while a commissioner sits', [{ kind: 'COMMISSIONER_APPOINTED', on: '2026-07-01' }, { kind: 'MAYOR_CHANGED', on: '2026-09-10' }], null],
  ])('lapses with %s', (_name, changes, to) => {
    for (const order of [[DELEGATED, ...changes], [...changes, DELEGATED]]) {
      expect(view(changed(opened(), ...order)).mandates.find(({ on, office }) => office === 'ASSEMBLY_DELEGATE' && on === '2026-08-01')).toMatchObject({ from: '2026-08-01', to });
    }
  });

  test('until a last day that was set, and a mistake is a correction', () => {
    const delegated = changed(opened(), { ...DELEGATED, until: '2026-08-31' });
    expect(['2026-07-31', '2026-08-01', '2026-08-31', '2026-09-01'].map((on) => delegateOn(delegated, on))).toStrictEqual([undefined, 's_delegate', 's_delegate', undefined]);
    const mended = does(delegated, 'CorrectFact', { version: delegated.version, data: { ...DELEGATED, actNo: '13/2026' } });
    expect(view(mended).mandates).toMatchObject([{ actNo: '13/2026', until: null, to: null }]);
  });

  test('in force on a day: still delegated the day before the commissioner, not on the day itself', () => {
    const events = history(
      ...ADOPTED.slice(0, 1),
      by(MEMBER, '2026-06-11T08:00:00Z', 'RecordMandateChange', { ...DELEGATED, on: '2026-06-10' }),
      by(MEMBER, '2026-07-20T08:00:00Z', 'RecordMandateChange', { kind: 'COMMISSIONER_APPOINTED', on: '2026-07-10', holder: 's_commissioner' }),
    );
    const register = (on: string) => viewOn(events, on).mandates.map(({ office, holder, to }) => [office, holder, to]);
    expect(register('2026-06-09')).toStrictEqual([]);
    expect(register('2026-07-09')).toStrictEqual([['ASSEMBLY_DELEGATE', 's_delegate', null]]);
    expect(register('2026-07-10')).toStrictEqual([['ASSEMBLY_DELEGATE', 's_delegate', '2026-07-10'], ['COMMISSIONER', 's_commissioner', null]]);
  });

  test('a stored delegation is taken', () => {
    const file = new URL('../../../golden/events/mandates-delegate.v1.json', import.meta.url);
    const after = fold(adhesion, opened(), JSON.parse(readFileSync(file, 'utf8')) as AdhesionEvent[]);
    expect(view(after).mandates).toMatchObject([
      { office: 'ASSEMBLY_DELEGATE', holder: 's_delegate', actNo: '12/2027', from: '2027-05-03', to: '2027-06-08', until: '2027-12-31' }, { office: 'COMMISSIONER', from: '2027-06-08', to: null },
    ]);
  });
});
