import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { Command } from 'commander';
import { z } from 'zod';
import { requestOf } from './campaign-file.ts';
import type { Io } from './io.ts';
import { casePath, missingCase } from './kinds.ts';
import { DoesNotHold } from './outcome.ts';
import { example, globalOptions, optionsOf, wholeNumber, type GlobalOptions } from './options.ts';
import { readAnswer, Reason } from './problems.ts';
import { progressBar } from './progress.ts';
import { listAll, Server } from './server.ts';
import { table, wallTime } from './text.ts';
import { addWhy } from './why.ts';

const SAMPLE = '20260901-0a1b2c3d';
const KIND = { name: 'campaign', path: '/v1/campaigns', sample: SAMPLE, sampleField: 'items.c_a010.code' } as const;
/** A preview decides on each case of a country. */
const START_TIMEOUT_MS = 120_000;
const LOOK_EVERY_MS = 500;
const DEFAULT_ROWS = 50;

const Counts = z.object({ total: z.number(), done: z.number(), failed: z.number(), skipped: z.number(), pending: z.number() });
const Item = z.object({ body: z.string(), state: z.string(), code: z.string().optional(), adhesion: z.string().optional() });
const Line = z.object({ id: z.string(), name: z.string(), state: z.string(), version: z.number(), counts: Counts, preparedAt: z.string(), waitingFor: z.array(z.object({ what: z.string(), reasons: z.array(Reason) })) });
const Campaign = Line.extend({ items: z.array(Item) });
type Campaign = z.output<typeof Campaign>;
const Started = z.object({ id: z.string().optional(), state: z.string(), counts: Counts, preview: z.array(z.object({ body: z.string(), allowed: z.boolean(), reasons: z.array(Reason) })) });

const runOptions = globalOptions.extend({
  name: z.string().optional(), open: z.boolean().optional(), command: z.string().optional(), data: z.string().optional(), request: z.string().optional(), archive: z.boolean().optional(),
  perMinute: wholeNumber(1, 6_000).optional(), parallel: wholeNumber(1, 20).optional(), stopAfter: wholeNumber(1, 10_000).optional(),
  dryRun: z.boolean().default(false), verbose: z.boolean().default(false), wait: z.boolean().default(true), key: z.string().optional(),
});

/** `campaign`: one act on many cases. */
export function addCampaigns(program: Command, io: Io): void {
  const group = program.command('campaign').description('one act on many cases: start, follow, steer');
  addRun(group, io);
  addReads(group, io);
  addWhy(group, io, KIND);
  addSteering(group, io);
}

function addRun(group: Command, io: Io): void {
  group.command('run <file>')
    .description('start a campaign and follow it to its end; the file is a request in JSON, or a CSV with the header body and in that column IPA codes; - is standard input')
    .option('--open', 'with a CSV: open the adhesion of each comune')
    .option('--command <Command>', 'with a CSV: send this command to the adhesion of each')
    .option('--data <json>', 'data of that command: JSON, @file; default {}')
    .option('--request <service>', 'with a CSV: request this service for each')
    .option('--archive', 'with a CSV: archive the histories of the last closed adhesion of each')
    .option('--name <title>', 'title of the campaign; default: of the file')
    .option('--per-minute <n>', 'acts that begin in a minute, at most')
    .option('--parallel <n>', 'acts under way at once, at most')
    .option('--stop-after <n>', 'stop by itself after so many failures')
    .option('--dry-run', 'only say what would become of each; starts and writes nothing')
    .option('--verbose', 'a line for each case')
    .option('--no-wait', 'start it and print its id')
    .option('--key <key>', 'Idempotency-Key: the same key sent again is the same campaign')
    .addHelpText('after', example(
      'campaign run comuni.csv --open --dry-run', 'campaign run comuni.csv --command SendProposal --data @proposta.json --per-minute 60 --stop-after 3', 'campaign run campagna.json --verbose',
    ))
    .action(async (file: string, _options: unknown, command: Command) => {
      const { name, open, command: sent, data, request, archive, perMinute, parallel, stopAfter, dryRun, verbose, wait, key, ...globals } = optionsOf(command, runOptions);
      const body = await requestOf(io, file, { name, open, command: sent, data, request, archive, perMinute, parallel, stopAfter });
      const server = new Server(io, globals);
      const headers = { 'Idempotency-Key': key ?? randomUUID() };
      const call = { method: 'POST', path: KIND.path, body: JSON.stringify(dryRun ? { ...body, dryRun } : body), headers, timeoutMs: START_TIMEOUT_MS } as const;
      const { text, json } = await server.send(call);
      const started = readAnswer(Started, json);
      const { id } = started;
      if (id === undefined) return answerPreview(io, globals, started, text, verbose);
      if (!wait) return io.out(globals.json ? `${text}\n` : `${id}\n`);
      if (!globals.json) io.err(`Campaign ${id}: ${comuni(started.counts.total)}, ${started.counts.skipped} skipped.\n`);
      return answerEnd(io, globals, await follow(io, server, id, verbose && !globals.json));
    });
}

