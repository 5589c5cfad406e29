import { Connection } from '@temporalio/client';
import { mkdirSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startChild, type Child } from './child.ts';
import { StartupError } from './errors.ts';
import { lastLines } from './files.ts';
import type { Escalation } from './identity.ts';
import { ensureNamespace, lengthenRetention } from './namespace.ts';
import { accepts, freePorts } from './ports.ts';

export interface TemporalOptions {
  /** Path of the Temporal CLI, from `findTemporal`. */
  readonly binary: string;
  /** Where everything is kept; null: in memory, gone with the process. */
  readonly dbFile: string | null;
  readonly port?: number | undefined;
  readonly uiPort?: number | undefined;
  /** Without the web console. */
  readonly headless?: boolean | undefined;
  readonly namespace: string;
  readonly log: (line: string) => void;
  /** Where the server's own log goes; nowhere by default. */
  readonly logFile?: string | undefined;
}

export interface Temporal extends Child {
  readonly address: string;
  readonly port: number;
  readonly uiUrl: string | null;
  readonly uiPort: number | null;
  /** The namespace was made now: the server knows of no workflow. */
  readonly fresh: boolean;
}

export const TEMPORAL_STOP: Escalation = [
  ['SIGTERM', 10_000],
  ['SIGKILL', 5_000],
];

const HOST = '127.0.0.1';
const PATIENCE_MS = 60_000;
/** A port that was free a moment ago may be taken by another process when it is wanted. */
const ATTEMPTS = 3;

interface Ports {
  readonly grpc: number;
  readonly http: number;
  readonly metrics: number;
  readonly ui: number | null;
}

/** Starts a Temporal development server on 127.0.0.1 with a namespace that keeps histories for ten years. */
export async function startTemporal(options: TemporalOptions): Promise<Temporal> {
  if (options.dbFile !== null) mkdirSync(dirname(resolve(options.dbFile)), { recursive: true });
  for (let attempt = 1; ; attempt += 1) {
    const ports = await choosePorts(options);
    const child = await launch(options, ports);
    const connection = await connect(child, ports.grpc);
    if (connection !== null) return await prepare(options, ports, child, connection);
    await child.stop();
    const reason = lastLines(options.logFile);
    if (attempt === ATTEMPTS || !(await isPortTrouble(options, reason))) {
      const log = options.logFile === undefined ? '' : `, log ${options.logFile}:\n${reason}`;
      throw new StartupError(`Temporal did not start on port ${ports.grpc} (${await child.ended})${log}`);
    }
    options.log(`Temporal did not get port ${ports.grpc}: trying others`);
  }
}

async function choosePorts(options: TemporalOptions): Promise<Ports> {
  const [grpc = 0, http = 0, metrics = 0, ui = 0] = await freePorts(4, HOST);
  return { grpc: options.port ?? grpc, http, metrics, ui: options.headless === true ? null : (options.uiPort ?? ui) };
}

function launch(options: TemporalOptions, ports: Ports): Promise<Child> {
  const persistent = options.dbFile === null ? [] : ['--db-filename', resolve(options.dbFile)];
  const ui = ports.ui === null ? ['--headless'] : ['--ui-port', String(ports.ui), '--ui-disable-news-fetch'];
  const listening = ['--ip', HOST, '--port', String(ports.grpc), '--http-port', String(ports.http)];
  const logging = ['--metrics-port', String(ports.metrics), '--log-level', 'warn', '--log-format', 'json'];
  // The caller's own Temporal settings, by variables or file, are about other servers.
  const isolated = ['--disable-config-env', '--disable-config-file'];
  return startChild({
    command: options.binary,
    args: ['server', 'start-dev', ...listening, ...logging, ...ui, ...persistent, ...isolated],
    cwd: options.dbFile === null ? '/' : dirname(resolve(options.dbFile)),
    env: { PATH: '/usr/bin:/bin', TZ: 'UTC' },
    logFile: options.logFile,
    stopWith: TEMPORAL_STOP,
  });
}

async function connect(child: Child, port: number): Promise<Connection | null> {
  const deadline = Date.now() + PATIENCE_MS;
  while (!child.hasEnded() && Date.now() < deadline) {
    // A refused connection makes gRPC wait a whole second: the port is looked at first.
    if (await accepts(port)) {
      const connection = await Connection.connect({ address: `${HOST}:${port}`, connectTimeout: 5000 }).catch(() => null);
      if (connection !== null) return connection;
    }
    await sleep(30);
  }
  return null;
}

async function prepare(options: TemporalOptions, ports: Ports, child: Child, connection: Connection): Promise<Temporal> {
  try {
    const fresh = await ensureNamespace(connection, options.namespace);
    if (!fresh) await lengthenRetention(connection, options.namespace);
    return {
      ...child,
      address: `${HOST}:${ports.grpc}`,
      port: ports.grpc,
      uiUrl: ports.ui === null ? null : `http://${HOST}:${ports.ui}`,
      uiPort: ports.ui,
      fresh,
    };
  } catch (error) {
    await child.stop();
    throw error;
  } finally {
    await connection.close();
  }
}

async function isPortTrouble(options: TemporalOptions, reason: string): Promise<boolean> {
  if (options.port !== undefined) return false;
  // Without a log to look into, another try costs little.
  return options.logFile === undefined || /address already in use|port/i.test(reason);
}
