import type { Command } from 'commander';
import { z } from 'zod';
import type { Io } from './io.ts';
import { example, globalOptions, optionsOf } from './options.ts';
import { listAll, Server } from './server.ts';
import { table } from './text.ts';
import { Body } from './views.ts';

/** `bodies`: the comuni of the territory. */
export function addBodies(program: Command, io: Io): void {
  program.command('bodies [text]')
    .description('list the comuni of the territory, or those with a text in their name or codes')
    .option('--q <text>', 'the same as [text]: part of the name or of a code, a former one too')
    .option('--at <date>', 'as they were on a day')
    .option('--type <type>', 'of one kind: COMUNE, UNIONE_DI_COMUNI, CITTA_METROPOLITANA, CONSORZIO, AZIENDA_SPECIALE')
    .addHelpText('after', example('bodies', 'bodies abbia', 'bodies --at 2019-02-07 vermezzo'))
    .action(async (text: string | undefined, _options: unknown, command: Command) => {
      const { q = text, at, type, ...globals } = optionsOf(command, globalOptions.extend({ q: z.string().optional(), at: z.string().optional(), type: z.string().optional() }));
      const page = await listAll(new Server(io, globals), { path: '/v1/bodies', query: { q, at, type } }, Body, Number.POSITIVE_INFINITY);
      if (globals.json) io.out(`${JSON.stringify(page)}\n`);
      else if (page.items.length === 0) io.out('There is no such comune.\n');
      else {
        io.out(table(['IPA code', 'ISTAT code', 'comune', 'abitanti'], page.items.map(({ ipaCode, istatCode, name, population }) => [ipaCode, istatCode, name, String(population)])));
      }
    });
}
