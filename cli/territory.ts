import { randomUUID } from 'node:crypto';
import type { Command } from 'commander';
import { z } from 'zod';
import { readArgument, type Io } from './io.ts';
import { example, globalOptions, optionsOf } from './options.ts';
import { readAnswer } from './problems.ts';
import { listAll, Server } from './server.ts';
import { table } from './text.ts';

const PATH = '/v1/territory/changes';
const Change = z.object({ id: z.string(), type: z.string(), on: z.string(), act: z.object({ title: z.string() }), predecessors: z.array(z.string()), successors: z.array(z.object({ ipaCode: z.string(), name: z.string() })) });
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
    .addHelpText('after', example('territory changes'))
    .action(async (_options: unknown, command: Command) => {
      const globals = optionsOf(command, globalOptions);
      const page = await listAll(new Server(io, globals), { path: PATH }, Change, Number.POSITIVE_INFINITY);
      if (globals.json) io.out(`${JSON.stringify(page)}\n`);
      else io.out(page.items.length === 0 ? 'No change is known.\n' : table(['id', 'change', 'from', 'to', 'act'], page.items.map(lineOf)));
    });
  group.command('record <file>')
    .description('record a change, given in JSON as the interface takes it (- is standard input)')
    .option('--dry-run', 'only say what it would do: how many comuni there would be, and which running cases it touches')
    .option('--key <key>', 'Idempotency-Key: the same key sent again is recorded once')
    .addHelpText('after', example('territory record fusione.json --dry-run', 'territory record fusione.json'))
    .action(async (file: string, _options: unknown, command: Command) => {
      const { dryRun, key, ...globals } = optionsOf(command, globalOptions.extend({ dryRun: z.boolean().default(false), key: z.string().optional() }));
      const body: unknown = JSON.parse(await readArgument(io, file === '-' ? '-' : `@${file}`));
      const sent = typeof body === 'object' && body !== null && dryRun ? { ...body, dryRun } : body;
      const { text, json } = await new Server(io, globals).send({ method: 'POST', path: PATH, body: JSON.stringify(sent), headers: { 'Idempotency-Key': key ?? randomUUID() } });
      if (globals.json) io.out(`${text}\n`);
      else if (dryRun) io.out(previewText(readAnswer(Preview, json)));
      else io.out(`${readAnswer(Change, json).id}\n`);
    });
  addJoin(group, io);
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

function lineOf({ id, type, predecessors, successors, act }: z.output<typeof Change>): string[] {
  return [id, type, predecessors.join(', '), successors.map(({ ipaCode, name }) => `${name} (${ipaCode})`).join(', '), act.title];
}

function previewText({ change, comuniBefore, comuniAfter, cases }: z.output<typeof Preview>): string {
  const touched = cases.length === 0 ? 'No running case is touched.\n' : table(['case', 'phase', 'open migrations'], cases.map(({ adhesion, phase, migrations }) => [adhesion, phase, migrations.map(({ id }) => id).join(', ')]));
  return `${change.type} on ${change.on}: ${comuniBefore} comuni before, ${comuniAfter} after. Nothing was recorded.\n${touched}`;
}
