import { accepted, refused, type Refused } from '../../shared/process.ts';
import { alreadyRecorded, firstRefusal, notBefore, notInFuture } from '../checks.ts';
import type { Command } from '../command-types.ts';
import type { AdhesionEvent } from '../events.ts';
import { IN_FORCE } from '../membership/rules/withdrawal.ts';
import { notInForce } from '../membership/rules/bound.ts';
import { endOf } from '../membership/standing.ts';
import { rule, type RulesOf } from '../rule.ts';
import type { OpenedCase } from '../state.ts';
import type { DUES_COMMANDS } from './catalogue.ts';
import { isHandedOver, isSettled, lastInvoiceOf, openDues } from './standing.ts';

/** What a member that leaves owes: from the day in force, since a case may close with its convention; the account is closed by the last invoice. */
const declareDue = rule<Command<'DeclareDue'>['data'], object>({
  ground: (state) => {
    if (lastInvoiceOf(state) !== undefined) return alreadyRecorded({ it: "L'ultima fattura, che chiude i conti", en: 'The last invoice, which closes the account,' });
    return state.convention.inForce || endOf(state) !== null ? {} : notInForce({ it: 'Somma dovuta', en: 'A due' });
  },
  check: ({ on }, context) => notInFuture(context, { on }),
  decide: ({ state, data: { dueNo, kind, amountCents, on, dueOn }, context }) => firstRefusal(
    state.dues.some((due) => due.dueNo === dueNo) ? alreadyRecorded({ it: 'La somma con questo numero', en: 'The due with this number' }) : null,
    kind === 'LAST_INVOICE' ? lastInvoiceFault(state, on) : null,
    // A convention that ended before it came into force is settled as well.
    notBefore(on, 'on', state.convention.inForce ? (state.convention.registration?.inForceOn ?? null) : null, IN_FORCE),
    notBefore(dueOn, 'dueOn', on, { it: 'la richiesta', en: 'the request' }),
  ) ?? accepted<AdhesionEvent>({ type: 'DueDeclared', data: { dueNo, kind, amountCents, on, dueOn, at: context.now }, effectiveOn: on }),
});

/** The order of an exit: the data go back, the services are closed, then the last invoice. */
function lastInvoiceFault(state: OpenedCase, on: string): Refused | null {
  if (!isHandedOver(state)) {
    return refused('EXIT_NOT_DONE', {
      it: "L'ultima fattura segue la fine della convenzione, la restituzione dei dati e la chiusura di ogni servizio.",
      en: 'The last invoice follows the end of the convention, the return of the data and the closing of every service.',
    }, 'kind');
  }
  return firstRefusal(
    notBefore(on, 'on', endOf(state)?.on ?? null, { it: 'la fine della convenzione', en: 'the end of the convention' }),
    notBefore(on, 'on', state.dpa.dataReturn?.on ?? null, { it: 'la restituzione dei dati', en: 'the return of the data' }),
  );
}

const settleDue = rule<Command<'SettleDue'>['data'], object>({
  ground: (state) => openDues(state).length > 0 ? {} : refused('OUT_OF_TURN', {
    it: 'Non vi è alcuna somma dovuta: la si registra prima con DeclareDue.', en: 'Nothing is due: it is recorded first, with DeclareDue.',
  }),
  check: ({ on }, context) => notInFuture(context, { on }),
  decide: ({ state, data: { dueNo, outcome, on, protocolNo }, context }) => {
    const due = state.dues.find((known) => known.dueNo === dueNo);
    if (due === undefined) return refused('UNKNOWN_DUE', {
      it: `Nessuna somma dovuta ha il numero ${dueNo}; prima la si registra con DeclareDue.`, en: `No due has the number ${dueNo}; it is recorded first, with DeclareDue.`,
    }, 'dueNo');
    if (isSettled(due)) return alreadyRecorded({ it: 'Il saldo di questa somma', en: 'The settlement of this due' });
    return notBefore(on, 'on', due.on, { it: 'la richiesta', en: 'the request' })
      ?? accepted<AdhesionEvent>({ type: 'DueSettled', data: { dueNo, outcome, on, protocolNo, at: context.now }, effectiveOn: on });
  },
});

/** The rule of every command of the account of an exit. */
export const DUES_RULES: RulesOf<keyof typeof DUES_COMMANDS> = { DeclareDue: declareDue, SettleDue: settleDue };
