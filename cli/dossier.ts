import type { Command } from 'commander';
import { z } from 'zod';
import type { Io } from './io.ts';
import { CASE_KINDS, missingCase } from './kinds.ts';
import { example, globalOptions, optionsOf, wholeNumber } from './options.ts';
import { Server } from './server.ts';

/** Histories and bundles of a long case over a slow line. */
const TIMEOUT_MS = 10 * 60_000;

/** `audit export` and `audit check`: a case as one file that proves itself. */
export function addDossier(group: Command, io: Io): void {
  group.command('export <id>')
    .description('write the dossier of an adhesion: events, histories, code and proofs in one file that audit check verifies without a server; that it was read is recorded')
    .option('-o, --output <file>', 'where to; default: <id>.zip')
    .option('--tree-size <n>', 'as of the log of so many leaves, a size that was signed; default: the newest')
    .addHelpText('after', example('audit export c_a010-1 -o c_a010-1.zip', 'audit export c_a010-1 --tree-size 4711 --as operator'))
    .action(async (id: string, _options: unknown, command: Command) => {
      const { output = `${id}.zip`, treeSize, ...globals } = optionsOf(command, globalOptions.extend({ output: z.string().min(1).optional(), treeSize: wholeNumber(1, 2_147_483_647).optional() }));
      const { path } = CASE_KINDS.adhesion;
      const call = { path: `${path}/${encodeURIComponent(id)}/dossier`, query: { treeSize }, role: 'auditor', timeoutMs: TIMEOUT_MS, missing: missingCase(CASE_KINDS.adhesion, id) } as const;
      await new Server(io, globals).download(call, output);
      io.out(globals.json ? `${JSON.stringify({ file: output })}\n` : `Written: ${output}. associa audit check ${output} verifies it, on any machine.\n`);
    });
}
