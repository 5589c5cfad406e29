import { join } from 'node:path';
import { childEnvironment, COMPILE_CACHE, PROJECT_DIR, type Config } from '../config.ts';
import { startChild, type Child } from './child.ts';
import { StartupError } from './errors.ts';
import { lastLines } from './files.ts';
import type { Escalation } from './identity.ts';

/** The programs of the project that the supervisor runs, each as the arguments of Node. */
export interface Programs {
  readonly migrate: readonly string[];
  readonly repair: readonly string[];
  /** Replays what ran before against the code that is about to run. */
  readonly rehearse: readonly string[];
  readonly broker: readonly string[];
  /** Enters the broker that runs beside among the brokers of the project. */
  readonly register: readonly string[];
  readonly worker: readonly string[];
  readonly server: readonly string[];
}

/** Where the parts of a running instance are found. */
export interface Addresses {
  readonly databaseUrl: string;
  readonly temporalAddress: string;
  /** Of the embedded console; null: as the caller's environment says. */
  readonly temporalUiUrl: string | null;
  readonly port: number;
  /** With which clients may be registered at the trial provider; null: none may. */
  readonly registrationToken: string | null;
}

/** A worker drains what it has in hand before it goes. */
const STOP: Escalation = [
  ['SIGTERM', 15_000],
  ['SIGKILL', 5_000],
];

/**
 * The project's own programs, run from TypeScript as it is. Node itself takes the types off; the server's pages are JSX, which
 * wants a loader, named in full, so that any folder will do. It is not put on the others: to load it takes longer than they do.
 */
export function projectPrograms(): Programs {
  const loader = import.meta.resolve('tsx');
  const cli = join(PROJECT_DIR, 'cli.ts');
  return {
    migrate: [cli, 'migrate'],
    repair: [cli, 'repair'],
    rehearse: [cli, 'audit', 'rehearse', '--gate'],
    broker: [join(PROJECT_DIR, 'reference-broker', 'main.ts')],
    register: [join(PROJECT_DIR, 'scripts', 'register-broker.ts')],
    worker: [join(PROJECT_DIR, 'worker.ts')],
    server: ['--import', loader, join(PROJECT_DIR, 'server.ts')],
  };
}

/** The environment of worker, server, repair and rehearsal: the caller's, with the addresses that hold here. */
export function programEnvironment(config: Config, addresses: Addresses): NodeJS.ProcessEnv {
  // Credentials for a cluster elsewhere are not for the embedded server.
  const temporalCredentials =
    config.temporal.address === null
      ? { TEMPORAL_API_KEY: undefined, TEMPORAL_TLS_CERT: undefined, TEMPORAL_TLS_KEY: undefined, TEMPORAL_TLS_CA: undefined }
      : {};
  return childEnvironment({
    ...temporalCredentials,
    ASSOCIA_HOME: config.home,
    ASSOCIA_KEYS: config.keysDir,
    DATABASE_URL: addresses.databaseUrl,
    DATABASE_OWNER_URL: undefined, // only migrations may change the schema
    TEMPORAL_ADDRESS: addresses.temporalAddress,
    TEMPORAL_NAMESPACE: config.temporal.namespace,
    ...(addresses.temporalUiUrl === null ? {} : { TEMPORAL_UI_URL: addresses.temporalUiUrl }),
    TRIAL_REGISTRATION_TOKEN: addresses.registrationToken ?? undefined,
    HOST: config.host,
    PORT: String(addresses.port),
  });
}

/** The environment of migrations, the only program that gets the owner's role. */
export function migrationEnvironment(config: Config, databaseUrl: string, databaseOwnerUrl: string): NodeJS.ProcessEnv {
  return childEnvironment({
    ASSOCIA_HOME: config.home,
    ASSOCIA_KEYS: config.keysDir,
    DATABASE_URL: databaseUrl,
    DATABASE_OWNER_URL: databaseOwnerUrl,
  });
}

export function startProgram(args: readonly string[], env: NodeJS.ProcessEnv, logFile: string): Promise<Child> {
  return startChild({ command: process.execPath, args, cwd: PROJECT_DIR, env: { ...COMPILE_CACHE, ...env }, logFile, stopWith: STOP });
}

/** Waits for a program that does one thing and ends; what it last said is the message when that fails. */
export async function untilDone(child: Child, what: string, logFile: string, signal: AbortSignal): Promise<void> {
  const stop = (): void => void child.stop();
  signal.addEventListener('abort', stop, { once: true });
  const how = await child.ended;
  signal.removeEventListener('abort', stop);
  if (how !== 'code 0') throw new StartupError(`${what} failed (${how}), log ${logFile}:\n${lastLines(logFile)}`);
}
