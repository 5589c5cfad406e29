import type { Command } from 'commander';
import type { Io } from './io.ts';
import { CannotRun, DoesNotHold } from './outcome.ts';
import { example, globalOptions, optionsOf } from './options.ts';
import { Server } from './server.ts';
import { aligned } from './text.ts';
import { Status } from './views.ts';

/** `status`: whether the running instance is well. */
export function addStatus(program: Command, io: Io): void {
  program.command('status')
    .description('say whether the running instance is well: exit 0 when it is, 1 when not, 2 when there is none')
    .addHelpText('after', example('status', 'status --json'))
    .action(async (_options: unknown, command: Command) => {
      const globals = optionsOf(command, globalOptions);
      const server = new Server(io, globals);
      const { status, text, json } = await server.ask({ path: '/status', role: 'public' });
      const parsed = Status.safeParse(json);
      if (!parsed.success || ![200, 503].includes(status)) throw new CannotRun(`${server.url} answers ${status} and not as an Associa does: check --url.`);
      const { title, detail, checks } = parsed.data;
      const { instance } = server;
      const lines = [
        ['server', server.url],
        ...Object.entries(checks).map(([name, up]) => [name, up ? 'up' : 'away']),
        ...(instance?.temporalUiUrl === null || instance === null ? [] : [['Temporal UI', instance.temporalUiUrl]]),
        ...(instance?.brokerUrl === null || instance === null ? [] : [['reference broker', instance.brokerUrl]]),
      ];
      io.out(globals.json ? `${text}\n` : `${title}\n${aligned(lines).map((line) => `  ${line}\n`).join('')}`);
      if (status !== 200) throw new DoesNotHold(`The instance is not well: ${detail ?? title}; its logs and npm start say why.`);
    });
}
