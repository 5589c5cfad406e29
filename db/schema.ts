import type { ColumnType, Generated, Insertable, JSONColumnType, Selectable } from 'kysely';
import type { Actor } from '../domain/shared/actor.ts';
import type { BrokerContactsTable, BrokerCredentialsTable, BrokerInstancesTable, BrokerSecretsTable } from './broker-tables.ts';
import type { LogCheckpointsTable, LogLeavesTable, LogNodesTable } from './log/tables.ts';
import type { AgendaItem } from './projections/agenda.ts';

type Instant = ColumnType<string, string, string>;
/** Append-only: the type forbids what the grants refuse. */
type Fixed<T> = ColumnType<T, T, never>;
type FixedJson<T extends object> = ColumnType<T, string, never>;

export interface EventsTable {
  position: ColumnType<number, never, never>;
  tx: ColumnType<string, never, never>;
  stream: Fixed<string>;
  version: Fixed<number>;
  prev_version: Fixed<number>;
  type: Fixed<string>;
  schema_version: Fixed<number>;
  data: FixedJson<object>;
  actor: FixedJson<Actor>;
  recorded_at: Fixed<string>;
  effective_on: Fixed<string | null>;
  command_id: Fixed<string>;
  ordinal: Fixed<number>;
  record: Fixed<Buffer>;
  prev_hash: Fixed<Buffer | null>;
  hash: Fixed<Buffer>;
}
export type EventRow = Selectable<EventsTable>;

export interface CommandsTable {
  stream: Fixed<string>;
  command_id: Fixed<string>;
  type: Fixed<string>;
  data: FixedJson<object>;
  actor: FixedJson<Actor>;
  request_hash: Fixed<string>;
  received_at: Fixed<string>;
  recorded_at: Fixed<string>;
  first_version: Fixed<number | null>;
  last_version: Fixed<number | null>;
  record: Fixed<Buffer>;
  digest: Fixed<Buffer>;
}

/** Read model: one row a case, the state as folded and the columns that lists filter by. */
export interface CasesTable {
  stream: string;
  process: string;
  id: string;
  body: string;
  parent: string | null;
  service: string | null;
  phase: string;
  waiting_for: string[];
  late_from: string | null;
  agenda: JSONColumnType<readonly AgendaItem[]>;
  version: number;
  head_hash: Buffer;
  state: JSONColumnType<object>;
  /** Which projection wrote the row (`PROJECTION`). */
  projection: number;
  stale: boolean;
  updated_at: Instant;
}
export type CaseRow = Selectable<CasesTable>;
export type NewCaseRow = Insertable<CasesTable>;

/** Who is told of events; `tx` and `position` are where it stands in the feed. */
export interface WebhooksTable {
  id: string;
  /** null: of all bodies. */
  body: string | null;
  cipher: Buffer;
  types: string[];
  state: 'ACTIVE' | 'PAUSED';
  reason: 'ASKED' | 'GONE' | 'EXHAUSTED' | null;
  tx: string;
  position: number;
  failures: Generated<number>;
  due_at: Instant;
  last_status: number | null;
  last_error: string | null;
  last_at: Instant | null;
  created_at: Instant;
  /** Requests for a replay that came under a key, the latest: the key's digest, a space, the cursor. */
  replays: Generated<string[]>;
}

/** Numbers of acts and digests in the data of events, which a search finds them by; the database fills it. */
export interface EventTermsTable {
  term: ColumnType<string, never, never>;
  stream: ColumnType<string, never, never>;
  version: ColumnType<number, never, never>;
}

export interface CursorsTable {
  name: string;
  tx: string;
  position: number;
}

export interface AlarmsTable {
  id: Generated<number>;
  raised_at: Generated<string>;
  code: string;
  stream: string | null;
  detail: string;
}

export interface SubjectsTable {
  id: string;
  body: string;
  cipher: Buffer;
  created_at: Instant;
}

/** Free texts and documents: encrypted, each under its own key that lives outside the database. */
export interface TextsTable {
  id: string;
  stream: string;
  command_id: string;
  path: string;
  cipher: Buffer;
  digest: string;
  created_at: Instant;
}

