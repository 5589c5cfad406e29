import { requirementsOf } from '../../../catalogue/graph.ts';
import { cannotDeliver } from '../../../catalogue/offer.ts';
import { offerFor } from '../../../migration/services.ts';
import { alreadyOpen, migrationStage, unknownPlan, unknownService } from '../../../migration/words.ts';
import { accepted, refused, type Refused } from '../../../shared/process.ts';
import type { Command } from '../../command-types.ts';
import type { AdhesionEvent } from '../../events.ts';
import { boundFault } from '../../membership/rules/bound.ts';
import { rule } from '../../rule.ts';
import type { OpenedCase } from '../../state.ts';
import { groundsFor } from '../grounds.ts';
import { goesOn, openMigrations } from '../standing.ts';
import type { MigrationNote } from '../state.ts';

/** A request needs only a convention in force, of a member that stays, and that the service is neither on its way nor in use; all else that the full track needs its gates ask for. */
export const requestMigration = rule<Command<'RequestMigration'>['data'], object>({
  ground: (state) => boundFault(state, { it: 'Nuovo servizio', en: 'A new service' }) ?? {},
  check: (data) => {
    const { service, plan } = data;
    const offer = offerFor(data);
    if (offer === undefined) return unknownService(service);
    const undeliverable = cannotDeliver(offer, 'service');
    if (undeliverable !== null) return undeliverable;
    if (offer.track === 'FULL' && offer.full === undefined) return keptTooLittle();
    if (!offer.active) return refused('SERVICE_NOT_ACTIVE', { it: `${service} ora non è offerto.`, en: `${service} is not offered now.` }, 'service');
    return plan === undefined || offer.plans.includes(plan) ? null : unknownPlan(service, plan);
  },
  decide: ({ state, data, context }) => {
    const { service, parameters = {}, offered } = data;
    const open = isOpen(state, service);
    if (open !== undefined) return refused('MIGRATION_OPEN', alreadyOpen(open.id, migrationStage(open.state)), 'service');
    const inUse = state.migrations.find((migration) => migration.service === service && goesOn(migration));
    if (inUse !== undefined) return servedAlready(inUse.id);
    const circle = circleFault(state, service, offered?.full?.dependsOn ?? []);
    if (circle !== null) return circle;
    const plan = data.plan ?? offerFor(data)?.plans[0];
    if (plan === undefined) return refused('UNKNOWN_PLAN', { it: `${service} non ha alcun piano.`, en: `${service} has no plan.` }, 'plan');
    const full = offered?.full === undefined ? {} : { grounds: groundsFor(state, service, offered.full.dependsOn) };
    return accepted<AdhesionEvent>({
      type: 'MigrationRequested',
      data: { migrationId: migrationId(state, service), service, plan, parameters, ...(offered === undefined ? {} : { offered }), ...full, at: context.now },
    });
  },
});

/** A request from before the full track was there does not hold what it needs; it was refused then, and is now. */
function keptTooLittle(): Refused {
  return refused('PROCESS_UNAVAILABLE', {
    it: 'Il percorso completo (piano, migrazione dei dati, messa in esercizio) non è ancora disponibile: per ora si erogano i servizi del percorso leggero.',
    en: 'The full track (plan, migration of data, cutover) is not there yet: for now services of the light track are delivered.',
  }, 'service');
}

/** Two at once would tell what depends on the service two things. */
function servedAlready(id: string): Refused {
  return refused('SERVICE_IN_USE', {
    it: `Il servizio è in esercizio con ${id}: lo si modifica lì (UpdateService), o prima vi si rinuncia (RetireService).`,
    en: `The service operates by ${id}: it is changed there (UpdateService), or given up first (RetireService).`,
  }, 'service');
}

/** Each migration depends on what the catalogue said when it was asked for: of two versions each may depend on the other, and both would wait for ever. */
function circleFault(state: OpenedCase, service: string, dependsOn: readonly string[]): Refused | null {
  const dependencies = new Map(openMigrations(state).map((open) => [open.service, open.full?.dependsOn ?? []]));
  const waits = dependsOn.find((one) => requirementsOf(one, dependencies).includes(service));
  return waits === undefined ? null : refused('DEPENDENCY_CYCLE', {
    it: `${service} dipende da ${waits}, la cui migrazione aperta dipende a sua volta da ${service}: si attenderebbero per sempre. Prima quella si conclude o si annulla.`,
    en: `${service} depends on ${waits}, whose open migration depends on ${service} in turn: they would wait for one another for ever. That one ends or is cancelled first.`,
  }, 'service');
}

function isOpen(state: OpenedCase, service: string): MigrationNote | undefined {
  return openMigrations(state).find((migration) => migration.service === service);
}

/** `c_a010-1.TRAINING`, then `c_a010-1.TRAINING-2` and so on. */
function migrationId({ opening, migrations }: OpenedCase, service: string): string {
  const before = migrations.filter((migration) => migration.service === service).length;
  return before === 0 ? `${opening.id}.${service}` : `${opening.id}.${service}-${before + 1}`;
}

/** Told by a migration. Its words may overtake each other: only one from a later version of it is heard. */
export const noteMigration = rule<Command<'NoteMigration'>['data'], object>({
  ground: () => ({}),
  decide: ({ state, data, context }) => {
    const { id, service, state: now } = data;
    const known = state.migrations.find((migration) => migration.id === id);
    if (known === undefined) return refused('UNKNOWN_MIGRATION', { it: `Questa pratica non ha la migrazione ${id}.`, en: `This case has no migration ${id}.` }, 'id');
    const asOf = tellingVersion(context.commandId);
    return asOf <= known.asOf || known.state === now
      ? accepted()
      : accepted<AdhesionEvent>({ type: 'MigrationNoted', data: { id, service, state: now, asOf, at: context.now } });
  },
});

/** What is told has the id `stream@version` of the event that owes it. */
function tellingVersion(commandId: string): number {
  return Number(/@(\d+)$/.exec(commandId)?.[1] ?? 0);
}
