import type { FastifyRequest } from 'fastify';
import { specOf } from '../../api/cases/checked-command.ts';
import { checkRole } from '../../api/cases/request.ts';
import type { Context } from '../../api/context.ts';
import { Problem } from '../../api/problems.ts';
import type { Bilingual } from '../../domain/shared/bilingual.ts';
import { dataOf, type Typed } from '../forms/read.ts';
import { inputsOf, type Field } from '../forms/fields.ts';
import { commandTitle } from '../words/commands.ts';
import { formOfCommand, hasForm } from './commands.ts';
import type { FormCase } from './form-case.ts';

/** A form of a case: which command it sends, what it asks for, and how that becomes the command's data. */
export interface CaseForm {
  /** What is sent. */
  readonly command: string;
  /** The command whose fields are asked for, and whose words they take. */
  readonly asks: string;
  readonly path: string;
  readonly title: Bilingual;
  readonly fields: readonly Field[];
  /** What the fields hold at first. */
  readonly initial: Typed;
  readonly dataOf: (typed: Typed) => Readonly<Record<string, unknown>>;
  /** The field that a place in the command's data belongs to. */
  readonly fieldAt: (path: string) => string;
}

/** Throws Problem for a form that there is not, and for one that is not the caller's. */
export type FindForm<Reading extends FormCase> = (context: Context, request: FastifyRequest, reading: Reading) => Promise<CaseForm>;

/** The form of the command that the path names. */
export const commandForm: FindForm<FormCase> = async (_context, request, { kind, path, caller, suggested }) => {
  const { command } = request.params as { readonly command: string };
  if (!hasForm(command, kind)) throw Problem.of('NOT_FOUND');
  checkRole(command, specOf(kind, command), caller);
  const fields = formOfCommand(command, kind);
  return {
    command, asks: command, path: `${path}/comandi/${command}`, title: commandTitle(command), fields, initial: givenIn({ ...suggested?.(command), ...request.query as object }, fields),
    dataOf: (typed) => dataOf(fields, typed), fieldAt: (place) => fieldAt(fields, place),
  };
};

/** What is wrong in a row is said of the field that holds the rows. */
function fieldAt(fields: readonly Field[], place: string): string {
  return inputsOf(fields).find(({ kind, path }) => kind === 'rows' && place.startsWith(`${path}.`))?.path ?? place;
}

/** What an address gives of the fields: what the form is about, as the page that led to it knows it. */
function givenIn(query: unknown, fields: readonly Field[]): Typed {
  const asked = new Set(inputsOf(fields).map(({ path }) => path));
  // The query of a request is an object by its names.
  return new Map(Object.entries(query as object).flatMap(([name, value]): [string, readonly string[]][] => (asked.has(name) && typeof value === 'string' ? [[name, [value]]] : [])));
}
