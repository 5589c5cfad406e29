import type { AppendRequest } from '../../domain/shared/store.ts';
import { inSpan, statement } from '../../telemetry/spans.ts';
import { poolOf, type Db } from '../client.ts';
import type { ProjectedCase } from '../projections/project.ts';
import { SCHEMA_VERSION, type SealedAppend } from './record.ts';

/**
 * The one hot statement of the system: command, events and read model go in together or not at all. It has the same
 * text for any number of events, so that PostgreSQL parses and plans it once a connection; hence by hand.
 */
const INSERT = `
WITH command AS (
  INSERT INTO commands (stream, command_id, type, data, actor, request_hash, received_at, recorded_at, first_version, last_version, record, digest)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
), event AS (
  INSERT INTO events (stream, version, prev_version, type, schema_version, data, actor, recorded_at, effective_on, command_id, ordinal, record, prev_hash, hash)
  SELECT $1, version, version - 1, type, ${SCHEMA_VERSION}, data, $5, $8, effective_on, $2, ordinal, record, prev_hash, hash
  FROM unnest($13::int[], $14::text[], $15::jsonb[], $16::date[], $17::int[], $18::bytea[], $19::bytea[], $20::bytea[])
    AS sealed (version, type, data, effective_on, ordinal, record, prev_hash, hash)
)
INSERT INTO cases (stream, process, id, body, parent, service, phase, waiting_for, late_from, version, head_hash, state, projection, stale, agenda, updated_at)
SELECT $1, $21, $22, $23, $24, $25, $26, $27, $28, $29, $30, $31, $32, $33, $34, $8
WHERE $21::text IS NOT NULL
ON CONFLICT (stream) DO UPDATE SET
  process = excluded.process, id = excluded.id, body = excluded.body, parent = excluded.parent, service = excluded.service, phase = excluded.phase,
  waiting_for = excluded.waiting_for, late_from = excluded.late_from, version = excluded.version, head_hash = excluded.head_hash, state = excluded.state,
  projection = excluded.projection, stale = excluded.stale, agenda = excluded.agenda, updated_at = excluded.updated_at
WHERE cases.version < excluded.version`;

/** Inserts what was sealed; rejects with the database's error, whose constraint says what stood in the way. */
export async function insertSealed(db: Db, { stream, command }: AppendRequest, sealed: SealedAppend, recordedAt: string, projected: ProjectedCase | null): Promise<void> {
  const { events } = sealed;
  const row = projected?.row;
  await inSpan(statement(INSERT), () => poolOf(db).query({
    name: 'append',
    text: INSERT,
    values: [
      stream, command.id, command.type, JSON.stringify(command.data), JSON.stringify(command.actor), sealed.command.requestHash, command.receivedAt,
      recordedAt, sealed.command.firstVersion, sealed.command.lastVersion, sealed.command.record, sealed.command.hash,
      events.map((event) => event.version), events.map((event) => event.body.type), events.map((event) => JSON.stringify(event.body.data)),
      events.map((event) => event.body.effectiveOn ?? null), events.map((event) => event.ordinal), events.map((event) => event.record),
      events.map((event) => event.prevHash), events.map((event) => event.hash),
      row?.process ?? null, row?.id, row?.body, row?.parent, row?.service, row?.phase, row?.waiting_for, row?.late_from, row?.version, row?.head_hash,
      row?.state, row?.projection, row?.stale, row?.agenda,
    ],
  }));
}
