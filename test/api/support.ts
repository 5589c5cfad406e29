import { randomInt } from 'node:crypto';
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';
import { pino } from 'pino';
import { inject } from 'vitest';
import { buildApp, type AppOptions } from '../../api/app.ts';
import { openKeys, type Keys } from '../../api/auth/keys.ts';
import { Bodies, type GivenBody } from '../../api/bodies.ts';
import { issueToken, type CallerRole } from '../../api/auth/tokens.ts';
import { Runs } from '../../engine/runs.ts';
import { SHA256 } from './digest.ts';
import { securityLines, type SecurityLines } from './security-lines.ts';
import { startStack, type Stack, type StackOptions } from '../support/stack.ts';
import { writtenIn } from '../support/written.ts';

export const ISSUER = 'http://127.0.0.1:8080';

/** Comuni of this file only: files share one Temporal, whose workflow ids are those of the cases. */
export function ownBodies(count: number): GivenBody[] {
  const codes = new Set<string>();
  while (codes.size < count) codes.add(`c_${String.fromCodePoint(97 + randomInt(26))}${String(randomInt(1000)).padStart(3, '0')}`);
  return [...codes].map((ipaCode, index) => ({ ipaCode, istatCode: String(15_900 + index).padStart(6, '0'), name: `Prova ${index}`, population: 4_000 }));
}

export interface Api {
  readonly app: FastifyInstance;
  /** IPA codes of comuni that no other test file uses. */
  readonly bodies: readonly MemberCode[];
  readonly stack: Stack;
  readonly keys: Keys;
  readonly keysDir: string;
  /** Sends a request as one of the roles; `null` sends no token. */
  call(method: Method, url: string, as: As | null, options?: CallOptions): Promise<Answer>;
  /** Listens on a port of this machine, a free one unless given; answers the address. */
  listen(port?: number): Promise<string>;
  /** How many events, commands, texts, persons and documents the store holds. */
  counts(): Promise<Record<string, number>>;
  /** Every table by its content: nothing written means no change. */
  written(): Promise<Readonly<Record<string, string>>>;
  /** Waits until the cases have done what they do by themselves after what they were told. */
  calm(): Promise<void>;
  /** What the server logs, unless it was given another log. */
  readonly security: SecurityLines;
  stop(): Promise<void>;
}

export type Method = 'GET' | 'POST' | 'PUT' | 'DELETE' | 'HEAD' | 'PATCH' | 'OPTIONS';
/** `operator`, `auditor`, or the IPA code of a member. */
export type As = 'operator' | 'auditor' | MemberCode;
export type MemberCode = `${string}_${string}`;

export interface CallOptions {
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | number | string[] | undefined>>;
  readonly body: Json;
  readonly text: string;
}

/** A JSON answer, to be looked into by path. */
export type Json = { readonly [key: string]: Json } & { readonly [index: number]: Json } & { toString(): string };

/** The members of a list in an answer; none when there is no list. */
export function listOf(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? value : [];
}

/** The whole interface on real PostgreSQL and Temporal, asked in process. */
export async function startApi(options: StackOptions & Partial<Pick<AppOptions, 'twoPersons' | 'rateLimitPerMinute' | 'securityEntriesPerMinute' | 'bodies' | 'oidc' | 'pdnd' | 'session' | 'publicUrl' | 'log' | 'patience' | 'temporalUiUrl'>> = {}): Promise<Api> {
  const keysDir = mkdtempSync(join(tmpdir(), 'associa-keys-'));
  copyFileSync(join(inject('keysDir'), 'tenant.key'), join(keysDir, 'tenant.key'));
  const { bodies = new Bodies(ownBodies(20)) } = options;
  const [stack, keys] = await Promise.all([startStack({ ...options, keysDir, bodies }), openKeys(keysDir)]);
  const security = securityLines();
  const { twoPersons = false, rateLimitPerMinute, securityEntriesPerMinute = 0, oidc, pdnd, session, publicUrl, log = pino({ level: 'info' }, security.stream) } = options;
  let ownUrl: string | undefined;
  const app = await buildApp({
    db: stack.db, engine: stack.engine, runs: new Runs(stack.client), keys, log,
    bodies, twoPersons, rateLimitPerMinute, securityEntriesPerMinute, oidc, pdnd, session, publicUrl, patience: options.patience, temporalUiUrl: options.temporalUiUrl, ownUrl: () => ownUrl,
  });
  return {
    app, stack, keys, keysDir, security, bodies: bodies.all.map(({ ipaCode }) => memberCode(ipaCode)),
    call: (method, url, as, callOptions) => call(app, keys, method, url, as, callOptions),
    async listen(port = 0) {
      ownUrl = await app.listen({ host: '127.0.0.1', port });
      return ownUrl;
    },
    async counts() {
      const tables = ['events', 'commands', 'texts', 'subjects', 'documents'] as const;
      const counted = await Promise.all(tables.map((table) => stack.db.selectFrom(table).select(({ fn }) => fn.countAll<number>().as('n'))
        // That somebody looked is written too, and is not what a refused command may leave.
        .$if(table === 'events' || table === 'commands', (query) => query.where('stream', 'not like', 'access/%')).executeTakeFirstOrThrow()));
      return Object.fromEntries(tables.map((table, index) => [table, Number(counted[index]?.n)]));
    },
    written: () => writtenIn(stack.db),
    async calm() {
      for (let before = ''; ;) {
        const now = JSON.stringify(await writtenIn(stack.db));
        if (now === before) return;
        before = now;
        await delay(500);
      }
    },
    async stop() {
      await app.close();
      await stack.stop();
      rmSync(keysDir, { recursive: true, force: true });
    },
  };
}

function memberCode(ipaCode: string): MemberCode {
  return `c_${ipaCode.slice(2)}`;
}

/** Sends a request as one of the roles; `null` sends no token. */
export async function call(app: FastifyInstance, keys: Keys, method: Method, url: string, as: As | null, { body, headers }: CallOptions = {}): Promise<Answer> {
  const token = as === null ? {} : { authorization: `Bearer ${await tokenFor(keys, as)}` };
  const payload = typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body);
  const answer = await app.inject({
    method, url, headers: { ...token, ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
    ...(body === undefined ? {} : { payload }),
  });
  const isJson = /[/+]json/.test(String(answer.headers['content-type']));
  return { status: answer.statusCode, headers: answer.headers, text: answer.body, body: (isJson && answer.body !== '' ? JSON.parse(answer.body) : {}) as Json };
}

/** A token of the embedded issuer. */
export function tokenFor(keys: Keys, as: As, person?: string): Promise<string> {
  const role: CallerRole = as === 'operator' || as === 'auditor' ? as : 'member';
  return issueToken(keys, { role, ...(role === 'member' ? { body: as } : {}), issuer: ISSUER, person });
}

/** A body by its number, for tests that need one nobody else uses. */
export function bodyAt(api: Api, index: number): MemberCode {
  const body = api.bodies[index];
  if (body === undefined) throw new RangeError('No such body in the test');
  return body;
}

/** Opens an adhesion; answers its id. */
export async function open(api: Api, body: MemberCode): Promise<string> {
  const { status, text } = await api.call('POST', '/v1/adhesions', 'operator', { body: { body } });
  if (status !== 201) throw new Error(text);
  return `${body}-1`;
}

export const PROPOSAL = { type: 'SendProposal', data: { template: { id: 'convenzione-cst', version: 1, sha256: SHA256 }, sentAt: '2026-03-02T09:00:00+01:00' } };
export const RECEIPT = { type: 'ConfirmReceipt', data: { deliveredAt: '2026-03-02T09:05:00+01:00' } };
