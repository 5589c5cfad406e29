import { ADHESION, type CaseKind } from '../../api/cases/kinds.ts';
import { jsonSchemaOf } from '../../api/cases/json-schema.ts';
import { specOf } from '../../api/cases/checked-command.ts';
import { fieldsOf, type Field, type Input } from '../forms/fields.ts';
import { ANOTHER_DOCUMENT } from './uploads.ts';

/**
 * Commands whose form is not their schema's: the recognition has its questionnaire; a correction and a withdrawal stand beside
 * the fact that they are about.
 */
const WITHOUT_FORM: ReadonlySet<string> = new Set(['OpenAdhesion', 'SubmitRecognition', 'CorrectFact', 'WithdrawFact']);

export function hasForm(command: string, { commands }: CaseKind = ADHESION): boolean {
  return Object.hasOwn(commands, command) && !WITHOUT_FORM.has(command);
}

/** Where a command of the case at an address is filled in; null for one that has no page of its own. */
export function pathOfForm(path: string, command: string, kind: CaseKind = ADHESION): string | null {
  if (command === 'SubmitRecognition') return `${path}/ricognizione`;
  return hasForm(command, kind) ? `${path}/comandi/${command}` : null;
}

/** The fields of a command's form. Throws Problem for a command that there is not. */
export function formOfCommand(command: string, kind: CaseKind = ADHESION): readonly Field[] {
  const fields = fieldsOf(jsonSchemaOf(specOf(kind, command).schema)).map((field) => chosen(field, command));
  // They are asked for by the plan that is chosen (`migrations/updating.ts`).
  if (command === 'UpdateService') return fields.filter(({ path }) => path !== 'parameters');
  if (command === 'RequestMigration') return chosenFromCatalogue(fields);
  return fields.flatMap((field) => (field.kind === 'documents' ? [field, ANOTHER_DOCUMENT] : [field]));
}

/** What a command names by an id of its case is chosen from what there is, with the words that people know it by. */
const CHOSEN: Readonly<Record<string, Input['kind']>> = { 'RetryEffect.key': 'effect', 'SkipEffect.key': 'effect', 'ResolveDefect.defectNo': 'defect' };

function chosen(field: Field, command: string): Field {
  const kind = CHOSEN[`${command}.${field.path}`];
  return kind === undefined || field.kind === 'group' ? field : { ...field, kind };
}

/** A service is chosen from those that are offered; its plan and parameters are asked for then (`requesting.ts`). */
function chosenFromCatalogue(fields: readonly Field[]): readonly Field[] {
  return fields.flatMap((field) => (field.path === 'service' && field.kind !== 'group' ? [{ ...field, kind: 'service' as const }] : []));
}
