import { spawnSync } from 'node:child_process';
import { chownSync, existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Account } from './child.ts';
import { StartupError } from './errors.ts';
import type { PostgresRecord } from './postgres-record.ts';

export interface ClusterSpec {
  readonly binDir: string;
  readonly dataDir: string;
  readonly account: Account | null;
  readonly record: PostgresRecord;
  readonly fsync: boolean;
}

/**
 * No line for the superuser: it has no password and no way in; setup speaks to a single-user server. The last line is for the roles that the
 * reference broker makes, which begin with osb_: each may enter the database that is named like a role it is a member of, and no other.
 */
const HOST_BASED_ACCESS = [
  'host all associa_owner,associa_app,associa_broker 127.0.0.1/32 scram-sha-256',
  'host samerole /^osb_ 127.0.0.1/32 scram-sha-256',
  '',
].join('\n');

/** Environment of PostgreSQL's programs: nothing of the caller's locale or `PG*` variables gets in. */
export const POSTGRES_ENV: NodeJS.ProcessEnv = { PATH: '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' };

/** Makes the databases, their roles and rules of access, all or nothing; does nothing when they are there. */
export function ensureCluster(spec: ClusterSpec): void {
  if (existsSync(join(spec.dataDir, 'PG_VERSION'))) return;
  const draft = { ...spec, dataDir: `${spec.dataDir}.new` };
  rmSync(draft.dataDir, { recursive: true, force: true });
  mkdirSync(draft.dataDir, { mode: 0o700 });
  if (spec.account) chownSync(draft.dataDir, spec.account.uid, spec.account.gid);
  initialise(draft);
  execute(draft, [...projectStatements(draft.record), ...brokerStatements(draft.record)]);
  writeFileSync(join(draft.dataDir, 'pg_hba.conf'), HOST_BASED_ACCESS);
  rmSync(spec.dataDir, { recursive: true, force: true }); // an empty folder, or one that a crash left half made
  renameSync(draft.dataDir, spec.dataDir);
}

function initialise(spec: ClusterSpec): void {
  run(spec, 'initdb', [
    `--pgdata=${spec.dataDir}`,
    '--username=postgres',
    '--encoding=UTF8',
    '--locale=C',
    '--auth=reject',
    '--no-instructions',
    ...(spec.fsync ? [] : ['--no-sync']),
  ]);
}

/** Gives a cluster of an earlier version the role and the database of the reference broker; may be done again. */
export function addBroker(spec: ClusterSpec): void {
  execute(spec, brokerStatements(spec.record));
  writeFileSync(join(spec.dataDir, 'pg_hba.conf'), HOST_BASED_ACCESS);
}

function projectStatements({ ownerPassword, appPassword }: PostgresRecord): string[] {
  return [
    `CREATE ROLE associa_owner LOGIN CREATEDB PASSWORD '${ownerPassword}'`,
    `CREATE ROLE associa_app LOGIN PASSWORD '${appPassword}'`,
    'CREATE DATABASE associa OWNER associa_owner',
    'REVOKE ALL ON DATABASE associa FROM PUBLIC',
    'GRANT CONNECT ON DATABASE associa TO associa_app',
  ];
}

/** It makes databases and roles of its own, and has no way into the project's. */
function brokerStatements({ brokerPassword }: PostgresRecord): string[] {
  return [
    'DROP DATABASE IF EXISTS associa_broker',
    'DROP ROLE IF EXISTS associa_broker',
    `CREATE ROLE associa_broker LOGIN CREATEDB CREATEROLE PASSWORD '${brokerPassword}'`,
    'CREATE DATABASE associa_broker OWNER associa_broker',
    'REVOKE ALL ON DATABASE associa_broker FROM PUBLIC',
  ];
}

function execute(spec: ClusterSpec, statements: readonly string[]): void {
  // A single-user server ends a statement at the newline, and goes on after an error unless told otherwise.
  const options = ['--single', '-D', spec.dataDir, '-c', 'exit_on_error=on', '-c', `fsync=${spec.fsync ? 'on' : 'off'}`];
  run(spec, 'postgres', [...options, 'postgres'], `${statements.join('\n')}\n`);
}

function run(spec: ClusterSpec, program: string, args: string[], input = ''): void {
  const { status, stdout, stderr, error } = spawnSync(join(spec.binDir, program), args, {
    cwd: '/',
    env: POSTGRES_ENV,
    encoding: 'utf8',
    input,
    ...spec.account,
  });
  if (status === 0) return;
  const reason = error?.message ?? [stdout, stderr].join('\n').trim().split('\n').slice(-5).join('\n');
  throw new StartupError(`PostgreSQL could not be set up in ${spec.dataDir} (${program}): ${reason}`);
}
