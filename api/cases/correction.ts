import type { Db } from '../../db/client.ts';
import { CORRECTED_BY } from '../../domain/adhesion/index.ts';
import { Problem } from '../problems.ts';
import type { CaseKind } from './kinds.ts';
import { parseData } from '../http/validation.ts';

export interface CheckedCorrection {
  readonly data: object;
  /** Places of free texts, seen from the data of CorrectFact. */
  readonly freeText: readonly string[];
}

/**
 * The data of a correction are those of the command that recorded the fact: its schema judges them and its free texts
 * are set beside. A fact that can't be corrected is refused here, since nothing could check what is said of it.
 */
export async function checkCorrection(db: Db, kind: CaseKind, stream: string, given: object): Promise<CheckedCorrection> {
  const { version, data } = correctionOf(given);
  const row = await db.selectFrom('events').select(['type', 'data']).where('stream', '=', stream).where('version', '=', version).executeTakeFirst();
  const fact = row?.type === 'FactCorrected' ? factOf(row.data) : row?.type;
  const correctedBy: Readonly<Record<string, string>> = CORRECTED_BY;
  const spec = fact !== undefined && Object.hasOwn(correctedBy, fact) ? kind.commands[correctedBy[fact] ?? ''] : undefined;
  if (spec === undefined) {
    const message = { it: `La versione ${version} non è un fatto che si possa correggere.`, en: `Version ${version} is no fact that can be corrected.` };
    throw Problem.refused('NOT_CORRECTABLE', [{ code: 'NOT_CORRECTABLE', message, path: 'version' }]);
  }
  return { data: { version, data: parseData(spec.schema, data, 'data') }, freeText: spec.freeText.map((path) => `data.${path}`) };
}

function correctionOf(given: object): { readonly version: number; readonly data: unknown } {
  if (!('version' in given) || typeof given.version !== 'number' || !('data' in given)) throw Problem.of('VALIDATION');
  return { version: given.version, data: given.data };
}

function factOf(data: object): string | undefined {
  return 'type' in data && typeof data.type === 'string' ? data.type : undefined;
}
