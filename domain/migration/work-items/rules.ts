import type { Actor } from '../../shared/actor.ts';
import type { CivilDate } from '../../shared/civil-date.ts';
import { compareInstants, laterDate, startOfNextDay } from '../../shared/civil-date.ts';
import { accepted, refused, type Refused } from '../../shared/process.ts';
import { dayOf, firstRefusal, notBefore } from '../../adhesion/checks.ts';
import type { Command } from '../command-types.ts';
import { inFuture } from '../checks.ts';
import type { MigrationEvent } from '../events.ts';
import { rule, type RulesOf } from '../rule.ts';
import { stageFault } from '../stage.ts';
import type { Migration, OpenedMigration } from '../state.ts';
import type { WORK_ITEMS_COMMANDS, WorkItemsEngineData } from './catalogue.ts';
import { missingFor } from './proof.ts';
import { itemsAfter, itemsBefore, readyItems, roleOf, WORKING_STAGES, type WorkItem } from './state.ts';

/** Items are done in their order, on days in their order; what follows from the last one other areas say (`follow.ts`). */
const completeWorkItem = rule<Command<'CompleteWorkItem'>['data'], object>({
  ground: (state) => stageFault(state, WORKING_STAGES, { it: "le attività si completano durante l'attivazione.", en: 'work items are completed while it is being provisioned.' }) ?? {},
  person: ({ migration }, actor) => notOfMember(actor, readyItems(migration)),
  decide: ({ state, data, context: { now, actor } }) => {
    const { migration } = state;
    const { workItemId, completedOn, note = null, checked = [], evidence = [] } = data;
    const item = migration.workItems.find(({ id }) => id === workItemId);
    if (item === undefined) return unknownItem(workItemId);
    if (item.done !== null) {
      return refused('WORK_ITEM_DONE', { it: `${item.id} è già stata completata il ${item.done.on}.`, en: `${item.id} was completed on ${item.done.on}.` }, 'workItemId');
    }
    const fault = notOfMember(actor, [item]) ?? inFuture(completedOn, now, 'completedOn') ?? beforeGround(state, item, completedOn) ?? outOfOrder(migration, item, completedOn) ?? missingFor(item, data);
    if (fault !== null) return fault;
    return accepted<MigrationEvent>({
      type: 'WorkItemCompleted',
      data: {
        workItemId, completedOn, note, ...(checked.length === 0 ? {} : { checked }),
        ...(evidence.length === 0 ? {} : { evidence: evidence.map(({ sha256, documentId = null }) => ({ sha256, documentId })) }), at: now,
      },
      effectiveOn: completedOn,
    });
  },
});

/** What is done stays done once something was built on it. */
const reopenWorkItem = rule<Command<'ReopenWorkItem'>['data'], object>({
  ground: (state) => stageFault(state, ['PROVISIONING'], { it: "un'attività si riapre durante l'attivazione.", en: 'a work item is opened again while it is being provisioned.' })
    ?? provisioned(state) ?? nothingDone(state) ?? {},
  person: ({ migration }, actor) => notOfMember(actor, migration.workItems.filter((item) => item.done !== null && followerDone(migration, item) === undefined)),
  decide: ({ state: { migration }, data: { workItemId, reasons }, context: { now, actor } }) => {
    const item = migration.workItems.find(({ id }) => id === workItemId);
    if (item === undefined) return unknownItem(workItemId);
    if (item.done === null) return refused('WORK_ITEM_NOT_DONE', { it: `${item.id} non è completata.`, en: `${item.id} is not completed.` }, 'workItemId');
    const following = followerDone(migration, item);
    const fault = firstRefusal(notOfMember(actor, [item]), following === undefined ? null : refused('WORK_ITEM_FOLLOWED', {
      it: `${following.id} segue ${item.id} ed è già completata: si riapra prima quella.`, en: `${following.id} follows ${item.id} and is completed already: open that one again first.`,
    }, 'workItemId'));
    return fault ?? accepted<MigrationEvent>({ type: 'WorkItemReopened', data: { workItemId, reasons, at: now } });
  },
});

