import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import type { Actor } from '../domain/shared/actor.ts';
import type { Db } from './client.ts';
import { adhesionOf, Journal } from './journal.ts';
import { Remembered } from './remembered.ts';

/** One reading of a case by a person of the Agency or an auditor. */
export interface CaseReading {
  /** Stream of the case, `adhesion/c_a010-1`. */
  readonly case: string;
  /** What was read: the route by its template, `GET /v1/adhesions/:id/events`. */
  readonly route: string;
  /** The text, document, run or command that was read, if one. */
  readonly item?: string | undefined;
}

export interface RecordedRead {
  readonly readAt: string;
  readonly reader: Actor;
  readonly kind: 'READ' | 'EXPORT' | 'LIST';
  readonly case: string;
  readonly route: string | null;
  readonly item: string | null;
}

/** Lists show many cases at once: they have one journal, from which a case finds those that showed it. */
const LISTS = 'access/territory';
const JOURNALS_KEPT = 500;
/** So many ids, as long as they may be, are below what a record may hold. */
const MOST_IN_AN_ENTRY = 400;

/** Who of those who see everything has read which case: a journal for each adhesion, and one for the lists. */
export class AccessJournal {
  private readonly db: Db;
  private readonly journals = new Remembered<Journal>(JOURNALS_KEPT);

  constructor(db: Db) {
    this.db = db;
  }

  /** Enters a reading, or an export (the case as a file, to be carried away); it is stored when this returns. */
  async enterReading(reading: CaseReading, isExport: boolean, actor: Actor): Promise<void> {
    const type = isExport ? 'CaseExported' : 'CaseRead';
    await this.journal(`access/${adhesionOf(reading.case)}`).enter({ commandId: `access/${randomUUID()}`, type: 'RecordAccess', event: { type, data: reading }, actor });
  }

  /** Enters that these cases (streams) were shown in a list; none is no entry. */
  async enterList(cases: readonly string[], actor: Actor): Promise<void> {
    for (let first = 0; first < cases.length; first += MOST_IN_AN_ENTRY) {
      const shown = cases.slice(first, first + MOST_IN_AN_ENTRY);
      await this.journal(LISTS).enter({ commandId: `access/${randomUUID()}`, type: 'RecordAccess', event: { type: 'CasesListed', data: { cases: shown } }, actor });
    }
  }

  /** Readings of an adhesion and its migrations, newest first, before a position in the order of the store. */
  async readsOf(adhesion: string, before: number | undefined, limit: number): Promise<(RecordedRead & { readonly position: number })[]> {
    const own = await this.casesOf(adhesion);
    // Some lists show migrations and not their adhesion.
    const { rows: listed } = await sql<{ position: number }>`
      SELECT DISTINCT position FROM unnest(${own}::text[]) AS one, lists_showing(one, ${before ?? null}, ${limit}) AS position ORDER BY position DESC LIMIT ${limit}`.execute(this.db);
    const rows = await this.db.selectFrom('events').select(['position', 'type', 'data', 'actor', 'recorded_at'])
      .where((row) => row.or([row('stream', '=', `access/${adhesion}`), sql<boolean>`position = ANY(${listed.map(({ position }) => position)}::bigint[])`]))
      .$if(before !== undefined, (query) => query.where('position', '<', before ?? 0))
      .orderBy('position', 'desc').limit(limit).execute();
    return rows.map(({ position, type, data, actor, recorded_at: readAt }) => {
      const { route = null, item = null, ...seen } = data as Partial<CaseReading & { readonly cases: readonly string[] }>;
      const read = seen.case ?? own.find((stream) => seen.cases?.includes(stream)) ?? `adhesion/${adhesion}`;
      return { position, readAt, reader: actor, kind: KINDS[type] ?? 'READ', case: read, route, item };
    });
  }

  /** Streams of an adhesion and of its migrations. */
  private async casesOf(adhesion: string): Promise<readonly string[]> {
    const migrations = await this.db.selectFrom('cases').select('stream').where('process', '=', 'migration').where('body', '=', adhesion.slice(0, adhesion.lastIndexOf('-')))
      .where(sql<boolean>`starts_with(id, ${`${adhesion}.`})`).orderBy('stream').execute();
    return [`adhesion/${adhesion}`, ...migrations.map(({ stream }) => stream)];
  }

  private journal(stream: string): Journal {
    const journal = this.journals.get(stream) ?? new Journal(this.db, stream);
    this.journals.set(stream, journal);
    return journal;
  }
}

const KINDS: Readonly<Record<string, RecordedRead['kind']>> = { CaseRead: 'READ', CaseExported: 'EXPORT', CasesListed: 'LIST' };
