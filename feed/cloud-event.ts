import type { EventRow } from '../db/schema.ts';
import { caseId, processName } from '../domain/processes.ts';

/** An event of a case as CloudEvents 1.0 say it, in their JSON. `data` is what `/events` of the case shows, but for the record's bytes. */
export interface CloudEvent {
  readonly specversion: '1.0';
  /** `adhesion/c_a010-1@17`: stream and version, the same whoever reads it. */
  readonly id: string;
  readonly source: string;
  readonly type: string;
  readonly subject: string;
  readonly time: string;
  readonly datacontenttype: 'application/json';
  readonly data: object;
}

const TYPE_PREFIX = 'it.associa';

export function cloudEvent(row: EventRow): CloudEvent {
  const process = processName(row.stream);
  return {
    specversion: '1.0',
    id: `${row.stream}@${row.version}`,
    source: `/v1/${process}s/${caseId(row.stream)}`,
    type: `${TYPE_PREFIX}.${process}.${row.type}`,
    subject: caseId(row.stream),
    time: row.recorded_at,
    datacontenttype: 'application/json',
    data: {
      version: row.version, type: row.type, schemaVersion: row.schema_version, data: row.data, actor: row.actor, effectiveOn: row.effective_on,
      commandId: row.command_id, hash: row.hash.toString('hex'),
    },
  };
}
