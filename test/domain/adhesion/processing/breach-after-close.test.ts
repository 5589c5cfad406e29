import { describe, expect, test } from 'vitest';
import { adhesion, type AdhesionState, type PolicyChoices } from '../../../../domain/adhesion/index.ts';
import { completePolicies, resolvePolicies } from '../../../../domain/adhesion/policies.ts';
import { TEXT, TEXT_SHA256, does, reached, view, when } from '../scenario.ts';

const LATER = '2027-10-04T08:00:00Z';
const BREACH = { breachNo: '9/2027', awareBy: 'CONTROLLER', awareAt: '2027-10-03T08:00:00Z' } as const;

function closed(policies: PolicyChoices = {}): AdhesionState {
  const signed = does(does(reached('AcceptAppointment', {}, policies), 'DraftDpa', { sha256: TEXT_SHA256 }), 'SignDpa', { signedAt: '2026-10-05T10:00:00Z', sha256: TEXT_SHA256 });
  const agreed = does(signed, 'CountersignDpa', { signedAt: '2026-10-06T10:00:00Z', sha256: TEXT_SHA256, inForceOn: '2026-10-07' });
  const excluded = does(agreed, 'ExcludeMember', { noticesOn: ['2027-01-11', '2027-03-15'], heardOn: '2027-06-01', assemblyActNo: '4/2027', on: '2027-09-20' }, '2027-09-21T08:00:00Z');
  return does(excluded, 'ConfirmDataReturn', { outcome: 'DELETED', on: '2027-09-21', protocolNo: '881/2027' }, '2027-09-21T08:00:00Z');
}

describe('a breach that becomes known after the close', () => {
  test('opens the case again, with its clocks, until nothing is owed for it', () => {
    expect(view(closed(), LATER).phase).toBe('CLOSED');
    const reported = does(closed(), 'ReportBreach', BREACH, LATER);
    expect(view(reported, LATER)).toMatchObject({ phase: 'EXITING', waitingFor: [{ who: 'MEMBER', what: 'NotifyBreachToAuthority', dueOn: '2027-10-06' }] });
    expect(adhesion.timers(reported).map(({ at }) => at)).toStrictEqual(['2027-10-06T02:00:00Z', '2027-10-06T08:00:00Z']);
    const done = does(reported, 'NotifyBreachToAuthority', { breachNo: '9/2027', to: 'GARANTE', notifiedAt: '2027-10-04T07:00:00Z', protocolNo: '5' }, LATER);
    expect(view(done, LATER)).toMatchObject({ phase: 'CLOSED', waitingFor: [], timers: [] });
    expect(view(does(done, 'ReportBreach', { ...BREACH, breachNo: '10/2027' }, LATER), LATER).phase).toBe('EXITING');
  });

  test('is judged like any other: twice, before the agreement, to come', () => {
    const done = does(does(closed(), 'ReportBreach', BREACH, LATER), 'WaiveBreachNotice', { breachNo: '9/2027', to: 'GARANTE', reasons: TEXT }, LATER);
    when(done, 'ReportBreach', BREACH, { now: LATER }).refused('ALREADY_RECORDED');
    when(closed(), 'ReportBreach', { ...BREACH, awareAt: '2026-10-06T08:00:00Z' }, { now: LATER }).refused('DATE_BEFORE_GROUND', 'awareAt');
    when(closed(), 'ReportBreach', { ...BREACH, awareAt: '2027-10-04T08:00:01Z' }, { now: LATER }).refused('FACT_IN_FUTURE', 'awareAt');
  });

  test('is none of a case that had no agreement, was closed by hand, or was opened before this was known', () => {
    const given = does(reached('RecordSession'), 'CloseAdhesion', { reasons: TEXT });
    when(given, 'ReportBreach', BREACH, { now: LATER }).refused('CASE_CLOSED');
    when(closed({ processing: { breachesAfterClose: false } }), 'ReportBreach', BREACH, { now: LATER }).refused('CASE_CLOSED');
    const { processing: { breachesAfterClose: _later, ...processing }, ...stored } = resolvePolicies({}, 32_425);
    expect(completePolicies({ ...stored, processing }).processing.breachesAfterClose).toBe(false);
    // Nothing else opens it.
    when(closed(), 'NotifySubprocessor', { subprocessor: 'CLOUD_PROVIDER', sha256: TEXT_SHA256, deliveredAt: LATER }, { now: LATER }).refused('CASE_CLOSED');
  });
});
