import type { Command } from 'commander';
import { z } from 'zod';
import type { Language } from '../domain/shared/bilingual.ts';
import { allowedText } from './allowed-text.ts';
import { caseTable, caseText, eventTable, momentText } from './case-text.ts';
import type { Io } from './io.ts';
import { CASE_KINDS, bodyOf, casePath, missingCase, type CaseKind, type CaseKindName } from './kinds.ts';
import { DoesNotHold } from './outcome.ts';
import { example, globalOptions, knownOptions, optionsOf, wholeNumber, withKnown } from './options.ts';
import { readAnswer, Reason, reasonLine } from './problems.ts';
import { addSending } from './sending.ts';
import { listAll, Server } from './server.ts';
import { table, wallTime } from './text.ts';
import { Allowed, CommandState, Event, Run } from './views.ts';
import { addWhy } from './why.ts';

const DEFAULT_ROWS = 50;

const listOptions = globalOptions.extend({
  phase: z.string().transform((text) => text.toUpperCase()).optional(),
  waitingFor: z.string().transform((text) => text.toUpperCase()).optional(),
  late: z.boolean().optional(),
  service: z.string().transform((text) => text.toUpperCase()).optional(),
  q: z.string().optional(),
  limit: wholeNumber(1, 100_000).optional(),
});
const showOptions = knownOptions.extend({ validOn: z.string().optional() });
const eventOptions = globalOptions.extend({ after: wholeNumber(0, 1_000_000_000).optional(), full: z.boolean().default(false) });

/** The commands of a kind of case: the same for adhesions and migrations, but for how one begins. */
export function addCases(program: Command, io: Io, name: CaseKindName, begin: (group: Command, io: Io) => void): void {
  const kind = CASE_KINDS[name];
  const group = program.command(name).description(kind.description);
  begin(group, io);
  addReads(group, io, kind);
  addWhy(group, io, kind);
  addSending(group, io, kind);
  addBehind(group, io, kind);
}

function addReads(group: Command, io: Io, kind: CaseKind): void {
  const { name, path, sample } = kind;
  group.command('list')
    .description(`list the ${name}s, with whose turn it is`)
    .option(`--phase <${name === 'adhesion' ? 'phase' : 'state'}>`, name === 'adhesion' ? 'RECOGNITION, DESIGN, IMPLEMENTATION, MANAGEMENT, EXITING, CLOSED' : 'state of the migration')
    .option('--waiting-for <who>', 'OPERATOR, MEMBER, PROVIDER, CLOCK')
    .option('--late', 'only those whose window is past')
    .option('--service <service>', 'only those of this service, e.g. TRAINING')
    .option('--q <text>', 'part of the name of the comune or of a code')
    .option('--limit <n>', `most rows; default ${DEFAULT_ROWS}`)
    .addHelpText('after', example(`${name} list`, `${name} list --waiting-for MEMBER --q abbia`))
    .action(async (_options: unknown, command: Command) => {
      const { phase, waitingFor, late, service, q, limit = DEFAULT_ROWS, ...globals } = optionsOf(command, listOptions);
      const page = await listAll(new Server(io, globals), { path, query: { phase, waitingFor, late, service, q } }, z.looseObject({}), limit);
      if (globals.json) io.out(`${JSON.stringify(page)}\n`);
      else if (page.items.length === 0) io.out(`There are no such ${name}s.\n`);
      else io.out(caseTable(name, page.items.map((item) => readAnswer(kind.view, item))));
      if (!globals.json && page.nextCursor !== null) io.err(`There are more than ${limit}: raise --limit to see them.\n`);
    });

  withKnown(group.command('show <id>')
    .description('show where a case stands, whose turn it is and why, and its dates'))
    .option('--valid-on <date>', 'as it was in force on this day, by what is known now or was known then, e.g. 2026-07-01')
    .addHelpText('after', example(
      `${name} show ${sample}`, `${name} show ${sample} --as-of-version 3`, `${name} show ${sample} --as-of-event ${name}/${sample}@3`, `${name} show ${sample} --as-of 2026-07-04T12:00:00+02:00 --valid-on 2026-07-02`,
    ))
    .action(async (id: string, _options: unknown, command: Command) => {
      const { asOfVersion, asOf, asOfEvent, asOfPosition, validOn, ...globals } = optionsOf(command, showOptions);
      const moment = { asOfVersion, asOf, asOfEvent, asOfPosition, validOn };
      const call = { path: casePath(kind, id), query: moment, caseBody: bodyOf(id), missing: missingCase(kind, id) };
      const server = new Server(io, globals);
      if (globals.json) io.out(`${(await server.send(call)).text}\n`);
      else io.out(`${momentText(moment)}${caseText(await server.call(call, kind.view))}`);
    });

  group.command('allowed <id> [command]')
    .description('show what may be done now and, if not, why; with a command also the fields of its data')
    .addHelpText('after', example(`${name} allowed ${sample}`, `${name} allowed ${sample} ${kind.sampleCommand}`, `${name} allowed ${sample} --as member`))
    .action(async (id: string, type: string | undefined, _options: unknown, command: Command) => {
      const globals = optionsOf(command, globalOptions);
      const role = type === undefined ? 'operator' : kind.roleFor(type);
      const call = { path: `${casePath(kind, id)}/allowed`, role, caseBody: bodyOf(id), missing: missingCase(kind, id) };
      const all = await new Server(io, globals).call(call, Allowed);
      const items = type === undefined ? all.items : all.items.filter((item) => item.command === type);
      if (items.length === 0 && type !== undefined) {
        throw new DoesNotHold(`This caller has no command ${type}: associa ${name} allowed ${id} lists those there are.`, { json: { ...all, items } });
      }
      io.out(globals.json ? `${JSON.stringify({ ...all, items })}\n` : allowedText(items, type !== undefined));
    });

  group.command('events <id>')
    .description('list the stored events in their order')
    .option('--after <version>', 'only those after this version')
    .option('--full', 'with their data')
    .addHelpText('after', example(`${name} events ${sample}`, `${name} events ${sample} --after 3 --full`))
    .action(async (id: string, _options: unknown, command: Command) => {
      const { after, full, ...globals } = optionsOf(command, eventOptions);
      const call = { path: `${casePath(kind, id)}/events`, query: { after }, caseBody: bodyOf(id), missing: missingCase(kind, id) };
      const page = await listAll(new Server(io, globals), call, z.looseObject({}), Number.POSITIVE_INFINITY);
      io.out(globals.json ? `${JSON.stringify(page)}\n` : eventTable(page.items.map((item) => readAnswer(Event, item)), full));
    });
}

