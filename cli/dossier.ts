import { readFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { z } from 'zod';
import type { DossierReplay } from '../audit/dossier-replay.ts';
import { report, type AuditReport } from '../audit/report.ts';
import { checkArchive } from '../dossier/check.ts';
import { kindOfDossier, type DossierCase } from '../dossier/contents.ts';
import { isOwnPage } from '../dossier/page/build.ts';
import { NoteError, parseVerifier, type Verifier } from '../tlog/note.ts';
import { readArgument, type Io } from './io.ts';
import { missingCase } from './kinds.ts';
import { CannotRun } from './outcome.ts';
import { example, globalOptions, optionsOf, wholeNumber } from './options.ts';
import { progressBar } from './progress.ts';
import { Server } from './server.ts';
import { printable } from './text.ts';

/** Histories and bundles of a long case over a slow line. */
const TIMEOUT_MS = 10 * 60_000;
const PATHS = { adhesion: '/v1/adhesions', constitution: '/v1/constitution', campaign: '/v1/campaigns' } as const satisfies Readonly<Record<DossierCase, string>>;

/** `audit export` and `audit check`: a case as one file that proves itself. */
export function addDossier(group: Command, io: Io, tell: (json: boolean, report: AuditReport) => void): void {
  group.command('export <id>')
    .description('write the dossier of an adhesion, of the constitution or of a campaign: events, histories, code and proofs in one file that audit check verifies without a server; that it was read is recorded')
    .option('-o, --output <file>', 'where to; default: <id>.zip')
    .option('--tree-size <n>', 'as of the log of so many leaves, a size that was signed; default: the newest')
    .addHelpText('after', example('audit export c_a010-1 -o c_a010-1.zip', 'audit export agency-1', 'audit export c_a010-1 --tree-size 4711 --as operator'))
    .action(async (id: string, _options: unknown, command: Command) => {
      const { output = `${id}.zip`, treeSize, ...globals } = optionsOf(command, globalOptions.extend({ output: z.string().min(1).optional(), treeSize: wholeNumber(1, 2_147_483_647).optional() }));
      const name = kindOfDossier(id) ?? 'adhesion';
      const call = { path: `${PATHS[name]}/${encodeURIComponent(id)}/dossier`, query: { treeSize }, role: 'auditor', timeoutMs: TIMEOUT_MS, missing: missingCase({ name }, id) } as const;
      await new Server(io, globals).download(call, output);
      io.out(globals.json ? `${JSON.stringify({ file: output })}\n` : `Written: ${output}. associa audit check ${output} verifies it, on any machine.\n`);
    });

  group.command('check <file>')
    .description('verify a dossier by itself, with no server, database or instance: signature, proofs, records, commands, histories and code')
    .option('--key <key>', 'who may have signed it: a line of the published /log/key, or @file with such lines, more than once for several; without it the key in the dossier is taken, which proves nothing of whose it is', collected)
    .option('--replay', 'run the histories again with the code in the file; the default where --key says whose code that is')
    .option('--no-replay', 'all but that')
    .addHelpText('after', example('audit check c_a010-1.zip --key @published-keys.txt', 'audit check c_a010-1.zip --json'))
    .action(async (file: string, _options: unknown, command: Command) => {
      const { json, key, replay = key !== undefined } = optionsOf(command, globalOptions.extend({ key: z.array(z.string().min(1)).optional(), replay: z.boolean().optional() }));
      const keys = key === undefined ? null : await keysOf(io, key);
      const archive = await readFile(file).catch((cause: unknown) => { throw new CannotRun(`The file ${file} can't be read: give one that audit export wrote.`, { cause }); });
      const verdict = checkArchive(archive, keys);
      const { case: id, checkpoint, checked, faults } = verdict;
      const page = faults.length === 0 && await isOwnPage(verdict.files);
      if (!json && checkpoint !== null) io.out(`${id}, log ${checkpoint.origin} of ${checkpoint.size} leaves, signed by\n${checkpoint.signedBy.map((one) => `  ${printable(one.text)}\n`).join('')}`);
      if (keys === null) io.err('Without --key the key is the one that the file names: compare it with the one that was published.\n');
      if (faults.length === 0 && !page) io.err('Its index.html was made by another version of this software: it holds the right data, its program was not looked at.\n');
      // Code runs only out of a file in which everything else holds.
      const replayed = replay && faults.length === 0 ? await replayedRuns(io, verdict) : null;
      if (replayed === null) io.err(faults.length === 0 ? 'The histories were not replayed: give --key, or --replay to run the code in the file.\n' : '');
      tell(json, report({ ...checked, pages: page ? 1 : 0, ...replayed?.checked }, [...faults, ...replayed?.findings ?? []]));
    });
}

async function replayedRuns(io: Io, verdict: ReturnType<typeof checkArchive>): Promise<DossierReplay> {
  const [{ replayDossier }, { keptBundle }] = await Promise.all([import('../audit/dossier-replay.ts'), import('../engine/kept-bundle.ts')]);
  const bar = progressBar(io, 'runs');
  return replayDossier(verdict, verdict.files, await keptBundle(), bar.update).finally(bar.stop);
}

function collected(value: string, before: readonly string[] = []): string[] {
  return [...before, value];
}

/** Throws CannotRun where one is none. */
async function keysOf(io: Io, given: readonly string[]): Promise<Verifier[]> {
  const texts = await Promise.all(given.map(async (one) => (one.startsWith('@') ? readArgument(io, one) : one)));
  return texts.flatMap((text) => text.split('\n')).map((line) => line.trim()).filter((line) => line !== '').map((line) => {
    try {
      return parseVerifier(line);
    } catch (error) {
      throw error instanceof NoteError ? new CannotRun(`--key is a line of /log/key: ${printable(error.message)}.`, { cause: error }) : error;
    }
  });
}
