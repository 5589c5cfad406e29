import { readFileSync } from 'node:fs';
import { z } from 'zod';

/** An address of that protocol. */
export const url = (protocol: RegExp, example: string): z.ZodURL => z.url({ protocol, error: (issue) => `must be an address like ${example}, not "${String(issue.input)}"` });

/** What is said without TLS stays on this machine. */
export function isSafeUrl(text: string): boolean {
  if (!URL.canParse(text)) return true; // Said already.
  const { protocol, hostname } = new URL(text);
  return protocol === 'https:' || ['127.0.0.1', 'localhost', '[::1]'].includes(hostname);
}

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

/** A whole number within bounds. */
export function integer(least: number, most: number): z.ZodPipe<z.ZodString, z.ZodTransform<number, string>> {
  return z.string().transform((text, context) => {
    const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
    if (value >= least && value <= most) return value;
    context.addIssue({ code: 'custom', message: `must be a whole number from ${least} to ${most}, not "${text}"` });
    return z.NEVER;
  });
}

const KEY_BYTES = 32;

/** A key of 32 bytes in Base64. It is not repeated in what is said of it. */
export function base64Key(): z.ZodPipe<z.ZodString, z.ZodTransform<Buffer, string>> {
  return z.string().transform((text, context) => {
    const key = Buffer.from(text, 'base64');
    if (key.length === KEY_BYTES && key.toString('base64') === text) return key;
    context.addIssue({ code: 'custom', message: 'must be 32 random bytes in Base64, as from: openssl rand -base64 32' });
    return z.NEVER;
  });
}
