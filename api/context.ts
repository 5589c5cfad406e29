import type { Logger } from 'pino';
import { Catalogs } from '../brokers/catalogs.ts';
import { BrokerClient } from '../brokers/client.ts';
import { Credentials } from '../brokers/credentials.ts';
import { BROKER_POLICY } from '../brokers/policy.ts';
import { BrokerStore } from '../brokers/store.ts';
import { AccessJournal } from '../db/access-journal.ts';
import { Archive } from '../db/archive.ts';
import { CalendarFeeds } from '../db/calendar-feeds.ts';
import { CatalogueStore } from '../db/catalogue.ts';
import { databaseOf, type Db } from '../db/client.ts';
import { isDatabaseAway } from '../db/unavailable.ts';
import { Journal } from '../db/journal.ts';
import { TerritoryStore } from '../db/territory.ts';
import { Documents } from '../db/vault/documents.ts';
import { Drafts } from '../db/vault/drafts.ts';
import { Spool } from '../db/vault/spool.ts';
import { Receipts } from '../db/vault/receipts.ts';
import { Subjects } from '../db/vault/subjects.ts';
import { Texts } from '../db/vault/texts.ts';
import { Views } from '../db/views.ts';
import { Visits } from '../db/visits.ts';
import { Vault } from '../db/vault/vault.ts';
import { Changes } from '../feed/changes.ts';
import { Webhooks } from '../feed/webhooks.ts';
import type { Keys } from './auth/keys.ts';
import type { Caller } from './auth/verify.ts';
import type { Bodies } from './bodies.ts';
import { loadCatalogue } from './catalogue.ts';
import type { PortfolioPolicy } from '../domain/portfolio/portfolio.ts';
import { CommandWay } from './cases/command-way.ts';
import { ForecastThreads } from './forecasts/threads.ts';
import type { EnginePort, RunsPort } from './ports.ts';
import { loadPortfolioPolicy } from './portfolio-policy.ts';

/** The store as somebody may see it: of what is not theirs the database itself shows and takes nothing. */
export interface Scope {
  readonly db: Db;
  readonly subjects: Subjects;
  readonly texts: Texts;
  readonly documents: Documents;
  readonly drafts: Drafts;
  readonly webhooks: Webhooks;
  readonly credentials: Credentials;
  readonly way: CommandWay;
}

/** What the routes work with. */
export interface Context {
  readonly engine: EnginePort;
  readonly runs: RunsPort;
  /** How long a caller is kept waiting for what was stored for it to be in the transparency log. */
  readonly sequencedWithinMs: number;
  readonly keys: Keys;
  readonly bodies: Bodies;
  /** How they change; `bodies` learns of it (`learnTerritory`). */
  readonly territory: TerritoryStore;
  readonly log: Logger;
  /** Policy of the installation: who prepares a change of the catalogue does not approve it. */
  readonly twoPersons: boolean;
  /** The services that are offered. */
  readonly catalogue: CatalogueStore;
  /** How many cutovers the Agency can carry, where nobody says another number. */
  readonly portfolioPolicy: PortfolioPolicy;
  /** Who provides them, and how each is asked for its own catalogue. */
  readonly brokers: BrokerStore;
  readonly brokerCatalogs: Catalogs;
  /** Histories and bundles that are kept beside the events. */
  readonly archive: Archive;
  /** Who of Agency and auditors has read what; a comune is shown of it what concerns its case. */
  readonly reads: AccessJournal;
  /** Tells open connections that something changed. */
  readonly changes: Changes;
  /** What persons keep for themselves: up to where they have read, filters under a name, private addresses of calendars. */
  readonly visits: Visits;
  readonly views: Views;
  readonly calendarFeeds: CalendarFeeds;
  readonly receipts: Receipts;
  /** Computes on threads of its own. */
  readonly forecasts: ForecastThreads;
  /** What a request does for its caller: a member's own body, the whole territory for the others. */
  as(caller: Caller): Scope;
  /** What is nobody's own: journals, openings, persons of the Agency, texts that are stored late. */
  readonly whole: Scope;
}

export function makeContext(db: Db, ports: Omit<Context, 'as' | 'whole' | 'territory' | 'catalogue' | 'brokers' | 'brokerCatalogs' | 'portfolioPolicy' | 'archive' | 'reads' | 'changes' | 'visits' | 'views' | 'calendarFeeds' | 'receipts' | 'forecasts'>, backupRetentionDays: number): Context {
  const { engine, keys, log } = ports;
  const vault = new Vault(keys.folder, keys.master);
  const register = new Journal(db, 'register');
  const receipts = new Receipts(db, register, backupRetentionDays);
  const spool = new Spool(keys.folder);
  const unheard = new Set<string>();
  const scopeOn = (store: Db): Scope => {
    const texts = new Texts(store, vault, receipts, spool);
    return {
      db: store, texts, subjects: new Subjects(store, vault, register, receipts), documents: new Documents(store, vault, register, receipts),
      drafts: new Drafts(store, vault), webhooks: new Webhooks(store, vault), credentials: new Credentials(store, vault),
      way: new CommandWay({ db: store, engine, texts, keys, log, unheard }),
    };
  };
  const whole = scopeOn(db);
  // A person waits for the answer.
  const brokerPolicy = { ...BROKER_POLICY, requestMs: 10_000 };
  return {
    ...ports, whole, territory: new TerritoryStore(db, ports.bodies.known), catalogue: new CatalogueStore(db, loadCatalogue()), brokers: new BrokerStore(db, vault), brokerCatalogs: new Catalogs(new BrokerClient(brokerPolicy), brokerPolicy), portfolioPolicy: loadPortfolioPolicy(), archive: new Archive(db), reads: new AccessJournal(db), changes: new Changes(db, log),
    visits: new Visits(db), views: new Views(db), calendarFeeds: new CalendarFeeds(db), receipts, forecasts: new ForecastThreads(),
    as: ({ role, body }) => (role === 'member' ? scopeOn(databaseOf(db, body ?? '')) : whole),
  };
}

/** The same where a stale answer is better than none. */
export async function learnTerritoryIfThere(context: Pick<Context, 'bodies' | 'territory'>): Promise<void> {
  try {
    await learnTerritory(context);
  } catch (error) {
    if (!isDatabaseAway(error)) throw error;
  }
}

/** Brings what this server knows of the bodies up to what the journal says. */
export async function learnTerritory({ bodies, territory }: Pick<Context, 'bodies' | 'territory'>): Promise<void> {
  bodies.learn(await territory.current());
}
