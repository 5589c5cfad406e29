import { civilDateOf, laterDate, type CivilDate } from '../shared/civil-date.ts';
import { accepted, refused, type Context, type Decision, type Refused } from '../shared/process.ts';
import { cannotDeliver } from '../catalogue/offer.ts';
import { obstacleTo } from './allowed.ts';
import type { MigrationCommand } from './commands.ts';
import type { MigrationEvent } from './events.ts';
import { offerFor } from './services.ts';
import { unknownPlan, unknownService } from './words.ts';
import { getMigration, itemsBefore, openItems, type Migration, type MigrationState } from './state.ts';

type DataOf<Type extends MigrationCommand['type']> = Extract<MigrationCommand, { type: Type }>['data'];

/** Decides one command on the state; a refusal is a value with its code, and nothing is written. */
export function decide(state: MigrationState, command: MigrationCommand, context: Context): Decision<MigrationEvent> {
  const obstacle = obstacleTo(command.type, state, context.actor);
  if (obstacle !== undefined) return obstacle;
  if (command.type === 'OpenMigration') return open(command.data, context);
  const migration = getMigration(state);
  switch (command.type) {
    case 'CompleteWorkItem': return completeWorkItem(migration, command.data, context);
    case 'Cancel':
      return accepted<MigrationEvent>({ type: 'MigrationCancelled', data: { reasons: command.data.reasons, at: context.now } });
    case 'CloseMigration': return close(migration, command.data, context);
  }
}

/**
 * Whether the service is offered (`active`) was for the adhesion to say when it was asked. The work items are copied
 * into the event: a later catalogue changes nothing for a migration already open.
 */
function open(data: DataOf<'OpenMigration'>, { now }: Context): Decision<MigrationEvent> {
  const { id, adhesion, body, service, plan, parameters } = data;
  const offer = offerFor(data);
  if (offer === undefined) return unknownService(service);
  if (!offer.plans.includes(plan)) return unknownPlan(service, plan);
  const { version, fulfilment } = offer;
  const undeliverable = cannotDeliver(offer, 'service');
  if (undeliverable !== null || fulfilment.kind !== 'MANUAL') return undeliverable ?? unknownService(service);
  return accepted<MigrationEvent>(
    {
      type: 'MigrationRequested',
      data: { id, adhesion, body, service, plan, parameters, catalogueVersion: version, at: now },
    },
    { type: 'ProvisioningStarted', data: { workItems: fulfilment.workItems, at: now } },
  );
}

function completeWorkItem(
  migration: Migration, data: DataOf<'CompleteWorkItem'>, { now }: Context,
): Decision<MigrationEvent> {
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

  const completed: MigrationEvent = {
    type: 'WorkItemCompleted', data: { workItemId, completedOn, note, at: now }, effectiveOn: completedOn,
  };
  if (openItems(migration).length > 1) return accepted(completed);
  const deliveredOn = lastDone(migration, completedOn);
  return accepted<MigrationEvent>(completed, { type: 'ServiceDelivered', data: { deliveredOn, at: now }, effectiveOn: deliveredOn });
}

function close(migration: Migration, { closedOn }: DataOf<'CloseMigration'>, { now }: Context): Decision<MigrationEvent> {
  const future = inFuture(closedOn, now, 'closedOn');
  if (future !== undefined) return future;
  const { deliveredOn } = migration;
  if (deliveredOn !== null && closedOn < deliveredOn) {
    return refused('DATE_BEFORE_GROUND', {
      it: `Il servizio è stato avviato il ${deliveredOn}; si chiude da quel giorno in poi.`, en: `The service was delivered on ${deliveredOn}; it is closed from that day on.`,
    }, 'closedOn');
  }
  return accepted<MigrationEvent>({ type: 'MigrationClosed', data: { closedOn, at: now }, effectiveOn: closedOn });
}

function inFuture(date: CivilDate, now: string, path: string): Refused | undefined {
  const today = civilDateOf(now);
  return date > today
    ? refused('FACT_IN_FUTURE', {
      it: `${date} è dopo il ${today}; si registra solo ciò che è avvenuto.`, en: `${date} is after ${today}; only what has happened is recorded.`,
    }, path)
    : undefined;
}

/** The day of the last work, in whatever order the items were recorded. */
function lastDone(migration: Migration, completedOn: CivilDate): CivilDate {
  return migration.workItems.reduce((last, { done }) => (done === null ? last : laterDate(last, done.on)), completedOn);
}
