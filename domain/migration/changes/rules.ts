import { accepted, refused, type Refused } from '../../shared/process.ts';
import { sameJson } from '../../shared/same-json.ts';
import type { Command } from '../command-types.ts';
import type { MigrationEvent } from '../events.ts';
import { rule, type RulesOf } from '../rule.ts';
import { stageFault } from '../stage.ts';
import type { OpenedMigration } from '../state.ts';
import type { CHANGES_COMMANDS } from './catalogue.ts';
import { CHANGEABLE } from './follow.ts';
import { lastCall, newestBinding } from './standing.ts';
import type { Rotation, Update } from './state.ts';

const updateService = rule<Command<'UpdateService'>['data'], object>({
  ground: (state) => changeFault(state) ?? {},
  decide: ({ state: { migration, provisioning: { updates = 0 } }, data, context }) => {
    const { plan = migration.plan, parameters = migration.parameters, offered } = data;
    if (offered !== undefined && !offered.plans.includes(plan)) return refused('UNKNOWN_PLAN', { it: `Il servizio non ha il piano ${plan}.`, en: `The service has no plan ${plan}.` }, 'plan');
    const isOtherPlan = plan !== migration.plan;
    if (isOtherPlan && !isUpdateable(migration)) {
      return refused('PLAN_NOT_UPDATEABLE', { it: 'Il catalogo non permette di cambiare il piano di questo servizio.', en: 'The catalogue does not let the plan of this service be changed.' }, 'plan');
    }
    if (!isOtherPlan && sameJson(parameters, migration.parameters)) return refused('NOTHING_CHANGES', { it: 'Il servizio ha già questo piano e questi parametri.', en: 'The service has this plan and these parameters already.' });
    return accepted<MigrationEvent>({ type: 'ServiceUpdateStarted', data: { no: updates + 1, plan, parameters, at: context.now } });
  },
});

function isUpdateable({ pinned }: OpenedMigration['migration']): boolean {
  return pinned?.fulfilment.kind === 'BROKER' && pinned.fulfilment.planUpdateable !== false;
}

/** An update that failed may have changed the instance all the same: to ask for what was before says what it is. */
const revertUpdate = rule<Command<'RevertUpdate'>['data'], { readonly update: Update }>({
  ground: (state) => stageFault(state, CHANGEABLE, AT_WORK) ?? failedUpdate(state),
  decide: ({ state: { provisioning: { updates = 0 } }, data: { reasons }, context }) => accepted<MigrationEvent>({ type: 'UpdateReversalStarted', data: { no: updates + 1, reasons, at: context.now } }),
});

function failedUpdate(state: OpenedMigration): { readonly update: Update } | Refused {
  const { change } = state.provisioning;
  if (change?.kind === 'UPDATE' && !change.isReverting && lastCall(state, 'UPDATE')?.state === 'FAILED') return { update: change };
  return refused('NO_FAILED_UPDATE', { it: 'Nessuna modifica del servizio è fallita.', en: 'No update of the service has failed.' });
}

const rotateCredentials = rule<Command<'RotateCredentials'>['data'], object>({
  ground: (state) => changeFault(state) ?? (state.provisioning.instance?.bindingId === null ? nothingAtBroker() : unusable(state) ?? {}),
  decide: ({ state, context }) => {
    const former = newestBinding(state);
    return accepted<MigrationEvent>({ type: 'CredentialsRotationStarted', data: { binding: former + 1, former, at: context.now } });
  },
});

/** By the standard no new bindings are asked of an instance that cannot be used, until an update repairs it. */
function unusable({ provisioning: { isUnusable } }: OpenedMigration): Refused | null {
  return isUnusable !== true ? null : refused('INSTANCE_UNUSABLE', {
    it: "Il broker dice che l'istanza non è più utilizzabile: prima la si ripara con una modifica (UpdateService), o si torna indietro (RollBack).",
    en: 'The broker says that the instance cannot be used any more: an update repairs it first (UpdateService), or all is undone (RollBack).',
  });
}

const revokeFormerCredentials = rule<Command<'RevokeFormerCredentials'>['data'], { readonly rotation: Rotation }>({
  ground: (state) => stageFault(state, CHANGEABLE, AT_WORK) ?? rotated(state),
  decide: ({ ground: { rotation: { former } }, context }) => accepted<MigrationEvent>({ type: 'BrokerCallStarted', data: { operation: 'UNBIND', binding: former, at: context.now } }),
});

function rotated(state: OpenedMigration): { readonly rotation: Rotation } | Refused {
  const { change } = state.provisioning;
  if (change?.kind === 'ROTATION' && isRevocable(state, change)) return { rotation: change };
  return refused('NO_FORMER_CREDENTIALS', {
    it: 'Non vi sono credenziali precedenti da revocare: prima se ne chiedono di nuove (RotateCredentials).', en: 'There are no former credentials to revoke: new ones are asked for first (RotateCredentials).',
  });
}

/** The new credentials are there, and the former ones too. */
export function isRevocable(state: OpenedMigration, { binding, former }: Rotation): boolean {
  return lastCall(state, 'BIND', binding)?.state === 'DONE' && lastCall(state, 'UNBIND', former) === undefined;
}

const AT_WORK = { it: 'si cambia ciò che un broker ha attivato mentre il servizio è in esercizio.', en: 'what a broker provisioned is changed while the service operates.' };

/** Why nothing at the broker may be changed now. */
function changeFault(state: OpenedMigration): Refused | null {
  return stageFault(state, CHANGEABLE, AT_WORK) ?? (state.provisioning.instance === null ? nothingAtBroker() : underWay(state));
}

function nothingAtBroker(): Refused {
  return refused('NOTHING_AT_BROKER', { it: 'Presso un broker non vi è nulla da cambiare.', en: 'There is nothing at a broker that could be changed.' });
}

/** The refusal of what has to wait for the end of a change; null: none is under way. */
export function underWay({ provisioning: { change } }: OpenedMigration): Refused | null {
  return change === undefined ? null : refused('CHANGE_UNDER_WAY', change.kind === 'UPDATE'
    ? { it: 'Una modifica del servizio non è ancora finita.', en: 'An update of the service has not ended yet.' }
    : { it: 'Una rotazione delle credenziali non è ancora finita (RevokeFormerCredentials).', en: 'A rotation of the credentials has not ended yet (RevokeFormerCredentials).' });
}

/** The rule of every command of this area. */
export const CHANGES_RULES: RulesOf<keyof typeof CHANGES_COMMANDS> = {
  UpdateService: updateService, RevertUpdate: revertUpdate, RotateCredentials: rotateCredentials, RevokeFormerCredentials: revokeFormerCredentials,
};
