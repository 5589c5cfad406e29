import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/** A process that cannot be confused with a later one of the same pid: the kernel's start time is part of it. */
export interface ProcessIdentity {
  readonly pid: number;
  readonly startedAt: string;
}

/** What is asked of a process, one signal after the other, and how long each is given. */
export type Escalation = readonly (readonly [signal: NodeJS.Signals, patienceMs: number])[];

/** Who lives under this pid now; null when nobody does (a zombie is nobody). */
export function identify(pid: number): ProcessIdentity | null {
  const startedAt = process.platform === 'linux' ? startTimeFromProc(pid) : startTimeFromPs(pid);
  return startedAt === null ? null : { pid, startedAt };
}

/** The command line of a living process, arguments separated by spaces; null when it is gone. */
export function commandLine(pid: number): string | null {
  if (process.platform !== 'linux') return ps(pid, 'command=');
  const line = readProc(`${pid}/cmdline`);
  return line === null || line === '' ? null : line.replaceAll('\0', ' ').trim();
}

export function isAlive(identity: ProcessIdentity): boolean {
  return identify(identity.pid)?.startedAt === identity.startedAt;
}

/** Ends a process that may be somebody else's child, escalating; true when it was alive at all. */
export async function endProcess(identity: ProcessIdentity, escalation: Escalation): Promise<boolean> {
  if (!isAlive(identity)) return false;
  for (const [signal, patienceMs] of escalation) {
    trySignal(identity.pid, signal);
    if (await isGoneWithin(identity, patienceMs)) break;
  }
  return true;
}

/** Sends a signal; a process that has gone meanwhile is no error. */
export function trySignal(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // ESRCH: it ended between the look and the signal, which is what was wanted.
  }
}

async function isGoneWithin(identity: ProcessIdentity, patienceMs: number): Promise<boolean> {
  const deadline = Date.now() + patienceMs;
  while (isAlive(identity)) {
    if (Date.now() >= deadline) return false;
    await sleep(25);
  }
  return true;
}

function startTimeFromProc(pid: number): string | null {
  const stat = readProc(`${pid}/stat`);
  if (stat === null) return null;
  // The second field is the program's name in brackets and may hold spaces and brackets itself.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const [state, startTicks] = [fields[0], fields[19]];
  if (state === 'Z' || state === 'X' || startTicks === undefined) return null;
  // Ticks count from boot: without the boot's id two boots could show the same pid and time.
  return `${readProc('sys/kernel/random/boot_id')?.trim() ?? ''}/${startTicks}`;
}

function startTimeFromPs(pid: number): string | null {
  return ps(pid, 'stat=')?.startsWith('Z') === false ? ps(pid, 'lstart=') : null;
}

function ps(pid: number, column: string): string | null {
  const { stdout, status } = spawnSync('ps', ['-o', column, '-p', String(pid)], { encoding: 'utf8' });
  return status === 0 && stdout.trim() !== '' ? stdout.trim() : null;
}

function readProc(path: string): string | null {
  try {
    return readFileSync(`/proc/${path}`, 'utf8');
  } catch {
    return null;
  }
}
