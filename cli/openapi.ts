import { writeFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { z } from 'zod';
import type { Io } from './io.ts';
import { CannotRun } from './outcome.ts';
import { example, globalOptions, optionsOf } from './options.ts';
import { Server } from './server.ts';

const openapiOptions = globalOptions.extend({ output: z.string().optional(), yaml: z.boolean().default(false) });

/** `openapi`: the document of the HTTP interface. */
export function addOpenapi(program: Command, io: Io): void {
  program.command('openapi')
    .description('print the OpenAPI document of the running server')
    .option('-o, --output <file>', 'write it to a file')
    .option('--yaml', 'as YAML')
    .addHelpText('after', example('openapi --yaml', 'openapi -o associa.openapi.json'))
    .action(async (_options: unknown, command: Command) => {
      const { output, yaml, ...globals } = optionsOf(command, openapiOptions);
      if (yaml && globals.json) throw new CannotRun('Give --yaml or --json: one of the two.');
      const { text } = await new Server(io, globals).send({ path: yaml ? '/openapi.yaml' : '/openapi.json', role: 'public' });
      const document = text.endsWith('\n') ? text : `${text}\n`;
      if (output === undefined) {
        io.out(document);
        return;
      }
      await writeFile(output, document).catch((cause: unknown) => {
        throw new CannotRun(`The file ${output} can't be written: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
      });
    });
}
