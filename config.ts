import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { base64Key, integer, isSafeUrl, jsonFile, url } from './config-values.ts';

/** What the environment says, checked and completed. This file is the only reader of `process.env`. */
export interface Config {
  readonly home: string;
  readonly host: string;
  /** 0: any free one. */
  readonly port: number;
  /** The application's role; null: embedded PostgreSQL. */
  readonly databaseUrl: string | null;
  /** The owner's role, for migrations. */
  readonly databaseOwnerUrl: string | null;
  readonly keysDir: string;
  /** Wraps the keys of persons, texts and documents; null: the one of the keys folder. */
  readonly masterKey: Buffer | null;
  /** Days after which no backup holds any more what was erased: what receipts count with. */
  readonly backupRetentionDays: number;
  /** Name of the key of the transparency log that is made where there is none: its checkpoints' origin. */
  readonly logOrigin: string;
  readonly temporal: TemporalConfig;
  /** Address that browsers use, e.g. that of a reverse proxy; null: the one the server listens on. */
  readonly publicUrl: string | null;
  readonly oidc: OidcConfig;
  /** Vouchers of the national platform PDND; null: none are taken. */
  readonly pdnd: PdndConfig | null;
  readonly session: SessionConfig;
  /** False: neither may a trial sign-on be offered here nor is there another. */
  readonly hasSignOn: boolean;
  /** With which OpenID clients may be registered at the trial provider; null: none may. */
  readonly trialRegistrationToken: string | null;
  /** What binds every case (the catalogue) is changed by two persons: who prepares does not approve. */
  readonly twoPersons: boolean;
  readonly logLevel: LogLevel;
  readonly otlpEndpoint: string | null;
  /** 0: no limit. */
  readonly rateLimitPerMinute: number;
  /** Commands after which a case continues as new; null: when Temporal suggests it. */
  readonly continueAfterCommands: number | null;
  readonly updateDeadlineMs: number;
  /** Of the person at the terminal, by the locale; what is neither is English. */
  readonly language: 'it' | 'en';
}

export interface TemporalConfig {
  /** null: the embedded development server. */
  readonly address: string | null;
  readonly namespace: string;
  readonly taskQueue: string;
  /** Name under which workers register with the hash of their bundle as a version of their own; null: unversioned. */
  readonly deployment: string | null;
  readonly apiKey: string | null;
  /** Paths of PEM files. */
  readonly tlsCert: string | null;
  readonly tlsKey: string | null;
  readonly tlsCa: string | null;
  /** Its web console, whose pages may have payloads decrypted; null: none may. */
  readonly uiUrl: string | null;
}

export interface OidcConfig {
  /** null: the embedded issuer. */
  readonly issuer: string | null;
  readonly clientId: string | null;
  readonly clientSecret: string | null;
  /** Path of a private key (PKCS #8, PEM) for private_key_jwt, in place of a secret. */
  readonly clientKey: string | null;
  readonly audience: string;
  readonly claims: ClaimMapping;
}

/** How long a person stays signed on: without a request, and at all. */
export interface SessionConfig {
  readonly idleMinutes: number;
  readonly hours: number;
}

export interface PdndConfig {
  readonly issuer: string;
  /** The e-service's own. */
  readonly audience: string;
  readonly producerId: string;
  readonly eserviceId: string;
  readonly jwksUrl: string;
  /** IPA code of the body by its consumerId. */
  readonly consumers: Readonly<Record<string, string>>;
}

/** What the claims of a provider mean here; docs/sign-on.md says how to write it. */
export type ClaimMapping = z.infer<typeof ClaimMapping>;
const Role = z.enum(['operator', 'member', 'auditor']);
const ipaCode = z.string().regex(/^c_[a-z]\d{3}$/, { error: 'must be an IPA code like c_a010' });
/** A name is one claim, dots and all; a list leads into nested ones. */
const ClaimName = z.union([z.string().min(1), z.array(z.string().min(1)).min(1)]);
const ClaimMapping = z.strictObject({
  scope: z.string().regex(/(^| )openid( |$)/, { error: 'must hold openid' }).default('openid'),
  userinfo: z.boolean().default(false),
  roles: z.strictObject({ claim: ClaimName, values: z.record(z.string(), Role).default({}) }).default({ claim: 'roles', values: {} }),
  body: z.strictObject({ claim: ClaimName, prefix: z.string().default(''), values: z.record(z.string(), ipaCode).default({}) })
    .default({ claim: 'body', prefix: '', values: {} }),
  acr: z.strictObject({ levels: z.array(z.string().regex(/^\S+$/)), required: z.partialRecord(Role, z.string()).default({}) })
    .refine(({ levels, required }) => Object.values(required).every((level) => levels.includes(level)), { error: 'required names a level that is not in levels' })
    .default({ levels: [], required: {} }),
});

