import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { pino } from 'pino';
import { buildApp, type AppOptions } from '../../api/app.ts';
import { openKeys, type Keys } from '../../api/auth/keys.ts';
import { issueToken, type CallerRole } from '../../api/auth/tokens.ts';
import { Runs } from '../../engine/runs.ts';
import { startStack, type Stack, type StackOptions } from '../support/stack.ts';

export const ISSUER = 'http://127.0.0.1:8080';

export interface Api {
  readonly app: FastifyInstance;
  readonly stack: Stack;
  readonly keys: Keys;
  readonly keysDir: string;
  /** Sends a request as one of the roles; `null` sends no token. */
  call(method: Method, url: string, as: As | null, options?: CallOptions): Promise<Answer>;
  /** How many events, commands and texts the store holds: nothing written means no change. */
  counts(): Promise<Record<string, number>>;
  stop(): Promise<void>;
}

export type Method = 'GET' | 'POST' | 'PUT' | 'DELETE' | 'HEAD' | 'PATCH' | 'OPTIONS';
/** `operator`, `auditor`, or the IPA code of a member. */
export type As = 'operator' | 'auditor' | `c_${string}`;

export interface CallOptions {
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | number | string[] | undefined>>;
  readonly body: Body;
  readonly text: string;
}

/** A JSON answer, to be looked into by path. */
export type Body = { readonly [key: string]: Body } & { readonly [index: number]: Body };

/** The whole interface on real PostgreSQL and Temporal, asked in process. */
export async function startApi(options: StackOptions & Partial<Pick<AppOptions, 'rateLimitPerMinute'>> = {}): Promise<Api> {
  const keysDir = mkdtempSync(join(tmpdir(), 'associa-keys-'));
  const [stack, keys] = await Promise.all([startStack(options), openKeys(keysDir)]);
  const app = await buildApp({
    db: stack.db, engine: stack.engine, runs: new Runs(stack.client), keys, log: pino({ level: 'silent' }),
    rateLimitPerMinute: options.rateLimitPerMinute,
  });
  return {
    app, stack, keys, keysDir,
    call: (method, url, as, callOptions) => call(app, keys, method, url, as, callOptions),
    async counts() {
      const tables = ['events', 'commands', 'texts', 'subjects', 'documents'] as const;
      const counted = await Promise.all(tables.map((table) => stack.db.selectFrom(table).select(({ fn }) => fn.countAll<number>().as('n')).executeTakeFirstOrThrow()));
      return Object.fromEntries(tables.map((table, index) => [table, Number(counted[index]?.n)]));
    },
    async stop() {
      await app.close();
      await stack.stop();
      rmSync(keysDir, { recursive: true, force: true });
    },
  };
}

async function call(app: FastifyInstance, keys: Keys, method: Method, url: string, as: As | null, { body, headers }: CallOptions = {}): Promise<Answer> {
  const token = as === null ? {} : { authorization: `Bearer ${await tokenFor(keys, as)}` };
  const json = typeof body === 'string' || body === undefined;
  const answer = await app.inject({
    method, url, headers: { ...token, ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
    ...(body === undefined ? {} : { payload: json ? String(body) : Buffer.isBuffer(body) ? body : JSON.stringify(body) }),
  });
  const isJson = String(answer.headers['content-type'] ?? '').includes('json') && !String(answer.headers['content-type']).includes('ndjson');
  return { status: answer.statusCode, headers: answer.headers, text: answer.body, body: (isJson && answer.body !== '' ? JSON.parse(answer.body) : {}) as Body };
}

/** A token of the embedded issuer. */
export function tokenFor(keys: Keys, as: As, person?: string): Promise<string> {
  const role: CallerRole = as === 'operator' || as === 'auditor' ? as : 'member';
  return issueToken(keys, { role, ...(role === 'member' ? { body: as } : {}), issuer: ISSUER, person });
}
