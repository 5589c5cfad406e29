import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { childEnvironment } from '../config.ts';
import { StartupError } from './errors.ts';
import { readJson, writeFileAtomic } from './files.ts';
import { freePort, portProblem } from './ports.ts';

const HOST = '127.0.0.1';

/** What is kept of the reference broker in `broker.json`: how it is signed on to, its keys, and its address, which stays. */
export type BrokerRecord = z.infer<typeof BrokerRecord>;
const BrokerRecord = z.object({
  username: z.string().min(1),
  password: z.string().min(16),
  /** Encrypts credentials in its ledger; Base64. */
  key: z.string().min(1),
  /** With which it may register OpenID clients. */
  registrationToken: z.string().min(16),
  port: z.int(),
  /** Address under which it was entered among the brokers; null: it was not yet. */
  registeredAs: z.string().nullable(),
});

/** The record of a home, made new at the first start. Its port is another only where somebody else has taken it. */
export async function openBroker(home: string): Promise<BrokerRecord> {
  const path = recordPath(home);
  const present = BrokerRecord.safeParse(readJson(path));
  if (!present.success && existsSync(path)) throw new StartupError(`${path} cannot be read: it holds the passwords of the reference broker, put it back.`);
  if (present.success && (await portProblem(present.data.port, HOST)) === null) return present.data;
  const record = { ...(present.success ? present.data : newSecrets()), port: await freePort(HOST) };
  writeRecord(home, record);
  return record;
}

/** The record of a home where the broker runs. */
export function readBroker(home: string): BrokerRecord {
  return BrokerRecord.parse(readJson(recordPath(home)));
}

/** Notes the address under which it is registered, so that it is not registered again when an operator has removed it. */
export function noteRegistered(home: string, record: BrokerRecord): void {
  writeRecord(home, { ...record, registeredAs: brokerUrl(record) });
}

export function brokerUrl({ port }: Pick<BrokerRecord, 'port'>): string {
  return `http://${HOST}:${port}`;
}

/** The trial provider: what it calls itself, and where it is reached from this machine. */
export interface Issuer {
  readonly issuer: string;
  readonly reachedAt: string;
}

/** The environment of the broker: nothing of the project's databases, keys and sign-on is in it. */
export function brokerEnvironment(record: BrokerRecord, databaseUrl: string, issuer: Issuer | null): NodeJS.ProcessEnv {
  const ofTheProject = ['DATABASE_URL', 'DATABASE_OWNER_URL', 'ASSOCIA_HOME', 'ASSOCIA_KEYS', 'ASSOCIA_MASTER_KEY', 'OIDC_CLIENT_SECRET', 'OIDC_CLIENT_KEY', 'TEMPORAL_API_KEY', 'TEMPORAL_TLS_KEY'];
  return childEnvironment({
    ...Object.fromEntries(ofTheProject.map((name) => [name, undefined])),
    BROKER_DATABASE_URL: databaseUrl,
    BROKER_USERNAME: record.username,
    BROKER_PASSWORD: record.password,
    BROKER_KEY: record.key,
    BROKER_HOST: HOST,
    BROKER_PORT: String(record.port),
    ...(issuer === null ? {} : { BROKER_OIDC_ISSUER: issuer.issuer, BROKER_OIDC_REGISTRATION: `${issuer.reachedAt}/oidc/reg`, BROKER_OIDC_TOKEN: record.registrationToken }),
  });
}

function newSecrets(): Omit<BrokerRecord, 'port'> {
  const secret = (): string => randomBytes(24).toString('base64url');
  return { username: 'associa', password: secret(), key: randomBytes(32).toString('base64'), registrationToken: secret(), registeredAs: null };
}

function writeRecord(home: string, record: BrokerRecord): void {
  writeFileAtomic(recordPath(home), `${JSON.stringify(record, null, 2)}\n`, 0o600);
}

function recordPath(home: string): string {
  return join(home, 'broker.json');
}
