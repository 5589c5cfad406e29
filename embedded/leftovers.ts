import { join } from 'node:path';
import { z } from 'zod';
import { readJson, writeFileAtomic } from './files.ts';
import { endProcess, identify, type Escalation } from './identity.ts';
import { POSTGRES_STOP } from './postgres.ts';
import { TEMPORAL_STOP } from './temporal.ts';

const Identity = z.object({ pid: z.number(), startedAt: z.string() });

/** What a supervisor has running, told by pid and start time, so that a pid used again is never mistaken for it. */
export type Running = z.infer<typeof Running>;
const Running = z.object({ supervisor: Identity, children: z.record(z.string(), Identity) });

const NODE_STOP: Escalation = [
  ['SIGTERM', 5_000],
  ['SIGKILL', 5_000],
];
const STOP: Readonly<Record<string, Escalation>> = { temporal: TEMPORAL_STOP, postgres: POSTGRES_STOP };
/** What others depend on ends last. */
const LAST = ['temporal', 'postgres'];

/** What the last supervisor of this home wrote, living or not. */
export function readRunning(home: string): Running | null {
  const parsed = Running.safeParse(readJson(runningPath(home)));
  return parsed.success ? parsed.data : null;
}

/** Ends what a killed supervisor left running in this home. To be called under the home's lock. */
export async function endLeftovers(home: string, say: (line: string) => void): Promise<void> {
  const children = Object.entries(readRunning(home)?.children ?? {}).toReversed();
  children.sort(([a], [b]) => LAST.indexOf(a) - LAST.indexOf(b));
  for (const [name, identity] of children) {
    const wasAlive = await endProcess(identity, STOP[name] ?? NODE_STOP);
    if (wasAlive) say(`Ended the ${name} that an earlier start left running (pid ${identity.pid})`);
  }
}

/** Keeps the list of what runs, on disk at every change. */
export function startRecording(home: string): (name: string, pid: number) => void {
  const supervisor = identify(process.pid) ?? { pid: process.pid, startedAt: '' };
  const children: Running['children'] = {};
  const write = (): void => writeFileAtomic(runningPath(home), `${JSON.stringify({ supervisor, children })}\n`, 0o600);
  write();
  return (name, pid) => {
    const identity = identify(pid);
    if (identity === null) return; // It ended already.
    children[name] = identity;
    write();
  };
}

function runningPath(home: string): string {
  return join(home, 'running.json');
}
