import { randomUUID } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import type { Caller } from '../auth/verify.ts';
import { onlyFor } from '../../domain/shared/roles.ts';
import { parseData } from '../http/validation.ts';
import { Problem } from '../problems.ts';
import type { CommandSpec } from './kinds.ts';

const KEY_FORM = {
  it: 'Idempotency-Key ha da 1 a 128 caratteri: lettere senza accenti, cifre, punto, trattino e trattino basso (A-Z a-z 0-9 . _ -).',
  en: 'Idempotency-Key takes 1 to 128 letters, digits, dots, underscores and hyphens (A-Z a-z 0-9 . _ -).',
};
const IF_MATCH_FORM = { it: `If-Match indica l'ETag della pratica, ad esempio "17".`, en: 'If-Match takes the ETag of the case, like "17".' };
const MOST_PREFERENCES = 200;
const PREFER_FORM = { it: `Prefer ha al massimo ${MOST_PREFERENCES} caratteri, ad esempio respond-async.`, en: `Prefer takes ${MOST_PREFERENCES} characters at most, like respond-async.` };
const KEY = /^[A-Za-z0-9._-]{1,128}$/;

/** The caller's Idempotency-Key, or undefined. Throws Problem on a malformed one. */
export function idempotencyKey({ headers }: Pick<FastifyRequest, 'headers'>): string | undefined {
  const key = headers['idempotency-key'];
  if (key === undefined) return undefined;
  if (typeof key === 'string' && KEY.test(key)) return key;
  throw Problem.validation([{ code: 'IDEMPOTENCY_KEY_INVALID', message: KEY_FORM, path: 'Idempotency-Key' }]);
}

export function commandIdOf(request: Pick<FastifyRequest, 'headers'>): string {
  return idempotencyKey(request) ?? randomUUID();
}

/** Versions that If-Match names; undefined when it names none or any (`*`). Throws Problem on a malformed one. */
export function ifMatch({ headers }: Pick<FastifyRequest, 'headers'>): readonly number[] | undefined {
  const value = headers['if-match'];
  if (value === undefined || value.trim() === '*') return undefined;
  return value.split(',').map((tag) => {
    const version = /^\s*"(\d{1,10})"\s*$/.exec(tag)?.[1];
    if (version === undefined) {
      throw Problem.validation([{ code: 'IF_MATCH_INVALID', message: IF_MATCH_FORM, path: 'If-Match' }]);
    }
    return Number(version);
  });
}

/** True when the caller will not wait for the decision (RFC 7240). Throws Problem on one that is too long. */
export function prefersAsync({ headers }: Pick<FastifyRequest, 'headers'>): boolean {
  const preferences = [headers['prefer']].flat().join(',');
  if (preferences.length > MOST_PREFERENCES) throw Problem.validation([{ code: 'TOO_BIG', message: PREFER_FORM, path: 'Prefer' }]);
  return preferences.split(',').some((preference) => preference.split(';')[0]?.trim().toLowerCase() === 'respond-async');
}

/** 403 for a role that a command is not for, then 400 for data that break its schema. */
export function checkCommand(type: string, spec: CommandSpec, data: unknown, caller: Caller): object {
  checkRole(type, spec, caller);
  return parseData(spec.schema, data);
}

/** Throws 403 for a role that a command is not for. */
export function checkRole(type: string, { by }: CommandSpec, { role }: Caller): void {
  if (!by.includes(role)) throw Problem.of('FORBIDDEN', { detail: onlyFor(type, by) });
}
