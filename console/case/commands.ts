import { ADHESION, type CaseKind } from '../../api/cases/kinds.ts';
import { jsonSchemaOf } from '../../api/cases/json-schema.ts';
import { specOf } from '../../api/cases/checked-command.ts';
import { fieldsOf, type Field } from '../forms/fields.ts';

/**
 * Commands that have no page yet (the questionnaire of the recognition, corrections, services with their parameters), and the
 * withdrawal of a parked fact, which has its control beside the fact.
 */
const WITHOUT_FORM: ReadonlySet<string> = new Set(['OpenAdhesion', 'SubmitRecognition', 'RequestMigration', 'CorrectFact', 'WithdrawFact']);

export function hasForm(command: string, { commands }: CaseKind = ADHESION): boolean {
  return Object.hasOwn(commands, command) && !WITHOUT_FORM.has(command);
}

/** The fields of a command's form. Throws Problem for a command that there is not. */
export function formOfCommand(command: string, kind: CaseKind = ADHESION): readonly Field[] {
  return fieldsOf(jsonSchemaOf(specOf(kind, command).schema));
}
