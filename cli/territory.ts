import { randomUUID } from 'node:crypto';
import type { Command } from 'commander';
import { z } from 'zod';
import { MISTAKES } from '../domain/territory/territory.ts';
import { readArgument, type Io } from './io.ts';
import { example, globalOptions, optionsOf } from './options.ts';
import { CannotRun } from './outcome.ts';
import { readAnswer } from './problems.ts';
import { listAll, Server } from './server.ts';
import { table } from './text.ts';

const PATH = '/v1/territory/changes';
/** How a command of the group tells whose word is repeated, and that nothing is to be written. */
const sending = globalOptions.extend({ dryRun: z.boolean().default(false), key: z.string().optional() });
const mending = sending.extend({ reason: z.string(), basis: z.string().optional() });
const Change = z.looseObject({ id: z.string(), type: z.string(), on: z.string(), act: z.looseObject({ title: z.string() }), predecessors: z.array(z.string()), successors: z.array(z.looseObject({ ipaCode: z.string(), name: z.string() })), corrections: z.array(z.looseObject({})).optional(), withdrawal: z.looseObject({ reason: z.string() }).nullish() });
const Case = z.object({ adhesion: z.string(), body: z.string(), phase: z.string(), migrations: z.array(z.object({ id: z.string() })) });
const Preview = z.object({ change: Change, comuniBefore: z.number(), comuniAfter: z.number(), cases: z.array(Case) });
const Joined = z.object({ cases: z.array(z.object({ adhesion: z.string(), state: z.string(), successors: z.array(z.object({ adhesion: z.string() })) })) });
const Territory = z.object({ at: z.string(), comuni: z.number(), population: z.number(), others: z.number(), changes: z.number() });

/** `territory`: how comuni merge, split and are renamed, and how other bodies come in. */
export function addTerritory(program: Command, io: Io): void {
  const group = program.command('territory').description('the bodies as they change: mergers, splits, new names, bodies that are no comuni');
  group.command('show')
    .description('how many comuni there are, and how many people live in them')
    .option('--at <date>', 'on a day; default today')
    .addHelpText('after', example('territory show', 'territory show --at 2019-02-07'))
    .action(async (_options: unknown, command: Command) => {
      const { at, ...globals } = optionsOf(command, globalOptions.extend({ at: z.string().optional() }));
      const { text, json } = await new Server(io, globals).send({ path: '/v1/territory', query: { at } });
      const { comuni, population, others, at: on } = readAnswer(Territory, json);
      io.out(globals.json ? `${text}\n` : `${on}: ${comuni} comuni, ${population} inhabitants${others === 0 ? '' : `, ${others} other bodies`}.\n`);
    });
  group.command('changes')
    .description('the changes of the territory, by their day')
    .option('--withdrawn', 'those that were withdrawn too')
    .addHelpText('after', example('territory changes', 'territory changes --withdrawn'))
    .action(async (_options: unknown, command: Command) => {
      const { withdrawn, ...globals } = optionsOf(command, globalOptions.extend({ withdrawn: z.boolean().default(false) }));
      const page = await listAll(new Server(io, globals), { path: PATH, ...(withdrawn ? { query: { withdrawn: 'true' } } : {}) }, Change, Number.POSITIVE_INFINITY);
      if (globals.json) io.out(`${JSON.stringify(page)}\n`);
      else io.out(page.items.length === 0 ? 'No change stands.\n' : table(['id', 'change', 'from', 'to', 'act', ''], page.items.map(lineOf)));
    });
  group.command('record <file>')
    .description('record a change, given in JSON as the interface takes it (- is standard input)')
    .option('--dry-run', 'only say what it would do: how many comuni there would be, and which running cases it touches')
    .option('--key <key>', 'Idempotency-Key: the same key sent again is recorded once')
    .addHelpText('after', example('territory record fusione.json --dry-run', 'territory record fusione.json'))
    .action(async (file: string, _options: unknown, command: Command) => {
      const options = optionsOf(command, sending);
      await send(io, options, PATH, await readFile(io, file));
    });
  addMending(group, io);
  addJoin(group, io);
}

