import { randomUUID } from 'node:crypto';
import type { Command } from 'commander';
import { z } from 'zod';
import { allowedText } from './allowed-text.ts';
import { eventTable } from './case-text.ts';
import type { Io } from './io.ts';
import { casePath, missingCase } from './kinds.ts';
import { example, globalOptions, optionsOf, wholeNumber } from './options.ts';
import { readAnswer, Reason } from './problems.ts';
import { jsonArgument } from './sending.ts';
import { listAll, Server } from './server.ts';
import { section, table } from './text.ts';
import { Allowed, Event } from './views.ts';
import { addWhy } from './why.ts';

const SAMPLE = 'agency-1';
const KIND = { name: 'constitution', path: '/v1/constitution', sample: SAMPLE, sampleField: 'threshold.metOn' } as const;
const DEFAULT_ROWS = 50;

const Period = z.object({ from: z.string(), to: z.string() });
const Count = z.object({ members: z.number(), population: z.number() });
const Line = z.object({
  id: z.string(), state: z.string(), version: z.number(), legalForm: z.object({ form: z.string(), majority: z.string() }),
  gates: z.array(z.object({ gate: z.string(), state: z.string(), planned: Period, awaitedBy: z.string(), reachedOn: z.string().nullable(), delayDays: z.number().nullable(), inDoubt: z.boolean(), inQuestion: z.boolean() })),
  threshold: z.object({ required: Count, of: Count, executive: Count, adopted: Count, met: z.boolean(), metOn: z.string().nullable(), lostAt: z.string().nullable() }),
  countersignedBy: z.string(), feesBillable: z.boolean(), waitingFor: z.array(z.object({ who: z.string(), what: z.string(), dueOn: z.string().nullable(), reasons: z.array(Reason) })),
});
type Line = z.output<typeof Line>;
const Member = z.object({ body: z.string(), population: z.number(), adoptedOn: z.string().nullable(), executiveOn: z.string().nullable(), counting: z.string(), late: z.boolean() });

/** `constitution`: the Agency's own path, plan against actual. */
export function addConstitution(program: Command, io: Io): void {
  const group = program.command('constitution').description("the Agency's own path to its constitution: start, plan against actual, record");
  addStart(group, io);
  addReads(group, io);
  addWhy(group, io, KIND);
  addDo(group, io);
}

function addStart(group: Command, io: Io): void {
  group.command('start')
    .description('start the path by the published programme, and print its id')
    .option('--threshold <threshold>', 'DEFAULT, CONFERENCE_RULE, or numbers of your own: JSON, @file or -')
    .option('--form <form>', 'SPECIAL_CONSORTIUM, CONVENTION_ONLY, IN_HOUSE_COMPANY, FOUNDATION')
    .option('--plan <json>', 'periods of gates that differ from the programme: JSON, @file or -')
    .option('--key <key>', 'Idempotency-Key: the same key sent again is done once')
    .addHelpText('after', example('constitution start --threshold CONFERENCE_RULE', `constitution start --threshold '{"minMembers":60,"minPopulation":2000000}' --plan '{"CMM_RESOLUTION":{"from":"2026-11-01","to":"2026-11-30"}}'`))
    .action(async (_options: unknown, command: Command) => {
      const { threshold, form, plan, key, ...globals } = optionsOf(command, globalOptions.extend({ threshold: z.string().optional(), form: z.string().optional(), plan: z.string().optional(), key: z.string().optional() }));
      const members = [
        ...(threshold === undefined ? [] : [`"threshold":${/^[A-Z_]+$/.test(threshold) ? JSON.stringify(threshold) : await jsonArgument(io, 'threshold', threshold)}`]),
        ...(form === undefined ? [] : [`"agencyLegalForm":${JSON.stringify(form)}`]),
        ...(plan === undefined ? [] : [`"plan":${await jsonArgument(io, 'plan', plan)}`]),
      ];
      const { text, json } = await new Server(io, globals).send({ method: 'POST', path: KIND.path, body: `{${members.join(',')}}`, headers: { 'Idempotency-Key': key ?? randomUUID() } });
      io.out(globals.json ? `${text}\n` : `${readAnswer(Line, json).id}\n`);
    });
}

