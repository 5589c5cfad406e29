import type { Command } from 'commander';
import type { Io } from './io.ts';
import { CannotRun } from './outcome.ts';
import { example, globalOptions, optionsOf } from './options.ts';
import { count } from './text.ts';

/** `keys`: those under which payloads are encrypted that Temporal stores, and those that sign the transparency log. */
export function addKeys(program: Command, io: Io): void {
  const group = program.command('keys').description('the keys in the keys folder: of what Temporal stores of cases, and of the transparency log');

  group.command('add')
    .description('add a newer key: the next start of each process encrypts under it; older keys go on decrypting and are never removed')
    .addHelpText('after', example('keys add', 'keys add --json'))
    .action(async (_options: unknown, command: Command) => {
      const { json } = optionsOf(command, globalOptions);
      const { keysDir } = io.config();
      const { addPayloadKey, hasPayloadKeys } = await import('../engine/payload-keys.ts');
      if (!(await hasPayloadKeys(keysDir))) throw new CannotRun(`There are no keys of payloads in ${keysDir}: the first start makes them, or set ASSOCIA_KEYS.`);
      const id = await addPayloadKey(keysDir);
      io.out(json ? `${JSON.stringify({ id })}\n` : `Added ${id}. Copy ${keysDir} to every machine that has one, then start worker and server again.\n`);
    });

  group.command('add-log')
    .description('add a newer key that signs the transparency log, under ASSOCIA_LOG_ORIGIN; older ones go on verifying what they signed')
    .addHelpText('after', example('keys add-log', 'keys add-log --json'))
    .action(async (_options: unknown, command: Command) => {
      const { json } = optionsOf(command, globalOptions);
      const { keysDir, logOrigin } = io.config();
      const { addLogKey } = await import('../db/log/keys.ts');
      const { text } = await addLogKey(keysDir, logOrigin);
      io.out(json ? `${JSON.stringify({ key: text })}\n` : `Added ${text}\nCopy ${keysDir} to every machine that has one, then start the worker again. Tell it to your witnesses.\n`);
    });

  group.command('wrap')
    .description('wrap the keys of persons, texts and documents that are from before there was a master key (ASSOCIA_MASTER_KEY, or master.key in the keys folder); stop server and worker first')
    .addHelpText('after', example('keys wrap', 'keys wrap --json'))
    .action(async (_options: unknown, command: Command) => {
      const { json } = optionsOf(command, globalOptions);
      const { keysDir, masterKey } = io.config();
      const { Vault } = await import('../db/vault/vault.ts');
      const wrapped = await new Vault(keysDir, masterKey).wrapOlderKeys();
      io.out(json ? `${JSON.stringify({ wrapped })}\n` : `Wrapped: ${count(wrapped, 'key')}.\n`);
    });
}
