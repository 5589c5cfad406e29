import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { trySignal, type Escalation } from './identity.ts';

/** The account a child runs under, when it is not the caller's own. */
export interface Account {
  readonly uid: number;
  readonly gid: number;
}

export interface ChildSpec {
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  readonly logFile?: string | undefined;
  readonly account?: Account | null;
  readonly stopWith: Escalation;
}

/** A child in a session of its own, so that Ctrl-C in the terminal reaches its keeper only. */
export interface Child {
  readonly pid: number;
  readonly process: ChildProcess;
  /** Resolves when it has ended, to `code 1` or `signal SIGKILL`; never rejects. */
  readonly ended: Promise<string>;
  hasEnded(): boolean;
  /** Asks it to stop and insists until it has. */
  stop(): Promise<void>;
  /** Makes a stop, under way or to come, skip its first and most patient step. */
  hurry(): void;
}

/** What children write (databases, sockets, files) is for their own account only; `exec` keeps the pid. */
const RUN_PRIVATELY = 'umask 077 && exec "$@"';

/** Starts a child whose output goes to a file, so that it can outlive its keeper without a broken pipe. */
export async function startChild(spec: ChildSpec): Promise<Child> {
  const output = spec.logFile === undefined ? 'ignore' : openSync(spec.logFile, 'a', 0o600);
  try {
    const child = spawn('/bin/sh', ['-c', RUN_PRIVATELY, 'sh', spec.command, ...spec.args], {
      cwd: spec.cwd,
      env: spec.env,
      stdio: ['ignore', output, output],
      detached: true,
      ...(spec.account ? { uid: spec.account.uid, gid: spec.account.gid } : {}),
    });
    return await spawned(child, spec.stopWith);
  } finally {
    if (typeof output === 'number') closeSync(output);
  }
}

async function spawned(child: ChildProcess, stopWith: Escalation): Promise<Child> {
  let isOver = false;
  const ended = new Promise<string>((resolve) => {
    child.once('exit', (code, signal) => {
      isOver = true;
      resolve(signal === null ? `code ${code}` : `signal ${signal}`);
    });
  });
  await new Promise<void>((resolve, reject) => {
    child.once('spawn', resolve);
    child.once('error', reject);
  });
  const pid = child.pid;
  if (pid === undefined) throw new Error(`no pid for ${child.spawnfile}`);

  const haste = new AbortController();
  const stop = async (): Promise<void> => {
    for (const [step, [signal, patienceMs]] of stopWith.entries()) {
      if (isOver) return;
      if (step === 0 && haste.signal.aborted) continue;
      trySignal(pid, signal);
      await endedWithin(ended, patienceMs, step === 0 ? haste.signal : undefined);
    }
  };
  return { pid, process: child, ended, hasEnded: () => isOver, stop, hurry: () => haste.abort() };
}

async function endedWithin(ended: Promise<string>, patienceMs: number, haste: AbortSignal | undefined): Promise<void> {
  const done = new AbortController();
  const signal = haste === undefined ? done.signal : AbortSignal.any([done.signal, haste]);
  await Promise.race([ended, sleep(patienceMs, undefined, { signal }).catch(() => undefined)]);
  done.abort();
}
