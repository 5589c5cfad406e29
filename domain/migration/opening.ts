import { CURRENT_CALENDAR } from '../calendar/holidays.ts';
import { cannotDeliver, type Offer } from '../catalogue/offer.ts';
import { accepted, refused, type Context, type Decision, type Refused } from '../shared/process.ts';
import type { Command } from './command-types.ts';
import type { MigrationEvent, MigrationEventData } from './events.ts';
import type { Pinned } from './pinned.ts';
import { MIGRATION_POLICIES } from './policies.ts';
import { offerFor } from './services.ts';
import { isOpened, type Migration, type MigrationState } from './state.ts';
import { alreadyOpen, migrationStage, unknownPlan, unknownService } from './words.ts';

/** Why nothing can be opened whatever the data: it is open already. */
export function openingTurn(state: MigrationState): Refused | null {
  return isOpened(state) ? refused('ALREADY_OPEN', alreadyOpen(state.migration.id, migrationStage(state.migration.state))) : null;
}

/**
 * Whether the service is offered (`active`) was for the adhesion to say when it was asked. What the catalogue said is copied
 * into the event: a later catalogue changes nothing for a migration already open.
 */
export function decideOpening(state: MigrationState, data: Command<'OpenMigration'>['data'], { now }: Context): Decision<MigrationEvent> {
  const open = openingTurn(state);
  if (open !== null) return open;
  const { id, adhesion, body, service, plan, parameters, grounds } = data;
  const offer = offerFor(data);
  if (offer === undefined) return unknownService(service);
  if (!offer.plans.includes(plan)) return unknownPlan(service, plan);
  const asked = { id, adhesion, body, service, plan, parameters, catalogueVersion: offer.version, at: now };
  const pinned = pinnedBy(offer);
  if (pinned !== null && grounds !== undefined) return accepted<MigrationEvent>({ type: 'MigrationRequested', data: { ...asked, pinned, grounds } });
  // A service that depends on nothing and moves no data begins at once, by the hands of people.
  const undeliverable = cannotDeliver(offer, 'service');
  if (undeliverable !== null || pinned !== null || offer.fulfilment.kind !== 'MANUAL') return undeliverable ?? unknownService(service);
  return accepted<MigrationEvent>({ type: 'MigrationRequested', data: asked }, { type: 'ProvisioningStarted', data: { workItems: offer.fulfilment.workItems, at: now } });
}

function pinnedBy({ full, fulfilment }: Offer): Pinned | null {
  return full === undefined ? null : { ...full, fulfilment, calendarVersion: CURRENT_CALENDAR, policies: MIGRATION_POLICIES };
}

/** Folds the opening. The adhesion asked for it, so it knows this state and is not told. */
export function opened(state: MigrationState, { at, pinned, grounds, ...asked }: MigrationEventData['MigrationRequested']): MigrationState {
  const migration: Migration = { ...asked, state: 'REQUESTED', since: at, workItems: [], deliveredOn: null, closedOn: null, cancelReasons: null, pinned: pinned ?? null, attempt: 1 };
  return grounds === undefined ? { ...state, migration } : { ...state, migration, grounds: { known: grounds, asOf: 0, at } };
}

