import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { adhesion, type AdhesionEvent, type AdhesionState } from '../../../../domain/adhesion/index.ts';
import { tenureOn } from '../../../../domain/adhesion/mandates/offices.ts';
import { fold } from '../../../../domain/shared/process.ts';
import { BASIS, does, NOW, opened, reached, SESSION, SIGNED, view, when, type DataOf } from '../scenario.ts';

type Change = DataOf<'RecordMandateChange'>;
const changed = (state: AdhesionState, ...changes: readonly Change[]): AdhesionState => changes.reduce((before, change) => does(before, 'RecordMandateChange', change), state);

const accepted = reached('AcceptResolution');
const signs = (state: AdhesionState, data: Partial<typeof SIGNED>) => when(state, 'SignConvention', { ...SIGNED, ...data });

describe('the register says who holds which office', () => {
  const register = changed(
    opened(),
    { kind: 'SECRETARY_CHANGED', on: '2026-09-01', holder: 's_secretary_2' }, { kind: 'SECRETARY_CHANGED', on: '2026-01-15', holder: 's_secretary' },
    { kind: 'COUNCIL_ELECTED', on: '2026-06-10', holder: 's_mayor' }, { kind: 'COMMISSIONER_APPOINTED', on: '2026-01-20', holder: 's_commissioner' },
    { kind: 'ACTING_MAYOR', on: '2026-08-01', until: '2026-08-20', holder: 's_deputy' }, { kind: 'ACTING_MAYOR', on: '2026-10-01', holder: 's_deputy' },
    { kind: 'MAYOR_CHANGED', on: '2026-11-02' },
  );

  test.each([
    ['COMMISSIONER', '2026-01-19', undefined], ['COMMISSIONER', '2026-01-20', 's_commissioner'], ['COMMISSIONER', '2026-06-09', 's_commissioner'], ['COMMISSIONER', '2026-06-10', undefined],
    ['MAYOR', '2026-06-09', undefined], ['MAYOR', '2026-06-10', 's_mayor'], ['MAYOR', '2026-11-01', 's_mayor'], ['MAYOR', '2026-11-02', null],
    ['DEPUTY_MAYOR', '2026-07-31', undefined], ['DEPUTY_MAYOR', '2026-08-20', 's_deputy'], ['DEPUTY_MAYOR', '2026-08-21', undefined],
    ['DEPUTY_MAYOR', '2026-11-01', 's_deputy'], ['DEPUTY_MAYOR', '2026-11-02', undefined],
    ['SECRETARY', '2026-01-14', undefined], ['SECRETARY', '2026-08-31', 's_secretary'], ['SECRETARY', '2026-09-01', 's_secretary_2'],
  ] as const)('%s on %s: %s', (office, on, holder) => { expect(tenureOn(register, office, on)?.holder).toBe(holder); });

  test('with the days of each', () => {
    expect(view(register).mandates.map(({ office, holder, from, to }) => [office, holder, from, to])).toStrictEqual([
      ['SECRETARY', 's_secretary', '2026-01-15', '2026-09-01'], ['COMMISSIONER', 's_commissioner', '2026-01-20', '2026-06-10'], ['MAYOR', 's_mayor', '2026-06-10', '2026-11-02'],
      ['DEPUTY_MAYOR', 's_deputy', '2026-08-01', '2026-08-21'], ['SECRETARY', 's_secretary_2', '2026-09-01', null], ['DEPUTY_MAYOR', 's_deputy', '2026-10-01', '2026-11-02'],
      ['MAYOR', null, '2026-11-02', null],
    ]);
  });

  test('a mayor elected with the council on one day is named by either change', () => {
    const both = changed(opened(), { kind: 'COUNCIL_ELECTED', on: '2026-06-10', holder: 's_mayor' }, { kind: 'MAYOR_CHANGED', on: '2026-06-10' });
    expect(tenureOn(both, 'MAYOR', '2026-06-10')).toMatchObject({ holder: 's_mayor', from: '2026-06-10', to: null });
  });

  test('is kept in the event as it was said, asks for no confirmation and arms nothing', () => {
    when(accepted, 'RecordMandateChange', { kind: 'ACTING_MAYOR', on: '2026-08-01', until: '2027-01-31', holder: 's_deputy' }).then({
      type: 'MandateChanged', data: { kind: 'ACTING_MAYOR', on: '2026-08-01', holder: 's_deputy', until: '2027-01-31', at: NOW }, effectiveOn: '2026-08-01',
    });
    when(accepted, 'RecordMandateChange', { kind: 'SECRETARY_CHANGED', on: '2026-08-01' }).then({
      type: 'MandateChanged', data: { kind: 'SECRETARY_CHANGED', on: '2026-08-01', at: NOW }, effectiveOn: '2026-08-01',
    });
    when(accepted, 'RecordMandateChange', { kind: 'MAYOR_CHANGED', on: '2026-08-01', holder: 's_mayor' }).then({
      type: 'MandateChanged', data: { kind: 'MAYOR_CHANGED', on: '2026-08-01', holder: 's_mayor', confirmBy: '2027-01-21', basis: BASIS, at: NOW }, effectiveOn: '2026-08-01',
    });
    expect(adhesion.timers(changed(accepted, { kind: 'ACTING_MAYOR', on: '2026-08-01' }))).toStrictEqual(adhesion.timers(accepted));
  });

  test('an acting mayor suspends no council and is no other organ', () => {
    const acting = changed(reached('ConveneCouncil'), { kind: 'ACTING_MAYOR', on: '2026-07-01', until: '2026-08-31' });
    expect(when(acting, 'RecordSession', SESSION).decision.kind).toBe('accepted');
  });

  test('names nobody where a change puts nobody in office, and ends nobody before the first day', () => {
    for (const kind of ['ELECTION_CALLED', 'MAYOR_RESIGNED', 'RESIGNATION_WITHDRAWN', 'COUNCIL_SUSPENDED'] as const) {
      when(accepted, 'RecordMandateChange', { kind, on: '2026-08-01', holder: 's_mayor' }).refused('HOLDER_NOT_EXPECTED', 'holder');
    }
    when(accepted, 'RecordMandateChange', { kind: 'ACTING_MAYOR', on: '2026-08-01', until: '2026-07-31' }).refused('DATE_BEFORE_GROUND', 'until');
    when(accepted, 'RecordMandateChange', { kind: 'SECRETARY_CHANGED', on: '2026-08-01', until: '2026-08-31' }).refused('UNTIL_NOT_EXPECTED', 'until');
    when(accepted, 'RecordMandateChange', { kind: 'ACTING_MAYOR', on: '2026-11-23' }).refused('FACT_IN_FUTURE', 'on');
  });

  test('a last day that was another one is a correction', () => {
    const acting = changed(accepted, { kind: 'ACTING_MAYOR', on: '2026-08-01', holder: 's_deputy' });
    const back = does(acting, 'CorrectFact', { version: acting.version, data: { kind: 'ACTING_MAYOR', on: '2026-08-01', until: '2026-08-04', holder: 's_deputy' } });
    signs(acting, {}).refused('POWER_NOT_HELD', 'office');
    expect(signs(back, {}).decision.kind).toBe('accepted');
  });

  test('stored changes of these kinds are taken', () => {
    const file = new URL('../../../golden/events/mandates-offices.v1.json', import.meta.url);
    const after = fold(adhesion, opened(), JSON.parse(readFileSync(file, 'utf8')) as AdhesionEvent[]);
    expect(view(after).mandates).toMatchObject([
      { office: 'SECRETARY', holder: 's_secretary', from: '2027-05-03', to: null }, { office: 'DEPUTY_MAYOR', holder: 's_deputy', from: '2027-06-01', to: '2027-06-08', until: '2027-06-30' },
      { office: 'MAYOR', holder: 's_mayor', from: '2027-06-08', to: null },
    ]);
  });
});

