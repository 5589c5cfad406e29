import { commandOfFact } from '../../api/cases/correction.ts';
import { specOf } from '../../api/cases/checked-command.ts';
import { ADHESION } from '../../api/cases/kinds.ts';
import { checkRole } from '../../api/cases/request.ts';
import { actorOf } from '../../api/auth/hook.ts';
import { Problem } from '../../api/problems.ts';
import { correctableBy, CORRECTED_BY, type AdhesionState } from '../../domain/adhesion/index.ts';
import type { Input } from '../forms/fields.ts';
import { dataOf, typedOf } from '../forms/read.ts';
import { commandTitle } from '../words/commands.ts';
import { formOfCommand } from './commands.ts';
import type { FindForm } from './forms.ts';
import type { CaseReading } from './reading.ts';
import { recordedData } from './recorded.ts';

const COMMAND = 'CorrectFact';

/** Why it is corrected: a field of its own name, since the fact may have reasons too. */
const WHY: Input = { kind: 'long', path: 'why', required: false, options: [], numeric: false, maxLength: 4_000, min: undefined, max: undefined };

/** The form by which a fact was recorded, filled with what was recorded, and the reason. */
export const correctionForm: FindForm<CaseReading> = async (context, request, reading) => {
  const { id, caller, stream } = reading;
  const { version: given } = request.params as { readonly version: string };
  const version = /^[1-9]\d{0,6}$/.test(given) ? Number(given) : 0;
  checkRole(COMMAND, specOf(ADHESION, COMMAND), caller);
  const asks = await commandOfFact(context.as(caller).db, stream, version);
  if (asks === undefined) throw Problem.of('NOT_FOUND');
  const asked = formOfCommand(asks);
  const { it, en } = commandTitle(asks);
  return {
    command: COMMAND, asks, path: `/pratiche/${id}/correzioni/${version}`, title: { it: `Correggi: ${it}`, en: `Correct: ${en}` }, fields: [...asked, WHY],
    initial: typedOf(asked, await recordedData(context, reading, version, asks) ?? {}),
    dataOf: (typed) => {
      const { why } = dataOf([WHY], typed);
      return { version, data: dataOf(asked, typed), ...(why === undefined ? {} : { reasons: why }) };
    },
    fieldAt: (path) => (path === 'reasons' ? WHY.path : path.replace(/^data\./, '')),
  };
};

/** A fact of the case that its reader may correct now. */
export interface Correction {
  readonly version: number;
  readonly type: string;
  /** The command that recorded it. */
  readonly command: string;
}

export function correctionsFor({ at, caller }: CaseReading): readonly Correction[] {
  if (caller.role === 'auditor') return [];
  // The state comes from the fold of this very process.
  return correctableBy(at.state as AdhesionState, actorOf(caller)).map(({ version, type }) => ({ version, type, command: CORRECTED_BY[type] }));
}
