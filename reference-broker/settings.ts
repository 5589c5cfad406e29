import { join } from 'node:path';
import { z } from 'zod';
import { base64Key, integer, url } from '../config-values.ts';
import { PROJECT_DIR } from '../config.ts';

/** What the environment says to this broker; docs/reference-broker.md has the list. */
export type Settings = z.infer<typeof Environment>;
const Environment = z.object({
  BROKER_DATABASE_URL: url(/^postgres(ql)?$/, 'postgresql://broker:password@host:5432/broker'),
  BROKER_USERNAME: z.string().regex(/^[^:\s]{1,100}$/, { error: 'must be a name without a colon' }).default('associa'),
  BROKER_PASSWORD: z.string().min(16, { error: 'must have 16 characters at least' }),
  BROKER_KEY: base64Key(),
  BROKER_HOST: z.string().default('127.0.0.1'),
  BROKER_PORT: integer(0, 65_535).prefault('8090'),
  BROKER_PUBLIC_URL: url(/^https?$/, 'https://broker.example.org').optional(),
  BROKER_CATALOGUE: z.string().default(join(PROJECT_DIR, 'data', 'catalogue')),
  BROKER_OIDC_ISSUER: url(/^https?$/, 'https://login.example.org').optional(),
  BROKER_OIDC_REGISTRATION: url(/^https?$/, 'https://login.example.org/reg').optional(),
  BROKER_OIDC_TOKEN: z.string().min(1).optional(),
  BROKER_FAULTS: z.string().optional(),
  BROKER_ALLOW_FAULTS: z.enum(['yes', 'no']).default('no'),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
}).refine(({ BROKER_FAULTS, BROKER_ALLOW_FAULTS }) => BROKER_FAULTS === undefined || BROKER_ALLOW_FAULTS === 'yes', {
  path: ['BROKER_FAULTS'], error: 'makes this broker misbehave, for tests of platforms: it is taken with BROKER_ALLOW_FAULTS=yes only',
}).refine(({ BROKER_OIDC_ISSUER, BROKER_OIDC_REGISTRATION, BROKER_OIDC_TOKEN }) => new Set([BROKER_OIDC_ISSUER, BROKER_OIDC_REGISTRATION, BROKER_OIDC_TOKEN].map((value) => value === undefined)).size === 1, {
  path: ['BROKER_OIDC_ISSUER'], error: 'goes together with BROKER_OIDC_REGISTRATION and BROKER_OIDC_TOKEN: set all or none',
});

/** The settings, or an error with a line for each variable that is wrong. */
export function loadSettings(env: NodeJS.ProcessEnv): Settings {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== ''));
  const parsed = Environment.safeParse(given);
  if (parsed.success) return parsed.data;
  throw new Error(parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('\n'));
}
