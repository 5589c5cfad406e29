import { ADHESION } from '../../api/cases/kinds.ts';
import { jsonSchemaOf } from '../../api/cases/json-schema.ts';
import { specOf } from '../../api/cases/checked-command.ts';
import { fieldsOf, type Field } from '../forms/fields.ts';

/**
 * Commands whose form is not their schema's: the recognition has its questionnaire, a correction and a withdrawal stand beside
 * the fact that they are about, services are asked for with their parameters.
 */
const WITHOUT_FORM: ReadonlySet<string> = new Set(['OpenAdhesion', 'SubmitRecognition', 'RequestMigration', 'CorrectFact', 'WithdrawFact']);

export function hasForm(command: string): boolean {
  return Object.hasOwn(ADHESION.commands, command) && !WITHOUT_FORM.has(command);
}

/** Where a command is filled in; null for one that has no page of its own. */
export function pathOfForm(id: string, command: string): string | null {
  if (command === 'SubmitRecognition') return `/pratiche/${id}/ricognizione`;
  return hasForm(command) ? `/pratiche/${id}/comandi/${command}` : null;
}

/** The fields of a command's form. Throws Problem for a command that there is not. */
export function formOfCommand(command: string): readonly Field[] {
  return fieldsOf(jsonSchemaOf(specOf(ADHESION, command).schema));
}
