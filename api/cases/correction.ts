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
 * are set beside, as the reason of the correction is. A fact that can't be corrected is refused here, since nothing could check what is said of it.
 */
export async function checkCorrection(db: Db, kind: CaseKind, stream: string, given: object): Promise<CheckedCorrection> {
  const { version, data, ...others } = correctionOf(given);
  const command = await commandOfFact(db, stream, version);
  const spec = command === undefined ? undefined : kind.commands[command];
  if (spec === undefined) {
    const message = { it: `La versione ${version} non è un fatto che si possa correggere.`, en: `Version ${version} is no fact that can be corrected.` };
    throw Problem.refused('NOT_CORRECTABLE', [{ code: 'NOT_CORRECTABLE', message, path: 'version' }]);
  }
  return { data: { version, data: parseData(spec.schema, data, 'data'), ...others }, freeText: ['reasons', ...spec.freeText.map((path) => `data.${path}`)] };
}

/** The command that records facts of the kind that stands at a version; undefined for what is no fact that can be corrected. */
export async function commandOfFact(db: Db, stream: string, version: number): Promise<string | undefined> {
  const row = await db.selectFrom('events').select(['type', 'data']).where('stream', '=', stream).where('version', '=', version).executeTakeFirst();
  const fact = row?.type === 'FactCorrected' ? factOf(row.data) : row?.type;
  const correctedBy: Readonly<Record<string, string>> = CORRECTED_BY;
  return fact !== undefined && Object.hasOwn(correctedBy, fact) ? correctedBy[fact] : undefined;
}

function correctionOf(given: object): { readonly version: number; readonly data: unknown } {
  if (!('version' in given) || typeof given.version !== 'number' || !('data' in given)) throw Problem.of('VALIDATION');
  return { ...given, version: given.version, data: given.data };
}

function factOf(data: object): string | undefined {
  return 'type' in data && typeof data.type === 'string' ? data.type : undefined;
}
