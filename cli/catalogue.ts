import { randomUUID } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { z } from 'zod';
import { loadCatalogue } from '../api/catalogue.ts';
import { currentServices } from '../domain/catalogue/catalogue.ts';
import { ServiceEntry, type Service } from '../domain/catalogue/schemas.ts';
import type { WorkItemTemplate } from '../domain/migration/services.ts';
import type { Language } from '../domain/shared/bilingual.ts';
import { pictureOf } from '../console/catalogue/picture.ts';
import { readArgument, type Io } from './io.ts';
import { example, globalOptions, optionsOf, wholeNumber, type GlobalOptions } from './options.ts';
import { CannotRun } from './outcome.ts';
import { addPreparations } from './preparations.ts';
import { readAnswer } from './problems.ts';
import { listAll, Server } from './server.ts';
import { aligned, printable, section, table } from './text.ts';

const PATH = '/v1/catalogue';
const PREPARATIONS = '/v1/catalogue-preparations';
const Shown = z.object({ service: z.string(), version: z.number(), ...ServiceEntry.shape });
const ShownVersion = Shown.extend({ changedAt: z.string().nullish(), changedBy: z.string().nullish(), preparedBy: z.string().nullish() });
const Preparation = z.looseObject({ service: z.string(), by: z.string(), at: z.string(), entry: z.looseObject({ title: z.object({ it: z.string(), en: z.string() }) }) });
/** What a service's answer has beside the entry. */
const BESIDE = ['service', 'version', 'changedAt', 'changedBy', 'preparedBy'] as const;

/** `catalogue`: the services that are offered, and how they change. */
export function addCatalogue(program: Command, io: Io): void {
  const group = program.command('catalogue').description('the catalogue of services: read, change, draw');
  addList(group, io);
  addShow(group, io);
  addPut(group, io);
  addPreparations(group, io, {
    path: PREPARATIONS, argument: 'service', sample: 'TRAINING', item: Preparation,
    columns: ['service', 'title', 'by', 'at'], row: ({ service, entry, by, at }, language) => [service, entry.title[language], by, at],
  });
  addGraph(group, io);
}

function addList(group: Command, io: Io): void {
  group.command('list')
    .description('list the services as they stand')
    .addHelpText('after', example('catalogue list', 'catalogue list --json'))
    .action(async (_options: unknown, command: Command) => {
      const globals = optionsOf(command, globalOptions);
      const server = new Server(io, globals);
      const services = await allServices(server);
      if (globals.json) io.out(`${JSON.stringify({ items: services })}\n`);
      else io.out(table(['service', 'version', 'track', 'offered', 'title', 'depends on'], services.map(({ service, version, track, active, title, dependsOn }) => [service, String(version), track, active ? 'yes' : 'no', title[server.language], dependsOn.join(', ')])));
    });
}

function addShow(group: Command, io: Io): void {
  group.command('show <service>')
    .description('show a service; --json gives the entry that put takes')
    .option('--version <n>', 'as it was at that version')
    .addHelpText('after', example('catalogue show FIBRE', 'catalogue show TRAINING --version 1 --json > training.json'))
    .action(async (name: string, _options: unknown, command: Command) => {
      const { version, ...globals } = optionsOf(command, globalOptions.extend({ version: wholeNumber(1, 1_000_000).optional() }));
      const server = new Server(io, globals);
      const { text, json } = await server.send({ path: `${PATH}/${encodeURIComponent(name)}`, query: { version }, missing: missing(name, version) });
      io.out(globals.json ? `${text}\n` : serviceText(readAnswer(ShownVersion, json), server.language));
    });
}

function addPut(group: Command, io: Io): void {
  group.command('put <service>')
    .description('change a service, or add one; where it takes two persons, the first prepares the change and another approves it by the same')
    .requiredOption('-f, --file <file>', 'the entry as JSON; - for standard input')
    .option('--if-match <version>', 'only if the service is at this version still')
    .option('--key <key>', 'Idempotency-Key: the same key sent again is done once')
    .addHelpText('after', example('catalogue put TRAINING -f training.json', 'catalogue show TRAINING --json | catalogue put TRAINING -f - --if-match 1'))
    .action(async (name: string, _options: unknown, command: Command) => {
      const { file, ifMatch, key, ...globals } = optionsOf(command, globalOptions.extend({ file: z.string().min(1), ifMatch: wholeNumber(1, 1_000_000).optional(), key: z.string().optional() }));
      const entry = entryIn(await readArgument(io, file === '-' ? file : `@${file}`), name, file);
      const { status, text, json } = await new Server(io, globals).send({
        method: 'PUT', path: `${PATH}/${encodeURIComponent(name)}`, body: JSON.stringify(entry), missing: `${name} can be no service's name: capital letters, digits and _, like TRAINING.`,
        headers: { 'Idempotency-Key': key ?? randomUUID(), ...(ifMatch === undefined ? {} : { 'If-Match': `"${ifMatch}"` }) },
      });
      if (globals.json) io.out(`${text}\n`);
      else if (status === 202) io.out(`The change of ${name} is prepared: it counts when another operator sends the same.\n`);
      else io.out(`${name} is at version ${readAnswer(z.object({ version: z.number() }), json).version}.\n`);
    });
}