/** What stands behind a case: the outcome of a command left with it, the runs of its workflow. */
function addBehind(group: Command, io: Io, kind: CaseKind): void {
  const { name, sample } = kind;
  group.command('outcome <id> <commandId>')
    .description('say what became of a command: PENDING, DONE or REFUSED')
    .addHelpText('after', example(`${name} outcome ${sample} 7f0c2c3e-5d5b-4a55-9c60-1a0f6a3f8f11`))
    .action(async (id: string, commandId: string, _options: unknown, command: Command) => {
      const globals = optionsOf(command, globalOptions);
      const missing = `The case ${id} knows no command ${commandId}: the id is what do --async printed.`;
      const server = new Server(io, globals);
      const answer = await server.send({ path: `${casePath(kind, id)}/commands/${encodeURIComponent(commandId)}`, caseBody: bodyOf(id), missing });
      const { state, code, version, events = [] } = readAnswer(CommandState, answer.json);
      if (globals.json) io.out(`${answer.text}\n`);
      else io.out(`${state}${version === undefined ? '' : `, the case was at version ${version} then`}\n${events.length === 0 ? '' : eventTable(events)}`);
      if (state === 'REFUSED') throw new DoesNotHold([`${code ?? state}: the command was refused.`, ...events.flatMap((event) => refusalLines(event, server.language))].join('\n'));
    });

  group.command('runs <id>')
    .description("list the runs of the workflow that hosts the case, in Temporal's own terms")
    .addHelpText('after', example(`${name} runs ${sample}`))
    .action(async (id: string, _options: unknown, command: Command) => {
      const globals = optionsOf(command, globalOptions);
      const answer = await new Server(io, globals).send({ path: `${casePath(kind, id)}/runs`, caseBody: bodyOf(id), missing: missingCase(kind, id) });
      const { items } = readAnswer(z.object({ items: z.array(Run) }), answer.json);
      if (globals.json) io.out(`${answer.text}\n`);
      else io.out(table(['run', 'state', 'started (Rome)', 'closed'], items.map(({ runId, state, startedAt, closedAt }) => [runId, state, wallTime(startedAt), closedAt === undefined ? '-' : wallTime(closedAt)])));
    });
}

/** Why a fact was refused stands in the event that says so. */
function refusalLines({ data }: z.output<typeof Event>, language: Language): string[] {
  const refusal = z.object({ code: z.string(), reasons: z.array(Reason.extend({ messageEn: z.string().optional() })) }).safeParse(data);
  if (!refusal.success) return [];
  const { code, reasons } = refusal.data;
  return reasons.map(({ message, messageEn = message, ...reason }) => reasonLine({ ...reason, message: language === 'it' ? message : messageEn }, code));
}
