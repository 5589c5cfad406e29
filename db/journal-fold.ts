import type { Db } from './client.ts';
import type { EventRow } from './schema.ts';

/** An entry as it is folded. */
export type JournalRow = Pick<EventRow, 'version' | 'type' | 'data' | 'actor' | 'recorded_at' | 'effective_on'>;

/** What a journal says by now. What was read is kept, and only what came after is asked for. */
export class JournalFold<State extends { readonly head: number }> {
  private readonly db: Db;
  private readonly stream: string;
  private readonly evolve: (state: State, row: JournalRow) => State;
  private known: State;
  private wasRead = false;

  /** `start`: before the first entry. */
  constructor(db: Db, stream: string, start: State, evolve: (state: State, row: JournalRow) => State) {
    this.db = db;
    this.stream = stream;
    this.known = start;
    this.evolve = evolve;
  }

  /** As it stands in the store, or later: somebody who asked at the same time may have read more. */
  async current(): Promise<State> {
    const { known } = this;
    const rows = await this.db.selectFrom('events').select(['version', 'type', 'data', 'actor', 'recorded_at', 'effective_on'])
      .where('stream', '=', this.stream).where('version', '>', known.head).orderBy('version').execute();
    const now = rows.reduce((state, row) => this.evolve(state, row), known);
    if (now.head > this.known.head) this.known = now;
    this.wasRead = true;
    return this.known;
  }

  /** As this server saw it last; undefined: it has not looked yet. */
  lastSeen(): State | undefined {
    return this.wasRead ? this.known : undefined;
  }
}