/** Roles and body stand in the claims of these names, as they are meant here. */
export const DEFAULT_CLAIMS: ClaimMapping = ClaimMapping.parse({});

/** Where it is not said how long backups are kept: five weeks. */
export const DEFAULT_BACKUP_RETENTION_DAYS = 35;

export type LogLevel = z.infer<typeof LogLevel>;
const LogLevel = z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'], {
  error: 'must be one of fatal, error, warn, info, debug, trace, silent',
});

/** The environment does not hold: one line for each variable that is wrong. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

/** The project's folder, wherever a command is called from. */
export const PROJECT_DIR = dirname(fileURLToPath(import.meta.url));

/** What can be made anew from the installation at any time; Node keeps its compiled code here, which spares a start half its time. */
export const CACHE_DIR = join(PROJECT_DIR, 'node_modules', '.cache');
export const COMPILE_CACHE = { NODE_COMPILE_CACHE: join(CACHE_DIR, 'node') } as const;

/** Reads the environment, or throws a ConfigError that names each variable that is wrong. */
export function loadConfig(env: NodeJS.ProcessEnv = process.env): Config {
  // `NAME= npm start` means unset, as everywhere in shells.
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== ''));
  const parsed = Environment.safeParse(given);
  if (!parsed.success) throw new ConfigError(parsed.error.issues.map(describe).join('\n'));
  return toConfig(parsed.data);
}

/** Throws ConfigError where neither a provider is named nor the trial sign-on may stand in for one. */
export function requireSignOn({ hasSignOn }: Config): void {
  if (hasSignOn) return;
  throw new ConfigError('OIDC_ISSUER: must name the identity provider when NODE_ENV is production; for a trial, where anybody may sign on as anyone, set ASSOCIA_TRIAL_LOGIN=yes');
}

/** Where programs are searched and where downloaded ones are kept, for all projects of this user. */
export function toolPlaces(env: NodeJS.ProcessEnv = process.env): { path: string[]; cacheDir: string } {
  const cache = env['XDG_CACHE_HOME'];
  return {
    path: (env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== ''),
    cacheDir: join(cache === undefined || cache === '' ? join(homedir(), '.cache') : cache, 'associa'),
  };
}

/** The caller's environment with some variables set, and those given as undefined taken out. */
export function childEnvironment(
  changes: Readonly<Record<string, string | undefined>>,
  env: NodeJS.ProcessEnv = process.env,
): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries({ ...env, ...changes }).filter(([, value]) => value !== undefined));
}

const yesOrNo = z.enum(['yes', 'no'], { error: 'must be yes or no' });
const port = integer(0, 65_535);
const databaseUrl = url(/^postgres(ql)?$/, 'postgresql://user:password@host:5432/associa');
const webUrl = url(/^https?$/, 'https://login.example.org');
const pemFile = z.string().refine(existsSync, { error: (issue) => `no such file: ${String(issue.input)}` });

const PDND = ['PDND_ISSUER', 'PDND_AUDIENCE', 'PDND_PRODUCER_ID', 'PDND_ESERVICE_ID', 'PDND_CONSUMERS'] as const;
const httpsUrl = webUrl.refine((text) => isSafeUrl(text), { error: 'must begin with https, but for an address of this machine' });

