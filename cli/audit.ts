import type { Client } from '@temporalio/client';
import type { Command } from 'commander';
import { z } from 'zod';
import type { AuditReport } from '../audit/report.ts';
import type { Db } from '../db/client.ts';
import { kindOfCase } from '../domain/shared/case-kind.ts';
import { addDossier } from './dossier.ts';
import { addWitness } from './audit-witness.ts';
import { databaseUrlOf, withDatabase, withTemporal } from './backends.ts';
import type { Io } from './io.ts';
import { CannotRun, DoesNotHold } from './outcome.ts';
import { replayedDeep } from './deep-replay.ts';
import { example, globalOptions, optionsOf } from './options.ts';
import { part } from './parts.ts';
import { progressBar } from './progress.ts';
import { addRehearse } from './rehearse.ts';
import { count, printable } from './text.ts';


/** `audit`: what an auditor proves without trusting the server; reads the database and Temporal directly. */
export function addAudit(program: Command, io: Io): void {
  const group = program.command('audit').description('prove that what is recorded holds; reads the database and Temporal, not the server (witness: the server, and nothing else)');

  group.command('verify')
    .description('check every record: chains, columns, causes, the transparency log, the archive, how runs ended, constraints, triggers and grants, and the read models against the fold of the events')
    .option('--archived', 'by what the database has alone: Temporal is not asked how runs ended; so too where DATABASE_URL is set and TEMPORAL_ADDRESS is not')
    .addHelpText('after', example('audit verify', 'audit verify --archived --json'))
    .action(async (_options: unknown, command: Command) => {
      const { json, archived } = optionsOf(command, globalOptions.extend({ archived: z.boolean().default(false) }));
      const [{ verify }, { readLogVerifiers }] = await Promise.all([import('../audit/verify.ts'), import('../db/log/keys.ts')]);
      const work = async (db: Db, client: Client | null): Promise<AuditReport> => {
        const total = io.terminal === null ? 0 : await eventCount(db);
        const events = progressBar(io, 'events');
        const leaves = progressBar(io, 'leaves');
        const cases = progressBar(io, 'read models');
        return verify(db, {
          events: (done) => { events.update(done, total); },
          leaves: (done) => { events.stop(); leaves.update(done, total); },
          cases: (done) => { events.stop(); leaves.stop(); cases.update(done); },
        }, { logKeys: await readLogVerifiers(io.config().keysDir), client }).finally(() => { events.stop(); leaves.stop(); cases.stop(); });
      };
      const config = io.config();
      const isTemporalKnown = config.databaseUrl === null || config.temporal.address !== null;
      tell(io, json, await withDatabase(config, databaseUrlOf(config), (db) => (archived || !isTemporalKnown ? work(db, null) : withTemporal(config, (client) => work(db, client)))));
    });

  group.command('replay [id]')
    .description('replay every run of a case, or of --all, with the bundle that ran it, and hold all that it asked against its history and the records')
    .option('--all', 'of all cases')
    .option('--archived', 'by what the archive has alone: Temporal is not asked')
    .option('--bundle <file>', 'replay with this bundle too, and name what it would do otherwise')
    .option('--anew', 'replay also what was found to hold before')
    .option('--part <i/n>', 'of --all, the i-th of n parts: to divide the work among machines')
    .addHelpText('after', example('audit replay c_a010-1', 'audit replay migration/c_a010-1.TRAINING', 'audit replay --all --json'))
    .action(async (id: string | undefined, _options: unknown, command: Command) => {
      const flag = z.boolean().default(false);
      const { json, all, ...options } = optionsOf(command, globalOptions.extend({ all: flag, archived: flag, anew: flag, bundle: z.string().optional(), part }));
      if ((id !== undefined) === all) throw new CannotRun('Give the id of one case, like c_a010-1, or --all.');
      tell(io, json, await replayedDeep(io, { ...options, stream: id === undefined ? null : streamOf(id) }));
    });

  addRehearse(group, io);

  addWitness(group, io, (json, report) => { tell(io, json, report); });

  addDossier(group, io, (json, report) => { tell(io, json, report); });

  group.command('rebuild')
    .description('write the read models anew from the events; changes nothing that is recorded')
    .option('--yes', 'do it')
    .addHelpText('after', example('audit rebuild --yes'))
    .action(async (_options: unknown, command: Command) => {
      const { json, yes } = optionsOf(command, globalOptions.extend({ yes: z.boolean().default(false) }));
      if (!yes) throw new CannotRun('This writes the read model of every case anew: give --yes to do it.');
      const { rebuildReadModels } = await import('../db/projections/rebuild.ts');
      const rebuilt = await withDatabase(io.config(), databaseUrlOf(io.config()), rebuildReadModels);
      io.out(json ? `${JSON.stringify({ rebuilt })}\n` : `Written anew: ${count(rebuilt, 'read model')}.\n`);
    });
}

/** The stream, and workflow id, of a case by its id: of an adhesion, with a dot of a migration, with a day before it of a campaign, agency-1 of the constitution. Throws CannotRun. */
export function streamOf(id: string): string {
  const bare = id.replace(/^(?:adhesion|migration|campaign|constitution)\//, '');
  const kind = kindOfCase(bare);
  const stream = `${kind}/${bare}`;
  if (kind === undefined || (bare !== id && stream !== id)) throw new CannotRun(`${id} is no id of a case: they are like c_a010-1, c_a010-1.TRAINING or 20260901-0a1b2c3d.`);
  return stream;
}

async function eventCount(db: Db): Promise<number> {
  const { events } = await db.selectFrom('events').select((eb) => eb.fn.countAll<number>().as('events')).executeTakeFirstOrThrow();
  return events;
}

/** Prints what an audit found. Throws DoesNotHold when that is anything. */
function tell(io: Io, json: boolean, { ok, checked, findings }: AuditReport): void {
  if (json) {
    io.out(`${JSON.stringify({ ok, checked, findings })}\n`);
  } else {
    io.out(`Checked ${Object.entries(checked).map(([what, n]) => `${what} ${n}`).join(', ')}: ${ok ? 'everything holds' : count(findings.length, 'finding')}.\n`);
    for (const { code, message, stream, version, position } of findings) {
      const place = [stream, version === undefined ? undefined : `version ${version}`, position === undefined ? undefined : `position ${position}`];
      io.out(printable(`  ${code}: ${message} ${place.filter((part) => part !== undefined).join(', ')}`.trimEnd()).concat('\n'));
    }
  }
  if (!ok) throw new DoesNotHold(`It does not hold: ${count(findings.length, 'finding')}.`);
}
