import type { FastifyRequest } from 'fastify';
import { requireFormToken } from '../../api/auth/csrf.ts';
import type { Context } from '../../api/context.ts';
import { formOf } from '../../api/pages/forms.ts';
import { Problem } from '../../api/problems.ts';
import type { Language } from '../../domain/shared/bilingual.ts';
import { faultsOf } from '../case/refusal.ts';
import { inputsOf, type Field } from '../forms/fields.ts';
import type { Fault } from '../forms/form.tsx';
import { typedIn, type Typed } from '../forms/read.ts';
import type { Visits } from '../frame/visits.ts';

const KEY = /^[A-Za-z0-9._-]{1,128}$/;

/** A form that was sent from one of our pages. Throws Problem. */
export function sentForm({ keys }: Pick<Context, 'keys'>, visits: Visits, request: FastifyRequest): URLSearchParams {
  const form = formOf(request);
  requireFormToken(keys, visits.sessionId(request) ?? '', form);
  return form;
}

/** What was typed in the fields of a form; nothing else goes along. */
export function typedFor(form: URLSearchParams, fields: readonly Field[]): Typed {
  const typed = typedIn(form);
  return new Map(inputsOf(fields).flatMap(({ path }): [string, readonly string[]][] => { const values = typed.get(path); return values === undefined ? [] : [[path, values]]; }));
}

/** The key under which the form is done once. Throws Problem. */
export function keyOf(form: URLSearchParams): string {
  const key = form.get('key') ?? '';
  if (!KEY.test(key)) throw Problem.of('VALIDATION');
  return key;
}

/** A refusal as the form shows it. Throws what no form can do anything about. */
export function refusedIn(error: unknown, asks: string, fields: readonly Field[], typed: Typed, language: Language, fieldAt = (place: string): string => place): { readonly faults: readonly Fault[]; readonly status: number } {
  if (!(error instanceof Problem) || ![400, 409].includes(error.status)) throw error;
  return { faults: faultsOf(error, { asks, fields, fieldAt }, typed, language), status: error.status };
}
