import { Command, CommanderError } from 'commander';
import { ConfigError } from '../config.ts';
import { addArchive } from './archive.ts';
import { addAudit } from './audit.ts';
import { addBodies } from './bodies.ts';
import { addCalendar } from './calendar.ts';
import { addCampaigns } from './campaigns.ts';
import { addConstitution } from './constitution.ts';
import { addCases } from './cases.ts';
import { addBrokers } from './brokers.ts';
import { addCatalogue } from './catalogue.ts';
import type { Io } from './io.ts';
import { addKeys } from './keys.ts';
import { addMaintenance } from './maintenance.ts';
import { addOpenapi } from './openapi.ts';
import { isFailure } from './outcome.ts';
import { globalOptions, withGlobalOptions } from './options.ts';
import { addForecast } from './forecast.ts';
import { addIncidents } from './incidents.ts';
import { addPlan, addPortfolio } from './portfolio.ts';
import { addRequest, addStart } from './sending.ts';
import { addSimulate } from './simulate.ts';
import { addStatus } from './status.ts';
import { addErasures, addSubjects } from './subjects.ts';
import { addImport } from './imports.ts';
import { addTerritory } from './territory.ts';
import { addToken } from './tokens.ts';
import { addWorkOrders } from './work-orders.ts';

const EXIT_CODES = `
Exit codes: 0 it holds or is done · 1 it does not (refused, not found, a finding) · 2 it could not run`;

/** Runs one command line and gives its exit code; never throws. */
export async function run(args: readonly string[], io: Io): Promise<number> {
  const program = buildProgram(io);
  try {
    await program.parseAsync(args, { from: 'user' });
    return 0;
  } catch (error) {
    return explain(error, io, isJson(program, args));
  }
}

function buildProgram(io: Io): Command {
  const program = new Command('associa')
    .description('Command line of Associa, for operators and auditors.')
    .exitOverride()
    .showHelpAfterError('(--help after a command says what it takes)')
    .configureOutput({ writeOut: io.out, writeErr: io.err })
    .configureHelp({ showGlobalOptions: true })
    .addHelpText('after', EXIT_CODES);
  withGlobalOptions(program);
  addStatus(program, io);
  addToken(program, io);
  addBodies(program, io);
  addTerritory(program, io);
  addCalendar(program, io);
  addCases(program, io, 'adhesion', (group) => {
    addStart(group, io);
    addImport(group, io);
  });
  addCases(program, io, 'migration', (group) => {
    addRequest(group, io);
    addPlan(group, io);
  });
  addWorkOrders(program, io);
  addCampaigns(program, io);
  addConstitution(program, io);
  addPortfolio(program, io);
  addIncidents(program, io);
  addCatalogue(program, io);
  addBrokers(program, io);
  addSubjects(program, io);
  addErasures(program, io);
  addAudit(program, io);
  addArchive(program, io);
  addMaintenance(program, io);
  addKeys(program, io);
  addOpenapi(program, io);
  addSimulate(program, io);
  addForecast(program, io);
  return program;
}

/** Also before the command line was understood: a machine that asked for JSON gets it. */
function isJson(program: Command, args: readonly string[]): boolean {
  const parsed = globalOptions.safeParse(program.opts());
  return parsed.success ? parsed.data.json : args.includes('--json');
}

function explain(error: unknown, io: Io, json: boolean): 0 | 1 | 2 {
  // Commander has said what is wrong itself; help and version that were asked for are no failure.
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  if (isFailure(error)) {
    if (json && error.json !== undefined) io.out(`${JSON.stringify(error.json, null, 2)}\n`);
    io.err(`${error.message}\n`);
    return error.exitCode;
  }
  if (error instanceof ConfigError) {
    io.err(`${error.message}\n`);
    return 2;
  }
  io.err(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  return 2;
}
