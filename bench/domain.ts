import { loadBodies } from '../api/bodies.ts';
import { processOf } from '../domain/processes.ts';
import { fold, type CommandBody } from '../domain/shared/process.ts';
import type { Actor } from '../domain/shared/actor.ts';
import { simulate } from '../simulation/simulate.ts';
import { median } from './measure.ts';
import { deliberationSteps, opening, OPERATOR } from './subjects.ts';

const ROUNDS = 5;
const SECONDS_EACH = 1;
/** Paths between two looks at the processor's clock, which costs as much as a command does. */
const PATHS_A_LOOK = 100;
const RUNS = 5;

/** The domain alone, on one core: no server, no store. */
export async function benchDomain(): Promise<void> {
  const rates = Array.from({ length: ROUNDS + 1 }, () => commandsASecond()).slice(1);
  const seconds: number[] = [];
  for (let run = 0; run <= RUNS; run += 1) seconds.push(await secondsOfSimulation(run));
  const [first = 0, ...warm] = seconds;
  console.log('The domain alone, on one core:\n');
  console.log('| measure | min | median | max | aim |\n|---|---|---|---|---|');
  console.log(row('decide + evolve of a command, a second of processor', rates, (rate) => String(Math.round(rate)), 'at least 200000'));
  console.log(row(`simulation of ${loadBodies().all.length} comuni over two years, seconds (the first, cold: ${first.toFixed(2)})`, warm, (time) => time.toFixed(2), 'under 5'));
}

function row(name: string, values: readonly number[], shown: (value: number) => string, aim: string): string {
  return `| ${[name, ...[Math.min(...values), median(values), Math.max(...values)].map(shown), aim].join(' | ')} |`;
}

/**
 * The path of the other benchmark, from the opening to the publication, each command decided and its events folded. Seconds are those
 * of the processor, all threads of this process together: who else uses the machine does not count.
 */
function commandsASecond(): number {
  const adhesion = processOf('adhesion/c_a010-1');
  const member: Actor = { subject: 'bench', role: 'member', body: 'c_a010' };
  const path: readonly { readonly command: CommandBody; readonly actor: Actor }[] = [
    { command: { type: 'OpenAdhesion', data: opening('c_a010') }, actor: OPERATOR },
    ...deliberationSteps().map(({ by, command }) => ({ command, actor: by === 'operator' ? OPERATOR : member })),
  ];
  const now = new Date().toISOString();
  const start = process.cpuUsage();
  let commands = 0;
  for (; cpuSeconds(start) < SECONDS_EACH; commands += PATHS_A_LOOK * path.length) {
    for (let round = 0; round < PATHS_A_LOOK; round += 1) {
      path.reduce((state, { command, actor }, index) => {
        const decision = adhesion.decide(state, command, { actor, now, commandId: `bench-${index}` });
        if (decision.kind === 'refused') throw new Error(`${command.type}: ${JSON.stringify(decision.reasons)}`);
        return fold(adhesion, state, decision.events);
      }, adhesion.initial());
    }
  }
  return commands / cpuSeconds(start);
}

function cpuSeconds(start: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1e6;
}

async function secondsOfSimulation(seed: number): Promise<number> {
  const comuni = loadBodies().all;
  const start = performance.now();
  const { stuck } = await simulate({ comuni, seed, runs: 1, from: '2026-06-01', days: 730, threshold: Math.ceil(comuni.length / 3), percent: 50 });
  if (stuck.length > 0) throw new Error(`${stuck.length} cases are stuck`);
  return (performance.now() - start) / 1_000;
}
