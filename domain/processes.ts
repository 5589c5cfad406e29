import { adhesion } from './adhesion/index.ts';
import { campaign } from './campaign/index.ts';
import { constitution } from './constitution/index.ts';
import { migration } from './migration/index.ts';
import type { CommandBody, EventBody, Process } from './shared/process.ts';

/**
 * A process whose own types are hidden: what shells, projector and audit hold. They only hand back to it what it gave
 * them (states) or what an edge has checked by its schemas (commands) or what is stored (events).
 */
export type AnyProcess = Process<object, CommandBody, EventBody>;

const PROCESSES: Readonly<Record<string, AnyProcess>> = { adhesion, migration, campaign, constitution };

/** The process of a stream `process/id`. Throws when no process has that name (a journal, or a mistake). */
export function processOf(stream: string): AnyProcess {
  const process = PROCESSES[processName(stream)];
  if (process === undefined) throw new Error(`No process hosts the stream ${stream}`);
  return process;
}

export function isProcessStream(stream: string): boolean {
  return processName(stream) in PROCESSES;
}

export function processName(stream: string): string {
  return stream.slice(0, Math.max(0, stream.indexOf('/')));
}

/** `c_a010-1` of `adhesion/c_a010-1`. */
export function caseId(stream: string): string {
  return stream.slice(stream.indexOf('/') + 1);
}
