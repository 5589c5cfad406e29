import { describe, expect, test } from 'vitest';
import { isRenewable, type AdhesionState, type PolicyChoices } from '../../../../domain/adhesion/index.ts';
import { OPERATOR, REGISTERED, TEXT_SHA256, does, later, reached, step, timersOf, view, when, type DataOf } from '../scenario.ts';

const SHARE: DataOf<'DeclareDue'> = { dueNo: '12/2027', kind: 'INVESTMENT', amountCents: 1_234_556, on: '2027-09-10', dueOn: '2027-10-10' };
const INVOICE: DataOf<'DeclareDue'> = { dueNo: '40/2027', kind: 'LAST_INVOICE', amountCents: 8_000, on: '2027-09-25', dueOn: '2027-10-25' };
const ACT: DataOf<'ExcludeMember'> = { noticesOn: ['2027-01-11', '2027-03-15'], heardOn: '2027-06-01', assemblyActNo: '4/2027', on: '2027-09-20' };
const SEPTEMBER = '2027-09-30T08:00:00Z';
const DATA_BACK: DataOf<'ConfirmDataReturn'> = { outcome: 'RETURNED', on: '2027-09-22', protocolNo: '881/2027' };
const paid = (dueNo: string, on = '2027-09-30'): DataOf<'SettleDue'> => ({ dueNo, outcome: 'PAID', on, protocolNo: '77/2027' });
const turns = (state: AdhesionState) => view(state, SEPTEMBER).waitingFor.map(({ who, what, dueOn }) => [who, what, dueOn]);

/** With an agreement on data in force, and one service. */
function bound(policies: PolicyChoices = {}): AdhesionState {
  const drafted = does(reached('AcceptAppointment', {}, policies), 'DraftDpa', { sha256: TEXT_SHA256 });
  const signed = does(drafted, 'SignDpa', { signedAt: '2026-10-05T10:00:00Z', sha256: TEXT_SHA256 });
  return does(does(signed, 'CountersignDpa', { signedAt: '2026-10-06T10:00:00Z', sha256: TEXT_SHA256, inForceOn: '2026-10-07' }), 'RequestMigration', { service: 'TRAINING' });
}

const excluded = (state: AdhesionState) => does(state, 'ExcludeMember', ACT, SEPTEMBER);
const returned = (state: AdhesionState) => does(state, 'ConfirmDataReturn', DATA_BACK, SEPTEMBER);
/** All of an exit but its account. */
const handedOver = (state: AdhesionState) => returned(noted(excluded(state)));

const corrected = (state: AdhesionState, data: DataOf<'CorrectFact'>) => step(state, { type: 'CorrectFact', data }, OPERATOR, SEPTEMBER);

function noted(state: AdhesionState): AdhesionState {
  return { ...state, migrations: state.migrations.map((migration) => ({ ...migration, state: 'CANCELLED' })) };
}

