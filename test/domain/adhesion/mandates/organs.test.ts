import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { adhesion, type AdhesionEvent, type AdhesionState } from '../../../../domain/adhesion/index.ts';
import { fold } from '../../../../domain/shared/process.ts';
import { expectWords } from '../../../support/words.ts';
import { BASIS, CONVENED, NOW, SESSION, TEXT, does, opened, reached, timersOf, view, when, type DataOf } from '../scenario.ts';
import { STAGES } from '../stages.ts';

type Change = DataOf<'RecordMandateChange'>;
const changed = (state: AdhesionState, kind: Change['kind'], on: string): AdhesionState => does(state, 'RecordMandateChange', { kind, on });
const suspended = (state: AdhesionState, on: string, until?: string): AdhesionState => does(state, 'RecordMandateChange', { kind: 'COUNCIL_SUSPENDED', on, ...(until === undefined ? {} : { until }) });

const ready = reached('RecordOpinion');
const convened = reached('ConveneCouncil');

describe('a mayor who resigned', () => {
  test('is out from the day after the twentieth, a holiday as any day, and no referent is to be confirmed for it', () => {
    when(ready, 'RecordMandateChange', { kind: 'MAYOR_RESIGNED', on: '2026-06-20' }).then({
      type: 'MandateChanged', data: { kind: 'MAYOR_RESIGNED', on: '2026-06-20', finalFrom: '2026-07-11', basis: BASIS, at: NOW }, effectiveOn: '2026-06-20',
    });
    expect(view(changed(opened(), 'MAYOR_RESIGNED', '2026-10-11')).mandates).toStrictEqual([{
      kind: 'MAYOR_RESIGNED', on: '2026-10-11', office: null, holder: null, actNo: null, from: null, to: null, finalFrom: '2026-11-01', withdrawnOn: null, until: null, confirmBy: null, unconfirmed: [], expired: [],
    }]);
    const inForce = reached('AcceptAppointment');
    expect(timersOf(changed(inForce, 'MAYOR_RESIGNED', '2026-11-10'))).toStrictEqual(timersOf(inForce));
  });

  test('has the commissioner awaited, and nothing else is stopped by it', () => {
    const resigned = changed(convened, 'MAYOR_RESIGNED', '2026-06-20');
    const { waitingFor } = view(resigned);
    expect(waitingFor).toMatchObject([{ who: 'MEMBER', what: 'RecordSession' }, { who: 'MEMBER', what: 'RecordMandateChange', since: NOW, dueOn: null, reasons: [{ code: 'MAYOR_RESIGNED' }] }]);
    expectWords(waitingFor[1]?.reasons[0]);
    expect(waitingFor[1]?.reasons[0]?.message.en).toContain('presented their resignation on 2026-06-20: it is final from 2026-07-11');
    expect(view(does(resigned, 'RecordSession', SESSION)).deliberation).toMatchObject({ state: 'APPROVED', flags: [] });
  });

  test.each(['COMMISSIONER_APPOINTED', 'COUNCIL_ELECTED', 'MAYOR_CHANGED'] as const)('is followed by whoever is in charge next: %s', (kind) => {
    const awaits = (state: AdhesionState): boolean => view(state).waitingFor.some(({ what }) => what === 'RecordMandateChange');
    const resigned = changed(ready, 'MAYOR_RESIGNED', '2026-06-20');
    expect([awaits(changed(resigned, kind, '2026-06-19')), awaits(changed(resigned, kind, '2026-06-20'))]).toStrictEqual([true, false]);
  });

  test('is awaited for no more once the convention has ended', () => {
    const { state: ended } = STAGES['terminated-for-lack-of-mandate'] ?? { state: opened() };
    const { phase, waitingFor } = view(changed(ended, 'MAYOR_RESIGNED', '2026-11-03'));
    expect([phase, waitingFor.map(({ what }) => what)]).toStrictEqual(['EXITING', ['ConfirmDataReturn']]);
  });

  test('is corrected as any change of mandate: its days are counted anew', () => {
    const resigned = changed(opened(), 'MAYOR_RESIGNED', '2026-06-20');
    expect(view(does(resigned, 'CorrectFact', { version: resigned.version, data: { kind: 'MAYOR_RESIGNED', on: '2026-06-22' } })).mandates).toMatchObject([{ on: '2026-06-22', finalFrom: '2026-07-13' }]);
  });
});