describe('a signature is judged by who held the office on its day', () => {
  test('E47: of two mayors each signs on their own days', () => {
    const mayors = changed(accepted, { kind: 'MAYOR_CHANGED', on: '2026-06-01', holder: 's_mayor' }, { kind: 'MAYOR_CHANGED', on: '2026-08-05', holder: 's_new_mayor' });
    signs(mayors, {}).refused('SIGNER_NOT_IN_OFFICE', 'signer');
    expect(signs(mayors, {}).decision).toMatchObject({ reasons: [{ message: {
      it: "Il 2026-08-05 la carica di sindaco era ricoperta da un'altra persona, dal 2026-08-05: firma chi era in carica in quel giorno; un errore nel registro si corregge con CorrectFact.",
      en: 'On 2026-08-05 the office of mayor was held by somebody else, since 2026-08-05: whoever held it on that day signs; a mistake in the register is mended with CorrectFact.',
    } }] });
    expect(signs(mayors, { signer: 's_new_mayor' }).decision.kind).toBe('accepted');
    expect(signs(mayors, { signedAt: '2026-08-04T23:59:59+02:00' }).decision.kind).toBe('accepted');
    signs(mayors, { signer: 's_new_mayor', signedAt: '2026-08-04T23:59:59+02:00' }).refused('SIGNER_NOT_IN_OFFICE', 'signer');
  });

  test('while the deputy acts, the mayor does not sign; the deputy who acts does', () => {
    const acting = changed(accepted, { kind: 'ACTING_MAYOR', on: '2026-08-01', until: '2026-08-31', holder: 's_deputy' });
    signs(acting, {}).refused('POWER_NOT_HELD', 'office');
    signs(acting, { office: 'DEPUTY_MAYOR' }).refused('SIGNER_NOT_IN_OFFICE', 'signer');
    expect(signs(acting, { office: 'DEPUTY_MAYOR', signer: 's_deputy' }).decision.kind).toBe('accepted');
    expect(signs(acting, { signedAt: '2026-09-01T09:00:00+02:00' }).decision.kind).toBe('accepted');
  });

  test('so is a secretary, and a commissioner; who is not named is believed', () => {
    const named = changed(accepted, { kind: 'SECRETARY_CHANGED', on: '2026-08-01', holder: 's_secretary' });
    signs(named, { office: 'SECRETARY' }).refused('SIGNER_NOT_IN_OFFICE', 'signer');
    expect(signs(named, { office: 'SECRETARY', signer: 's_secretary' }).decision.kind).toBe('accepted');
    expect(signs(named, {}).decision.kind).toBe('accepted');
    expect(signs(changed(accepted, { kind: 'SECRETARY_CHANGED', on: '2026-08-01' }), { office: 'SECRETARY' }).decision.kind).toBe('accepted');
    const commissioner = changed(accepted, { kind: 'COMMISSIONER_APPOINTED', on: '2026-07-20', holder: 's_commissioner' });
    signs(commissioner, { office: 'COMMISSIONER' }).refused('SIGNER_NOT_IN_OFFICE', 'signer');
    expect(signs(commissioner, { office: 'COMMISSIONER', signer: 's_commissioner' }).decision.kind).toBe('accepted');
  });

  test('what becomes known after the signature takes nothing back, and is shown', () => {
    const signed = does(accepted, 'SignConvention', SIGNED);
    const known = changed(signed, { kind: 'MAYOR_CHANGED', on: '2026-06-01', holder: 's_other_mayor' });
    expect(view(known)).toMatchObject({ convention: { state: 'SIGNED_BY_MEMBER' }, signatureDoubts: [{ code: 'SIGNER_NOT_IN_OFFICE' }] });
  });

  test('not so in a case of the policies of before', () => {
    const before = changed(reached('AcceptResolution', {}, { policyVersion: '2026.1' }), { kind: 'MAYOR_CHANGED', on: '2026-06-01', holder: 's_other_mayor' });
    expect(signs(before, {}).decision.kind).toBe('accepted');
  });
});
