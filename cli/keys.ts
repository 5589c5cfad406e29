import type { Command } from 'commander';
import type { Io } from './io.ts';
import { CannotRun } from './outcome.ts';
import { example, globalOptions, optionsOf } from './options.ts';

/** `keys`: the keys under which payloads are encrypted that Temporal stores. */
export function addKeys(program: Command, io: Io): void {
  const group = program.command('keys').description('the keys in the keys folder under which Temporal stores what cases hear and say');

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
}