describe('a council that the prefect suspended', () => {
  test('is suspended for the days of the decree, ninety of the law where it says none', () => {
    when(ready, 'RecordMandateChange', { kind: 'COUNCIL_SUSPENDED', on: '2026-07-01' }).then({
      type: 'MandateChanged', data: { kind: 'COUNCIL_SUSPENDED', on: '2026-07-01', until: '2026-09-29', basis: BASIS, at: NOW }, effectiveOn: '2026-07-01',
    });
    expect(view(suspended(ready, '2026-07-01', '2026-07-20')).mandates).toMatchObject([{ office: null, finalFrom: null, until: '2026-07-20', confirmBy: null }]);
    expect(view(suspended(ready, '2026-07-01', '2026-09-29')).mandates).toMatchObject([{ until: '2026-09-29' }]);
    when(ready, 'RecordMandateChange', { kind: 'COUNCIL_SUSPENDED', on: '2026-07-01', until: '2026-09-30' }).refused('SUSPENSION_TOO_LONG', 'until');
    when(ready, 'RecordMandateChange', { kind: 'COUNCIL_SUSPENDED', on: '2026-07-01', until: '2026-06-30' }).refused('DATE_BEFORE_GROUND', 'until');
    when(ready, 'RecordMandateChange', { kind: 'MAYOR_CHANGED', on: '2026-07-01', until: '2026-07-30' }).refused('UNTIL_NOT_EXPECTED', 'until');
  });

  test.each([
    ['from its day on', '2026-07-08', undefined], ['up to its last day', '2026-07-01', '2026-07-08'],
  ])('does not sit %s', (_when, on, until) => {
    when(suspended(convened, on, until), 'RecordSession', SESSION).refused('COUNCIL_SUSPENDED', 'heldOn');
  });

  test.each([
    ['the day before', '2026-07-09', undefined], ['the day after', '2026-07-01', '2026-07-07'],
  ])('sits %s', (_when, on, until) => {
    expect(when(suspended(convened, on, until), 'RecordSession', SESSION).decision.kind).toBe('accepted');
  });

  test('is not convened for such a day, urgent or not, and what is owed says so', () => {
    const out = suspended(ready, '2026-07-01');
    when(out, 'ConveneCouncil', CONVENED).refused('COUNCIL_SUSPENDED');
    const { waitingFor } = view(out);
    expect(waitingFor).toMatchObject([{ what: 'ConveneCouncil', reasons: [{ code: 'COUNCIL_SUSPENDED' }, { code: 'EARLIEST_SESSION' }] }]);
    expectWords(waitingFor[0]?.reasons[0]);
    when(suspended(convened, '2026-07-02'), 'RecordSession', { ...SESSION, urgencyReasons: TEXT }).refused('COUNCIL_SUSPENDED', 'heldOn');
    expect(view(suspended(convened, '2026-07-02')).waitingFor).toMatchObject([{ what: 'RecordSession', reasons: [{ code: 'COUNCIL_SUSPENDED' }, { code: 'VOTE_NEEDS' }] }]);
    expect(view(suspended(convened, '2026-07-09')).waitingFor).toMatchObject([{ what: 'RecordSession', reasons: [{ code: 'VOTE_NEEDS' }] }]);
    expect(view(suspended(ready, '2026-05-01', '2026-05-20')).waitingFor).toMatchObject([{ what: 'ConveneCouncil', reasons: [{ code: 'EARLIEST_SESSION' }] }]);
  });

  test('has a commissioner resolve in its place, from the appointment on', () => {
    const appointed = changed(suspended(convened, '2026-07-01'), 'COMMISSIONER_APPOINTED', '2026-07-06');
    when(appointed, 'RecordSession', SESSION).refused('WRONG_ORGAN', 'organ');
    const resolved = does(appointed, 'RecordSession', { organ: 'COMMISSIONER', heldOn: '2026-07-08', outcome: 'VOTED', resolutionNo: '3/2026' });
    expect(view(resolved).deliberation).toMatchObject({ state: 'APPROVED', organ: 'COMMISSIONER', flags: [] });
  });

  test('is another one after an election: the suspension is not its own', () => {
    expect(when(changed(suspended(convened, '2026-07-01'), 'COUNCIL_ELECTED', '2026-07-05'), 'RecordSession', SESSION).decision.kind).toBe('accepted');
    when(changed(suspended(convened, '2026-07-01'), 'COUNCIL_ELECTED', '2026-06-30'), 'RecordSession', SESSION).refused('COUNCIL_SUSPENDED', 'heldOn');
    expect(view(changed(suspended(ready, '2026-07-01'), 'COUNCIL_ELECTED', '2026-07-05')).waitingFor.flatMap(({ reasons }) => reasons.map(({ code }) => code))).not.toContain('COUNCIL_SUSPENDED');
  });

  test('made known after the session, is flagged, and accepted with a reason only', () => {
    const known = suspended(reached('TransmitResolution'), '2026-07-01');
    expect(view(known).deliberation.flags).toStrictEqual(['COUNCIL_SUSPENDED']);
    when(known, 'AcceptResolution', {}).refused('OVERRIDE_REASON_REQUIRED', 'overrideReason');
    expect(when(known, 'AcceptResolution', { overrideReason: TEXT }).decision.kind).toBe('accepted');
  });

  test('stops nothing in a case of the policies of before', () => {
    const policies = { policyVersion: '2026.1' } as const;
    expect(when(suspended(reached('RecordOpinion', {}, policies), '2026-07-01'), 'ConveneCouncil', CONVENED).decision.kind).toBe('accepted');
    expect(when(suspended(reached('ConveneCouncil', {}, policies), '2026-07-01'), 'RecordSession', SESSION).decision.kind).toBe('accepted');
    expect(when(suspended(reached('TransmitResolution', {}, policies), '2026-07-01'), 'AcceptResolution', {}).decision.kind).toBe('accepted');
  });
});

test('stored changes of these kinds are taken', () => {
  const file = new URL('../../../golden/events/mandates-resignation-and-suspension.v1.json', import.meta.url);
  const after = fold(adhesion, opened(), JSON.parse(readFileSync(file, 'utf8')) as AdhesionEvent[]);
  expect(view(after).mandates).toMatchObject([{ kind: 'MAYOR_RESIGNED', on: '2027-06-08', finalFrom: '2027-06-29' }, { kind: 'COUNCIL_SUSPENDED', on: '2027-07-01', until: '2027-09-29' }]);
});
