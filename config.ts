import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

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
  readonly temporal: TemporalConfig;
  readonly oidc: OidcConfig;
  readonly logLevel: LogLevel;
  readonly otlpEndpoint: string | null;
  /** 0: no limit. */
  readonly rateLimitPerMinute: number;
  /** Commands after which a case continues as new; null: when Temporal suggests it. */
  readonly continueAfterCommands: number | null;
  readonly updateDeadlineMs: number;
}

export interface TemporalConfig {
  /** null: the embedded development server. */
  readonly address: string | null;
  readonly namespace: string;
  readonly taskQueue: string;
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
  readonly audience: string;
}

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

/** Reads the environment, or throws a ConfigError that names each variable that is wrong. */
export function loadConfig(env: NodeJS.ProcessEnv = process.env): Config {
  // `NAME= npm start` means unset, as everywhere in shells.
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== ''));
  const parsed = Environment.safeParse(given);
  if (!parsed.success) throw new ConfigError(parsed.error.issues.map(describe).join('\n'));
  return toConfig(parsed.data);
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

const port = integer(0, 65_535);
const url = (protocol: RegExp, example: string): z.ZodURL =>
  z.url({ protocol, error: (issue) => `must be an address like ${example}, not "${String(issue.input)}"` });
const databaseUrl = url(/^postgres(ql)?$/, 'postgresql://user:password@host:5432/associa');
const webUrl = url(/^https?$/, 'https://login.example.org');
const pemFile = z.string().refine(existsSync, { error: (issue) => `no such file: ${String(issue.input)}` });

const Environment = z
  .object({
    ASSOCIA_HOME: z.string(),
    HOST: z.string(),
    PORT: port,
    DATABASE_URL: databaseUrl,
    DATABASE_OWNER_URL: databaseUrl,
    ASSOCIA_KEYS: z.string(),
    TEMPORAL_ADDRESS: z.string().regex(/^[^\s/]+:\d+$/, { error: 'must be host:port, like 127.0.0.1:7233' }),
    TEMPORAL_NAMESPACE: z.string(),
    TEMPORAL_API_KEY: z.string(),
    TEMPORAL_TLS_CERT: pemFile,
    TEMPORAL_TLS_KEY: pemFile,
    TEMPORAL_TLS_CA: pemFile,
    TEMPORAL_UI_URL: webUrl,
    TEMPORAL_TASK_QUEUE: z.string(),
    OIDC_ISSUER: webUrl,
    OIDC_CLIENT_ID: z.string(),
    OIDC_CLIENT_SECRET: z.string(),
    OIDC_AUDIENCE: z.string(),
    LOG_LEVEL: LogLevel,
    OTEL_EXPORTER_OTLP_ENDPOINT: webUrl,
    RATE_LIMIT_PER_MINUTE: integer(0, 1_000_000),
    CONTINUE_AFTER_COMMANDS: integer(1, 1_900),
    UPDATE_DEADLINE_MS: integer(100, 600_000),
  })
  .partial()
  .refine((env) => (env.TEMPORAL_TLS_CERT === undefined) === (env.TEMPORAL_TLS_KEY === undefined), {
    path: ['TEMPORAL_TLS_CERT'],
    error: 'goes together with TEMPORAL_TLS_KEY: set both or neither',
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
    temporal: {
      address: env.TEMPORAL_ADDRESS ?? null,
      namespace: env.TEMPORAL_NAMESPACE ?? 'associa',
      taskQueue: env.TEMPORAL_TASK_QUEUE ?? 'associa',
      apiKey: env.TEMPORAL_API_KEY ?? null,
      tlsCert: env.TEMPORAL_TLS_CERT ?? null,
      tlsKey: env.TEMPORAL_TLS_KEY ?? null,
      tlsCa: env.TEMPORAL_TLS_CA ?? null,
      uiUrl: env.TEMPORAL_UI_URL ?? null,
    },
    oidc: {
      issuer: env.OIDC_ISSUER ?? null,
      clientId: env.OIDC_CLIENT_ID ?? null,
      clientSecret: env.OIDC_CLIENT_SECRET ?? null,
      audience: env.OIDC_AUDIENCE ?? 'associa',
    },
    logLevel: env.LOG_LEVEL ?? 'info',
    otlpEndpoint: env.OTEL_EXPORTER_OTLP_ENDPOINT ?? null,
    rateLimitPerMinute: env.RATE_LIMIT_PER_MINUTE ?? 6000,
    continueAfterCommands: env.CONTINUE_AFTER_COMMANDS ?? null,
    updateDeadlineMs: env.UPDATE_DEADLINE_MS ?? 10_000,
  };
}

function integer(least: number, most: number): z.ZodPipe<z.ZodString, z.ZodTransform<number, string>> {
  return z.string().transform((text, context) => {
    const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
    if (value >= least && value <= most) return value;
    context.addIssue({ code: 'custom', message: `must be a whole number from ${least} to ${most}, not "${text}"` });
    return z.NEVER;
  });
}

function describe(issue: z.core.$ZodIssue): string {
  return `${issue.path.join('.')}: ${issue.message}`;
}
