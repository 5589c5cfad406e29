import { existsSync } from 'node:fs';
import type { Command } from 'commander';
import { z } from 'zod';
import type { CallerRole } from '../api/auth/tokens.ts';
import type { Config } from '../config.ts';
import { isBodyCode } from '../domain/shared/body-code.ts';
import type { Instance } from '../embedded/instance.ts';
import { runningInstance } from './backends.ts';
import type { Io } from './io.ts';
import { CannotRun } from './outcome.ts';
import { example, globalOptions, optionsOf, wholeNumber } from './options.ts';

const tokenOptions = globalOptions.extend({
  role: z.enum(['operator', 'auditor', 'member'], { error: 'is operator, auditor or member' }),
  person: z.string().min(1).optional(),
  hours: wholeNumber(1, 8_760).optional(),
});

/** `token`: a bearer token of the running embedded instance. */
export function addToken(program: Command, io: Io): void {
  program.command('token')
    .description('print a bearer token of the running instance; a member gives its body with --body')
    .requiredOption('--role <role>', 'operator, auditor or member')
    .option('--person <name>', 'one of several persons of that role')
    .option('--hours <n>', 'how long it holds; default 8')
    .addHelpText('after', example('token --role operator', 'token --role member --body c_a010 --person "Anna Bianchi" --hours 1'))
    .action(async (_options: unknown, command: Command) => {
      const { json, ...request } = optionsOf(command, tokenOptions);
      if (request.role !== 'member' && request.body !== undefined) throw new CannotRun('--body goes with --role member: the other roles act for no comune.');
      const config = io.config();
      const token = await embeddedToken(config, runningInstance(config, 'ask the identity provider of the server that runs elsewhere'), request);
      io.out(json ? `${JSON.stringify({ token })}\n` : `${token}\n`);
    });
}

export interface Bearer {
  readonly role: CallerRole;
  readonly body?: string | undefined;
  readonly person?: string | undefined;
  readonly hours?: number | undefined;
}

/** A token by the keys of the running instance. Throws CannotRun when these keys are not what its server believes. */
export async function embeddedToken(config: Config, instance: Instance, { role, body, person, hours }: Bearer): Promise<string> {
  if (config.oidc.issuer !== null) {
    throw new CannotRun(`OIDC_ISSUER is set: tokens come from ${config.oidc.issuer}, give one with --token.`);
  }
  if (role === 'member' && (body === undefined || !isBodyCode(body))) {
    throw new CannotRun('A member acts for a comune: give its IPA code, e.g. --body c_a010.');
  }
  if (!existsSync(config.keysDir)) throw new CannotRun(`There is no folder of keys ${config.keysDir}: set ASSOCIA_HOME or ASSOCIA_KEYS as for npm start.`);
  const [{ openKeys }, { issueToken }] = await Promise.all([import('../api/auth/keys.ts'), import('../api/auth/tokens.ts')]);
  const keys = await openKeys(config.keysDir).catch((cause: unknown) => {
    throw new CannotRun(`The keys in ${config.keysDir} can't be read: run this as the user who runs npm start.`, { cause });
  });
  return issueToken(keys, {
    role, person, hours, issuer: instance.url, audience: config.oidc.audience, ...(role === 'member' ? { body } : {}),
  });
}