const Environment = z
  .object({
    ASSOCIA_HOME: z.string(),
    HOST: z.string(),
    PORT: port,
    DATABASE_URL: databaseUrl,
    DATABASE_OWNER_URL: databaseUrl,
    ASSOCIA_KEYS: z.string(),
    ASSOCIA_MASTER_KEY: base64Key(),
    BACKUP_RETENTION_DAYS: integer(0, 3_650),
    ASSOCIA_LOG_ORIGIN: z.string().regex(/^[A-Za-z0-9._/-]{1,100}$/, { error: 'must be a name like associa.example.org/log' }),
    TEMPORAL_ADDRESS: z.string().regex(/^[^\s/]+:\d+$/, { error: 'must be host:port, like 127.0.0.1:7233' }),
    TEMPORAL_NAMESPACE: z.string(),
    TEMPORAL_API_KEY: z.string(),
    TEMPORAL_TLS_CERT: pemFile,
    TEMPORAL_TLS_KEY: pemFile,
    TEMPORAL_TLS_CA: pemFile,
    TEMPORAL_UI_URL: webUrl,
    TEMPORAL_TASK_QUEUE: z.string(),
    TEMPORAL_DEPLOYMENT: z.string().regex(/^[A-Za-z0-9_-]{1,100}$/, { error: 'must be a name like associa' }),
    NODE_ENV: z.string(),
    ASSOCIA_TRIAL_LOGIN: yesOrNo,
    TRIAL_REGISTRATION_TOKEN: z.string().min(16),
    ASSOCIA_TWO_PERSONS: yesOrNo,
    PUBLIC_URL: httpsUrl.refine((text) => !URL.canParse(text) || new URL(text).href === `${new URL(text).origin}/`, { error: 'must be an address without a path' }),
    OIDC_ISSUER: httpsUrl,
    OIDC_CLIENT_ID: z.string(),
    OIDC_CLIENT_SECRET: z.string(),
    OIDC_CLIENT_KEY: pemFile,
    OIDC_AUDIENCE: z.string(),
    OIDC_CLAIMS: jsonFile(ClaimMapping),
    SESSION_IDLE_MINUTES: integer(1, 1_440),
    SESSION_HOURS: integer(1, 24),
    PDND_ISSUER: z.string(),
    PDND_AUDIENCE: z.string(),
    PDND_PRODUCER_ID: z.string(),
    PDND_ESERVICE_ID: z.string(),
    PDND_JWKS_URL: httpsUrl,
    PDND_CONSUMERS: jsonFile(z.record(z.string().min(1), ipaCode)),
    LOG_LEVEL: LogLevel,
    OTEL_EXPORTER_OTLP_ENDPOINT: webUrl,
    RATE_LIMIT_PER_MINUTE: integer(0, 1_000_000),
    CONTINUE_AFTER_COMMANDS: integer(1, 1_900),
    UPDATE_DEADLINE_MS: integer(100, 600_000),
    LC_ALL: z.string(),
    LC_MESSAGES: z.string(),
    LANG: z.string(),
  })
  .partial()
  .refine((env) => (env.TEMPORAL_TLS_CERT === undefined) === (env.TEMPORAL_TLS_KEY === undefined), {
    path: ['TEMPORAL_TLS_CERT'],
    error: 'goes together with TEMPORAL_TLS_KEY: set both or neither',
  })
  .refine((env) => env.TEMPORAL_DEPLOYMENT === undefined || env.TEMPORAL_ADDRESS !== undefined, { path: ['TEMPORAL_DEPLOYMENT'], error: 'is of use with TEMPORAL_ADDRESS only: the worker of npm start alone is unversioned' })
  .refine((env) => env.OIDC_CLIENT_ID === undefined || env.OIDC_ISSUER !== undefined, { path: ['OIDC_CLIENT_ID'], error: 'is of use with OIDC_ISSUER only' })
  .refine((env) => env.OIDC_CLIENT_SECRET === undefined || env.OIDC_CLIENT_KEY === undefined, { path: ['OIDC_CLIENT_KEY'], error: 'stands in place of OIDC_CLIENT_SECRET: set one of them' })
  .refine((env) => PDND.every((name) => env[name] !== undefined) || PDND.every((name) => env[name] === undefined), {
    path: ['PDND_ISSUER'], error: `goes together with ${PDND.slice(1).join(', ')}: set all or none`,
  });