/** The timer of an item that was done meanwhile, or whose term began again, has nothing to say. */
const noteWorkItemOverdue = rule<Command<'NoteWorkItemOverdue'>['data'], object>({
  ground: () => ({}),
  decide: ({ state: { migration }, data: { workItemId, dueOn }, context: { now } }) => {
    const item = readyItems(migration).find(({ id, due }) => id === workItemId && due?.on === dueOn && !due.noted && compareInstants(now, startOfNextDay(due.on)) >= 0);
    return item === undefined ? accepted() : accepted<MigrationEvent>({ type: 'WorkItemOverdue', data: { workItemId, role: roleOf(item), dueOn, at: now } });
  },
});

function unknownItem(id: string): Refused {
  return refused('UNKNOWN_WORK_ITEM', { it: `Questa migrazione non ha l'attività ${id}.`, en: `This migration has no work item ${id}.` }, 'workItemId');
}

/** The Agency acts for everybody; a member for itself, where one of the items is the member's. */
function notOfMember({ role }: Actor, items: readonly WorkItem[]): Refused | null {
  return role !== 'member' || items.some((item) => roleOf(item) === 'MEMBER') ? null : refused('WORK_ITEM_NOT_YOURS', {
    it: "L'attività non spetta al comune: la registra l'Agenzia.", en: 'The work item is not for the comune: the Agency records it.',
  });
}

/** What is provisioned follows the acts that let it begin, what is undone the roll-back. The light track has neither: who records there is believed. */
function beforeGround({ planning: { approval, commitment }, saga: { rollback } }: OpenedMigration, { undoes }: WorkItem, completedOn: CivilDate): Refused | null {
  if (undoes !== undefined) {
    return notBefore(completedOn, 'completedOn', rollback === null ? null : dayOf(rollback.act?.on ?? rollback.at), { it: "l'inizio dell'annullamento", en: 'the beginning of the roll-back' });
  }
  const begun = approval === null ? null : laterDate(approval.actOn, commitment?.actOn ?? approval.actOn);
  return notBefore(completedOn, 'completedOn', begun, { it: "l'approvazione del piano e l'impegno di spesa", en: 'the approval of the plan and the commitment of its costs' });
}

function outOfOrder(migration: Migration, item: WorkItem, completedOn: CivilDate): Refused | null {
  if (migration.state === 'ROLLING_BACK' && item.undoes === undefined) {
    return refused('WORK_ITEM_NOT_READY', {
      it: `La migrazione torna indietro: ${item.id} non si completa più.`, en: `The migration is rolled back: ${item.id} is not completed any more.`,
    }, 'workItemId');
  }
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
  return null;
}

function followerDone(migration: Migration, item: WorkItem): WorkItem | undefined {
  return itemsAfter(migration, item).find(({ done }) => done !== null);
}

function provisioned({ provisioning }: OpenedMigration): Refused | null {
  return provisioning.doneOn === null ? null : refused('WORK_ITEM_FOLLOWED', {
    it: "La fine dell'attivazione è già agli atti: le sue attività non si riaprono.", en: 'The end of provisioning is recorded already: its work items are not opened again.',
  });
}

function nothingDone({ migration: { workItems } }: OpenedMigration): Refused | null {
  return workItems.some(({ done }) => done !== null) ? null : refused('WORK_ITEM_NOT_DONE', { it: 'Nessuna attività è completata.', en: 'No work item is completed.' });
}

/** The rule of every command of the work items. */
export const WORK_ITEMS_RULES: RulesOf<keyof typeof WORK_ITEMS_COMMANDS | keyof WorkItemsEngineData> = {
  CompleteWorkItem: completeWorkItem, ReopenWorkItem: reopenWorkItem, NoteWorkItemOverdue: noteWorkItemOverdue,
};
