import { Option, type Command } from 'commander';
import { z } from 'zod';
import { CannotRun } from './outcome.ts';

/** Options that every command takes, before or after its name. */
export const globalOptions = z.object({
  json: z.boolean().default(false),
  url: z.url({ protocol: /^https?$/, error: 'is an address like http://127.0.0.1:8080' }).optional(),
  token: z.string().min(1).optional(),
  as: z.enum(['operator', 'auditor', 'member']).optional(),
  body: z.string().min(1).optional(),
  lang: z.enum(['it', 'en']).optional(),
});
export type GlobalOptions = z.output<typeof globalOptions>;

export function withGlobalOptions(program: Command): void {
  program
    .option('--json', 'print JSON for machines')
    .option('--url <address>', 'address of the server; default: that of the running instance in ASSOCIA_HOME')
    .option('--token <token>', 'bearer token; default: one issued by the keys of the running instance')
    .addOption(new Option('--as <role>', 'role of that token; default: the one the command needs').choices(['operator', 'auditor', 'member']))
    .option('--body <ipaCode>', 'IPA code of the body a member acts for, or of the subject that is added, e.g. c_a010')
    .addOption(new Option('--lang <language>', 'language of reasons; default: en, or it where LANG says so (calendar: it)').choices(['it', 'en']));
}

/** The options of a command, checked. Throws CannotRun on the first that is wrong. */
export function optionsOf<Output>(command: Command, schema: z.ZodType<Output>): Output {
  const parsed = schema.safeParse(command.optsWithGlobals());
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new CannotRun(`--${kebab(String(issue?.path[0] ?? ''))} ${issue?.message ?? 'is wrong'}.`);
}

/** A whole number given as an option. */
export function wholeNumber(least: number, most: number): z.ZodType<number, string> {
  const error = `is a whole number from ${least} to ${most}`;
  return z.string().regex(/^\d{1,10}$/, error).transform(Number).pipe(z.number().min(least, error).max(most, error));
}

/** By what was known a case is looked at. */
export const knownOptions = globalOptions.extend({
  asOfVersion: wholeNumber(1, 1_000_000_000).optional(), asOf: z.string().optional(), asOfEvent: z.string().optional(), asOfPosition: wholeNumber(1, 2_147_483_647).optional(),
});

export function withKnown(command: Command): Command {
  return command
    .option('--as-of-version <n>', 'as it was at this version')
    .option('--as-of <instant>', 'as it was known at this instant, e.g. 2026-07-01T12:00:00+02:00')
    .option('--as-of-event <id>', 'as it was known right after this event, of this case or another, e.g. adhesion/c_a010-1@9')
    .option('--as-of-position <n>', 'as it was known right after the event at this position of the store');
}

/** Text shown after a command's help. */
export function example(...lines: readonly string[]): string {
  return `\n${lines.length > 1 ? 'Examples' : 'Example'}:\n${lines.map((line) => `  npx associa ${line}`).join('\n')}`;
}

function kebab(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
