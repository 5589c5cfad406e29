import { accepted, refused } from '../../shared/process.ts';
import type { Command } from '../command-types.ts';
import { inFuture } from '../checks.ts';
import type { MigrationEvent } from '../events.ts';
import { rule, type RulesOf } from '../rule.ts';
import { stageFault } from '../stage.ts';
import type { WORK_ITEMS_COMMANDS } from './catalogue.ts';
import { itemsBefore } from './state.ts';

/** Items are done in their order, on days in their order; what follows from the last one other areas say (`follow.ts`). */
const completeWorkItem = rule<Command<'CompleteWorkItem'>['data'], object>({
  ground: (state) => stageFault(state, ['PROVISIONING', 'ROLLING_BACK'], { it: "le attività si completano durante l'attivazione.", en: 'work items are completed while it is being provisioned.' }) ?? {},
  decide: ({ state: { migration }, data, context: { now } }) => {
    const { workItemId, completedOn, note = null } = data;
    const item = migration.workItems.find(({ id }) => id === workItemId);
    if (item === undefined) {
      return refused('UNKNOWN_WORK_ITEM', { it: `Questa migrazione non ha l'attività ${workItemId}.`, en: `This migration has no work item ${workItemId}.` }, 'workItemId');
    }
    if (item.done !== null) {
      return refused('WORK_ITEM_DONE', { it: `${item.id} è già stata completata il ${item.done.on}.`, en: `${item.id} was completed on ${item.done.on}.` }, 'workItemId');
    }
    const future = inFuture(completedOn, now, 'completedOn');
    if (future !== undefined) return future;
    for (const before of itemsBefore(migration, item)) {
      if (before.done === null) {
        return refused('WORK_ITEM_NOT_READY', {
          it: `${item.id} segue ${before.id}, non ancora completata.`, en: `${item.id} follows ${before.id}, which is not completed yet.`,
        }, 'workItemId');
      }
      if (completedOn < before.done.on) {
        return refused('DATE_BEFORE_GROUND', {
          it: `${item.id} segue ${before.id}, completata il ${before.done.on}.`, en: `${item.id} follows ${before.id}, completed on ${before.done.on}.`,
        }, 'completedOn');
      }
    }
    return accepted<MigrationEvent>({ type: 'WorkItemCompleted', data: { workItemId, completedOn, note, at: now }, effectiveOn: completedOn });
  },
});

/** The rule of every command of the work items. */
export const WORK_ITEMS_RULES: RulesOf<keyof typeof WORK_ITEMS_COMMANDS> = { CompleteWorkItem: completeWorkItem };
