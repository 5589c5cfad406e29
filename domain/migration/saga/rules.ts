import { notBefore, notInFuture } from '../../adhesion/checks.ts';
import type { Bilingual } from '../../shared/bilingual.ts';
import type { CivilDate } from '../../shared/civil-date.ts';
import { accepted, refused, type Context, type Refused } from '../../shared/process.ts';
import type { Command } from '../command-types.ts';
import { cutoverAt } from '../cutover/standing.ts';
import type { MigrationEvent } from '../events.ts';
import { rule, type RulesOf } from '../rule.ts';
import type { OpenedMigration } from '../state.ts';
import { outOfTurn } from '../stage.ts';
import type { SAGA_COMMANDS } from './catalogue.ts';
import type { SagaEventData } from './events.ts';
import { hasToUndo, isBeforeUse, isBeyondReturn, mayBeTakenBack, pointOfNoReturn, stageOf } from './standing.ts';

const cancel = rule<Command<'Cancel'>['data'], object>({
  ground: (state) => (isBeforeUse(state) || stageOf(state) === 'HYPERCARE' ? {} : outOfTurn(state, { it: "si annulla solo prima dell'esercizio.", en: 'it can be cancelled only before it operates.' })),
  decide: ({ state, data: { reasons }, context }) => returnFault(state, context, BY_ROLLING_BACK) ?? accepted<MigrationEvent>(hasToUndo(state)
    ? started({ cause: 'CANCELLED', reasons, act: null, to: 'CANCELLED', at: context.now })
    : { type: 'MigrationCancelled', data: { reasons, at: context.now } }),
});

const rollBack = rule<Command<'RollBack'>['data'], object>({
  ground: (state) => (mayBeTakenBack(state) ? {} : outOfTurn(state, { it: "si torna indietro dall'approvazione del piano in poi.", en: 'it is rolled back from the approval of its plan on.' })),
  check: ({ act }, context) => notInFuture(context, { 'act.on': act?.on }),
  decide: ({ state, data: { reasons, act = null }, context }) => (act === null ? returnFault(state, context, BY_AN_ACT, 'act') : actFault(state, act.on))
    ?? accepted<MigrationEvent>(started({ cause: 'OPERATOR', reasons, act, to: 'PLAN_DRAFTED', at: context.now })),
});

/** The act is about what was done: the cutover, or before it the plan. */
function actFault(state: OpenedMigration, on: CivilDate): Refused | null {
  const cutover = cutoverAt(state);
  return cutover === null
    ? notBefore(on, 'act.on', state.planning.approval?.actOn ?? null, { it: "l'approvazione del piano", en: 'the approval of the plan' })
    : notBefore(on, 'act.on', cutover, { it: 'la messa in esercizio', en: 'the cutover' });
}

/** Beyond the point of no return old data are no more what the comune works with: to go back takes an act. */
function returnFault(state: OpenedMigration, { now }: Context, { it, en }: Bilingual, path?: string): Refused | null {
  const point = pointOfNoReturn(state);
  return point !== null && isBeyondReturn(state, now) ? refused('POINT_OF_NO_RETURN', {
    it: `Dal ${point} il vecchio sistema non è più aggiornato: ${it}`, en: `Since ${point} the old system is no more up to date: ${en}`,
  }, path) : null;
}

const BY_AN_ACT = {
  it: 'si torna indietro solo con un atto del sindaco o di un dirigente (act).', en: 'it is rolled back only by an act of the mayor or of a manager (act).',
};
const BY_ROLLING_BACK = {
  it: "prima l'Agenzia torna indietro con un atto del sindaco o di un dirigente (RollBack, act), poi si annulla.",
  en: 'first the Agency rolls it back by an act of the mayor or of a manager (RollBack, act), then it is cancelled.',
};

/** The roll-back that the clock begins, e.g. when a defect of severity 1 stays open too long; nothing beyond the point of no return, or where it is under way. */
export function rollBackBy(state: OpenedMigration, cause: SagaEventData['RollbackStarted']['cause'], { now }: Context): readonly MigrationEvent[] {
  return mayBeTakenBack(state) && !isBeyondReturn(state, now) ? [started({ cause, reasons: null, act: null, to: 'PLAN_DRAFTED', at: now })] : [];
}

function started(data: SagaEventData['RollbackStarted']): MigrationEvent {
  return { type: 'RollbackStarted', data };
}

/** The rule of every command that takes a migration back. */
export const SAGA_RULES: RulesOf<keyof typeof SAGA_COMMANDS> = { RollBack: rollBack, Cancel: cancel };
