import type { Command } from 'commander';
import { z } from 'zod';
import { alike } from '../domain/portfolio/alike.ts';
import { letterOf, LETTERED_STATES } from '../domain/portfolio/letters.ts';
import { migrationStage } from '../domain/migration/words.ts';
import type { Language } from '../domain/shared/bilingual.ts';
import type { Io } from './io.ts';
import { example, globalOptions, optionsOf, wholeNumber } from './options.ts';
import { DoesNotHold } from './outcome.ts';
import { readAnswer, Reason } from './problems.ts';
import { listAll, Server } from './server.ts';
import { count, section, table, wallTime } from './text.ts';

const Row = z.object({
  name: z.string(), phase: z.string().nullable(), cells: z.array(z.object({ service: z.string(), migration: z.string(), state: z.string(), since: z.string(), late: z.boolean() })),
});
type Row = z.output<typeof Row>;
const Explained = z.object({ body: z.string(), name: z.string(), reasons: z.array(Reason) });
const Wave = z.object({ wave: z.number(), from: z.string(), to: z.string(), inWeek: z.number(), comuni: z.array(Explained) });
const ServicePlan = z.object({ service: z.string(), waves: z.array(Wave), unplaced: z.array(Explained) });
const Plan = z.object({
  service: z.string(), from: z.string(), until: z.string(), order: z.string(), plans: z.array(ServicePlan),
  capacity: z.object({ perWeek: z.number(), perWeekOfService: z.number(), policy: z.string() }),
});

const capacity = wholeNumber(1, 500).optional();
const upper = z.string().transform((text) => text.toUpperCase());

/** `portfolio`: the comuni by the services that they asked for. */
export function addPortfolio(program: Command, io: Io): void {
  program.command('portfolio')
    .description('show the comuni by services: a letter says how each stands')
    .option('--service <service>', 'only this service, e.g. TRAINING')
    .option('--state <state>', 'only what is in this state, e.g. OPERATING')
    .option('--summary', 'how many comuni are in which state, by service')
    .addHelpText('after', example('portfolio', 'portfolio --service TRAINING', 'portfolio --summary'))
    .action(async (_options: unknown, command: Command) => {
      const { service, state, summary, ...globals } = optionsOf(command, globalOptions.extend({ service: upper.optional(), state: upper.optional(), summary: z.boolean().default(false) }));
      const server = new Server(io, globals);
      const page = await listAll(server, { path: '/v1/portfolio', query: { service, state } }, globals.json ? z.looseObject({}) : Row, Number.POSITIVE_INFINITY);
      if (globals.json) {
        io.out(`${JSON.stringify(page)}\n`);
        return;
      }
      const rows = page.items.map((item) => readAnswer(Row, item)).filter(({ cells }) => cells.length > 0);
      if (rows.length === 0) io.out('No comune has such a service.\n');
      else io.out(summary ? summaryText(rows) : matrixText(rows, server.language));
    });
}

/** `migration plan`: when a service could be cut over at each comune. */
export function addPlan(group: Command, io: Io): void {
  group.command('plan')
    .description('propose waves of cutovers for a service, within windows and capacity, and say why')
    .requiredOption('--service <service>', 'service of the full track, e.g. FIBRE')
    .option('--from <date>', 'first day on which a cutover may begin; default: after the days that the policy takes a migration to need')
    .option('--per-week <n>', 'cutovers of all services in a week; default: by the policy')
    .option('--per-week-of-service <n>', 'the same of one service; default: by the policy')
    .option('--with-dependencies', 'plan what the service depends on first, where it is missing')
    .option('--everyone', 'as if all comuni were members')
    .addHelpText('after', example('migration plan --service FIBRE', 'migration plan --service VOIP_TELEPHONY --with-dependencies --from 2027-01-04', 'migration plan --service FIBRE --everyone --per-week-of-service 10 --json'))
    .action(async (_options: unknown, command: Command) => {
      const { service, from, perWeek, perWeekOfService, withDependencies, everyone, ...globals } = optionsOf(command, globalOptions.extend({
        service: upper, from: z.string().optional(), perWeek: capacity, perWeekOfService: capacity, withDependencies: z.literal(true).optional(), everyone: z.literal(true).optional(),
      }));
      const server = new Server(io, globals);
      const { text, json } = await server.send({ path: '/v1/portfolio/plan', query: { service, from, perWeek, perWeekOfService, withDependencies, everyone } });
      const plan = readAnswer(Plan, json);
      io.out(globals.json ? `${text}\n` : planText(plan));
      if (plan.plans.at(-1)?.waves.length === 0) throw new DoesNotHold(`No comune has a window for ${service} until ${plan.until}.`);
    });
}

function matrixText(rows: readonly Row[], language: Language): string {
  const services = [...new Set(rows.flatMap(({ cells }) => cells.map(({ service }) => service)))].toSorted();
  const lines = rows.map(({ name, cells }) => [name, ...services.map((service) => {
    const cell = cells.find((one) => one.service === service);
    return cell === undefined ? '' : `${letterOf(cell.state)}${cell.late ? '!' : ''}`;
  })]);
  const present = new Set(rows.flatMap(({ cells }) => cells.map(({ state }) => state)));
  const legend = [...LETTERED_STATES, ...[...present].filter((state) => !LETTERED_STATES.includes(state))].filter((state) => present.has(state));
  return `${table(['comune', ...services], lines)}${section('Letters', [...legend.map((state) => `${letterOf(state)}  ${state}: ${migrationStage(state)[language]}`), '!  late'])}`;
}

function summaryText(rows: readonly Row[]): string {
  const counts = new Map<string, number>();
  for (const { service, state } of rows.flatMap(({ cells }) => cells)) counts.set(`${service} ${state}`, (counts.get(`${service} ${state}`) ?? 0) + 1);
  return table(['service', 'state', 'comuni'], [...counts].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([key, n]) => [...key.split(' '), String(n)]));
}

function planText({ plans, capacity: { perWeek, perWeekOfService, policy }, from, until, order }: z.output<typeof Plan>): string {
  const head = `From ${from} to ${until}; in a week at most ${count(perWeekOfService, 'cutover')} of a service, ${perWeek} of all (policy ${policy}).\n${order}\n`;
  return `${head}${plans.map(servicePlanText).join('')}`;
}

function servicePlanText({ service, waves, unplaced }: z.output<typeof ServicePlan>): string {
  const placed = waves.reduce((sum, { comuni }) => sum + comuni.length, 0);
  const lines = waves.map(({ wave, from, to, inWeek, comuni }) => [String(wave), `${wallTime(from)} – ${wallTime(to)}`, String(inWeek), names(comuni)]);
  const title = `\n${service}: ${count(waves.length, 'wave')}, ${placed} of ${placed + unplaced.length} comuni\n`;
  const later = waves.flatMap(({ wave, comuni }) => alike(comuni).filter(({ reasons }) => reasons.length > 0).flatMap(({ items, reasons }) => [`wave ${wave}: ${names(items)}`, ...reasons.map(({ message }) => `  ${message}`)]));
  const without = alike(unplaced).flatMap(({ items, reasons }) => [names(items), ...reasons.map(({ message }) => `  ${message}`)]);
  return `${title}${waves.length === 0 ? '' : table(['wave', 'window', 'in week', 'comuni'], lines)}${section('Why not earlier', later)}${section('Without a window', without)}`;
}

function names(comuni: readonly { readonly name: string }[]): string {
  return comuni.map(({ name }) => name).join(', ');
}
