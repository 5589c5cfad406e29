import type { Command } from 'commander';
import type { z } from 'zod';
import type { Language } from '../domain/shared/bilingual.ts';
import type { Io } from './io.ts';
import { example, globalOptions, optionsOf } from './options.ts';
import { listAll, Server } from './server.ts';
import { table } from './text.ts';

/** Changes of one kind of thing that take two persons, and wait for the second. */
interface Preparations<Item> {
  /** Where they stand in the interface. */
  readonly path: string;
  /** What is given to `withdraw`, and one of them for its example. */
  readonly argument: string;
  readonly sample: string;
  /** All that the interface says of one: with `--json` it is printed as it came. */
  readonly item: z.ZodType<Item>;
  readonly columns: readonly string[];
  readonly row: (item: Item, language: Language) => readonly string[];
}

/** `prepared` and `withdraw` of a group of commands. */
export function addPreparations<Item>(group: Command, io: Io, { path, argument, sample, item, columns, row }: Preparations<Item>): void {
  group.command('prepared')
    .description('list the changes that wait for another person')
    .addHelpText('after', example(`${group.name()} prepared`))
    .action(async (_options: unknown, command: Command) => {
      const globals = optionsOf(command, globalOptions);
      const server = new Server(io, globals);
      const page = await listAll(server, { path }, item, Number.POSITIVE_INFINITY);
      if (globals.json) io.out(`${JSON.stringify(page)}\n`);
      else if (page.items.length === 0) io.out('No change waits for another person.\n');
      else io.out(table([...columns], page.items.map((one) => [...row(one, server.language)])));
    });
  group.command(`withdraw <${argument}>`)
    .description('take back the change that waits for another person')
    .addHelpText('after', example(`${group.name()} withdraw ${sample}`))
    .action(async (name: string, _options: unknown, command: Command) => {
      const globals = optionsOf(command, globalOptions);
      await new Server(io, globals).send({ method: 'DELETE', path: `${path}/${encodeURIComponent(name)}`, missing: `No change of ${name} waits for another person.` });
      io.out(globals.json ? `${JSON.stringify({ withdrawn: name })}\n` : `The change of ${name} is taken back.\n`);
    });
}
