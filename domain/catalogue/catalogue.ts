import { accepted, refused, type Decision, type Refused } from '../shared/process.ts';
import { findCycle, type Dependencies } from './graph.ts';
import { cannotDeliver } from './offer.ts';
import { sameJson } from '../shared/same-json.ts';
import type { Service, ServiceEntry } from './schemas.ts';

const MOST_SERVICES = 300;

/** What happened to the catalogue since it was shipped. */
export type CatalogueEvent =
  | { readonly type: 'ServiceRevised'; readonly data: { readonly service: string; readonly version: number; readonly entry: ServiceEntry; readonly preparedAt: number | null } }
  | { readonly type: 'RevisionPrepared'; readonly data: { readonly service: string; readonly entry: ServiceEntry } }
  | { readonly type: 'RevisionWithdrawn'; readonly data: { readonly service: string; readonly preparedAt: number } };

/** A change that one person has prepared and another may approve. */
export interface Preparation {
  readonly service: string;
  readonly entry: ServiceEntry;
  /** Subject who prepared it. */
  readonly by: string;
  readonly at: string;
  /** Version of the journal that holds it. */
  readonly preparedAt: number;
}

/** Who made a version of a service, and when. */
export interface Change {
  readonly changedAt: string;
  /** Subject who made it; by two persons: who approved it. */
  readonly changedBy: string;
  /** Subject who prepared it; null: one person made it alone. */
  readonly preparedBy: string | null;
}

export interface Catalogue {
  /** Version of the journal up to which it is known. */
  readonly head: number;
  /** Every version of each service, the newest last. */
  readonly services: ReadonlyMap<string, readonly Service[]>;
  readonly prepared: ReadonlyMap<string, Preparation>;
  /** By `service/version`; versions that were shipped have none. */
  readonly changes: ReadonlyMap<string, Change>;
}

/** Where an event stands in the journal, and who made it when. */
export interface Entered {
  readonly version: number;
  readonly subject: string;
  readonly at: string;
}

/**
 * The catalogue as it is shipped, each service with every version that was, from 1 on without a gap. Throws an Error that names the
 * version that is missing, the cycle, or the dependency that there is not.
 */
export function shippedCatalogue(services: readonly Service[]): Catalogue {
  const versions = Map.groupBy(services.toSorted((a, b) => a.version - b.version), ({ service }) => service);
  for (const [service, all] of versions) {
    const missing = all.findIndex(({ version }, index) => version !== index + 1);
    if (missing !== -1) throw new Error(`The service ${service} of the catalogue: there is no version ${missing + 1}, which a later one follows`);
  }
  const catalogue: Catalogue = { head: 0, services: versions, prepared: new Map(), changes: new Map() };
  for (const { service, ...entry } of currentServices(catalogue)) {
    const fault = faultOf(catalogue, service, entry);
    if (fault !== null) throw new Error(`The service ${service} of the catalogue: ${fault.reasons[0]?.message.en ?? fault.code}`);
  }
  return catalogue;
}

/** The service as it stands now, or at a version; undefined: there is none. */
export function findService({ services }: Catalogue, id: string, version?: number): Service | undefined {
  const versions = services.get(id);
  return version === undefined ? versions?.at(-1) : versions?.find((one) => one.version === version);
}

/** All services as they stand now, by their name. */
export function currentServices({ services }: Catalogue): readonly Service[] {
  return [...services.values()].flatMap((versions) => versions.slice(-1)).toSorted((a, b) => (a.service < b.service ? -1 : 1));
}

/** Those that may be requested. */
export function offeredServices(catalogue: Catalogue): readonly Service[] {
  return currentServices(catalogue).filter(({ active }) => active);
}

/** Who made a version of a service, and when; undefined: it was shipped. */
export function changeOf({ changes }: Catalogue, { service, version }: Pick<Service, 'service' | 'version'>): Change | undefined {
  return changes.get(`${service}/${version}`);
}

export function dependenciesOf(services: readonly Service[]): Dependencies {
  return new Map(services.map(({ service, dependsOn }) => [service, dependsOn]));
}

export function evolveCatalogue(catalogue: Catalogue, event: CatalogueEvent, at: Entered): Catalogue {
  const { service } = event.data;
  const preparations = new Map(catalogue.prepared);
  preparations.delete(service);
  const after = { ...catalogue, head: at.version, prepared: preparations };
  switch (event.type) {
    case 'ServiceRevised': {
      // A service that a later release ships under a name that is taken does not stand before it.
      const versions = (catalogue.services.get(service) ?? []).filter((one) => one.version < event.data.version);
      return {
        ...after, services: new Map(catalogue.services).set(service, [...versions, revised(event)]),
        changes: new Map(catalogue.changes).set(`${service}/${event.data.version}`, { changedAt: at.at, changedBy: at.subject, preparedBy: preparerOf(catalogue, event) }),
      };
    }
    case 'RevisionPrepared':
      return { ...after, prepared: preparations.set(service, prepared(event, at)) };
    case 'RevisionWithdrawn':
      return after;
  }
}

function preparerOf({ prepared: waiting }: Catalogue, { data: { service, preparedAt } }: Extract<CatalogueEvent, { type: 'ServiceRevised' }>): string | null {
  const standing = waiting.get(service);
  return preparedAt === null || standing?.preparedAt !== preparedAt ? null : standing.by;
}

