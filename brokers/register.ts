import { accepted, refused, type Decision } from '../domain/shared/process.ts';
import { sameJson } from '../domain/shared/same-json.ts';

/** How a broker calls a service and its plans: by our names, its ids. */
export interface ServiceIds {
  readonly serviceId: string;
  readonly planIds: Readonly<Record<string, string>>;
}

/** A broker as it is registered; how it is signed on to stands elsewhere, encrypted. */
export interface Registration {
  readonly broker: string;
  /** Address before `/v2`. */
  readonly url: string;
  /** Permits a private address and plain http. */
  readonly local: boolean;
  /** By the name of the service in our catalogue. */
  readonly services: Readonly<Record<string, ServiceIds>>;
}

/** What happened to the register of brokers. `secret` names what is kept encrypted. */
export type BrokerEvent =
  | { readonly type: 'BrokerRegistered'; readonly data: Registration & { readonly secret: string; readonly preparedAt: number | null } }
  | { readonly type: 'RegistrationPrepared'; readonly data: Registration & { readonly secret: string } }
  | { readonly type: 'RemovalPrepared'; readonly data: { readonly broker: string } }
  | { readonly type: 'BrokerPreparationWithdrawn'; readonly data: { readonly broker: string; readonly preparedAt: number } }
  | { readonly type: 'BrokerRemoved'; readonly data: { readonly broker: string; readonly preparedAt: number | null } };

/** Where an event stands in the journal, and who made it when. */
export interface Entered {
  readonly version: number;
  readonly subject: string;
  readonly at: string;
}

export interface Registered extends Registration {
  readonly secret: string;
  /** Subject who registered it, or approved it. */
  readonly by: string;
  readonly at: string;
  /** Version of the journal that holds it. */
  readonly registeredAt: number;
}

/** A change that one person has prepared and another may approve; `registration` null: the broker is to be removed. */
export interface BrokerPreparation {
  readonly broker: string;
  readonly registration: (Registration & { readonly secret: string }) | null;
  readonly by: string;
  readonly at: string;
  readonly preparedAt: number;
}

export interface BrokerRegister {
  /** Version of the journal up to which it is known. */
  readonly head: number;
  readonly brokers: ReadonlyMap<string, Registered>;
  readonly prepared: ReadonlyMap<string, BrokerPreparation>;
}

export const EMPTY_REGISTER: BrokerRegister = { head: 0, brokers: new Map(), prepared: new Map() };

export function evolveRegister(register: BrokerRegister, event: BrokerEvent, { version, subject: by, at }: Entered): BrokerRegister {
  const { broker } = event.data;
  const brokers = new Map(register.brokers);
  const prepared = new Map(register.prepared);
  prepared.delete(broker);
  switch (event.type) {
    case 'BrokerRegistered': {
      const { preparedAt: _preparedAt, ...registration } = event.data;
      brokers.set(broker, { ...registration, by, at, registeredAt: version });
      break;
    }
    case 'RegistrationPrepared': prepared.set(broker, { broker, registration: event.data, by, at, preparedAt: version }); break;
    case 'RemovalPrepared': prepared.set(broker, { broker, registration: null, by, at, preparedAt: version }); break;
    case 'BrokerRemoved': brokers.delete(broker); break;
    case 'BrokerPreparationWithdrawn': break;
  }
  return { head: version, brokers, prepared };
}

/** The broker that has a service; undefined: none. */
export function brokerOf(register: BrokerRegister, service: string): Registered | undefined {
  return [...register.brokers.values()].find(({ services }) => Object.hasOwn(services, service));
}

export function registrationOf({ broker, url, local, services }: Registration): Registration {
  return { broker, url, local, services };
}

interface Asked {
  /** Subject who asks. */
  readonly by: string;
  /** True where one person prepares a change and another approves it. */
  readonly twoPersons: boolean;
}

/**
 * Decides a registration on the register as it stands. `secret` names what was sealed for it; `sameSecrets` those that say the same. What is registered already is accepted
 * without an event.
 */
export function decideRegistration(register: BrokerRegister, registration: Registration, { by, twoPersons, secret, sameSecrets }: Asked & { readonly secret: string; readonly sameSecrets: readonly string[] }): Decision<BrokerEvent> {
  const { broker } = registration;
  const isSame = (other: (Registration & { readonly secret: string }) | null | undefined): boolean =>
    other !== null && other !== undefined && sameSecrets.includes(other.secret) && sameJson(registrationOf(other), registration);
  if (isSame(register.brokers.get(broker))) return accepted();
  for (const service of Object.keys(registration.services)) {
    const taken = brokerOf(register, service);
    if (taken !== undefined && taken.broker !== broker) {
      return refused('SERVICE_TAKEN', { it: `Il servizio ${service} è già del broker ${taken.broker}.`, en: `The service ${service} is the broker ${taken.broker}'s already.` }, `services.${service}`);
    }
  }
  const standing = register.prepared.get(broker);
  const approves = standing !== undefined && isSame(standing.registration);
  if (twoPersons && !approves) return accepted<BrokerEvent>({ type: 'RegistrationPrepared', data: { ...registration, secret } });
  if (twoPersons && standing?.by === by) return needsAnother();
  return accepted<BrokerEvent>({ type: 'BrokerRegistered', data: { ...registration, secret: approves ? standing.registration?.secret ?? secret : secret, preparedAt: approves ? standing.preparedAt : null } });
}

/** Decides a removal; `inUse`: how many instances the broker holds for us, as far as the store knows. Accepted without an event: there is none to remove. */
export function decideRemoval(register: BrokerRegister, broker: string, { by, twoPersons, inUse }: Asked & { readonly inUse: number }): Decision<BrokerEvent> {
  if (!register.brokers.has(broker)) return accepted();
  if (inUse > 0) {
    return refused('BROKER_IN_USE', {
      it: `Il broker ${broker} eroga ancora ${inUse} istanze: prima si dismettono le migrazioni che le usano.`, en: `The broker ${broker} still holds ${inUse} instances: the migrations that use them are decommissioned first.`,
    });
  }
  const standing = register.prepared.get(broker);
  const approves = standing !== undefined && standing.registration === null;
  if (twoPersons && !approves) return accepted<BrokerEvent>({ type: 'RemovalPrepared', data: { broker } });
  if (twoPersons && standing?.by === by) return needsAnother();
  return accepted<BrokerEvent>({ type: 'BrokerRemoved', data: { broker, preparedAt: approves ? standing.preparedAt : null } });
}

function needsAnother(): Decision<BrokerEvent> {
  return refused('TWO_PERSON_REQUIRED', { it: 'Chi ha preparato questa modifica non la approva: la invii uguale un altro operatore.', en: 'Who prepared this change does not approve it: another operator sends the same.' });
}
