import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { adhesion, type AdhesionEvent, type AdhesionState } from '../../../../domain/adhesion/index.ts';
import { fold } from '../../../../domain/shared/process.ts';
import { NOW, OPERATOR, SESSION, does, opened, reached, view, when, type DataOf } from '../scenario.ts';

type Kind = DataOf<'RecordMandateChange'>['kind'];
const changed = (state: AdhesionState, kind: Kind, on: string): AdhesionState => does(state, 'RecordMandateChange', { kind, on });
const awaitsCommissioner = (state: AdhesionState): boolean => view(state).waitingFor.some(({ what }) => what === 'RecordMandateChange');

/** Presented on 20 June: the twentieth day is 10 July, final from 11 July. */
const resigned = changed(reached('ConveneCouncil'), 'MAYOR_RESIGNED', '2026-06-20');

describe('a resignation of the mayor, withdrawn (art. 53 c.3 TUEL)', () => {
  test.each(['2026-06-20', '2026-06-21', '2026-07-10'])('on %s, before it is final: nobody is awaited for it any more', (on) => {
    const withdrawn = when(resigned, 'RecordMandateChange', { kind: 'RESIGNATION_WITHDRAWN', on }).then({
      type: 'MandateChanged', data: { kind: 'RESIGNATION_WITHDRAWN', on, at: NOW }, effectiveOn: on,
    });
    expect([awaitsCommissioner(resigned), awaitsCommissioner(withdrawn)]).toStrictEqual([true, false]);
    expect(view(withdrawn).mandates).toMatchObject([
      { kind: 'MAYOR_RESIGNED', on: '2026-06-20', finalFrom: '2026-07-11', withdrawnOn: on },
      { kind: 'RESIGNATION_WITHDRAWN', on, office: null, finalFrom: null, withdrawnOn: null, confirmBy: null },
    ]);
    expect(view(does(withdrawn, 'RecordSession', SESSION)).deliberation.flags).toStrictEqual([]);
  });

  test('is final from the twenty-first day: refused with the last day', () => {
    const refusal = when(resigned, 'RecordMandateChange', { kind: 'RESIGNATION_WITHDRAWN', on: '2026-07-11' });
    refusal.refused('RESIGNATION_FINAL', 'on');
    expect(refusal.decision).toMatchObject({ reasons: [{ message: { en: 'The resignation presented on 2026-06-20 is final from 2026-07-11 (art. 53 TUEL): it is withdrawn by 2026-07-10.' } }] });
  });

  test('is one that stood on that day', () => {
    when(opened(), 'RecordMandateChange', { kind: 'RESIGNATION_WITHDRAWN', on: '2026-07-01' }).refused('NO_RESIGNATION', 'on');
    when(resigned, 'RecordMandateChange', { kind: 'RESIGNATION_WITHDRAWN', on: '2026-06-19' }).refused('NO_RESIGNATION', 'on');
    when(changed(resigned, 'COMMISSIONER_APPOINTED', '2026-07-01'), 'RecordMandateChange', { kind: 'RESIGNATION_WITHDRAWN', on: '2026-07-02' }).refused('NO_RESIGNATION', 'on');
    const withdrawn = changed(resigned, 'RESIGNATION_WITHDRAWN', '2026-07-01');
    when(withdrawn, 'RecordMandateChange', { kind: 'RESIGNATION_WITHDRAWN', on: '2026-07-02' }).refused('NO_RESIGNATION', 'on');
    when(withdrawn, 'RecordMandateChange', { kind: 'RESIGNATION_WITHDRAWN', on: '2026-07-01' }).refused('ALREADY_RECORDED');
    when(resigned, 'RecordMandateChange', { kind: 'RESIGNATION_WITHDRAWN', on: '2026-11-23' }).refused('FACT_IN_FUTURE', 'on');
  });

  test('of a past day is judged by that day, whatever followed it', () => {
    const followed = changed(resigned, 'MAYOR_CHANGED', '2026-07-05');
    expect(when(followed, 'RecordMandateChange', { kind: 'RESIGNATION_WITHDRAWN', on: '2026-07-04' }).decision.kind).toBe('accepted');
  });

  test('may be followed by another, whose days are its own', () => {
    const again = changed(changed(resigned, 'RESIGNATION_WITHDRAWN', '2026-06-30'), 'MAYOR_RESIGNED', '2026-07-15');
    expect(awaitsCommissioner(again)).toBe(true);
    expect(view(again).mandates).toMatchObject([{ withdrawnOn: '2026-06-30' }, {}, { kind: 'MAYOR_RESIGNED', finalFrom: '2026-08-05', withdrawnOn: null }]);
    when(again, 'RecordMandateChange', { kind: 'RESIGNATION_WITHDRAWN', on: '2026-08-05' }).refused('RESIGNATION_FINAL', 'on');
    expect(awaitsCommissioner(changed(again, 'RESIGNATION_WITHDRAWN', '2026-08-04'))).toBe(false);
  });

  test('stands on the resignation, and is itself corrected', () => {
    const withdrawn = changed(resigned, 'RESIGNATION_WITHDRAWN', '2026-07-01');
    when(withdrawn, 'CorrectFact', { version: resigned.version, data: { kind: 'MAYOR_RESIGNED', on: '2026-06-22' } }, { actor: OPERATOR }).refused('CORRECTION_TOO_LATE', 'version');
    when(withdrawn, 'CorrectFact', { version: withdrawn.version, data: { kind: 'RESIGNATION_WITHDRAWN', on: '2026-07-11' } }).refused('RESIGNATION_FINAL', 'on');
    expect(view(does(withdrawn, 'CorrectFact', { version: withdrawn.version, data: { kind: 'RESIGNATION_WITHDRAWN', on: '2026-07-02' } })).mandates).toMatchObject([{ withdrawnOn: '2026-07-02' }, { on: '2026-07-02' }]);
  });

  test('stored so, is taken', () => {
    const file = new URL('../../../golden/events/mandates-resignation-withdrawn.v1.json', import.meta.url);
    const after = fold(adhesion, opened(), JSON.parse(readFileSync(file, 'utf8')) as AdhesionEvent[]);
    expect(view(after).mandates).toMatchObject([{ kind: 'MAYOR_RESIGNED', on: '2027-06-08', withdrawnOn: '2027-06-20' }, { kind: 'RESIGNATION_WITHDRAWN' }]);
  });
});
