import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { basename, extname } from 'node:path';
import type { Command } from 'commander';
import { z } from 'zod';
import type { Io } from './io.ts';
import { CannotRun } from './outcome.ts';
import { example, globalOptions, optionsOf, wholeNumber } from './options.ts';
import { readAnswer } from './problems.ts';
import { listAll, Server } from './server.ts';
import { table } from './text.ts';

const DEFAULT_ROWS = 50;
const WorkOrder = z.looseObject({
  migration: z.string(), workItem: z.string(), title: z.object({ it: z.string(), en: z.string() }), role: z.string(), dueOn: z.string().nullable(), overdue: z.boolean(),
});
const Completed = z.looseObject({ version: z.number() });
const Stored = z.looseObject({ id: z.string(), sha256: z.string() });
const upper = z.string().transform((text) => text.toUpperCase()).optional();
// The comune is --body, which is an option of every command.
const listOptions = globalOptions.extend({ role: upper, overdue: z.boolean().optional(), service: upper, limit: wholeNumber(1, 100_000).optional() });
const completeOptions = globalOptions.extend({ on: z.string(), checked: z.array(z.string()).optional(), evidence: z.array(z.string()).optional(), note: z.string().optional() });

/** Types of documents by the ends of their names. */
const TYPES: Readonly<Record<string, string>> = { '.pdf': 'application/pdf', '.p7m': 'application/pkcs7-mime', '.xml': 'application/xml', '.odt': 'application/vnd.oasis.opendocument.text' };

/** `work-orders`: what people have to do in the services of all comuni. */
export function addWorkOrders(program: Command, io: Io): void {
  const group = program.command('work-orders').description('work items that can be done now, over all services');

  group.command('list')
    .description('list them, those due first at the top')
    .option('--role <who>', 'OPERATOR, MEMBER, PROVIDER')
    .option('--overdue', 'only those whose day is past')
    .option('--service <service>', 'only those of this service, e.g. FIBRE')
    .option('--limit <n>', `most rows; default ${DEFAULT_ROWS}`)
    .addHelpText('after', example('work-orders list', 'work-orders list --role MEMBER --overdue', 'work-orders list --body c_a010'))
    .action(async (_options: unknown, command: Command) => {
      const { role, overdue, service, limit = DEFAULT_ROWS, ...globals } = optionsOf(command, listOptions);
      const server = new Server(io, globals);
      const page = await listAll(server, { path: '/v1/work-orders', query: { role, overdue, body: globals.body, service } }, WorkOrder, limit);
      if (globals.json) io.out(`${JSON.stringify(page)}\n`);
      else if (page.items.length === 0) io.out('There are no such work orders.\n');
      else {
        io.out(table(['due', 'who', 'migration', 'work item', 'title'], page.items.map((one) => [
          `${one.dueOn ?? 'no term'}${one.overdue ? ' overdue' : ''}`, one.role, one.migration, one.workItem, one.title[server.language],
        ])));
      }
      if (!globals.json && page.nextCursor !== null) io.err(`There are more than ${limit}: raise --limit to see them.\n`);
    });

  group.command('complete <migration> <item>')
    .description('record that a work item was done; each --evidence is a file, which is stored among the documents of the adhesion')
    .requiredOption('--on <date>', 'day on which it was done')
    .option('--checked <points...>', 'points of its checklist that hold')
    .option('--evidence <files...>', `documents that prove it (${Object.keys(TYPES).join(', ')})`)
    .option('--note <text>', 'remarks')
    .addHelpText('after', example('work-orders complete c_a010-1.FIBRE survey-sites --on 2026-11-20 --checked entry-points cabinet distance permits --evidence verbale.pdf'))
    .action(async (migration: string, item: string, _options: unknown, command: Command) => {
      const { on, checked, evidence = [], note, ...globals } = optionsOf(command, completeOptions);
      const server = new Server(io, globals);
      const files = await Promise.all(evidence.map(readEvidence));
      const documents: { readonly sha256: string; readonly documentId: string }[] = [];
      for (const file of files) documents.push(await stored(server, migration, file));
      const data = { workItemId: item, completedOn: on, ...(checked === undefined ? {} : { checked }), ...(documents.length === 0 ? {} : { evidence: documents }), ...(note === undefined ? {} : { note }) };
      const { text, json } = await server.send({
        method: 'POST', path: `/v1/migrations/${encodeURIComponent(migration)}/commands`, body: JSON.stringify({ type: 'CompleteWorkItem', data }), caseBody: bodyOf(migration), missing: missing(migration),
      });
      io.out(globals.json ? `${text}\n` : `${item} is done. ${migration} is at version ${readAnswer(Completed, json).version}.\n`);
    });
}

interface EvidenceFile {
  readonly name: string;
  readonly type: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** Throws CannotRun. */
async function readEvidence(file: string): Promise<EvidenceFile> {
  const type = TYPES[extname(file).toLowerCase()];
  if (type === undefined) throw new CannotRun(`The file ${file} is of no type that documents have: ${Object.keys(TYPES).join(', ')}.`);
  const bytes = await readFile(file).catch((cause: unknown) => { throw new CannotRun(`The file ${file} can't be read: ${cause instanceof Error ? cause.message : String(cause)}`, { cause }); });
  return { name: basename(file), type, bytes: new Uint8Array(bytes) };
}

/** The same bytes are one document, however often they are sent. Throws DoesNotHold or CannotRun. */
async function stored(server: Server, migration: string, { name, type, bytes }: EvidenceFile): Promise<{ readonly sha256: string; readonly documentId: string }> {
  const adhesion = migration.slice(0, migration.indexOf('.'));
  const { id, sha256 } = await server.call({
    method: 'POST', path: `/v1/adhesions/${encodeURIComponent(adhesion)}/documents`, body: bytes, caseBody: bodyOf(migration), missing: missing(migration),
    headers: { 'Content-Type': type, 'Content-Disposition': `attachment; filename*=UTF-8''${encodeURIComponent(name)}` },
  }, Stored);
  const own = createHash('sha256').update(bytes).digest('hex');
  if (sha256 !== own) throw new CannotRun(`The server stored ${name} as ${sha256}, not as ${own}.`);
  return { sha256, documentId: id };
}

function bodyOf(migration: string): string {
  return migration.slice(0, migration.indexOf('-'));
}

function missing(migration: string): string {
  return `There is no migration ${migration}: associa migration list shows those there are.`;
}
