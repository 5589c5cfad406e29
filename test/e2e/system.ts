import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { openKeys, type Keys } from '../../api/auth/keys.ts';
import { issueToken } from '../../api/auth/tokens.ts';
import { childEnvironment, PROJECT_DIR } from '../../config.ts';
import { openDatabase, type Db } from '../../db/client.ts';
import { openTenantKey } from '../../db/tenant.ts';
import { startChild, type Child } from '../../embedded/child.ts';
import { readInstance, type Instance } from '../../embedded/instance.ts';
import { temporaryFolder } from '../support/folders.ts';

export interface Answer {
  readonly status: number;
  readonly body: Record<string, unknown>;
  readonly location: string | null;
}

/** Who asks: the operator, an auditor, or the secretary of a comune by its IPA code. */
export type As = 'operator' | 'auditor' | `c_${string}`;

/** The whole system as `npm start` runs it: five real processes, spoken to over HTTP. */
export class System {
  readonly home: string;
  readonly db: Db;
  private readonly supervisor: Child;
  private readonly keys: Keys;
  private readonly tokens = new Map<As, Promise<string>>();

  private constructor(home: string, supervisor: Child, keys: Keys, db: Db) {
    this.home = home;
    this.supervisor = supervisor;
    this.keys = keys;
    this.db = db;
  }

  static async start(): Promise<System> {
    const home = temporaryFolder('home');
    const logFile = join(home, 'start.log');
    const supervisor = await startChild({
      command: process.execPath,
      args: ['start.ts'],
      cwd: PROJECT_DIR,
      env: childEnvironment({ ASSOCIA_HOME: home, PORT: '0', RATE_LIMIT_PER_MINUTE: '0', NODE_ENV: undefined, VITEST: undefined }),
      logFile,
      stopWith: [['SIGTERM', 30_000], ['SIGKILL', 5_000]],
    });
    for (const deadline = Date.now() + 90_000; !readFileSync(logFile, 'utf8').includes('Associa is ready'); await delay(100)) {
      if (supervisor.hasEnded() || Date.now() > deadline) throw new Error(`It did not start: ${readFileSync(logFile, 'utf8')}`);
    }
    const instance = readInstance(home);
    if (instance === null) throw new Error('There is no instance file');
    const keysDir = join(home, 'keys');
    return new System(home, supervisor, await openKeys(keysDir), openDatabase(instance.databaseUrl, await openTenantKey(keysDir)));
  }

  get instance(): Instance {
    const instance = readInstance(this.home);
    if (instance === null) throw new Error('There is no instance file');
    return instance;
  }

  async call(method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, as: As, body?: object | Buffer, headers: Record<string, string> = {}): Promise<Answer> {
    const answer = await fetch(`${this.instance.url}${path}`, {
      method,
      headers: { authorization: `Bearer ${await this.token(as)}`, ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
      ...(body === undefined ? {} : { body: Buffer.isBuffer(body) ? new Uint8Array(body) : JSON.stringify(body) }),
    });
    const text = await answer.text();
    return { status: answer.status, body: (text === '' ? {} : JSON.parse(text)) as Record<string, unknown>, location: answer.headers.get('location') };
  }

  /** As a client that was told "outcome unknown", "unavailable", or nothing at all: the same key again, until it is answered. */
  async insist(path: string, as: As, body: object, key: string): Promise<Answer> {
    for (const deadline = Date.now() + 120_000; ;) {
      const answer = await this.call('POST', path, as, body, { 'idempotency-key': key }).catch(() => null);
      if (answer !== null && answer.status < 500) return answer;
      if (Date.now() > deadline) throw new Error(`No answer to ${path}: ${JSON.stringify(answer)}`);
      await delay(300);
    }
  }

  /** Kills a process of the system; the supervisor brings it back. */
  kill(name: 'worker' | 'server' | 'temporal' | 'postgres'): void {
    const pid = this.instance.pids[name];
    if (pid === null || pid === undefined) throw new Error(`${name} is not ours`);
    process.kill(pid, 'SIGKILL');
  }

  /** Ends all processes and leaves their files. */
  async halt(): Promise<void> {
    await this.db.destroy();
    await this.supervisor.stop();
  }

  async stop(): Promise<void> {
    await this.halt();
    rmSync(this.home, { recursive: true, force: true });
  }

  private token(as: As): Promise<string> {
    const known = this.tokens.get(as);
    if (known !== undefined) return known;
    const issuer = this.instance.url ?? '';
    const token = issueToken(this.keys, as === 'operator' || as === 'auditor' ? { role: as, issuer } : { role: 'member', body: as, issuer });
    this.tokens.set(as, token);
    return token;
  }
}

/** Kills the worker some times at random moments, each time while it works, until it is told to stop. */
export class WorkerKiller {
  kills = 0;
  private readonly system: System;
  private readonly over = new AbortController();
  private readonly running: Promise<void>;

  constructor(system: System, times: number) {
    this.system = system;
    this.running = this.run(times);
  }

  async stop(): Promise<void> {
    this.over.abort();
    await this.running;
  }

  private async run(times: number): Promise<void> {
    for (let starts = this.starts(); this.kills < times; starts = this.starts()) {
      if (!await this.pause(500 + Math.random() * 3_000)) return;
      this.system.kill('worker');
      this.kills += 1;
      while (this.starts() === starts) if (!await this.pause(100)) return;
    }
  }

  /** How often a worker has begun to poll: one that has not cannot be caught at work. */
  private starts(): number {
    return readFileSync(join(this.system.home, 'logs', 'worker.log'), 'utf8').split('worker polls').length;
  }

  private async pause(milliseconds: number): Promise<boolean> {
    await delay(milliseconds, undefined, { signal: this.over.signal }).catch(() => undefined);
    return !this.over.signal.aborted;
  }
}