function addGraph(group: Command, io: Io): void {
  group.command('graph')
    .description('draw what depends on what, as SVG')
    .option('-o, --output <file>', 'write it to a file')
    .option('--shipped', 'what the project ships; needs no running instance')
    .addHelpText('after', example('catalogue graph -o catalogue.svg', 'catalogue graph --shipped --lang en -o docs/catalogue.svg'))
    .action(async (_options: unknown, command: Command) => {
      const { output, shipped, ...globals } = optionsOf(command, globalOptions.extend({ output: z.string().min(1).optional(), shipped: z.boolean().default(false) }));
      const { services, language } = await drawn(io, globals, shipped);
      const picture = globals.json ? `${JSON.stringify({ services: services.map(({ service, dependsOn }) => ({ service, dependsOn })) })}\n` : pictureOf(services, language);
      if (output === undefined) {
        io.out(picture);
        return;
      }
      await writeFile(output, picture).catch((cause: unknown) => {
        throw new CannotRun(`The file ${output} can't be written: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
      });
    });
}

async function drawn(io: Io, globals: GlobalOptions, shipped: boolean): Promise<{ readonly services: readonly Service[]; readonly language: Language }> {
  if (shipped) return { services: currentServices(loadCatalogue()), language: globals.lang ?? io.config().language };
  const server = new Server(io, globals);
  return { services: await allServices(server), language: server.language };
}

async function allServices(server: Server): Promise<readonly Service[]> {
  return (await listAll(server, { path: PATH }, Shown, Number.POSITIVE_INFINITY)).items;
}

function serviceText({ service, version, title, description, source, track, active, plans, dependsOn, gates, windows, personalData, fulfilment, cost, changedAt, changedBy, preparedBy }: z.infer<typeof ShownVersion>, language: Language): string {
  const facts = [
    ['service', service], ['version', String(version)], ['changed', madeText(changedAt, changedBy, preparedBy)], ['title', title[language]], ['source', source], ['track', track], ['offered', active ? 'yes' : 'no'], ['depends on', dependsOn.join(', ') || 'nothing'],
    ['gates', gates.join(', ') || 'none'], ['not cut over', windows.forbidden.join(', ') || 'no time of its own'], ['preferred', windows.preferred], ['personal data', personalData],
    ['fulfilment', fulfilment.kind], ['cost', 'cents' in cost ? `${cost.kind} ${(cost.cents / 100).toFixed(2)} €` : cost.kind],
  ];
  const items = fulfilment.kind === 'MANUAL' ? fulfilment.workItems : [];
  return `${aligned(facts).join('\n')}\n${section('Description', [printable(description[language])])}${section('Plans', aligned(plans.map(({ id, title: name, parameters }) => [id, name[language], Object.keys(parameters.properties).join(', ')])))}${section('Work items', aligned(items.map((item) => workItemRow(item, language))))}${items.map((item) => checklistText(item, language)).join('')}`;
}

function madeText(changedAt?: string | null, changedBy?: string | null, preparedBy?: string | null): string {
  if (typeof changedAt !== 'string' || typeof changedBy !== 'string') return 'shipped';
  return `${changedAt} by ${changedBy}${typeof preparedBy === 'string' ? `, prepared by ${preparedBy}` : ''}`;
}

function workItemRow({ id, title, after, role = 'OPERATOR', dueWorkingDays, evidence = 'NONE' }: WorkItemTemplate, language: Language): readonly string[] {
  const terms = [
    ...(dueWorkingDays === undefined ? [] : [`within ${dueWorkingDays} working days`]), ...(evidence === 'NONE' ? [] : [`evidence ${evidence}`]),
    ...(after.length === 0 ? [] : [`after ${after.join(', ')}`]),
  ];
  return [id, title[language], role, terms.join(', ')];
}

function checklistText({ id, checklist = [] }: WorkItemTemplate, language: Language): string {
  return section(`Checklist of ${id}`, aligned(checklist.map(({ id: point, title, optional }) => [point, title[language], optional === true ? 'optional' : ''])));
}

/** The entry in a file: what `show --json` printed, or without name and version. Throws CannotRun. */
function entryIn(text: string, name: string, file: string): object {
  const parsed = parse(text);
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) throw new CannotRun(`${file} holds no JSON object: associa catalogue show TRAINING --json prints one.`);
  if ('service' in parsed && parsed.service !== name) throw new CannotRun(`${file} is of the service ${String(parsed.service)}, not of ${name}.`);
  return Object.fromEntries(Object.entries(parsed).filter(([member]) => !BESIDE.some((one) => one === member)));
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function missing(name: string, version: number | undefined): string {
  return `The catalogue has no service ${name}${version === undefined ? '' : ` at version ${version}`}: associa catalogue list shows those there are.`;
}