export interface DocumentsTable {
  id: string;
  stream: string;
  sha256: string;
  media_type: string;
  size: number;
  cipher: Buffer;
  /** null: of a document without a name. */
  name_cipher: Generated<Buffer | null>;
  added_by: Generated<'operator' | 'member' | null>;
  created_at: Instant;
}

/** Commands that are still being filled in; a row without cipher is of a draft that was discarded. */
export interface DraftsTable {
  stream: string;
  command: string;
  id: string;
  version: number;
  cipher: Buffer | null;
  saved_by: 'operator' | 'member';
  saved_at: Instant;
}

/** Who an issuer knows under which subject, as a keyed digest, and our own id of it. */
export interface IdentitiesTable {
  issuer: Fixed<string>;
  digest: Fixed<Buffer>;
  subject: Fixed<string>;
  created_at: ColumnType<string, never, never>;
}

/** A person signed on in a browser; `digest` is of the id that only the browser has. */
export interface SessionsTable {
  digest: Fixed<Buffer>;
  subject: Fixed<string>;
  role: Fixed<string>;
  body: Fixed<string | null>;
  seen_at: Instant;
  expires_at: Fixed<string>;
}

/** Who may ask for a calendar without signing on: who knows the address, of which this has the digest. */
export interface CalendarFeedsTable {
  id: Fixed<string>;
  digest: Fixed<Buffer>;
  subject: Fixed<string>;
  role: Fixed<'operator' | 'member'>;
  body: Fixed<string | null>;
  created_at: Fixed<string>;
  expires_at: Fixed<string>;
  revoked_at: Instant | null;
}

/** Up to where in the feed a person has read. */
export interface VisitsTable {
  subject: Fixed<string>;
  tx: string;
  position: number;
  read_at: Instant;
}

/** A filter of the territory's list under a name. */
export interface ViewsTable {
  subject: Fixed<string>;
  name: string;
  title: string;
  filter: JSONColumnType<ViewFilter>;
  updated_at: Instant;
}

/** What a list of comuni is filtered and sorted by; `ANY` and null: not by that. */
export interface ViewFilter {
  readonly q: string;
  readonly phase: string;
  readonly waitingFor: string;
  readonly late: boolean | null;
  readonly sort: 'name' | 'population' | 'phase';
  readonly descending: boolean;
}

/** A run's history as it stood; `history` is gzip of the bytes that `hash` is of. */
export interface ArchivedHistoriesTable {
  workflow_id: Fixed<string>;
  run_id: Fixed<string>;
  length: Fixed<number>;
  state: Fixed<string>;
  started_at: Fixed<string>;
  closed_at: Fixed<string | null>;
  hash: Fixed<string>;
  history: Fixed<Buffer>;
  size: Fixed<number>;
  bundles: Fixed<string[]>;
  archived_at: Fixed<string>;
}

/** A workflow bundle; `code` is gzip of the text that `hash` is of. */
export interface ArchivedBundlesTable {
  hash: Fixed<string>;
  code: Fixed<Buffer>;
  size: Fixed<number>;
  sdk: Fixed<string>;
  node: Fixed<string>;
  lockfile: Fixed<string>;
  archived_at: Fixed<string>;
}

export interface ArchiveSweepsTable {
  id: Generated<number>;
  through: Fixed<string>;
  ended_at: Fixed<string>;
  archived: Fixed<number>;
  failed: Fixed<number>;
}

export interface Database {
  archived_histories: ArchivedHistoriesTable;
  archived_bundles: ArchivedBundlesTable;
  archive_sweeps: ArchiveSweepsTable;
  events: EventsTable;
  commands: CommandsTable;
  webhooks: WebhooksTable;
  cases: CasesTable;
  cursors: CursorsTable;
  alarms: AlarmsTable;
  subjects: SubjectsTable;
  texts: TextsTable;
  documents: DocumentsTable;
  drafts: DraftsTable;
  identities: IdentitiesTable;
  sessions: SessionsTable;
  event_terms: EventTermsTable;
  calendar_feeds: CalendarFeedsTable;
  visits: VisitsTable;
  views: ViewsTable;
  log_leaves: LogLeavesTable;
  log_nodes: LogNodesTable;
  log_checkpoints: LogCheckpointsTable;
  broker_secrets: BrokerSecretsTable;
  broker_instances: BrokerInstancesTable;
  broker_credentials: BrokerCredentialsTable;
  broker_contacts: BrokerContactsTable;
}
