import { join } from 'node:path';
import type { Command } from 'commander';
import { z } from 'zod';
import { Groups, type Group } from '../audit/rehearsal/groups.ts';
import type { Rehearsal } from '../audit/rehearsal/rehearse.ts';
import type { KeptRun } from '../audit/rehearsal/runs.ts';
import { toolPlaces } from '../config.ts';
import type { Archive } from '../db/archive.ts';
import { databaseUrlOf, withDatabase, withTemporal } from './backends.ts';
import { bundleOf } from './bundle-file.ts';
import type { Io } from './io.ts';
import { example, globalOptions, optionsOf } from './options.ts';
import { CannotRun, DoesNotHold } from './outcome.ts';
import { inParts, isOfPart, part, processesFor, sumOf, tellProgress } from './parts.ts';
import { progressBar } from './progress.ts';
import { count, printable } from './text.ts';

const flag = z.boolean().default(false);
const options = globalOptions.extend({ bundle: z.string().optional(), open: flag, archived: flag, anew: flag, gate: flag, part });
type Wanted = z.output<typeof options>;

/** Before workers poll nobody waits longer for closed runs, which stop nothing; the next start goes on with them. */
const PATIENCE_AT_THE_GATE_MS = 20_000;

/** `audit rehearse`: whether a bundle would replay all that ran before. */
export function addRehearse(group: Command, io: Io): void {
  group.command('rehearse')
    .description('replay every run, archived or under way, with a bundle that has not run yet (npm run bundle), and group what it would do otherwise by its cause')
    .option('--bundle <file>', 'the bundle; default: that of the code of today')
    .option('--open', 'only runs that are under way: Temporal alone is asked')
    .option('--archived', 'only what the archive has: Temporal is not asked')
    .option('--anew', 'also runs that this bundle was found to replay before')
    .option('--gate', 'as npm start does before its worker polls: fail only for runs under way that could not go on, or would go on otherwise, and take no more than 20 s for closed ones')
    .option('--part <i/n>', 'the i-th of n parts: to divide the work among machines')
    .addHelpText('after', example('audit rehearse --bundle bundles/<hash>.js', 'audit rehearse --open --json'))
    .action(async (_options: unknown, command: Command) => {
      const wanted = optionsOf(command, options);
      if (wanted.open && wanted.archived) throw new CannotRun('Give --open or --archived: what is under way is in Temporal, not in the archive.');
      await tell(io, wanted, await rehearsed(io, wanted));
    });
}

async function rehearsed(io: Io, wanted: Wanted): Promise<Rehearsal> {
  const [{ rehearse }, { keptRuns, withHashes }, { KnownToReplay }, { LiveRuns }, { keptBundle }, { sdkVersion }] = await Promise.all([
    import('../audit/rehearsal/rehearse.ts'), import('../audit/rehearsal/runs.ts'), import('../audit/rehearsal/known.ts'), import('../engine/live-runs.ts'),
    import('../engine/kept-bundle.ts'), import('../engine/archive/running-bundle.ts'),
  ]);
  const bundle = wanted.bundle === undefined ? await keptBundle() : await bundleOf(wanted.bundle);
  const known = wanted.anew ? null : new KnownToReplay(join(toolPlaces().cacheDir, 'rehearsals'), bundle.hash, sdkVersion());
  const bar = progressBar(io, 'runs');
  const work = async (all: readonly KeptRun[]): Promise<Rehearsal> => {
    // A part is given to a process that replays it: whether there is anything to do was looked up before.
    const runs = wanted.part === undefined && known !== null ? await withHashes(all) : all.filter(({ runId }) => isOfPart(runId, wanted.part));
    const progress = (done: number): void => { bar.update(done, runs.length); };
    const processes = processesFor(runs.filter(({ hash }) => hash === null || known?.has(hash) !== true).length, wanted.part);
    if (processes > 1) return inProcesses(wanted, processes, progress);
    return rehearse({ bundle, known, patience: wanted.gate ? PATIENCE_AT_THE_GATE_MS : null }, runs, (done) => {
      progress(done);
      tellProgress(done);
    });
  };
  const config = io.config();
  const withArchive = <T>(use: (archive: Archive) => Promise<T>): Promise<T> => withDatabase(config, databaseUrlOf(config), async (db) => use(new (await import('../db/archive.ts')).Archive(db)));
  if (wanted.open) return withTemporal(config, async (client) => work(await keptRuns(null, new LiveRuns(client)))).finally(bar.stop);
  if (wanted.archived) return withArchive(async (archive) => work(await keptRuns(archive, null))).finally(bar.stop);
  return withArchive((archive) => withTemporal(config, async (client) => work(await keptRuns(archive, new LiveRuns(client))))).finally(bar.stop);
}

async function inProcesses({ bundle, open, archived, anew, gate }: Wanted, processes: number, progress: (done: number) => void): Promise<Rehearsal> {
  const flags = Object.entries({ open, archived, anew, gate }).filter(([, given]) => given).map(([name]) => `--${name}`);
  const parts = await inParts<{ checked: Rehearsal['checked']; findings: Group[] }>(['audit', 'rehearse', ...flags, ...(bundle === undefined ? [] : ['--bundle', bundle])], processes, progress);
  const groups = new Groups();
  for (const group of parts.flatMap(({ findings }) => findings)) groups.merge(group);
  return { checked: sumOf(parts.map(({ checked }) => checked)), groups: groups.all };
}

/** Prints what differs, each cause with its first examples. Throws DoesNotHold when that is anything, at the gate anything that stops cases. */
async function tell(io: Io, { json, gate }: Wanted, { checked, groups }: Rehearsal): Promise<void> {
  const { stopsPolling } = await import('../audit/rehearsal/rehearse.ts');
  const first = gate ? groups.find(stopsPolling) : groups[0];
  if (json) {
    io.out(`${JSON.stringify({ ok: first === undefined, checked, findings: groups })}\n`);
  } else {
    const { runs, open, known, left } = checked;
    for (const group of groups) io.out(inLines(group));
    io.out(`Rehearsed ${count(runs, 'run')} (${open} under way, ${known} known from before${left === 0 ? '' : `, ${left} closed ones left for the next time`}): ${groups.length === 0 ? 'all replay' : `${count(groups.length, 'cause')} of difference`}.\n`);
  }
  if (first !== undefined) {
    throw new DoesNotHold(printable(`${first.message} (${count(first.runs, 'run')}, ${first.open} under way, like ${first.examples[0]?.stream}). Keep for them what ran before, by patched('name'), or go on with the version that began them.`));
  }
}

function inLines({ code, message, runs, open, examples }: Group): string {
  return [`${code}: ${message} (${count(runs, 'run')}, ${open} under way)`, ...examples.map((one) => `  ${one.stream}, run ${one.runId}: ${one.message}`)]
    .map((line) => `${printable(line)}\n`).join('');
}