function addReads(group: Command, io: Io): void {
  group.command('list')
    .description('list the paths, newest first: one, and those that were given up before it')
    .addHelpText('after', example('constitution list', 'constitution list --json'))
    .action(async (_options: unknown, command: Command) => {
      const globals = optionsOf(command, globalOptions);
      const page = await listAll(new Server(io, globals), { path: KIND.path }, z.looseObject({}), DEFAULT_ROWS);
      if (globals.json) io.out(`${JSON.stringify(page)}\n`);
      else if (page.items.length === 0) io.out('The path was not started: associa constitution start begins it.\n');
      else io.out(table(['id', 'state', 'gates reached', 'comuni', 'asked for'], page.items.map((item) => {
        const { id, state, gates, threshold } = readAnswer(Line, item);
        return [id, state, `${gates.filter(({ reachedOn }) => reachedOn !== null).length} of ${gates.length}`, String(threshold.executive.members), String(threshold.required.members)];
      })));
    });

  group.command('show <id>')
    .description('show plan against actual, the threshold, and what is waited for')
    .option('--comuni', 'a line for each comune too')
    .addHelpText('after', example(`constitution show ${SAMPLE}`, `constitution show ${SAMPLE} --comuni`))
    .action(async (id: string, _options: unknown, command: Command) => {
      const { comuni, ...globals } = optionsOf(command, globalOptions.extend({ comuni: z.boolean().default(false) }));
      const { text, json } = await new Server(io, globals).send({ path: casePath(KIND, id), missing: missingCase(KIND, id) });
      io.out(globals.json ? `${text}\n` : shown(readAnswer(Line, json)) + (comuni ? comuniText(readAnswer(z.object({ members: z.array(Member) }), json).members) : ''));
    });

  group.command('allowed <id>')
    .description('what may be recorded now and, if not, why')
    .option('--fields', 'also what the data of each are made of')
    .addHelpText('after', example(`constitution allowed ${SAMPLE}`, `constitution allowed ${SAMPLE} --fields`))
    .action(async (id: string, _options: unknown, command: Command) => {
      const { fields, ...globals } = optionsOf(command, globalOptions.extend({ fields: z.boolean().default(false) }));
      const { text, json } = await new Server(io, globals).send({ path: `${casePath(KIND, id)}/allowed`, missing: missingCase(KIND, id) });
      io.out(globals.json ? `${text}\n` : allowedText(readAnswer(Allowed, json).items, fields));
    });

  group.command('events <id>')
    .description('what was recorded, event by event')
    .option('--after <version>', 'only those after this version')
    .addHelpText('after', example(`constitution events ${SAMPLE}`, `constitution events ${SAMPLE} --after 40 --json`))
    .action(async (id: string, _options: unknown, command: Command) => {
      const { after, ...globals } = optionsOf(command, globalOptions.extend({ after: wholeNumber(0, 1_000_000_000).optional() }));
      const page = await listAll(new Server(io, globals), { path: `${casePath(KIND, id)}/events`, query: { after: after === undefined ? undefined : String(after) }, missing: missingCase(KIND, id) }, Event, 100_000);
      io.out(globals.json ? `${JSON.stringify(page)}\n` : eventTable(page.items));
    });
}

function addDo(group: Command, io: Io): void {
  group.command('do <id> <Command>')
    .description('record an act of the path or a decision; allowed shows which')
    .option('--data <json>', 'data of the command: JSON, @file, or - for standard input; default {}')
    .option('--key <key>', 'Idempotency-Key: the same key sent again is done once')
    .addHelpText('after', example(
      `constitution do ${SAMPLE} RecordMetropolitanResolution --data @delibera.json`, `constitution do ${SAMPLE} DecideMilestone --data '{"gate":"CMM_RESOLUTION","decision":"EXTEND","to":"2026-11-30"}'`,
    ))
    .action(async (id: string, type: string, _options: unknown, command: Command) => {
      const { data, key, ...globals } = optionsOf(command, globalOptions.extend({ data: z.string().default('{}'), key: z.string().optional() }));
      const body = `{"type":${JSON.stringify(type)},"data":${await jsonArgument(io, 'data', data)}}`;
      const { text, json } = await new Server(io, globals).send({ method: 'POST', path: `${casePath(KIND, id)}/commands`, body, headers: { 'Idempotency-Key': key ?? randomUUID() }, missing: missingCase(KIND, id) });
      io.out(globals.json ? `${text}\n` : shown(readAnswer(z.object({ constitution: Line }), json).constitution));
    });
}

function shown({ id, state, legalForm, gates, threshold, countersignedBy, feesBillable, waitingFor }: Line): string {
  const { required, of, executive, adopted, met, metOn, lostAt } = threshold;
  return [
    `${id}  ${state}  ${legalForm.form} (${legalForm.majority})\n`,
    table(['gate', 'state', 'planned from', 'to', 'awaited by', 'actual', 'days'], gates.map(({ gate, state: standing, planned, awaitedBy, reachedOn, delayDays, inDoubt, inQuestion }) => [
      gate, `${standing}${inQuestion ? ', to be decided' : ''}${inDoubt ? ', in doubt' : ''}`, planned.from, planned.to, awaitedBy, reachedOn ?? '', delayDays === null ? '' : `${delayDays > 0 ? '+' : ''}${delayDays}`,
    ])),
    `Threshold ${met ? `met on ${metOn ?? ''}` : lostAt === null ? 'not met' : 'lost'}: ${executive.members} comuni of ${required.members} asked for (${of.members} in all), ${executive.population} inhabitants of ${required.population}; adopted: ${adopted.members}.\n`,
    `Conventions are countersigned by the ${countersignedBy === 'AGENCY' ? 'Agency' : 'Metropolitan City'}; fees are ${feesBillable ? '' : 'not '}due.\n`,
    section('Waiting for:', waitingFor.map(({ who, what, dueOn, reasons }) => `${who} ${what}${dueOn === null ? '' : ` by ${dueOn}`}: ${reasons.map(({ message }) => message).join(' ')}`)),
  ].join('');
}

function comuniText(members: readonly z.output<typeof Member>[]): string {
  return table(['comune', 'inhabitants', 'adopted', 'executive', 'counts', 'late'], members.map(({ body, population, adoptedOn, executiveOn, counting, late }) => (
    [body, String(population), adoptedOn ?? '', executiveOn ?? '', counting, late ? 'late' : ''])));
}
