import { accepted, refused } from '../../shared/process.ts';
import { compareInstants } from '../../shared/civil-date.ts';
import { inFuture } from '../checks.ts';
import type { Command } from '../command-types.ts';
import type { MigrationEvent } from '../events.ts';
import { rule, type RulesOf } from '../rule.ts';
import { stageFault } from '../stage.ts';
import { isFull } from '../state.ts';
import type { OPERATION_COMMANDS, OperationEngineData } from './catalogue.ts';
import { escalateDefect, reportDefect, resolveDefect } from './defects.ts';
import { runningHypercare } from './timers.ts';

/** By its timer: the working days are over. */
const endHypercareTerm = rule<Command<'EndHypercareTerm'>['data'], object>({
  ground: () => ({}),
  decide: ({ state, data: { endsOn }, context }) => {
    const hypercare = isFull(state) ? runningHypercare(state) : null;
    const due = hypercare !== null && hypercare.endsOn === endsOn && compareInstants(context.now, hypercare.overFrom) >= 0;
    return due ? accepted<MigrationEvent>({ type: 'HypercareTermEnded', data: { endsOn, at: context.now }, effectiveOn: endsOn }) : accepted();
  },
});

const closeMigration = rule<Command<'CloseMigration'>['data'], object>({
  ground: (state) => stageFault(state, ['OPERATING', 'RETIRING'], { it: 'si chiude solo quando è in esercizio.', en: 'it can be closed only when it operates.' }) ?? {},
  decide: ({ state: { migration: { deliveredOn } }, data: { closedOn }, context: { now } }) => {
    const future = inFuture(closedOn, now, 'closedOn');
    if (future !== undefined) return future;
    if (deliveredOn !== null && closedOn < deliveredOn) {
      return refused('DATE_BEFORE_GROUND', {
        it: `Il servizio è stato avviato il ${deliveredOn}; si chiude da quel giorno in poi.`, en: `The service was delivered on ${deliveredOn}; it is closed from that day on.`,
      }, 'closedOn');
    }
    return accepted<MigrationEvent>({ type: 'MigrationClosed', data: { closedOn, at: now }, effectiveOn: closedOn });
  },
});

/** The rule of every command of this area. */
export const OPERATION_RULES: RulesOf<keyof typeof OPERATION_COMMANDS | keyof OperationEngineData> = {
  ReportDefect: reportDefect,
  ResolveDefect: resolveDefect,
  EscalateDefect: escalateDefect,
  EndHypercareTerm: endHypercareTerm,
  CloseMigration: closeMigration,
};
