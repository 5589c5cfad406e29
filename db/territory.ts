import type { Actor } from '../domain/shared/actor.ts';
import type { Refused } from '../domain/shared/process.ts';
import { decideChange, type ChangeRequest } from '../domain/territory/decide.ts';
import { CHANGES, evolveTerritory, type Territory, type TerritoryEvent } from '../domain/territory/territory.ts';
import type { Db } from './client.ts';
import { Journal, type RepeatableRequest } from './journal.ts';
import type { EventRow } from './schema.ts';

const STREAM = 'territory';

export interface RecordRequest extends RepeatableRequest {
  readonly change: ChangeRequest;
  readonly actor: Actor;
}

export type RecordAnswer =
  | { readonly outcome: 'RECORDED'; readonly event: TerritoryEvent }
  | { readonly outcome: 'REFUSED'; readonly refused: Refused };

/** The territory: what the project ships, and what the journal `territory` says since. What was read is kept, and only what came after is asked for. */
export class TerritoryStore {
  private readonly db: Db;
  private readonly journal: Journal;
  private known: Territory;

  /** `db` sees the whole territory: the journal is nobody's own. */
  constructor(db: Db, shipped: Territory) {
    this.db = db;
    this.journal = new Journal(db, STREAM);
    this.known = shipped;
  }

  /** The territory as it stands in the store. */
  async current(): Promise<Territory> {
    const { known } = this;
    const rows = await this.rows().where('version', '>', known.head).orderBy('version').execute();
    const now = rows.reduce((territory, row) => evolveTerritory(territory, toEvent(row), row.version), known);
    if (now.head > this.known.head) this.known = now;
    return this.known;
  }

  /** Records a change, once. Throws OtherContent for an id that was used otherwise. */
  async record({ change, actor, commandId, requestHash }: RecordRequest): Promise<RecordAnswer> {
    let refused: Refused | null = null;
    await this.journal.enterRequested({ commandId, requestHash }, () => this.current(), async (territory) => {
      const decision = decideChange(territory, change);
      refused = decision.kind === 'refused' ? decision : null;
      const event = decision.kind === 'accepted' ? decision.events[0] : undefined;
      return event === undefined ? null : { commandId, type: 'RecordChange', event, actor, requestHash };
    });
    if (refused !== null) return { outcome: 'REFUSED', refused };
    await this.current();
    return { outcome: 'RECORDED', event: toEvent(await this.rows().where('command_id', '=', commandId).executeTakeFirstOrThrow()) };
  }

  private rows() {
    return this.db.selectFrom('events').select(['version', 'type', 'data', 'effective_on']).where('stream', '=', STREAM);
  }
}

function toEvent({ type, data, effective_on: effectiveOn }: Pick<EventRow, 'type' | 'data' | 'effective_on'>): TerritoryEvent {
  const known = CHANGES.find((change) => change === type);
  if (known === undefined) throw new Error(`The journal ${STREAM} has an entry of the unknown type ${type}`);
  // What is in the journal was decided by `decideChange`, on what a schema had checked.
  return { type: known, data: data as TerritoryEvent['data'], effectiveOn: effectiveOn ?? '' };
}
