import { fork } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { median } from './measure.ts';
import { startService } from './service.ts';

const ROUNDS = 2;
const QUIET_SECONDS = 30;
/** A whole window of the limit: what is served of the flood and what is refused. */
const FLOOD_SECONDS = 60;
/** Its beginning, while the allowed number of the minute is served as fast as it comes. */
const BURST_SECONDS = 15;
/** The default of RATE_LIMIT_PER_MINUTE. */
const ALLOWED_PER_MINUTE = 6_000;
const TIMES_TOO_MANY = 10;
const NOISY = 'c_f205';
const OTHER = 'c_a010';

/** Median milliseconds of a comune's requests by kind, of all, and of all in the beginning. */
type Latency = Readonly<Record<Figure, number>>;
type Figure = Kind | 'all' | 'burst';
type Kind = 'case' | 'list' | 'person';
interface Round {
  readonly quiet: Latency;
  readonly flooded: Latency;
}

/** What one comune feels of another that sends ten times its allowed rate, in interleaved rounds against one real server; prints ratios. */
export async function benchFairness(): Promise<void> {
  const service = await startService(ALLOWED_PER_MINUTE);
  const { url, token, post } = service;
  const flood = fork(fileURLToPath(new URL('flood.ts', import.meta.url)), [`${url}/v1/adhesions`, await token('member', NOISY), String((ALLOWED_PER_MINUTE / 60) * TIMES_TOO_MANY)]);
  try {
    const operator = await token('operator');
    for (const body of [NOISY, OTHER]) await post('/v1/adhesions', operator, { body });
    const bearer = await token('member', OTHER);
    const read = async (path: string): Promise<void> => {
      const answer = await fetch(`${url}${path}`, { headers: { authorization: `Bearer ${bearer}` } });
      if (answer.status !== 200) throw new Error(`${path}: ${await answer.text()}`);
      await answer.arrayBuffer();
    };
    const requests: Readonly<Record<Kind, () => Promise<void>>> = {
      case: () => read(`/v1/adhesions/${OTHER}-1`), list: () => read('/v1/adhesions'), person: async () => { await post('/v1/subjects', bearer, { body: OTHER, name: 'Prova Prova', email: 'p@example.org' }); },
    };
    await latency(requests, 3);
    const rounds: Round[] = [];
    const answers: Record<string, number> = {};
    const flooded = async (): Promise<Latency> => {
      flood.send('start');
      const measured = await latency(requests, FLOOD_SECONDS);
      flood.send('stop');
      const [got] = await once(flood, 'message') as [Record<string, number>];
      for (const [status, count] of Object.entries(got)) answers[status] = (answers[status] ?? 0) + count;
      await delay(500);
      return measured;
    };
    for (let round = 0; round < ROUNDS; round += 1) {
      // Who goes first alternates: what one leaves behind must not always burden the other.
      const floodFirst = round % 2 === 1 ? await flooded() : undefined;
      const quiet = await latency(requests, QUIET_SECONDS);
      rounds.push({ quiet, flooded: floodFirst ?? await flooded() });
      process.stderr.write(`round ${round + 1} of ${ROUNDS}\n`);
    }
    print(rounds, answers);
  } finally {
    flood.kill();
    await service.stop();
  }
}

/** Requests of each kind in turn, one after the other, for so many seconds. */
async function latency(requests: Readonly<Record<Kind, () => Promise<void>>>, seconds: number): Promise<Latency> {
  const times: Record<Kind, number[]> = { case: [], list: [], person: [] };
  const burst: number[] = [];
  const begun = performance.now();
  while (performance.now() - begun < seconds * 1_000) {
    for (const kind of ['case', 'list', 'person'] as const) {
      const start = performance.now();
      await requests[kind]();
      const took = performance.now() - start;
      times[kind].push(took);
      if (start - begun < BURST_SECONDS * 1_000) burst.push(took);
      // A person at a console, a program in its turn: well within its own allowed rate.
      await delay(20);
    }
  }
  return { case: median(times.case), list: median(times.list), person: median(times.person), all: median(Object.values(times).flat()), burst: median(burst) };
}

const NAMES: Readonly<Record<Figure, string>> = {
  case: 'reads its case', list: 'lists its cases', person: 'adds a person', all: 'all of them', burst: `all, in the first ${BURST_SECONDS} s of the minute`,
};

function print(rounds: readonly Round[], answers: Readonly<Record<string, number>>): void {
  const seconds = rounds.length * FLOOD_SECONDS;
  const total = Object.values(answers).reduce((sum, count) => sum + count, 0);
  const counts = Object.entries(answers).map(([status, count]) => `${count} with ${status}`).join(', ');
  console.log(`${rounds.length} interleaved rounds of ${QUIET_SECONDS} s without and ${FLOOD_SECONDS} s with ${(total / seconds).toFixed(0)} requests a second of another comune, answered ${counts}:\n`);
  console.log('| median latency with, to without | min | median | max | medians |\n|---|---|---|---|---|');
  for (const [kind, name] of Object.entries(NAMES) as [Figure, string][]) {
    const ratios = rounds.map(({ quiet, flooded }) => flooded[kind] / quiet[kind]);
    const figures = [Math.min(...ratios), median(ratios), Math.max(...ratios)].map((ratio) => ratio.toFixed(2));
    const typical = [median(rounds.map(({ flooded }) => flooded[kind])), median(rounds.map(({ quiet }) => quiet[kind]))].map((ms) => ms.toFixed(1)).join(' / ');
    console.log(`| ${[name, ...figures, `${typical} ms`].join(' | ')} |`);
  }
}
