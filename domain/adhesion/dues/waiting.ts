import type { Bilingual } from '../../shared/bilingual.ts';
import type { Waiting } from '../../shared/process.ts';
import { endOf } from '../membership/standing.ts';
import type { OpenedCase } from '../state.ts';
import { latest, turn } from '../turn.ts';
import { isAccountOpen, isHandedOver, lastInvoiceOf, openDues } from './standing.ts';
import type { Due } from './state.ts';

/** What is to be paid, and, once all else of an exit is done, its last invoice. */
export function duesWaiting(state: OpenedCase): readonly Waiting[] {
  return [
    ...openDues(state).map((due) => turn('OPERATOR', 'SettleDue', due.at, due.dueOn, [{ code: 'DUE_OPEN', message: owed(due) }])),
    ...lastInvoice(state),
  ];
}

function lastInvoice(state: OpenedCase): readonly Waiting[] {
  const end = endOf(state);
  if (end === null || !isHandedOver(state) || !isAccountOpen(state) || lastInvoiceOf(state) !== undefined) return [];
  const message = {
    it: "I dati sono restituiti e i servizi chiusi: l'ultima fattura, anche di importo zero, chiude i conti e la pratica.",
    en: 'The data have gone back and the services are closed: the last invoice, be it of nothing, closes the account and the case.',
  };
  return [turn('OPERATOR', 'DeclareDue', latest(end.at, state.dpa.dataReturn?.at), null, [{ code: 'LAST_INVOICE_OPEN', message }])];
}

function owed({ dueNo, amountCents, dueOn }: Due): Bilingual {
  const [euro, cents] = [String(Math.floor(amountCents / 100)), String(amountCents % 100).padStart(2, '0')];
  return {
    it: `${dueNo}: ${euro},${cents} euro da pagare entro il ${dueOn}.`,
    en: `${dueNo}: EUR ${euro}.${cents} to be paid by ${dueOn}.`,
  };
}
