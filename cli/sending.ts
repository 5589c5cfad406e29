import { randomUUID } from 'node:crypto';
import type { Command } from 'commander';
import { z } from 'zod';
import { happened, turns } from './case-text.ts';
import { readArgument, type Io } from './io.ts';
import { bodyOf, missingCase, type CaseKind } from './kinds.ts';
import { CannotRun } from './outcome.ts';
import { example, globalOptions, optionsOf, wholeNumber, type GlobalOptions } from './options.ts';
import { readAnswer } from './problems.ts';
import { Server } from './server.ts';
import { Event } from './views.ts';

const KEY = /^[A-Za-z0-9._-]{1,128}$/;
const key = z.string().regex(KEY, 'takes 1 to 128 of A-Z a-z 0-9 . _ -').optional();

const doOptions = globalOptions.extend({
  data: z.string().default('{}'),
  async: z.boolean().default(false),
  key,
  ifMatch: wholeNumber(1, 1_000_000_000).optional(),
});
const startOptions = globalOptions.extend({ policies: z.string().optional(), key });
const requestOptions = globalOptions.extend({ plan: z.string().optional(), parameters: z.string().optional(), key });

/** `do`: sends a command to a case. */
export function addSending(group: Command, io: Io, kind: CaseKind): void {
  const { name, sample, sampleCommand, sampleData } = kind;
  group.command('do <id> <Command>')
    .description('record a fact or a decision; allowed <id> <Command> shows its data')
    .option('--data <json>', 'data of the command: JSON, @file, or - for standard input; default {}')
    .option('--async', 'leave it with the case and do not wait for the decision')
    .option('--key <key>', 'Idempotency-Key: the same key sent again is done once')
    .option('--if-match <version>', 'only if the case is at this version still')
    .addHelpText('after', example(
      `${name} do ${sample} ${sampleCommand} --data '${sampleData}'`, `${name} do ${sample} ${sampleCommand} --data @data.json --if-match 3`,
      `${name} do ${sample} ${sampleCommand} --data - --async < data.json`,
    ))
    .action(async (id: string, type: string, _options: unknown, command: Command) => {
      const { data, async: isAsync, key: given, ifMatch, ...globals } = optionsOf(command, doOptions);
      // The bytes as given: the server sees a member that stands twice, a parser here would hide it.
      const body = `{"type":${JSON.stringify(type)},"data":${await jsonArgument(io, 'data', data)}}`;
      const commandId = given ?? randomUUID();
      const { text, json } = await new Server(io, globals).send({
        method: 'POST', path: `${kind.path}/${encodeURIComponent(id)}/commands`, body, role: kind.roleFor(type), caseBody: bodyOf(id), missing: missingCase(kind, id),
        headers: {
          'Idempotency-Key': commandId,
          ...(isAsync ? { Prefer: 'respond-async' } : {}),
          ...(ifMatch === undefined ? {} : { 'If-Match': `"${ifMatch}"` }),
        },
      }).catch((error: unknown) => { throw withKey(error, commandId); });
      if (globals.json) io.out(`${text}\n`);
      else if (isAsync) io.out(`${type} is left with ${id}; associa ${name} outcome ${id} ${commandId} says what became of it.\n`);
      else io.out(doneText(kind, type, json));
    });
}

/** `adhesion start`. */
export function addStart(group: Command, io: Io): void {
  group.command('start <body>')
    .description('start the adhesion of a comune, by its IPA code, and print the id')
    .option('--policies <json>', 'readings of the law that this case goes by: JSON, @file or -; what is left out has its default')
    .option('--key <key>', 'Idempotency-Key: the same key sent again is done once')
    .addHelpText('after', example('adhesion start c_a010', `adhesion start c_a010 --policies '{"executivity":"END"}'`))
    .action(async (body: string, _options: unknown, command: Command) => {
      const { policies, key: given, ...globals } = optionsOf(command, startOptions);
      const members = [['body', JSON.stringify(body)], ...(policies === undefined ? [] : [['policies', await jsonArgument(io, 'policies', policies)]])];
      await open(io, globals, given, '/v1/adhesions', members);
    });
}

/** `migration request`. */
export function addRequest(group: Command, io: Io): void {
  group.command('request <adhesion> <service>')
    .description('request the migration of a service for a comune, and print its id')
    .option('--plan <plan>', 'plan of the service in the catalogue')
    .option('--parameters <json>', 'parameters of the plan: JSON, @file or -')
    .option('--key <key>', 'Idempotency-Key: the same key sent again is done once')
    .addHelpText('after', example('migration request c_a010-1 TRAINING', 'migration request c_a010-1 TRAINING --plan standard'))
    .action(async (adhesion: string, service: string, _options: unknown, command: Command) => {
      const { plan, parameters, key: given, ...globals } = optionsOf(command, requestOptions);
      const members = [
        ['service', JSON.stringify(service)],
        ...(plan === undefined ? [] : [['plan', JSON.stringify(plan)]]),
        ...(parameters === undefined ? [] : [['parameters', await jsonArgument(io, 'parameters', parameters)]]),
      ];
      await open(io, globals, given, `/v1/adhesions/${encodeURIComponent(adhesion)}/migrations`, members, adhesion);
    });
}

async function open(
  io: Io, globals: GlobalOptions, given: string | undefined, path: string, members: readonly (readonly string[])[], adhesion?: string,
): Promise<void> {
  const commandId = given ?? randomUUID();
  const { text, json } = await new Server(io, globals).send({
    method: 'POST', path, body: `{${members.map(([name, value]) => `"${name}":${value}`).join(',')}}`, headers: { 'Idempotency-Key': commandId },
    ...(adhesion === undefined ? {} : {
      caseBody: bodyOf(adhesion), missing: `There is no adhesion ${adhesion} that this caller may see: associa adhesion list shows those there are.`,
    }),
  }).catch((error: unknown) => { throw withKey(error, commandId); });
  io.out(globals.json ? `${text}\n` : `${readAnswer(z.object({ id: z.string() }), json).id}\n`);
}

function doneText(kind: CaseKind, type: string, json: unknown): string {
  const answer = readAnswer(z.looseObject({ version: z.number(), events: z.array(Event) }), json);
  const view = readAnswer(kind.view, answer[kind.name]);
  const parked = answer.events.some((event) => event.type === 'FactParked');
  const head = parked ? `${type} came before its turn: it is kept and decided when its turn comes.` : `${type} is done.`;
  return `${head} ${view.id} is at version ${answer.version}.\n${happened(answer.events)}${turns(view)}`;
}

/** Whether it happened is open when no answer came: the key makes it safe to send again. */
function withKey(error: unknown, commandId: string): unknown {
  if (!(error instanceof CannotRun) || error.json !== undefined || error.cause === undefined || error.message.includes('ECONNREFUSED')) return error;
  return new CannotRun(`${error.message}\nIt may have arrived all the same: send it again with --key ${commandId}, it is done once.`, { cause: error.cause });
}

/** The text of a JSON object given by hand, in a file or by standard input. Throws CannotRun when it is none. */
export async function jsonArgument(io: Io, option: string, argument: string): Promise<string> {
  const text = await readArgument(io, argument);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new CannotRun(`--${option} is not JSON (${cause instanceof Error ? cause.message : String(cause)}): give an object like '{"reasons":"…"}', @file or -.`, { cause });
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new CannotRun(`--${option} is a JSON object, like '{}'.`);
  return text;
}

