import { ENGINE, type Actor } from '../domain/shared/actor.ts';
import type { Decision, Refused } from '../domain/shared/process.ts';
import { sameJson } from '../domain/shared/same-json.ts';
import { ENTRIES, evolveEntry, findChange, type TerritoryEntry } from '../domain/territory/journal.ts';
import type { Change, KnownChange, Territory, WithdrawnChange } from '../domain/territory/territory.ts';
import type { Db } from './client.ts';
import { Journal, type RepeatableRequest } from './journal.ts';
import { JournalFold, type JournalRow } from './journal-fold.ts';

const STREAM = 'territory';

export interface TerritoryRequest extends RepeatableRequest {
  /** Name of the command, for its record. */
  readonly type: 'RecordChange' | 'CorrectChange' | 'WithdrawChange';
  readonly actor: Actor;
  /** Decides on the territory as it stands then. */
  readonly decide: (territory: Territory) => Promise<Decision<TerritoryEntry>>;
}

export type TerritoryAnswer =
  | { readonly outcome: 'ENTERED'; readonly change: KnownChange | WithdrawnChange }
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
    this.fold = new JournalFold(db, STREAM, shipped, (territory, row) => ({ ...evolveEntry(territory, toEntry(row), row.recorded_at), head: row.version }));
  }

  /** The territory as it stands in the store. */
  current(): Promise<Territory> {
    return this.fold.current();
  }

  /** Enters what is decided, once; answers the change as it stands after it. Throws OtherContent for an id that was used otherwise. */
  async enter({ type, actor, decide, commandId, requestHash }: TerritoryRequest): Promise<TerritoryAnswer> {
    let refused: Refused | null = null;
    await this.journal.enterRequested({ commandId, requestHash }, () => this.current(), async (territory) => {
      const decision = await decide(territory);
      refused = decision.kind === 'refused' ? decision : null;
      const event = decision.kind === 'accepted' ? decision.events[0] : undefined;
      return event === undefined ? null : { commandId, type, event, actor, requestHash };
    });
    return refused === null ? { outcome: 'ENTERED', change: await this.changeOf(commandId) } : { outcome: 'REFUSED', refused };
  }

  /** Notes that running cases are joined from now on because of a change, once; false where it does not say so any more. */
  async beginJoining(change: Change): Promise<boolean> {
    let isCurrent = true;
    await this.journal.enterDecided(async () => {
      const { changes, joined } = await this.current();
      isCurrent = changes.some(({ data }) => sameJson(data, change));
      if (!isCurrent || joined.has(change.id)) return null;
      const event: TerritoryEntry = { type: 'CaseJoiningBegun', data: { id: change.id }, effectiveOn: change.on };
      return { commandId: `joining/${change.id}`, type: 'BeginCaseJoining', event, actor: ENGINE };
    });
    return isCurrent;
  }

  private async changeOf(commandId: string): Promise<KnownChange | WithdrawnChange> {
    const entry = toEntry(await this.db.selectFrom('events').select(['type', 'data', 'effective_on']).where('stream', '=', STREAM).where('command_id', '=', commandId).executeTakeFirstOrThrow());
    const found = findChange(await this.current(), entry.data.id);
    if (found === undefined) throw new Error(`The journal ${STREAM} has the entry ${commandId} of a change that nobody recorded`);
    return found;
  }
}

function toEntry({ type, data, effective_on: effectiveOn }: Pick<JournalRow, 'type' | 'data' | 'effective_on'>): TerritoryEntry {
  if (!ENTRIES.some((entry) => entry === type)) throw new Error(`The journal ${STREAM} has an entry of the unknown type ${type}`);
  // What is in the journal was decided by the functions of domain/territory, on what a schema had checked.
  return { type, data, effectiveOn: effectiveOn ?? '' } as TerritoryEntry;
}
