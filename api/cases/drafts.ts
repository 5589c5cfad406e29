import { z } from 'zod';
import type { DraftRole } from '../../db/vault/drafts.ts';
import type { Caller } from '../auth/verify.ts';
import { Problem } from '../problems.ts';

const made = new Map<z.ZodType, z.ZodType<Readonly<Record<string, unknown>>>>();

/**
 * The schema of a command that is still being filled in: whatever is there is of its type and known by name, nothing must be
 * there. A record in a list is whole or not there; rules over several fields wait for the command.
 */
export function draftSchemaOf(schema: z.ZodType<object>): z.ZodType<Readonly<Record<string, unknown>>> {
  const present = made.get(schema);
  if (present !== undefined) return present;
  // Every command's data are an object.
  const draft = incomplete(schema) as z.ZodType<Readonly<Record<string, unknown>>>;
  made.set(schema, draft);
  return draft;
}

/** Who saves a draft: one of those who send commands. Throws Problem for who sends none. */
export function saverOf({ role }: Caller): DraftRole {
  if (role === 'auditor') throw Problem.of('FORBIDDEN');
  return role;
}

function incomplete(schema: z.ZodType): z.ZodType {
  if (schema instanceof z.ZodOptional) return incomplete(schema.unwrap() as z.ZodType);
  if (!(schema instanceof z.ZodObject)) return schema;
  const shape = schema.shape as Readonly<Record<string, z.ZodType>>;
  return z.strictObject(Object.fromEntries(Object.entries(shape).map(([name, member]) => [name, incomplete(member).optional()])));
}
