import { findCase } from '../../db/queries/cases.ts';
import { bodyOfCase } from '../auth/access.ts';
import type { Caller } from '../auth/verify.ts';
import type { Context } from '../context.ts';
import { parseData } from '../http/validation.ts';
import { Problem } from '../problems.ts';
import type { CheckedCommand } from './command-way.ts';
import { checkCorrection } from './correction.ts';
import { checkTaken } from './credentials.ts';
import { streamOf, type CaseKind, type CommandSpec } from './kinds.ts';
import { withOffer, withPlans } from './offers.ts';
import { checkSubjects, withAssociation } from './subjects.ts';

/** What the edge knows of a command. Throws Problem VALIDATION when a case of this kind has none of that name. */
export function specOf({ commands }: CaseKind, type: string): CommandSpec {
  const spec = Object.hasOwn(commands, type) ? commands[type] : undefined;
  if (spec === undefined) throw Problem.validation([{ code: 'UNKNOWN_COMMAND', message: { it: `Il comando ${type} non esiste.`, en: `There is no command ${type}.` }, path: 'type' }]);
  return spec;
}

export interface UncheckedCommand extends Pick<CheckedCommand, 'kind' | 'id' | 'commandId' | 'type' | 'ifMatch'> {
  readonly spec: CommandSpec;
  readonly data: Readonly<Record<string, unknown>>;
  readonly caller: Caller;
  /** A fact may not be lost: its check is not held up by a database that is away. */
  readonly isFact: boolean;
}

/** The edge's checks of a command's data, whose sender may send it. Throws Problem with the place of each fault. */
export async function checkedCommand(context: Context, { kind, id, type, spec, data, caller, isFact, commandId, ifMatch }: UncheckedCommand): Promise<CheckedCommand> {
  const checked = parseData(spec.schema, data);
  const offered = await withCatalogue(context, { kind, id, type, caller, isFact, data: checked });
  const whole = type === 'CorrectFact' ? await checkCorrection(context.as(caller).db, kind, streamOf(kind, id), checked) : { data: offered, freeText: spec.freeText };
  // A person of the Agency may be named by any body, and read by none.
  const ofAgency = await checkSubjects(context.whole.subjects, bodyOfCase(kind.name, id), whole.data, isFact);
  return {
    kind, id, commandId, type, spec: { freeText: whole.freeText, inventories: spec.inventories }, data: withAssociation(type, whole.data, ofAgency),
    received: data, caller, ifMatch,
  };
}

/** With what the catalogue says of what is asked for. */
async function withCatalogue(context: Context, { kind, id, type, caller, isFact, data }: Pick<UncheckedCommand, 'kind' | 'id' | 'type' | 'caller' | 'isFact'> & { readonly data: object }): Promise<object> {
  switch (type) {
    case 'RequestMigration': return withOffer(context.catalogue, data, isFact);
    case 'UpdateService': return withPlans(context.catalogue, data, await findCase(context.as(caller).db, streamOf(kind, id)));
    case 'RevokeFormerCredentials': await checkTaken(context.as(caller).credentials, id); return data;
    default: return data;
  }
}
