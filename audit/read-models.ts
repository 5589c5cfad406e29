import type { Db } from '../db/client.ts';
import { caseRow, foldStream } from '../db/projections/project.ts';
import { processStreams } from '../db/queries/streams.ts';
import { sameJson } from '../domain/shared/same-json.ts';
import type { Progress } from './chain.ts';
import type { Finding } from './report.ts';

/** Folds every case from its events and compares the stored row of the read model, column by column. */
export async function verifyReadModels(db: Db, progress: Progress = () => undefined): Promise<{ cases: number; findings: Finding[] }> {
  const findings: Finding[] = [];
  const streams = await processStreams(db);
  for (const [index, stream] of streams.entries()) {
    findings.push(...await compareCase(db, stream));
    progress(index + 1);
  }
  const orphans = await db.selectFrom('cases as c').select('c.stream')
    .where((eb) => eb.not(eb.exists(eb.selectFrom('events as e').select('e.version').whereRef('e.stream', '=', 'c.stream')))).execute();
  findings.push(...orphans.map(({ stream }) => ({ code: 'READ_MODEL_WITHOUT_EVENTS', message: 'The read model has a case that the store does not know.', stream })));
  return { cases: streams.length, findings };
}

async function compareCase(db: Db, stream: string): Promise<Finding[]> {
  // Row first: what is written meanwhile can only make the fold newer, and then it is read again up to the row's version.
  const row = await db.selectFrom('cases').selectAll().where('stream', '=', stream).executeTakeFirst();
  if (row === undefined) return [{ code: 'READ_MODEL_MISSING', message: 'The case has no row in the read model.', stream }];
  if (row.stale) return [{ code: 'READ_MODEL_STALE', message: 'The projection failed on this case; rebuild it.', stream, version: row.version }];
  const at = await foldStream(db, stream, row.version);
  const folded = rowOf(stream, at);
  if (folded === undefined) return [{ code: 'CASE_DOES_NOT_FOLD', message: 'What its events give is no case: one of them is not as it was recorded.', stream, version: row.version }];
  const { updated_at: _, state, agenda, head_hash: head, ...columns } = row;
  const { state: foldedState, agenda: foldedAgenda, head_hash: foldedHead, ...foldedColumns } = folded;
  const same = sameJson(columns, foldedColumns) && sameJson(state, JSON.parse(foldedState)) && sameJson(agenda, JSON.parse(foldedAgenda)) && head.equals(foldedHead);
  return same ? [] : [{ code: 'READ_MODEL_DIFFERS', message: 'The read model is not the fold of the events.', stream, version: row.version }];
}

/** Undefined for a state that no events of ours give: it is a finding, and the others are looked for all the same. */
function rowOf(stream: string, at: Parameters<typeof caseRow>[1]): ReturnType<typeof caseRow> | undefined {
  try {
    return caseRow(stream, at);
  } catch {
    return undefined;
  }
}