/** Follows a campaign until nothing more happens by itself. */
async function follow(io: Io, server: Server, id: string, verbose: boolean): Promise<Campaign> {
  const bar = progressBar(io, 'cases');
  const said = new Set<string>();
  try {
    for (;;) {
      const view = await server.call({ path: casePath(KIND, id) }, Campaign);
      const { counts: { total, pending }, state, items } = view;
      if (verbose) for (const item of items) sayOnce(io, said, item);
      else bar.update(total - pending, total);
      const isStill = pending === 0 || ['STOPPED', 'PAUSED', 'CANCELLED'].includes(state);
      if (isStill && !items.some((item) => item.state === 'UNDER_WAY')) return view;
      await delay(LOOK_EVERY_MS);
    }
  } finally {
    bar.stop();
  }
}

function sayOnce(io: Io, said: Set<string>, { body, state, code, adhesion }: z.output<typeof Item>): void {
  if (state === 'PENDING' || state === 'UNDER_WAY' || said.has(body)) return;
  said.add(body);
  io.out(`${body}  ${state}${code === undefined ? '' : ` ${code}`}${adhesion === undefined ? '' : `  ${adhesion}`}\n`);
}

function answerPreview(io: Io, { json }: GlobalOptions, { counts, preview }: z.output<typeof Started>, text: string, verbose: boolean): void {
  const refused = preview.filter(({ allowed }) => !allowed);
  if (json) io.out(`${text}\n`);
  else if (verbose) io.out(table(['comune', 'act', 'why not'], preview.map(({ body, allowed, reasons }) => [body, allowed ? 'possible' : 'refused', reasonsText(reasons)])));
  else if (refused.length > 0) io.out(table(['comune', 'why not'], refused.map(({ body, reasons }) => [body, reasonsText(reasons)])));
  if (!json) io.out(`${counts.total - refused.length} of ${comuni(counts.total)} would be acted on; nothing was started.\n`);
  if (refused.length > 0) throw new DoesNotHold(`${refused.length} would be skipped.`);
}

function answerEnd(io: Io, { json }: GlobalOptions, view: Campaign): void {
  if (json) io.out(`${JSON.stringify(view)}\n`);
  else io.out(campaignText(view, true));
  const { id, state, counts: { failed } } = view;
  if (state === 'COMPLETED' && failed === 0) return;
  const next = state === 'STOPPED' || state === 'PAUSED' ? `associa campaign resume ${id} goes on` : `associa campaign retry ${id} tries again what failed`;
  throw new DoesNotHold(`The campaign is ${state}, ${failed} failed${state === 'CANCELLED' ? '' : `: ${next}`}.`);
}

