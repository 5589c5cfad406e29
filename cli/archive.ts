import type { Command } from 'commander';
import type { Alarm } from '../db/alarms.ts';
import { databaseUrlOf, withDatabase, withTemporal } from './backends.ts';
import type { Io } from './io.ts';
import { DoesNotHold } from './outcome.ts';
import { example, globalOptions, optionsOf } from './options.ts';
import { progressBar } from './progress.ts';
import { count, printable } from './text.ts';

/** `archive`: takes histories from Temporal into the archive; a schedule does the same every few hours. */
export function addArchive(program: Command, io: Io): void {
  program.command('archive').description('the archive of histories, kept beside the events for as long as they')
    .command('run')
    .description('archive now every run that closed since the last sweep, and open ones that were not archived for a week')
    .addHelpText('after', example('archive run', 'archive run --json'))
    .action(async (_options: unknown, command: Command) => {
      const { json } = optionsOf(command, globalOptions);
      const { Archiver } = await import('../engine/archive/archiver.ts');
      const bar = progressBar(io, 'runs');
      const tell = async ({ code, detail, stream }: Alarm): Promise<void> => { io.err(printable(`${code} ${stream ?? ''}: ${detail}`).concat('\n')); };
      const { archived, failed } = await withDatabase(io.config(), databaseUrlOf(io.config()), (db) =>
        withTemporal(io.config(), async (client) => new Archiver(client, db, tell).sweep(bar.update))).finally(bar.stop);
      io.out(json ? `${JSON.stringify({ archived, failed })}\n` : `Archived: ${count(archived, 'run')}.\n`);
      if (failed > 0) throw new DoesNotHold(`${count(failed, 'run')} could not be archived, which the next sweep tries again.`);
    });
}
