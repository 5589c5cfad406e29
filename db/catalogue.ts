import type { Actor } from '../domain/shared/actor.ts';
import type { Refused } from '../domain/shared/process.ts';
import { decideRevision, evolveCatalogue, findService, prepared, revised, type Catalogue, type CatalogueEvent, type Entered, type Preparation } from '../domain/catalogue/catalogue.ts';
import type { Service, ServiceEntry } from '../domain/catalogue/schemas.ts';
import type { Db } from './client.ts';
import { Journal, type JournalEntry, type RepeatableRequest } from './journal.ts';
import { JournalFold, type JournalRow } from './journal-fold.ts';

const STREAM = 'catalogue';

export interface RevisionRequest extends RepeatableRequest {
  readonly service: string;
  readonly entry: ServiceEntry;
  readonly actor: Actor;
  readonly twoPersons: boolean;
  /** Versions of the service that it may replace; undefined: any. */
  readonly ifMatch?: readonly number[] | undefined;
}

export type RevisionAnswer =
  | { readonly outcome: 'REVISED' | 'UNCHANGED'; readonly service: Service }
  | { readonly outcome: 'PREPARED'; readonly preparation: Preparation }
  | { readonly outcome: 'CONFLICT'; readonly version: number }
  | { readonly outcome: 'REFUSED'; readonly refused: Refused };

export type Withdrawal = 'WITHDRAWN' | 'NONE' | 'OTHER';

/** The services that are offered: those shipped, and what the journal `catalogue` says since. */
export class CatalogueStore {
  private readonly db: Db;
  private readonly journal: Journal;
  private readonly fold: JournalFold<Catalogue>;

  /** `shipped`: from `loadCatalogue`. `db` sees the whole territory: the journal is nobody's own. */
  constructor(db: Db, shipped: Catalogue) {
    this.db = db;
    this.journal = new Journal(db, STREAM);
    this.fold = new JournalFold(db, STREAM, shipped, (catalogue, row) => {
      const { event, at } = toEntry(row);
      return evolveCatalogue(catalogue, event, at);
    });
  }

  /** The catalogue as it stands in the store. */
  current(): Promise<Catalogue> {
    return this.fold.current();
  }

  /** As this server saw it last, for what may not wait for the store; undefined: it has not seen it yet. */
  lastSeen(): Catalogue | undefined {
    return this.fold.lastSeen();
  }

  /** Changes a service, or prepares its change. Throws OtherContent for an id that was used otherwise. */
  async revise(request: RevisionRequest): Promise<RevisionAnswer> {
    let answer: RevisionAnswer | undefined;
    await this.journal.enterRequested(request, () => this.current(), async (catalogue) => {
      const decided = this.decide(catalogue, request);
      if ('outcome' in decided) answer = decided;
      return 'event' in decided ? decided : null;
    });
    return answer ?? await this.answerTo(request.commandId);
  }

  /** Takes a preparation back: NONE when there is none, OTHER when it is not one of those versions. */
  async withdraw(service: string, { actor, commandId, ifMatch }: Pick<RevisionRequest, 'actor' | 'commandId' | 'ifMatch'>): Promise<Withdrawal> {
    let outcome: Withdrawal = 'NONE';
    await this.journal.enterDecided(async () => {
      const standing = (await this.current()).prepared.get(service);
      outcome = standing === undefined ? 'NONE' : ifMatch?.includes(standing.preparedAt) === false ? 'OTHER' : 'WITHDRAWN';
      if (standing === undefined || outcome !== 'WITHDRAWN') return null;
      const event: CatalogueEvent = { type: 'RevisionWithdrawn', data: { service, preparedAt: standing.preparedAt } };
      return { commandId, type: 'WithdrawRevision', event, actor };
    });
    return outcome;
  }

  private decide(catalogue: Catalogue, { service, entry, actor, twoPersons, commandId, requestHash, ifMatch }: RevisionRequest): RevisionAnswer | JournalEntry {
    const now = findService(catalogue, service);
    if (ifMatch?.includes(now?.version ?? 0) === false) return { outcome: 'CONFLICT', version: now?.version ?? 0 };
    const decision = decideRevision(catalogue, { service, entry, by: actor.subject, twoPersons });
    if (decision.kind === 'refused') return { outcome: 'REFUSED', refused: decision };
    const [event] = decision.events;
    if (event !== undefined) return { commandId, type: 'ReviseService', event, actor, requestHash };
    if (now === undefined) throw new Error(`The service ${service} can't be unchanged: there is none`);
    return { outcome: 'UNCHANGED', service: now };
  }

  /** What an entry of the journal answers, now as when it was made. */
  private async answerTo(commandId: string): Promise<RevisionAnswer> {
    const row = await this.db.selectFrom('events').select(['version', 'type', 'data', 'actor', 'recorded_at']).where('stream', '=', STREAM).where('command_id', '=', commandId).executeTakeFirstOrThrow();
    const { event, at } = toEntry(row);
    if (event.type === 'ServiceRevised') return { outcome: 'REVISED', service: revised(event) };
    if (event.type === 'RevisionPrepared') return { outcome: 'PREPARED', preparation: prepared(event, at) };
    throw new Error(`The entry ${commandId} of the journal ${STREAM} is no revision`);
  }
}

function toEntry({ version, type, data, actor, recorded_at: at }: Omit<JournalRow, 'effective_on'>): { readonly event: CatalogueEvent; readonly at: Entered } {
  // What is in the journal was decided by `decideRevision`, on what a schema had checked.
  return { event: { type, data } as CatalogueEvent, at: { version, subject: actor.subject, at } };
}