/** The service that a change made. */
export function revised({ data: { service, version, entry } }: Extract<CatalogueEvent, { type: 'ServiceRevised' }>): Service {
  return { service, version, ...entry };
}

/** The change that was prepared. */
export function prepared({ data: { service, entry } }: Extract<CatalogueEvent, { type: 'RevisionPrepared' }>, { version, subject, at }: Entered): Preparation {
  return { service, entry, by: subject, at, preparedAt: version };
}

export interface Revision {
  readonly service: string;
  readonly entry: ServiceEntry;
  /** Subject who sends it. */
  readonly by: string;
  /** True where one person prepares a change and another approves it. */
  readonly twoPersons: boolean;
}

/** Decides a change on the catalogue as it stands; the same content as now is accepted without an event. */
export function decideRevision(catalogue: Catalogue, { service, entry, by, twoPersons }: Revision): Decision<CatalogueEvent> {
  const now = findService(catalogue, service);
  if (now !== undefined && sameJson(entryOf(now), entry)) return accepted();
  if (now === undefined && catalogue.services.size >= MOST_SERVICES) {
    return refused('TOO_MANY_SERVICES', { it: `Il catalogo ha già ${MOST_SERVICES} servizi.`, en: `The catalogue has ${MOST_SERVICES} services already.` }, 'service');
  }
  const fault = faultOf(catalogue, service, entry);
  if (fault !== null) return fault;
  const standing = catalogue.prepared.get(service);
  const approves = standing !== undefined && sameJson(standing.entry, entry);
  if (twoPersons && !approves) return accepted<CatalogueEvent>({ type: 'RevisionPrepared', data: { service, entry } });
  if (twoPersons && standing?.by === by) {
    return refused('TWO_PERSON_REQUIRED', { it: 'Chi ha preparato questa modifica non la approva: la invii uguale un altro operatore.', en: 'Who prepared this change does not approve it: another operator sends the same.' });
  }
  return accepted<CatalogueEvent>({ type: 'ServiceRevised', data: { service, version: (now?.version ?? 0) + 1, entry, preparedAt: approves ? standing.preparedAt : null } });
}

/** What the catalogue says of a service, without its name and version. */
export function entryOf({ service: _service, version: _version, ...entry }: Service): ServiceEntry {
  return entry;
}

function faultOf(catalogue: Catalogue, service: string, entry: ServiceEntry): Refused | null {
  return faultOfGraph(catalogue, service, entry) ?? faultOfActivity(entry) ?? faultOfOffer(catalogue, service, entry);
}

function faultOfGraph(catalogue: Catalogue, service: string, { dependsOn }: Pick<ServiceEntry, 'dependsOn'>): Refused | null {
  // The service first: what is named is the way from it back to it.
  const dependencies = new Map([[service, dependsOn], ...dependenciesOf(currentServices(catalogue))]).set(service, dependsOn);
  const unknown = dependsOn.findIndex((one) => !dependencies.has(one));
  if (unknown !== -1) {
    const named = dependsOn[unknown] ?? '';
    return refused('UNKNOWN_DEPENDENCY', { it: `Il catalogo non ha il servizio ${named}.`, en: `The catalogue has no service ${named}.` }, `dependsOn.${unknown}`);
  }
  const way = findCycle(dependencies)?.join(' → ');
  return way === undefined ? null : refused('DEPENDENCY_CYCLE', { it: `Le dipendenze girano in tondo: ${way}.`, en: `The dependencies go round in a circle: ${way}.` }, 'dependsOn');
}

function faultOfActivity(entry: ServiceEntry): Refused | null {
  return entry.active ? cannotDeliver(entry, 'active') ?? neverOperates(entry) : null;
}

/** The gate to OPERATING is what hypercare ends by: without it nobody would have the next word. */
function neverOperates({ track, gates }: ServiceEntry): Refused | null {
  return track === 'LIGHT' || gates.includes('OPERATING') ? null : refused('GATE_MISSING', {
    it: "Un servizio offerto sul percorso completo passa il controllo verso l'esercizio.", en: 'A service that is offered on the full track passes the gate to operation.',
  }, 'gates');
}

/** Who may ask for a service may ask for all that it depends on: it would wait for them for ever. */
function faultOfOffer(catalogue: Catalogue, service: string, { active, dependsOn }: ServiceEntry): Refused | null {
  if (!active) {
    const above = offeredServices(catalogue).find((one) => one.service !== service && one.dependsOn.includes(service))?.service;
    return above === undefined ? null : refused('DEPENDENCY_NOT_ACTIVE', {
      it: `${above}, che è offerto, dipende da questo servizio: prima si smette di offrire quello.`, en: `${above}, which is offered, depends on this service: end the offer of that one first.`,
    }, 'active');
  }
  const below = dependsOn.findIndex((one) => findService(catalogue, one)?.active === false);
  return below === -1 ? null : refused('DEPENDENCY_NOT_ACTIVE', {
    it: `${dependsOn[below]}, da cui questo servizio dipende, ora non è offerto.`, en: `${dependsOn[below]}, which this service depends on, is not offered now.`,
  }, `dependsOn.${below}`);
}
