import type { Command } from 'commander';
import { z } from 'zod';
import type { Io } from './io.ts';
import { CannotRun } from './outcome.ts';
import { example, globalOptions, optionsOf } from './options.ts';
import { readAnswer } from './problems.ts';
import { Server } from './server.ts';
import { aligned } from './text.ts';
import { Receipt, Subject } from './views.ts';

const SAMPLE = 'sub-6b1f0c5e9a7d4f32';
const addOptions = globalOptions.extend({ name: z.string(), email: z.string(), phone: z.string().optional() });

/** `subject`: the persons whom the records know by their ids only. */
export function addSubjects(program: Command, io: Io): void {
  const group = program.command('subject').description('persons: the records hold their ids only, names and addresses stand beside and can be erased');

  group.command('add')
    .description('add a person of a body (--body, an IPA code or agency) and print the id')
    .requiredOption('--name <name>', 'name and surname')
    .requiredOption('--email <address>', 'address of the office')
    .option('--phone <number>', 'telephone of the office')
    .addHelpText('after', example(
      'subject add --body c_a010 --name "Anna Bianchi" --email a.bianchi@comune.example', 'subject add --body agency --name "Ugo Riva" --email u.riva@agenzia.example',
    ))
    .action(async (_options: unknown, command: Command) => {
      const { name, email, phone, ...globals } = optionsOf(command, addOptions);
      if (globals.body === undefined) throw new CannotRun('Give the body the person acts for: --body with an IPA code, or --body agency.');
      const person = JSON.stringify({ body: globals.body, name, email, phone });
      const { text, json } = await new Server(io, globals).send({ method: 'POST', path: '/v1/subjects', body: person });
      io.out(globals.json ? `${text}\n` : `${readAnswer(z.object({ id: z.string() }), json).id}\n`);
    });

  group.command('show <id>')
    .description('show a person')
    .addHelpText('after', example(`subject show ${SAMPLE}`))
    .action(async (id: string, _options: unknown, command: Command) => {
      const globals = optionsOf(command, globalOptions);
      const { text, json } = await new Server(io, globals).send({ path: `/v1/subjects/${encodeURIComponent(id)}`, missing: missing(id) });
      const rows = Object.entries(readAnswer(Subject, json)).map(([field, value]) => [field, String(value)]);
      io.out(globals.json ? `${text}\n` : `${aligned(rows).join('\n')}\n`);
    });

  group.command('erase <id>')
    .description('erase a person for good; a receipt without the name stays')
    .option('--yes', 'do it: it cannot be undone')
    .addHelpText('after', example(`subject erase ${SAMPLE} --yes`))
    .action(async (id: string, _options: unknown, command: Command) => {
      const { yes, ...globals } = optionsOf(command, globalOptions.extend({ yes: z.boolean().default(false) }));
      if (!yes) throw new CannotRun(`This erases ${id} for good and cannot be undone: give --yes to do it.`);
      const server = new Server(io, globals);
      await server.send({ method: 'DELETE', path: `/v1/subjects/${encodeURIComponent(id)}`, missing: missing(id) });
      const receipt = await receiptOf(server, id);
      io.out(globals.json ? `${JSON.stringify({ erased: id, receipt })}\n` : `${sentenceOf(receipt)}\n`);
    });
}

/** `erasure`: what stays of what was erased. */
export function addErasures(program: Command, io: Io): void {
  const group = program.command('erasure').description('receipts of erasures: who erased what, when, and until when backups may hold it');
  group.command('show <id>')
    .description('show the receipt of a person, text, inventory or document that was erased')
    .addHelpText('after', example(`erasure show ${SAMPLE}`))
    .action(async (id: string, _options: unknown, command: Command) => {
      const globals = optionsOf(command, globalOptions);
      const receipt = await receiptOf(new Server(io, globals), id);
      io.out(globals.json ? `${JSON.stringify(receipt)}\n` : `${sentenceOf(receipt)}\n`);
    });
}

async function receiptOf(server: Server, id: string): Promise<Receipt> {
  const { json } = await server.send({ path: `/v1/erasures/${encodeURIComponent(id)}`, missing: `There is no receipt that ${id} was erased, or none that this caller may see.` });
  return readAnswer(Receipt, json);
}

function sentenceOf({ id, erasedAt, erasedBy, backupsUntil }: Receipt): string {
  const backups = backupsUntil === null ? '' : ` The last backup that holds it falls out on ${backupsUntil}.`;
  return `${id} was erased at ${erasedAt} by ${erasedBy.role} ${erasedBy.subject}.${backups}`;
}

function missing(id: string): string {
  return `There is no person ${id} that this caller may see, or it was erased.`;
}