function addReads(group: Command, io: Io): void {
  group.command('list')
    .description('list the campaigns, newest first')
    .option('--limit <n>', `most rows; default ${DEFAULT_ROWS}`)
    .addHelpText('after', example('campaign list', 'campaign list --limit 5 --json'))
    .action(async (_options: unknown, command: Command) => {
      const { limit = DEFAULT_ROWS, ...globals } = optionsOf(command, globalOptions.extend({ limit: wholeNumber(1, 100_000).optional() }));
      const page = await listAll(new Server(io, globals), { path: KIND.path }, z.looseObject({}), limit);
      if (globals.json) io.out(`${JSON.stringify(page)}\n`);
      else if (page.items.length === 0) io.out('There are no campaigns.\n');
      else {
        io.out(table(['id', 'name', 'state', 'done', 'failed', 'skipped', 'pending', 'since (Rome)'], page.items.map((item) => {
          const { id, name, state, counts, preparedAt } = readAnswer(Line, item);
          return [id, name, state, ...[counts.done, counts.failed, counts.skipped, counts.pending].map(String), wallTime(preparedAt)];
        })));
      }
    });

  group.command('show <id>')
    .description('show how far a campaign is, and what failed')
    .option('--verbose', 'a line for each case')
    .addHelpText('after', example(`campaign show ${SAMPLE}`, `campaign show ${SAMPLE} --verbose`))
    .action(async (id: string, _options: unknown, command: Command) => {
      const { verbose, ...globals } = optionsOf(command, globalOptions.extend({ verbose: z.boolean().default(false) }));
      const { text, json } = await new Server(io, globals).send({ path: casePath(KIND, id), missing: missingCase(KIND, id) });
      io.out(globals.json ? `${text}\n` : campaignText(readAnswer(Campaign, json), !verbose));
    });
}

const STEERING = [
  { name: 'pause', type: 'Pause', what: 'begin nothing new; what is under way comes to its end' },
  { name: 'resume', type: 'Resume', what: 'go on where it was paused, or stopped after its failures' },
  { name: 'cancel', type: 'Cancel', what: 'give up what has not begun; what was done stays done' },
  { name: 'retry', type: 'RetryFailed', what: 'try again each case that failed' },
] as const;

function addSteering(group: Command, io: Io): void {
  for (const { name, type, what } of STEERING) {
    group.command(`${name} <id>`)
      .description(what)
      .option('--key <key>', 'Idempotency-Key: the same key sent again is done once')
      .addHelpText('after', example(`campaign ${name} ${SAMPLE}`))
      .action(async (id: string, _options: unknown, command: Command) => {
        const { key, ...globals } = optionsOf(command, globalOptions.extend({ key: z.string().optional() }));
        const { text, json } = await new Server(io, globals).send({
          method: 'POST', path: `${casePath(KIND, id)}/commands`, body: JSON.stringify({ type, data: {} }), headers: { 'Idempotency-Key': key ?? randomUUID() }, missing: missingCase(KIND, id),
        });
        io.out(globals.json ? `${text}\n` : campaignText(readAnswer(z.object({ campaign: Campaign }), json).campaign, true));
      });
  }
}

/** A campaign for people; `onlyFailed`: of its cases those that failed. */
function campaignText({ id, name, state, counts, waitingFor, items }: Campaign, onlyFailed: boolean): string {
  const shown = onlyFailed ? items.filter((item) => item.state === 'FAILED') : items;
  const rows = shown.map((item) => [item.body, item.state, item.code ?? '', item.adhesion ?? '']);
  const turn = waitingFor.flatMap(({ what, reasons }) => reasons.map((reason) => `${what}: ${reason.message}\n`)).join('');
  return `${id}  ${name}  ${state}\n${comuni(counts.total)}: ${counts.done} done, ${counts.failed} failed, ${counts.skipped} skipped, ${counts.pending} pending.\n${turn}${rows.length === 0 ? '' : table(['comune', 'state', 'code', 'adhesion'], rows)}`;
}

function reasonsText(reasons: readonly z.output<typeof Reason>[]): string {
  return reasons.map(({ code, message }) => `${code}: ${message}`).join(' ');
}

function comuni(n: number): string {
  return `${n} ${n === 1 ? 'comune' : 'comuni'}`;
}