function addMending(group: Command, io: Io): void {
  const reason = ['--reason <code>', `why: ${MISTAKES.join(', ')}`] as const;
  const basis = ['--basis <title>', 'the act that says so, as it is cited'] as const;
  const dry = ['--dry-run', 'only say what it would do'] as const;
  const key = ['--key <key>', 'Idempotency-Key: the same key sent again is done once'] as const;
  group.command('correct <id> <file>')
    .description('correct a change that was recorded wrongly; the file says in JSON what is to be read instead: on, act, predecessors, successors (- is standard input)')
    .requiredOption(...reason).option(...basis).option(...dry).option(...key)
    .addHelpText('after', example('territory correct 2027-01-01.c_m999 giusta.json --reason TRANSCRIPTION_ERROR --dry-run'))
    .action(async (id: string, file: string, _options: unknown, command: Command) => {
      const options = optionsOf(command, mending);
      await send(io, options, `${PATH}/${encodeURIComponent(id)}/corrections`, { ...await readFile(io, file), ...reasonOf(options) }, id);
    });
  group.command('withdraw <id>')
    .description('withdraw a change that should not have been recorded')
    .requiredOption(...reason).option(...basis).option(...dry).option(...key)
    .addHelpText('after', example('territory withdraw 2027-01-01.c_m999 --reason ACT_ANNULLED --basis "Corte costituzionale 12/2027"'))
    .action(async (id: string, _options: unknown, command: Command) => {
      const options = optionsOf(command, mending);
      await send(io, options, `${PATH}/${encodeURIComponent(id)}/withdrawals`, reasonOf(options), id);
    });
}

function reasonOf({ reason, basis }: z.output<typeof mending>): object {
  return { reason, ...(basis === undefined ? {} : { basis: { title: basis } }) };
}

async function readFile(io: Io, file: string): Promise<object> {
  const text = await readArgument(io, file === '-' ? '-' : `@${file}`);
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
  } catch (cause) {
    throw new CannotRun(`${file} is not JSON (${cause instanceof Error ? cause.message : String(cause)}).`, { cause });
  }
  throw new CannotRun(`${file} holds no object in JSON.`);
}

/** Sends a word on the territory once, and says what it would do or the id of the change. */
async function send(io: Io, { dryRun, key, ...globals }: z.output<typeof sending>, path: string, body: object, id?: string): Promise<void> {
  const { text, json } = await new Server(io, globals).send({
    method: 'POST', path, body: JSON.stringify(dryRun ? { ...body, dryRun } : body), headers: { 'Idempotency-Key': key ?? randomUUID() },
    ...(id === undefined ? {} : { missing: `There is no change ${id}.` }),
  });
  if (globals.json) io.out(`${text}\n`);
  else if (dryRun) io.out(previewText(readAnswer(Preview, json)));
  else io.out(`${readAnswer(Change, json).id}\n`);
}

function addJoin(group: Command, io: Io): void {
  group.command('join <id>')
    .description('join the running cases that a change ends to those of the successors, where that is not done yet')
    .addHelpText('after', example('territory join 2019-02-08.c_m424'))
    .action(async (id: string, _options: unknown, command: Command) => {
      const globals = optionsOf(command, globalOptions);
      const { text, json } = await new Server(io, globals).send({ method: 'POST', path: `${PATH}/${encodeURIComponent(id)}/joinings`, body: '{}', missing: `There is no change ${id}.` });
      const { cases } = readAnswer(Joined, json);
      if (globals.json) io.out(`${text}\n`);
      else io.out(cases.length === 0 ? 'The change ends no case.\n' : table(['case', 'goes on in', ''], cases.map(({ adhesion, successors, state }) => [adhesion, successors.map((one) => one.adhesion).join(', '), state])));
    });
}

function lineOf({ id, type, predecessors, successors, act, corrections = [], withdrawal }: z.output<typeof Change>): string[] {
  const state = typeof withdrawal?.reason === 'string' ? `withdrawn (${withdrawal.reason})` : corrections.length === 0 ? '' : 'corrected';
  return [id, type, predecessors.join(', '), successors.map(({ ipaCode, name }) => `${name} (${ipaCode})`).join(', '), act.title, state];
}

function previewText({ change, comuniBefore, comuniAfter, cases }: z.output<typeof Preview>): string {
  const touched = cases.length === 0 ? 'No running case is touched.\n' : table(['case', 'phase', 'open migrations'], cases.map(({ adhesion, phase, migrations }) => [adhesion, phase, migrations.map(({ id }) => id).join(', ')]));
  return `${change.type} on ${change.on}: ${comuniBefore} comuni before, ${comuniAfter} after. Nothing was recorded.\n${touched}`;
}
