import { randomUUID } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import type { z } from 'zod';
import type { Reason } from '../../domain/shared/process.ts';
import type { Caller } from '../auth/verify.ts';
import { Problem } from '../problems.ts';
import type { CommandSpec } from './kinds.ts';

const KEY = /^[A-Za-z0-9._-]{1,128}$/;

/** The caller's Idempotency-Key, or undefined. Throws Problem on a malformed one. */
export function idempotencyKey({ headers }: Pick<FastifyRequest, 'headers'>): string | undefined {
  const key = headers['idempotency-key'];
  if (key === undefined) return undefined;
  if (typeof key === 'string' && KEY.test(key)) return key;
  throw Problem.validation([{ code: 'IDEMPOTENCY_KEY_INVALID', message: 'Idempotency-Key takes 1 to 128 of A-Z a-z 0-9 . _ -', path: 'Idempotency-Key' }]);
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
      throw Problem.validation([{ code: 'IF_MATCH_INVALID', message: 'If-Match takes the ETag of the case, e.g. "17"', path: 'If-Match' }]);
    }
    return Number(version);
  });
}

/** True when the caller will not wait for the decision (RFC 7240). */
export function prefersAsync({ headers }: Pick<FastifyRequest, 'headers'>): boolean {
  return [headers['prefer']].flat().join(',').split(',').some((preference) => preference.split(';')[0]?.trim().toLowerCase() === 'respond-async');
}

/** 403 for a role that a command is not for, then 400 for data that break its schema. */
export function checkCommand(type: string, spec: CommandSpec, data: unknown, caller: Caller): object {
  checkRole(type, spec, caller);
  return parseData(spec.schema, data);
}

/** Throws 403 for a role that a command is not for. */
export function checkRole(type: string, { by }: CommandSpec, { role }: Caller): void {
  if (!by.includes(role)) throw Problem.of('FORBIDDEN', { detail: `${type} is not for this role.` });
}

/** The data by a schema; throws Problem with the place of each fault. */
export function parseData<Output>(schema: z.ZodType<Output>, data: unknown, place = ''): Output {
  const parsed = schema.safeParse(data);
  if (parsed.success) return parsed.data;
  throw Problem.validation(parsed.error.issues.slice(0, 50).map((issue) => toReason(issue, place)));
}

/** A fault of the data as a reason, with its place. */
export function toReason({ code, path, message }: z.core.$ZodIssue, place: string): Reason {
  const where = [place, ...path.map(String)].filter((part) => part !== '').join('.');
  // `custom` is how the library names a rule of ours; its message says which.
  return { code: code === 'custom' ? 'NOT_VALID' : code.toUpperCase(), message, ...(where === '' ? {} : { path: where }) };
}
