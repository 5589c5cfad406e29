import { randomUUID } from 'node:crypto';
import type { Command } from 'commander';
import { z } from 'zod';
import { readArgument, type Io } from './io.ts';
import { example, globalOptions, optionsOf } from './options.ts';
import { CannotRun } from './outcome.ts';
import { readAnswer } from './problems.ts';
import { Server } from './server.ts';
import { table } from './text.ts';

const PATH = '/v1/adhesion-imports';
/** Rows are imported one after the other. */
const TIMEOUT_MS = 600_000;
const Answer = z.object({ items: z.array(z.object({ body: z.string(), adhesion: z.string(), phase: z.string(), inForceOn: z.string().nullable(), endsOn: z.string().nullable() })) });

/** `adhesion import`: adhesions that were concluded on paper. */
export function addImport(group: Command, io: Io): void {
  group.command('import <file>')
    .description('import adhesions that were concluded on paper; the file is a request in JSON, a list of adhesions in JSON, or a CSV with a header; while one row is wrong nothing begins; - is standard input')
    .option('--dry-run', 'only say how each would stand; imports nothing')
    .option('--key <key>', 'Idempotency-Key: the same key sent again imports nothing twice')
    .addHelpText('after', example('adhesion import adesioni.csv --dry-run', 'adhesion import adesioni.json'))
    .action(async (file: string, _options: unknown, command: Command) => {
      const { dryRun, key, ...globals } = optionsOf(command, globalOptions.extend({ dryRun: z.boolean().default(false), key: z.string().optional() }));
      const body = { ...requestIn(await readArgument(io, file === '-' ? '-' : `@${file}`), file), ...(dryRun ? { dryRun } : {}) };
      const { text, json } = await new Server(io, globals).send({ method: 'POST', path: PATH, body: JSON.stringify(body), headers: { 'Idempotency-Key': key ?? randomUUID() }, timeoutMs: TIMEOUT_MS });
      if (globals.json) return io.out(`${text}\n`);
      const { items } = readAnswer(Answer, json);
      io.out(table(['body', 'case', 'phase', 'in force', 'ends'], items.map(({ body: code, adhesion, phase, inForceOn, endsOn }) => [code, adhesion, phase, inForceOn ?? '', endsOn ?? ''])));
      return io.out(dryRun ? `${items.length} would be imported; nothing was.\n` : `${items.length} imported.\n`);
    });
}

function requestIn(text: string, file: string): object {
  if (!/^\s*[{[]/.test(text)) return { csv: text };
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) ? { items: value as unknown[] } : value as object;
  } catch (cause) {
    throw new CannotRun(`${file} is not JSON (${cause instanceof Error ? cause.message : String(cause)}).`, { cause });
  }
}
