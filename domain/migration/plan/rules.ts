import { dayOf, firstRefusal, notBefore, notInFuture } from '../../adhesion/checks.ts';
import { addMonths, civilDateOf, compareInstants, startOfNextDay, type CivilDate } from '../../shared/civil-date.ts';
import { accepted, refused, type Context, type Refused } from '../../shared/process.ts';
import type { Command } from '../command-types.ts';
import type { MigrationEvent } from '../events.ts';
import { gateFault, newStageFault } from '../gates/index.ts';
import { rule, type RulesOf } from '../rule.ts';
import { stageFault } from '../stage.ts';
import { isFull, type OpenedMigration } from '../state.ts';
import type { PLAN_COMMANDS, PlanEngineData } from './catalogue.ts';
import { lapsed } from './lapsed.ts';

const proposePlan = rule<Command<'ProposePlan'>['data'], object>({
  ground: (state) => stageFault(state, ['FEASIBILITY', 'PLAN_DRAFTED'], { it: 'il piano si propone dopo la fattibilità e prima della sua approvazione.', en: 'a plan is proposed after the study and before one is approved.' })
    ?? (state.feasibility.approvedAt === null ? refused('FEASIBILITY_OPEN', {
      it: 'Prima del piano si approva la fattibilità (ApproveFeasibility).', en: 'The feasibility is approved before a plan is proposed (ApproveFeasibility).',
    }) : null) ?? newStageFault(state) ?? {},
  decide: ({ state, data, context }) => {
    const { provisioningOn, dataMigrationOn = null, cutoverOn, rollback, costCents, dataClass = null, cloudLevel = null } = data;
    return orderFault(data) ?? movedFault(state, dataMigrationOn) ?? pastFault(provisioningOn, context) ?? farFault(cutoverOn, context) ?? accepted<MigrationEvent>({
      type: 'PlanProposed', data: { provisioningOn, dataMigrationOn, cutoverOn, rollback, costCents, dataClass, cloudLevel, at: context.now },
    });
  },
});

/** A plan goes forward in time. */
function orderFault({ provisioningOn, dataMigrationOn, cutoverOn }: Command<'ProposePlan'>['data']): Refused | null {
  const start = { it: "l'inizio dell'attivazione", en: 'the beginning of provisioning' };
  if (dataMigrationOn === undefined) return notBefore(cutoverOn, 'cutoverOn', provisioningOn, start);
  return firstRefusal(
    notBefore(dataMigrationOn, 'dataMigrationOn', provisioningOn, start),
    notBefore(cutoverOn, 'cutoverOn', dataMigrationOn, { it: 'la migrazione dei dati', en: 'the migration of the data' }),
  );
}

/** The day of the migration of data belongs to the plan of a service that moves data, and to no other. */
function movedFault(state: OpenedMigration, dataMigrationOn: string | null): Refused | null {
  const moves = isFull(state) && state.migration.pinned.gates.includes('DATA_MIGRATION');
  if (moves === (dataMigrationOn !== null)) return null;
  return refused('PLAN_INCOMPLETE', moves
    ? { it: 'Il piano deve dire quando si migrano i dati.', en: 'The plan must say when the data are moved.' }
    : { it: 'Questo servizio non migra dati: il piano non ne indica il giorno.', en: 'This service moves no data: its plan names no day for it.' }, 'dataMigrationOn');
}

/** What is past can't be planned: the first day of a plan, which all others follow, is today at the earliest. */
function pastFault(provisioningOn: CivilDate, { now }: Context): Refused | null {
  const today = civilDateOf(now);
  return provisioningOn >= today ? null : refused('PLAN_IN_PAST', {
    it: `Il piano inizia il ${provisioningOn}, già passato: si propongono date dal ${today} in poi (ProposePlan).`,
    en: `The plan begins on ${provisioningOn}, which is past: dates from ${today} on are proposed (ProposePlan).`,
  }, 'provisioningOn');
}

/** A plan reaches ten years ahead at most: nobody holds to one of a century, and no timer waits for it. */
const MOST_MONTHS = 120;

function farFault(cutoverOn: CivilDate, { now }: Context): Refused | null {
  const last = addMonths(civilDateOf(now), MOST_MONTHS);
  return cutoverOn <= last ? null : refused('PLAN_TOO_FAR', {
    it: `La messa in esercizio è prevista il ${cutoverOn}; un piano arriva al massimo al ${last}.`, en: `The cutover is planned for ${cutoverOn}; a plan reaches up to ${last} at most.`,
  }, 'cutoverOn');
}

