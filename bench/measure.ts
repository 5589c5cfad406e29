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

export async function measure(subject: Subject, load: Load): Promise<Sample> {
  const cpuBefore = cpuSeconds(load.pids);
  const p50 = await sequential(subject, load.sequentialCases);
  const { throughput, commands } = await concurrent(subject, load);
  const cpu = (cpuSeconds(load.pids) - cpuBefore) * 1_000 / (commands + load.sequentialCases * subject.steps);
  return { p50, throughput, cpu };
}

async function sequential(subject: Subject, cases: number): Promise<number> {
  const times: number[] = [];
  for (let n = 0; n < cases; n += 1) {
    const stream = await subject.open();
    for (let step = 0; step < subject.steps; step += 1) {
      const start = performance.now();
      await subject.send(stream, step);
      times.push(performance.now() - start);
    }
  }
  return median(times);
}

async function concurrent(subject: Subject, { casesInFlight, casesEach }: Load): Promise<{ throughput: number; commands: number }> {
  const streams = await Promise.all(Array.from({ length: casesInFlight }, () => Promise.all(Array.from({ length: casesEach }, () => subject.open()))));
  const start = performance.now();
  await Promise.all(streams.map(async (own) => {
    for (const stream of own) for (let step = 0; step < subject.steps; step += 1) await subject.send(stream, step);
  }));
  const commands = casesInFlight * casesEach * subject.steps;
  return { throughput: commands / ((performance.now() - start) / 1_000), commands };
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? (sorted[middle] ?? Number.NaN) : ((sorted[middle - 1] ?? Number.NaN) + (sorted[middle] ?? Number.NaN)) / 2;
}
