import { ADHESION, type CaseKind } from '../../api/cases/kinds.ts';
import { jsonSchemaOf } from '../../api/cases/json-schema.ts';
import { specOf } from '../../api/cases/checked-command.ts';
import { LIGHT_SERVICES } from '../../domain/migration/index.ts';
import { fieldsOf, type Field } from '../forms/fields.ts';

/**
 * Commands that have no page yet (the questionnaire of the recognition, corrections), and the
 * withdrawal of a parked fact, which has its control beside the fact.
 */
const WITHOUT_FORM: ReadonlySet<string> = new Set(['OpenAdhesion', 'SubmitRecognition', 'CorrectFact', 'WithdrawFact']);

export function hasForm(command: string, { commands }: CaseKind = ADHESION): boolean {
  return Object.hasOwn(commands, command) && !WITHOUT_FORM.has(command);
}

/** The fields of a command's form. Throws Problem for a command that there is not. */
export function formOfCommand(command: string, kind: CaseKind = ADHESION): readonly Field[] {
  const fields = fieldsOf(jsonSchemaOf(specOf(kind, command).schema));
  return command === 'RequestMigration' ? chosenFromCatalogue(fields) : fields;
}

/** A service is chosen from those that are offered; each has one plan, and no parameters are asked for. */
function chosenFromCatalogue(fields: readonly Field[]): readonly Field[] {
  const options = LIGHT_SERVICES.filter(({ active }) => active).map(({ id }) => id);
  return fields.flatMap((field) => (field.path === 'service' && field.kind !== 'group' ? [{ ...field, kind: 'choice' as const, options }] : []));
}