describe('the account of an exit', () => {
  test('an exit in which nothing was declared closes as it did', () => {
    expect(view(handedOver(bound()), SEPTEMBER)).toMatchObject({ phase: 'CLOSED', account: { open: false, openCents: 0, dues: [] } });
  });

  test('what is due for investments is declared, paid, and followed by the last invoice, which closes the case', () => {
    const declared = when(bound(), 'DeclareDue', SHARE, { now: SEPTEMBER }).then({ type: 'DueDeclared', data: { ...SHARE, at: SEPTEMBER }, effectiveOn: '2027-09-10' });
    expect(view(declared, SEPTEMBER).account).toStrictEqual({ open: true, openCents: 1_234_556, dues: [{ ...SHARE, settlement: null }] });
    const out = handedOver(declared);
    expect(view(out, SEPTEMBER).phase).toBe('EXITING');
    expect(turns(out)).toStrictEqual([['OPERATOR', 'SettleDue', '2027-10-10'], ['OPERATOR', 'DeclareDue', null]]);
    expect(view(out, SEPTEMBER).waitingFor[0]?.reasons).toMatchObject([{ code: 'DUE_OPEN', message: { it: '12/2027: 12345,56 euro da pagare entro il 2027-10-10.', en: '12/2027: EUR 12345.56 to be paid by 2027-10-10.' } }]);
    const settled = when(out, 'SettleDue', paid('12/2027'), { now: SEPTEMBER }).then({ type: 'DueSettled', data: { ...paid('12/2027'), at: SEPTEMBER }, effectiveOn: '2027-09-30' });
    expect([view(settled, SEPTEMBER).phase, turns(settled)]).toStrictEqual(['EXITING', [['OPERATOR', 'DeclareDue', null]]]);
    const invoiced = does(settled, 'DeclareDue', INVOICE, SEPTEMBER);
    expect([view(invoiced, SEPTEMBER).phase, turns(invoiced)]).toStrictEqual(['EXITING', [['OPERATOR', 'SettleDue', '2027-10-25']]]);
    const closed = does(invoiced, 'SettleDue', { ...paid('40/2027'), outcome: 'WAIVED' }, SEPTEMBER);
    expect(view(closed, SEPTEMBER)).toMatchObject({ phase: 'CLOSED', account: { open: false, openCents: 0 }, waitingFor: [] });
  });

  test('a last invoice of nothing is settled by itself; what was due before it is not', () => {
    const out = handedOver(does(bound(), 'DeclareDue', SHARE, SEPTEMBER));
    const invoiced = does(out, 'DeclareDue', { ...INVOICE, amountCents: 0 }, SEPTEMBER);
    expect([view(invoiced, SEPTEMBER).phase, turns(invoiced)]).toStrictEqual(['EXITING', [['OPERATOR', 'SettleDue', '2027-10-10']]]);
    expect(view(does(invoiced, 'SettleDue', paid('12/2027'), SEPTEMBER), SEPTEMBER).phase).toBe('CLOSED');
    when(does(out, 'SettleDue', paid('12/2027'), SEPTEMBER), 'SettleDue', paid('12/2027'), { now: SEPTEMBER }).refused('OUT_OF_TURN');
  });

  test('the last invoice follows the end, the services and the data, each in its days', () => {
    const early = (state: AdhesionState) => when(state, 'DeclareDue', INVOICE, { now: SEPTEMBER });
    early(bound()).refused('EXIT_NOT_DONE', 'kind');
    early(excluded(bound())).refused('EXIT_NOT_DONE', 'kind');
    early(returned(excluded(bound()))).refused('EXIT_NOT_DONE', 'kind');
    early(noted(excluded(bound()))).refused('EXIT_NOT_DONE', 'kind');
    // A service without an agreement on data keeps it from being handed over as well.
    early(excluded(does(reached('AcceptAppointment'), 'RequestMigration', { service: 'TRAINING' }))).refused('EXIT_NOT_DONE', 'kind');
    const owing = excluded(does(bound(), 'DeclareDue', SHARE, SEPTEMBER));
    expect(turns(owing).map(([, what]) => what)).toStrictEqual(['ConfirmDataReturn', 'Cancel', 'SettleDue']);
    const out = handedOver(does(bound(), 'DeclareDue', SHARE, SEPTEMBER));
    for (const on of ['2027-09-19', '2027-09-21']) when(out, 'DeclareDue', { ...INVOICE, on }, { now: SEPTEMBER }).refused('DATE_BEFORE_GROUND', 'on');
    expect(when(out, 'DeclareDue', { ...INVOICE, on: '2027-09-22' }, { now: SEPTEMBER }).decision.kind).toBe('accepted');
  });

  test('nothing is declared before the day in force, after the last invoice, twice, of a day to come or to be paid before it was asked', () => {
    when(reached('CountersignConvention'), 'DeclareDue', { ...SHARE, on: '2026-11-10' }).refused('CONVENTION_NOT_IN_FORCE');
    const declared = does(bound(), 'DeclareDue', SHARE, SEPTEMBER);
    when(declared, 'DeclareDue', { ...SHARE, amountCents: 1 }, { now: SEPTEMBER }).refused('ALREADY_RECORDED');
    const invoiced = does(handedOver(declared), 'DeclareDue', INVOICE, SEPTEMBER);
    when(invoiced, 'DeclareDue', { ...SHARE, dueNo: '13/2027' }, { now: SEPTEMBER }).refused('ALREADY_RECORDED');
    when(bound(), 'DeclareDue', { ...SHARE, on: '2027-10-01' }, { now: SEPTEMBER }).refused('FACT_IN_FUTURE', 'on');
    when(bound(), 'DeclareDue', { ...SHARE, on: '2026-08-31' }, { now: SEPTEMBER }).refused('DATE_BEFORE_GROUND', 'on');
    when(bound(), 'DeclareDue', { ...SHARE, dueOn: '2027-09-09' }, { now: SEPTEMBER }).refused('DATE_BEFORE_GROUND', 'dueOn');
  });

  test('only what is due is settled, once, and not before it was asked', () => {
    when(bound(), 'SettleDue', paid('12/2027'), { now: SEPTEMBER }).refused('OUT_OF_TURN');
    const two = does(does(bound(), 'DeclareDue', SHARE, SEPTEMBER), 'DeclareDue', { ...SHARE, dueNo: '13/2027' }, SEPTEMBER);
    when(two, 'SettleDue', paid('14/2027'), { now: SEPTEMBER }).refused('UNKNOWN_DUE', 'dueNo');
    when(two, 'SettleDue', paid('12/2027', '2027-09-09'), { now: SEPTEMBER }).refused('DATE_BEFORE_GROUND', 'on');
    when(two, 'SettleDue', paid('12/2027', '2027-10-01'), { now: SEPTEMBER }).refused('FACT_IN_FUTURE', 'on');
    const one = does(two, 'SettleDue', paid('12/2027'), SEPTEMBER);
    when(one, 'SettleDue', paid('12/2027'), { now: SEPTEMBER }).refused('ALREADY_RECORDED');
    expect(view(one, SEPTEMBER).account.openCents).toBe(1_234_556);
  });

  test('the mayor is told on the day after the last to pay, unless it was settled', () => {
    const declared = does(bound(), 'DeclareDue', SHARE, SEPTEMBER);
    const key = `due-${declared.version}`;
    expect(timersOf(declared)).toContainEqual({ key: `remind-${key}`, at: '2027-10-10T22:00:00Z' });
    when(declared, 'Remind', { key }, { now: '2027-10-10T22:00:00Z' }).then({
      type: 'ReminderDue', data: { key, level: 'REMINDER', to: 'MAYOR', what: 'SettleDue', dueOn: '2027-10-10', at: '2027-10-10T22:00:00Z' },
    });
    expect(timersOf(does(declared, 'SettleDue', paid('12/2027'), SEPTEMBER)).filter((timer) => timer.key.startsWith('remind-due'))).toStrictEqual([]);
  });

  test('no last invoice is waited for where none is asked, while a breach keeps the case open', () => {
    const breached = does(bound(), 'ReportBreach', { breachNo: '1/2027', awareBy: 'CONTROLLER', awareAt: '2027-09-19T08:00:00Z' }, SEPTEMBER);
    expect(turns(handedOver(breached))).toStrictEqual([['MEMBER', 'NotifyBreachToAuthority', '2027-09-22']]);
  });

  test('a case that pins it closes by no exit without its last invoice', () => {
    const out = handedOver(bound({ exit: { lastInvoice: true } }));
    expect([view(out, SEPTEMBER).phase, turns(out)]).toStrictEqual(['EXITING', [['OPERATOR', 'DeclareDue', null]]]);
    expect(view(does(out, 'DeclareDue', { ...INVOICE, amountCents: 0 }, SEPTEMBER), SEPTEMBER).phase).toBe('CLOSED');
    expect(turns(bound({ exit: { lastInvoice: true } })).filter(([, what]) => what === 'DeclareDue')).toStrictEqual([]);
  });

  test('a convention that ended before its first day has its last invoice too', () => {
    const registered = does(reached('CountersignConvention', {}, { exit: { lastInvoice: true } }), 'RegisterConvention', { ...REGISTERED, inForceOn: '2026-12-01' });
    const annulled = does(registered, 'AnnulResolution', { actNo: '2400/2026', on: '2026-11-02', by: 'COURT' });
    expect(view(annulled)).toMatchObject({ phase: 'EXITING', waitingFor: [{ what: 'DeclareDue' }] });
    expect(view(does(annulled, 'DeclareDue', { ...INVOICE, amountCents: 0, on: '2026-11-10', dueOn: '2026-11-10' })).phase).toBe('CLOSED');
    when(annulled, 'DeclareDue', { ...INVOICE, on: '2026-11-01' }).refused('DATE_BEFORE_GROUND', 'on');
  });

  test('amounts and settlements are corrected until something stands on them', () => {
    const declared = does(bound(), 'DeclareDue', SHARE, SEPTEMBER);
    const { version } = declared;
    const right = { version, data: { ...SHARE, amountCents: 1_234_555 } };
    expect(view(corrected(declared, right), SEPTEMBER).account.openCents).toBe(1_234_555);
    for (const amountCents of [1.5, -1, '5', 1_000_000_000_001]) when(declared, 'CorrectFact', { version, data: { ...SHARE, amountCents } }, { now: SEPTEMBER, actor: OPERATOR }).refused('CORRECTION_MALFORMED', 'data');
    for (const amountCents of [0, 1_000_000_000_000]) expect(view(corrected(declared, { version, data: { ...SHARE, amountCents } }), SEPTEMBER).account.openCents).toBe(amountCents);
    const settled = does(declared, 'SettleDue', paid('12/2027'), SEPTEMBER);
    when(settled, 'CorrectFact', right, { now: SEPTEMBER, actor: OPERATOR }).refused('CORRECTION_TOO_LATE', 'version');
    const mended = corrected(settled, { version: settled.version, data: paid('12/2027', '2027-09-29') });
    expect(view(mended, SEPTEMBER).account.dues[0]?.settlement?.on).toBe('2027-09-29');
    const invoiced = does(handedOver(declared), 'DeclareDue', INVOICE, SEPTEMBER);
    when(invoiced, 'CorrectFact', right, { now: SEPTEMBER, actor: OPERATOR }).refused('CORRECTION_TOO_LATE', 'version');
    expect(view(corrected(invoiced, { version: invoiced.version, data: { ...INVOICE, amountCents: 9_000 } }), SEPTEMBER).account.openCents).toBe(1_243_556);
  });

  test('the last invoice carries an exit out: a renewal does not take the expiry back any more', () => {
    const registered = does(reached('CountersignConvention'), 'RegisterConvention', { ...REGISTERED, inForceOn: '2026-12-01' });
    const due = does(later(registered, '2026-12-01T08:00:00Z'), 'DeclareDue', SHARE, SEPTEMBER);
    const expired = later(due, '2029-12-02T08:00:00Z');
    expect([view(expired).phase, isRenewable(expired)]).toStrictEqual(['EXITING', true]);
    expect(isRenewable(does(expired, 'DeclareDue', { ...INVOICE, on: '2029-12-01', dueOn: '2029-12-31' }, '2029-12-02T08:00:00Z'))).toBe(false);
  });
});
