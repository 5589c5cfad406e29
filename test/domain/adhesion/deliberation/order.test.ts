import fc from 'fast-check';
import { expect, test } from 'vitest';
import { adhesion, type AdhesionState } from '../../../../domain/adhesion/index.ts';
import { deliberationReminders } from '../../../../domain/adhesion/deliberation/reminders.ts';
import type { MandateChange } from '../../../../domain/adhesion/mandates/terms.ts';
import { isOpened } from '../../../../domain/adhesion/state.ts';
import { NOW, reached, step, view, type AnyCommand } from '../scenario.ts';

/** What readers and the clock see of a case, without the stamps and versions of its events. */
function seen(state: AdhesionState): unknown {
  const { policies } = view(state);
  const reminders = isOpened(state) && policies.reminders !== null ? deliberationReminders(state, policies.reminders) : [];
  return JSON.parse(JSON.stringify([view(state), adhesion.timers(state), reminders]), (key: string, value: unknown) => (key === 'since' || key === 'version' ? null : value));
}

function expectSameInAnyOrder(from: AdhesionState, commands: readonly AnyCommand[], numRuns = 100): void {
  const inOrder = seen(commands.reduce((state, command) => step(state, command), from));
  fc.assert(fc.property(fc.shuffledSubarray([...commands], { minLength: commands.length }), (shuffled) => {
    expect(seen(shuffled.reduce((state, command) => step(state, command), from))).toStrictEqual(inOrder);
  }), { numRuns });
}

const change = (kind: MandateChange, on: string): AnyCommand => ({ type: 'RecordMandateChange', data: { kind, on } });
const opinion = (kind: 'TECHNICAL' | 'ACCOUNTING' | 'AUDITORS', givenOn: string, outcome: 'FAVOURABLE' | 'UNFAVOURABLE' = 'FAVOURABLE'): AnyCommand => (
  { type: 'RecordOpinion', data: { kind, outcome, givenOn } });

test('opinions, in any order of arrival, lead to the same case', () => {
  expectSameInAnyOrder(reached('ConfirmReceipt'), [opinion('TECHNICAL', '2026-06-05'), opinion('ACCOUNTING', '2026-06-08', 'UNFAVOURABLE'), opinion('AUDITORS', '2026-06-04')]);
  expectSameInAnyOrder(reached('ConfirmReceipt'), [opinion('TECHNICAL', '2026-06-05'), opinion('ACCOUNTING', '2026-06-08')]);
});

test('the receipt, the first opinions asked of it, and changes of mandate do not depend on each other', () => {
  expectSameInAnyOrder(reached('SendProposal'), [
    { type: 'ConfirmReceipt', data: { deliveredAt: '2026-05-29T09:00:00Z' } }, change('ELECTION_CALLED', '2026-05-24'), change('COUNCIL_ELECTED', '2026-06-04'),
    change('MAYOR_CHANGED', '2026-06-05'), change('MAYOR_RESIGNED', '2026-06-06'), change('COUNCIL_SUSPENDED', '2026-06-06'),
    change('ACTING_MAYOR', '2026-06-01'), change('SECRETARY_CHANGED', '2026-06-05'),
  ]);
});

test('changes of mandate and outages that become known after the session, with the certificate and the transmission', () => {
  expectSameInAnyOrder(reached('RecordPublication'), [
    change('ELECTION_CALLED', '2026-08-02'), change('COMMISSIONER_APPOINTED', '2026-07-01'), { type: 'RecordBoardOutage', data: { day: '2026-07-15', hoursDown: 13 } },
    { type: 'RecordBoardOutage', data: { day: '2026-07-28', hoursDown: 24 } }, { type: 'CertifyExecutivity', data: { executiveOn: '2026-07-24', certifiedOn: '2026-07-27' } },
    { type: 'TransmitResolution', data: { deliveredAt: '2026-07-29T08:00:00Z' } },
  ], 200);
  expect(view(reached('RecordPublication'), NOW).deliberation.flags).toStrictEqual([]);
});
