import type { Actor } from '../domain/shared/actor.ts';
import type { Refused } from '../domain/shared/process.ts';
import { decideChange, type ChangeRequest } from '../domain/territory/decide.ts';
import { CHANGES, evolveTerritory, type Territory, type TerritoryEvent } from '../domain/territory/territory.ts';
import type { Db } from './client.ts';
import { Journal, type RepeatableRequest } from './journal.ts';
import { JournalFold, type JournalRow } from './journal-fold.ts';

const STREAM = 'territory';

export interface RecordRequest extends RepeatableRequest {
  readonly change: ChangeRequest;
  readonly actor: Actor;
}

export type RecordAnswer =
  | { readonly outcome: 'RECORDED'; readonly event: TerritoryEvent }
  | { readonly outcome: 'REFUSED'; readonly refused: Refused };

/** The territory: what the project ships, and what the journal `territory` says since. */
export class TerritoryStore {
  private readonly db: Db;
  private readonly journal: Journal;
  private readonly fold: JournalFold<Territory>;

  /** `db` sees the whole territory: the journal is nobody's own. */
  constructor(db: Db, shipped: Territory) {
    this.db = db;
    this.journal = new Journal(db, STREAM);
    this.fold = new JournalFold(db, STREAM, shipped, (territory, row) => evolveTerritory(territory, toEvent(row), row.version));
  }

  /** The territory as it stands in the store. */
  current(): Promise<Territory> {
    return this.fold.current();
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
    return { outcome: 'RECORDED', event: toEvent(await this.db.selectFrom('events').select(['type', 'data', 'effective_on']).where('stream', '=', STREAM).where('command_id', '=', commandId).executeTakeFirstOrThrow()) };
  }
}

function toEvent({ type, data, effective_on: effectiveOn }: Pick<JournalRow, 'type' | 'data' | 'effective_on'>): TerritoryEvent {
  const known = CHANGES.find((change) => change === type);
  if (known === undefined) throw new Error(`The journal ${STREAM} has an entry of the unknown type ${type}`);
  // What is in the journal was decided by `decideChange`, on what a schema had checked.
  return { type: known, data: data as TerritoryEvent['data'], effectiveOn: effectiveOn ?? '' };
}
