import type { CommandData } from '../command-types.ts';
import { byRule, type CorrectableFact, type CorrectablesOf } from '../correctable-fact.ts';
import { actNumber, date, oneOf, shape, type Guard } from '../shape.ts';
import type { AdhesionState } from '../state.ts';
import type { DUES_CORRECTED_BY } from './catalogue.ts';
import { DUES_RULES } from './rules.ts';
import { lastInvoiceOf } from './standing.ts';
import { DUE_KINDS, MAX_DUE_CENTS, SETTLEMENTS } from './terms.ts';

const cents: Guard<number> = (value): value is number => typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 && value <= MAX_DUE_CENTS;

/** The shapes of the commands whose data a correction gives. */
const SHAPES = {
  DeclareDue: shape<CommandData['DeclareDue']>({ dueNo: actNumber, kind: oneOf(...DUE_KINDS), amountCents: cents, on: date, dueOn: date }),
  SettleDue: shape<CommandData['SettleDue']>({ dueNo: actNumber, outcome: oneOf(...SETTLEMENTS), on: date, protocolNo: actNumber }),
};

export const DUES_CORRECTABLES: CorrectablesOf<keyof typeof DUES_CORRECTED_BY> = {
  DueDeclared: {
    rewind: (state, version) => ({ ...state, dues: state.dues.filter((due) => due.version !== version) }),
    decide: byRule(SHAPES.DeclareDue, DUES_RULES.DeclareDue),
  },
  DueSettled: {
    rewind: (state, version) => ({ ...state, dues: state.dues.map((due) => (due.settlement?.version === version ? { ...due, settlement: null } : due)) }),
    decide: byRule(SHAPES.SettleDue, DUES_RULES.SettleDue),
  },
};

/** What is due, until it is settled or the last invoice closes the account; and what was settled. */
export function duesFacts(state: AdhesionState): readonly CorrectableFact[] {
  const last = lastInvoiceOf(state);
  return state.dues.flatMap((due): readonly CorrectableFact[] => {
    const closed = last === undefined || last === due ? null : { it: "l'ultima fattura", en: 'the last invoice' };
    return [
      { type: 'DueDeclared', version: due.version, underneath: due.settlement === null ? closed : { it: 'il suo saldo', en: 'its settlement' } },
      ...(due.settlement === null ? [] : [{ type: 'DueSettled', version: due.settlement.version, underneath: null } as const]),
    ];
  });
}