function toConfig(env: z.infer<typeof Environment>): Config {
  // A given folder is the caller's, the default one belongs to the project, from wherever it is called.
  const home = env.ASSOCIA_HOME === undefined ? join(PROJECT_DIR, '.associa') : resolve(env.ASSOCIA_HOME);
  return {
    home,
    host: env.HOST ?? '127.0.0.1',
    port: env.PORT ?? 8080,
    databaseUrl: env.DATABASE_URL ?? null,
    databaseOwnerUrl: env.DATABASE_OWNER_URL ?? null,
    keysDir: env.ASSOCIA_KEYS === undefined ? join(home, 'keys') : resolve(env.ASSOCIA_KEYS),
    masterKey: env.ASSOCIA_MASTER_KEY ?? null,
    backupRetentionDays: env.BACKUP_RETENTION_DAYS ?? DEFAULT_BACKUP_RETENTION_DAYS,
    logOrigin: env.ASSOCIA_LOG_ORIGIN ?? 'associa/log',
    temporal: {
      address: env.TEMPORAL_ADDRESS ?? null,
      namespace: env.TEMPORAL_NAMESPACE ?? 'associa',
      taskQueue: env.TEMPORAL_TASK_QUEUE ?? 'associa',
      deployment: env.TEMPORAL_DEPLOYMENT ?? null,
      apiKey: env.TEMPORAL_API_KEY ?? null,
      tlsCert: env.TEMPORAL_TLS_CERT ?? null,
      tlsKey: env.TEMPORAL_TLS_KEY ?? null,
      tlsCa: env.TEMPORAL_TLS_CA ?? null,
      uiUrl: env.TEMPORAL_UI_URL ?? null,
    },
    publicUrl: env.PUBLIC_URL === undefined ? null : new URL(env.PUBLIC_URL).origin,
    oidc: {
      issuer: env.OIDC_ISSUER ?? null,
      clientId: env.OIDC_CLIENT_ID ?? null,
      clientSecret: env.OIDC_CLIENT_SECRET ?? null,
      clientKey: env.OIDC_CLIENT_KEY ?? null,
      audience: env.OIDC_AUDIENCE ?? 'associa',
      claims: env.OIDC_CLAIMS ?? DEFAULT_CLAIMS,
    },
    pdnd: toPdnd(env),
    session: { idleMinutes: env.SESSION_IDLE_MINUTES ?? 30, hours: env.SESSION_HOURS ?? 8 },
    hasSignOn: env.OIDC_ISSUER !== undefined || env.NODE_ENV !== 'production' || env.ASSOCIA_TRIAL_LOGIN === 'yes',
    trialRegistrationToken: env.TRIAL_REGISTRATION_TOKEN ?? null,
    twoPersons: env.ASSOCIA_TWO_PERSONS === 'yes',
    logLevel: env.LOG_LEVEL ?? 'info',
    otlpEndpoint: env.OTEL_EXPORTER_OTLP_ENDPOINT ?? null,
    rateLimitPerMinute: env.RATE_LIMIT_PER_MINUTE ?? 6000,
    continueAfterCommands: env.CONTINUE_AFTER_COMMANDS ?? null,
    updateDeadlineMs: env.UPDATE_DEADLINE_MS ?? 10_000,
    language: /^it(?![a-z])/i.test(env.LC_ALL ?? env.LC_MESSAGES ?? env.LANG ?? '') ? 'it' : 'en',
  };
}

function toPdnd(env: z.infer<typeof Environment>): PdndConfig | null {
  const { PDND_ISSUER: issuer, PDND_AUDIENCE: audience, PDND_PRODUCER_ID: producerId, PDND_ESERVICE_ID: eserviceId, PDND_CONSUMERS: consumers } = env;
  if (issuer === undefined || audience === undefined || producerId === undefined || eserviceId === undefined || consumers === undefined) return null;
  // The platform's issuer is a host's name, e.g. interop.pagopa.it.
  const host = /^https?:/.test(issuer) ? issuer.replace(/\/$/, '') : `https://${issuer}`;
  return { issuer, audience, producerId, eserviceId, consumers, jwksUrl: env.PDND_JWKS_URL ?? `${host}/.well-known/jwks.json` };
}

function describe(issue: z.core.$ZodIssue): string {
  return `${issue.path.join('.')}: ${issue.message}`;
}
