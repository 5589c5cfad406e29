import type { Command } from 'commander';
import { checkSameInstallation, databaseFailure, databaseUrlOf, ownerUrlsOf, withDatabase, withTemporal } from './backends.ts';
import type { Io } from './io.ts';
import { DoesNotHold, isFailure } from './outcome.ts';
import { example, globalOptions, optionsOf } from './options.ts';
import { progressBar } from './progress.ts';

/** `migrate` and `repair`: what the supervisor runs at a start, and an operator by hand. */
export function addMaintenance(program: Command, io: Io): void {
  program.command('migrate')
    .description('bring the schema of the database to this version, as its owner (DATABASE_OWNER_URL, or the running instance)')
    .addHelpText('after', example('migrate', 'migrate --json'))
    .action((_options: unknown, command: Command) => migrateDatabase(io, optionsOf(command, globalOptions).json));

  program.command('repair')
    .description('start every open case on its stream where its workflow is gone, wake the others, and note in the journal of the archive which runs were ended or reset past the product; harmless when nothing is wrong')
    .addHelpText('after', example('repair'))
    .action((_options: unknown, command: Command) => repairCases(io, optionsOf(command, globalOptions).json));
}

async function migrateDatabase(io: Io, json: boolean): Promise<void> {
  const config = io.config();
  const { ownerUrl, databaseUrl } = ownerUrlsOf(config);
  const { migrate, roleOf } = await import('../db/migrate.ts');
  const applied = await migrate(ownerUrl, roleOf(databaseUrl), config.keysDir).catch(async (error: unknown) => {
    const known = await databaseFailure(error, ownerUrl);
    if (isFailure(known)) throw known;
    throw new DoesNotHold(`The migration failed and changed nothing: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  });
  if (json) io.out(`${JSON.stringify({ applied })}\n`);
  else if (applied.length === 0) io.out('The schema is at this version already.\n');
  else io.out(`${applied.map((name) => `Applied ${name}`).join('\n')}\n`);
}

async function repairCases(io: Io, json: boolean): Promise<void> {
  const config = io.config();
  checkSameInstallation(config);
  const url = databaseUrlOf(config, 'set DATABASE_URL and TEMPORAL_ADDRESS');
  const { repair } = await import('../engine/repair.ts');
  const bar = progressBar(io, 'cases');
  const report = await withTemporal(config, (client, engine) => withDatabase(config, url, (db) => repair(db, engine, client, bar.update)))
    .finally(bar.stop);
  if (json) {
    io.out(`${JSON.stringify(report)}\n`);
    return;
  }
  const { started, running, finished, noted } = report;
  for (const { workflowId, runId, how } of noted) io.out(`Noted that the run ${runId} of ${workflowId} was ${how}\n`);
  for (const stream of started) io.out(`Started ${stream}\n`);
  io.out(`${started.length} started on their stream, ${running} were running, ${finished} have nothing left to do.\n`);
}
