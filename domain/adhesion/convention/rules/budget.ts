import { accepted } from '../../../shared/process.ts';
import { alreadyRecorded } from '../../checks.ts';
import type { Command } from '../../command-types.ts';
import type { AdhesionEvent } from '../../events.ts';
import { endedFault, uselessFault } from '../../membership/rules/bound.ts';
import { rule } from '../../rule.ts';
import { budgetOf } from '../standing.ts';

/** The cover of the costs (art. 183 TUEL), or that there is none yet: each change is said anew, the last one counts. */
export const recordBudgetCover = rule<Command<'RecordBudgetCover'>['data'], object>({
  ground: (state) => endedFault(state) ?? uselessFault(state, { it: 'Copertura finanziaria', en: 'A word on the budget' }) ?? {},
  decide: ({ state, data: { covered, actNo = null }, context }) => {
    const last = budgetOf(state);
    return last !== null && last.covered === covered && last.actNo === actNo
      ? alreadyRecorded({ it: 'Questa indicazione sulla copertura', en: 'This word on the budget' })
      : accepted<AdhesionEvent>({ type: 'BudgetCoverRecorded', data: { covered, actNo, at: context.now } });
  },
});
