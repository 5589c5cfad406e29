import { dpaState } from '../dpa/standing.ts';
import { endOf } from '../membership/standing.ts';
import { standingServices } from '../services/standing.ts';
import type { AdhesionState } from '../state.ts';
import type { Due, DuesSlice } from './state.ts';

/** Nothing is to be paid of what is due for nothing. */
export function isSettled({ amountCents, settlement }: Due): boolean {
  return amountCents === 0 || settlement !== null;
}

/** What is still to be paid or given up. */
export function openDues({ dues }: DuesSlice): readonly Due[] {
  return dues.filter((due) => !isSettled(due));
}

/** The invoice that closes the account of an exit. */
export function lastInvoiceOf({ dues }: DuesSlice): Due | undefined {
  return dues.find(({ kind }) => kind === 'LAST_INVOICE');
}

/** True once what comes before the last invoice is done: the convention has ended, the data have gone back, no service is open. */
export function isHandedOver(state: AdhesionState): boolean {
  return endOf(state) !== null && standingServices(state).length === 0 && ['NOT_STARTED', 'CLOSED'].includes(dpaState(state));
}

/**
 * True while the last invoice, or a payment, keeps an exit from closing: where something was declared to be due, or where the case pins
 * that every exit needs its last invoice.
 */
export function isAccountOpen(state: AdhesionState): boolean {
  const asked = state.dues.length > 0 || state.opening?.policies.exit.lastInvoice === true;
  return asked && (lastInvoiceOf(state) === undefined || openDues(state).length > 0);
}
