import { readFileSync } from 'node:fs';
import { z } from 'zod';

/** A file named in the environment, parsed by a schema. */
export function jsonFile<Schema extends z.ZodType>(schema: Schema): z.ZodPipe<z.ZodString, z.ZodTransform<z.infer<Schema>, string>> {
  return z.string().transform((path, context) => {
    const parsed = schema.safeParse(readJson(path));
    if (parsed.success) return parsed.data;
    context.addIssue({ code: 'custom', message: `${path} ${parsed.error.issues.map((issue) => `at ${issue.path.join('.') || 'its top'}: ${issue.message}`).join('; ')}` });
    return z.NEVER;
  });
}

function readJson(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as unknown;
  } catch {
    return undefined; // Which no schema takes: said there, with the path.
  }
}

/** A whole number between two others. */
export function integer(least: number, most: number): z.ZodPipe<z.ZodString, z.ZodTransform<number, string>> {
  return z.string().transform((text, context) => {
    const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
    if (value >= least && value <= most) return value;
    context.addIssue({ code: 'custom', message: `must be a whole number from ${least} to ${most}, not "${text}"` });
    return z.NEVER;
  });
}
