import { randomUUID } from 'node:crypto';
import type { Command } from 'commander';
import { z } from 'zod';
import { readArgument, type Io } from './io.ts';
import { example, globalOptions, optionsOf } from './options.ts';
import { DoesNotHold } from './outcome.ts';
import { addPreparations } from './preparations.ts';
import { readAnswer } from './problems.ts';
import { listAll, Server } from './server.ts';
import { table } from './text.ts';

const PATH = '/v1/brokers';
const PREPARATIONS = '/v1/broker-preparations';
const Services = z.record(z.string(), z.looseObject({ planIds: z.record(z.string(), z.string()) }));
const Contact = z.looseObject({ state: z.string(), answeredAt: z.string().nullable(), failedAt: z.string().nullable(), failure: z.string().nullable(), openUntil: z.string().nullable() });
const Shown = z.looseObject({ name: z.string(), url: z.string(), local: z.boolean(), services: Services, instances: z.number(), contact: Contact });
const Preparation = z.looseObject({ name: z.string(), kind: z.enum(['REGISTER', 'REMOVE']), by: z.string(), at: z.string() });
const Check = z.looseObject({ reachable: z.boolean(), code: z.string().nullable(), mismatches: z.array(z.looseObject({ message: z.string(), path: z.string() })), services: z.array(z.looseObject({ id: z.string(), name: z.string(), plans: z.array(z.looseObject({ id: z.string(), name: z.string() })) })) });

/** `brokers`: who provides services by the Open Service Broker API. */
export function addBrokers(program: Command, io: Io): void {
  const group = program.command('brokers').description('service brokers: list, register, remove, check');
  addList(group, io);
  addAdd(group, io);
  addRemove(group, io);
  addCheck(group, io);
  addPreparations(group, io, {
    path: PREPARATIONS, argument: 'name', sample: 'hosting', item: Preparation,
    columns: ['broker', 'change', 'by', 'at'], row: ({ name, kind, by, at }) => [name, kind === 'REGISTER' ? 'register' : 'remove', by, at],
  });
}

function addList(group: Command, io: Io): void {
  group.command('list')
    .description('list the brokers that are registered')
    .addHelpText('after', example('brokers list', 'brokers list --json'))
    .action(async (_options: unknown, command: Command) => {
      const globals = optionsOf(command, globalOptions);
      const page = await listAll(new Server(io, globals), { path: PATH }, Shown, Number.POSITIVE_INFINITY);
      if (globals.json) io.out(`${JSON.stringify(page)}\n`);
      else if (page.items.length === 0) io.out('No broker is registered.\n');
      else io.out(table(['broker', 'address', 'local', 'services', 'instances', 'circuit', 'last answer', 'last failure'], page.items.map(({ name, url, local, services, instances, contact }) => [name, url, local ? 'yes' : 'no', Object.keys(services).join(', '), String(instances), circuitOf(contact), contact.answeredAt ?? '', `${contact.failedAt ?? ''} ${contact.failure ?? ''}`.trim()])));
    });
}

function addAdd(group: Command, io: Io): void {
  group.command('add')
    .description('register a broker, or change it; where it takes two persons, the first prepares it and another approves it by the same')
    .requiredOption('-f, --file <file>', 'name, url, username, password, local, services as JSON; - for standard input')
    .option('--key <key>', 'Idempotency-Key: the same key sent again is done once')
    .addHelpText('after', example('brokers add -f hosting.json', 'brokers add -f - < hosting.json'))
    .action(async (_options: unknown, command: Command) => {
      const { file, key, ...globals } = optionsOf(command, globalOptions.extend({ file: z.string().min(1), key: z.string().optional() }));
      const body = await readArgument(io, file === '-' ? file : `@${file}`);
      const { status, text, json } = await new Server(io, globals).send({ method: 'POST', path: PATH, body, headers: { 'Idempotency-Key': key ?? randomUUID() } });
      const { name } = readAnswer(z.object({ name: z.string() }), json);
      if (globals.json) io.out(`${text}\n`);
      else io.out(status === 202 ? `The registration of ${name} is prepared: it counts when another operator sends the same.\n` : `${name} is registered.\n`);
    });
}

function addRemove(group: Command, io: Io): void {
  group.command('remove <name>')
    .description('remove a broker that holds no instance')
    .addHelpText('after', example('brokers remove hosting'))
    .action(async (name: string, _options: unknown, command: Command) => {
      const globals = optionsOf(command, globalOptions);
      const { status } = await new Server(io, globals).send({ method: 'DELETE', path: `${PATH}/${encodeURIComponent(name)}`, missing: missing(name) });
      const isPrepared = status === 202;
      if (globals.json) io.out(`${JSON.stringify(isPrepared ? { prepared: name } : { removed: name })}\n`);
      else io.out(isPrepared ? `The removal of ${name} is prepared: it counts when another operator sends the same.\n` : `${name} is removed.\n`);
    });
}

function addCheck(group: Command, io: Io): void {
  group.command('check <name>')
    .description('ask a broker for its catalogue now, and hold it against what is registered; exit 1 when they differ or it is away')
    .addHelpText('after', example('brokers check hosting', 'brokers check hosting --json'))
    .action(async (name: string, _options: unknown, command: Command) => {
      const globals = optionsOf(command, globalOptions);
      const { text, json } = await new Server(io, globals).send({ path: `${PATH}/${encodeURIComponent(name)}/catalogue`, missing: missing(name) });
      const { reachable, code, mismatches, services } = readAnswer(Check, json);
      if (!reachable) throw new DoesNotHold(`The catalogue of ${name} can't be read: ${code ?? ''}.`, { json });
      if (mismatches.length > 0) throw new DoesNotHold(mismatches.map(({ path, message }) => `${path}: ${message}`).join('\n'), { json });
      if (globals.json) io.out(`${text}\n`);
      else io.out(table(['service', 'id', 'plan', 'plan id'], services.flatMap((service) => service.plans.map((plan) => [service.name, service.id, plan.name, plan.id]))));
    });
}

function circuitOf({ state, openUntil }: z.output<typeof Contact>): string {
  return openUntil === null ? state.toLowerCase() : `${state.toLowerCase()} until ${openUntil}`;
}

function missing(name: string): string {
  return `No broker is called ${name}: associa brokers list shows those there are.`;
}
