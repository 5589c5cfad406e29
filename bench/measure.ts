import { cpuSeconds } from './cpu.ts';

/** One way of sending a command to a case; `steps` commands can be sent to each case, in order. */
export interface Subject {
  readonly name: string;
  readonly steps: number;
  /** Opens a case; not measured. */
  open(): Promise<string>;
  send(stream: string, step: number): Promise<void>;
}

export interface Sample {
  /** Median milliseconds of one command, one after the other. */
  readonly p50: number;
  /** Commands a second with many cases in flight. */
  readonly throughput: number;
  /** CPU milliseconds a command, of all processes that are ours. */
  readonly cpu: number;
}

export interface Load {
  readonly sequentialCases: number;
  readonly casesInFlight: number;
  readonly casesEach: number;
  readonly pids: readonly number[];
}

/** Opens the cases first: only commands are measured, and every command is sent to an open case. */
export async function measure(subject: Subject, { sequentialCases, casesInFlight, casesEach, pids }: Load): Promise<Sample> {
  const inLine = await openCases(subject, sequentialCases);
  const inFlight = await Promise.all(Array.from({ length: casesInFlight }, () => openCases(subject, casesEach)));
  const cpuBefore = cpuSeconds(pids);
  const p50 = median(await walk(subject, inLine));
  const start = performance.now();
  await Promise.all(inFlight.map((streams) => walk(subject, streams)));
  const seconds = (performance.now() - start) / 1_000;
  const concurrent = casesInFlight * casesEach * subject.steps;
  const commands = concurrent + sequentialCases * subject.steps;
  return { p50, throughput: concurrent / seconds, cpu: ((cpuSeconds(pids) - cpuBefore) * 1_000) / commands };
}

async function openCases(subject: Subject, count: number): Promise<string[]> {
  const streams: string[] = [];
  while (streams.length < count) streams.push(await subject.open());
  return streams;
}

/** Sends every step to each case, one after the other; gives the milliseconds of each. */
async function walk(subject: Subject, streams: readonly string[]): Promise<number[]> {
  const times: number[] = [];
  for (const stream of streams) {
    for (let step = 0; step < subject.steps; step += 1) {
      const start = performance.now();
      await subject.send(stream, step);
      times.push(performance.now() - start);
    }
  }
  return times;
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? (sorted[middle] ?? Number.NaN) : ((sorted[middle - 1] ?? Number.NaN) + (sorted[middle] ?? Number.NaN)) / 2;
}