/** The comune approves dates that its act can have kept, by an act that knows this draft. One of that time is recorded also when the draft has lapsed meanwhile. */
const approvePlan = rule<Command<'ApprovePlan'>['data'], object>({
  ground: (state) => stageFault(state, ['PLAN_DRAFTED'], { it: 'si approva un piano proposto.', en: 'a plan that was proposed is approved.' }) ?? gateFault(state, 'PLAN_APPROVED', 'ProposePlan') ?? {},
  check: ({ actOn }, context) => notInFuture(context, { actOn }),
  decide: ({ state, data: { actNo, actOn }, context }) => beforeDraft(state, actOn) ?? tooLate(state, actOn)
    ?? accepted<MigrationEvent>({ type: 'PlanApproved', data: { actNo, actOn, at: context.now }, effectiveOn: actOn }),
});

function tooLate({ planning: { proposal } }: OpenedMigration, actOn: CivilDate): Refused | null {
  if (proposal === null || actOn <= proposal.provisioningOn) return null;
  const { code, message } = lapsed(proposal.provisioningOn);
  return refused(code, message, 'actOn');
}

/** An act of before a roll-back approved what did not come about. */
function beforeDraft({ planning: { proposal, draftedAgainAt } }: OpenedMigration, actOn: CivilDate): Refused | null {
  if (draftedAgainAt !== undefined) return notBefore(actOn, 'actOn', dayOf(draftedAgainAt), { it: 'il ritorno alla proposta', en: 'the roll-back to the draft' });
  return notBefore(actOn, 'actOn', proposal === null ? null : dayOf(proposal.at), { it: 'la proposta del piano', en: 'the proposal of the plan' });
}

/** By its timer. A plan that was approved, or took another's place, meanwhile has nothing to lapse. */
const lapsePlan = rule<Command<'LapsePlan'>['data'], object>({
  ground: () => ({}),
  decide: ({ state: { migration, planning: { proposal, lapsedAt } }, data: { provisioningOn }, context: { now } }) => {
    const due = migration.state === 'PLAN_DRAFTED' && proposal?.provisioningOn === provisioningOn && lapsedAt === undefined && compareInstants(now, startOfNextDay(provisioningOn)) >= 0;
    return due ? accepted<MigrationEvent>({ type: 'PlanLapsed', data: { provisioningOn, at: now } }) : accepted();
  },
});

const commitSpending = rule<Command<'CommitSpending'>['data'], object>({
  ground: (state) => stageFault(state, ['PLAN_APPROVED'], { it: "la spesa si impegna dopo l'approvazione del piano.", en: 'the spending is committed once the plan is approved.' }) ?? noCost(state)
    ?? (state.planning.commitment === null ? {} : refused('ALREADY_RECORDED', { it: "L'impegno di spesa è già agli atti.", en: 'The spending commitment is recorded already.' })),
  check: ({ actOn }, context) => notInFuture(context, { actOn }),
  decide: ({ state: { planning: { proposal } }, data: { actNo, actOn, cents }, context }) => {
    const cost = proposal?.costCents ?? 0;
    return cents < cost
      ? refused('COMMITMENT_TOO_SMALL', { it: `Il piano costa ${cost} centesimi di euro; l'impegno deve coprirli.`, en: `The plan costs ${cost} cents of euro; the commitment must cover them.` }, 'cents')
      : accepted<MigrationEvent>({ type: 'SpendingCommitted', data: { actNo, actOn, cents, at: context.now }, effectiveOn: actOn });
  },
});

function noCost(state: OpenedMigration): Refused | null {
  return isFull(state) && state.migration.pinned.cost.kind === 'FREE'
    ? refused('NO_COST', { it: 'Il servizio è gratuito: non vi è spesa da impegnare.', en: 'The service is free: there is nothing to commit.' })
    : null;
}

/** The rule of every command of the plan. */
export const PLAN_RULES: RulesOf<keyof typeof PLAN_COMMANDS | keyof PlanEngineData> = { ProposePlan: proposePlan, ApprovePlan: approvePlan, LapsePlan: lapsePlan, CommitSpending: commitSpending };
