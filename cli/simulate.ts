import { writeFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { z } from 'zod';
import { loadBodies, type Body } from '../api/bodies.ts';
import { isCivilDate } from '../domain/shared/civil-date.ts';
import { nameOf, plotOf } from '../simulation/plot.ts';
import { simulate, type Milestone, type Simulation } from '../simulation/simulate.ts';
import type { Io } from './io.ts';
import { CannotRun, DoesNotHold } from './outcome.ts';
import { example, globalOptions, optionsOf, wholeNumber } from './options.ts';
import { progressBar } from './progress.ts';
import { count, section, table } from './text.ts';

const simulateOptions = globalOptions.extend({
  bodies: z.string().default('all'),
  seed: wholeNumber(0, 2_147_483_647).default(1),
  runs: wholeNumber(1, 1_000).default(20),
  from: z.string().refine(isCivilDate, 'is a civil date like 2026-06-01').default('2026-06-01'),
  days: wholeNumber(1, 3_660).default(730),
  threshold: wholeNumber(1, 10_000).optional(),
  population: wholeNumber(1, 100).default(50),
  svg: z.string().min(1).optional(),
});

/** `simulate`: many comuni through the real process, with a virtual clock and durations drawn from a seed. */
export function addSimulate(program: Command, io: Io): void {
  program.command('simulate')
    .description('run comuni through the process with a virtual clock, durations drawn from a seed; needs no instance. The same seed gives the same result')
    .option('--bodies <codes>', 'all, or IPA codes with commas between them; default: all')
    .option('--seed <n>', 'seed of the first run; default: 1')
    .option('--runs <n>', 'runs, each with the next seed; default: 20')
    .option('--from <date>', 'day on which the cases are opened; default: 2026-06-01')
    .option('--days <n>', 'days that are simulated; default: 730')
    .option('--threshold <n>', 'comuni that the constitution of the Agency needs; default: a third')
    .option('--population <percent>', 'and their part of the population; default: 50')
    .option('--svg <file>', 'also draw the distribution')
    .addHelpText('after', example('simulate', 'simulate --seed 7 --runs 20 --svg simulation.svg', 'simulate --bodies c_a010,c_f205 --runs 1 --json'))
    .action(async (_options: unknown, command: Command) => {
      const { bodies, seed, runs, from, days, threshold, population, svg, json } = optionsOf(command, simulateOptions);
      const comuni = chosen(bodies);
      const needed = threshold ?? Math.ceil(comuni.length / 3);
      if (needed > comuni.length) throw new CannotRun(`--threshold is at most ${comuni.length}, the number of comuni simulated.`);
      const bar = progressBar(io, 'cases');
      const simulation = await simulate({ comuni, seed, runs, from, days, threshold: needed, percent: population }, bar.update).finally(bar.stop);
      if (svg !== undefined) await save(svg, plotOf(simulation));
      const answer = forMachines(simulation);
      const stuck = stuckText(simulation);
      if (stuck !== null) {
        if (!json) io.out(simulationText(simulation));
        throw new DoesNotHold(stuck, { json: answer });
      }
      io.out(json ? `${JSON.stringify(answer)}\n` : simulationText(simulation));
    });
}

/** Throws CannotRun on a code that no comune has. */
function chosen(codes: string): readonly Body[] {
  const bodies = loadBodies();
  if (codes === 'all') return bodies.all;
  return [...new Set(codes.split(',').map((code) => code.trim()))].map((code) => {
    const body = bodies.find(code);
    if (body === undefined) throw new CannotRun(`--bodies: no comune has the IPA code ${code}; associa bodies lists those there are, all takes every one.`);
    return body;
  });
}

async function save(file: string, content: string): Promise<void> {
  await writeFile(file, content).catch((cause: unknown) => {
    throw new CannotRun(`The file ${file} can't be written: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
  });
}

/** Everything that was found, by member one list of the days in the order of the runs. */
function forMachines({ scenario, population, milestones, allInForce, allArrived, ends, stuck, events, refusals, runs }: Simulation): object {
  const { comuni, seed, from, days, threshold, percent } = scenario;
  return {
    ok: stuck.length === 0, seed, runs: runs.length, from, days, bodies: comuni.length, population, threshold: { comuni: threshold, percent },
    executive: milestones, inForce: allInForce, arrived: allArrived, ends, events, refusals, stuck,
    cases: comuni.map((comune, index) => {
      const own = runs.flatMap(({ cases }) => cases.slice(index, index + 1));
      return {
        id: `${comune.ipaCode}-1`, body: comune.ipaCode, population: comune.population,
        executiveOn: own.map(({ executiveOn }) => executiveOn), inForceOn: own.map(({ inForceOn }) => inForceOn), arrivedOn: own.map(({ arrivedOn }) => arrivedOn),
      };
    }),
  };
}

function simulationText(simulation: Simulation): string {
  const { scenario: { comuni, seed, from, days }, population, milestones, allInForce, allArrived, ends, runs } = simulation;
  const seeds = runs.length === 1 ? `seed ${seed}` : `seeds ${seed} to ${seed + runs.length - 1}`;
  const row = (name: string, { earliest, p10, median, p90, latest, days: found }: Milestone): string[] => [
    name, ...[earliest, p10, median, p90, latest].map((day) => day ?? 'later'), `${found.filter((day) => day !== null).length} of ${found.length}`,
  ];
  return [
    `${comuni.length} comuni with ${population} inhabitants, opened on ${from}, ${days} days, ${count(runs.length, 'run')} (${seeds})\n\n`,
    table(['resolutions executive', 'earliest', '10 %', 'median', '90 %', 'latest', 'runs'], milestones.map((milestone) => row(nameOf(milestone), milestone))),
    '\n',
    table(['all of them', 'earliest', '10 %', 'median', '90 %', 'latest', 'runs'], [row('convention in force', allInForce), row('referents in office', allArrived)]),
    `\nAt the end ${count(ends.ARRIVED, 'case')} had arrived, ${ends.UNDER_WAY} were under way, ${ends.STUCK} stuck.\n`,
    section('On the way, in an average run', table(['what', 'times'], onTheWay(simulation)).trimEnd().split('\n')),
  ].join('');
}

/** What was not ordinary, and what the process refused. */
const NOT_ORDINARY = [
  ['SessionHeldWithoutVote', 'sessions without a vote'], ['ResolutionRejected', 'resolutions rejected'], ['AmendmentAccepted', 'amendments taken as formal'],
  ['AmendmentResubmitted', 'amendments sent back'], ['ResolutionReturned', 'resolutions returned by the Agency'], ['ConventionVoided', 'void signatures'],
  ['ReminderDue', 'reminders'],
] as const;

function onTheWay({ events, refusals, runs }: Simulation): string[][] {
  const average = (times = 0): string => (times / runs.length).toFixed(1);
  return [
    ...NOT_ORDINARY.map(([type, name]) => [name, average(events[type])]),
    ...Object.entries(refusals).map(([code, times]) => [`refused: ${code}`, average(times)]),
  ];
}

const MOST_STUCK = 20;

/** A deadlock of the process shows as cases in which nobody has anything to do; null when there is none. */
function stuckText({ stuck }: Simulation): string | null {
  if (stuck.length === 0) return null;
  const lines = stuck.slice(0, MOST_STUCK).map(({ id, seed, waitingFor }) => `  ${id} (seed ${seed}): ${waitingFor.length === 0 ? 'waits for nobody' : `waits for ${waitingFor.join(', ')}`}`);
  const more = stuck.length > MOST_STUCK ? [`  and ${stuck.length - MOST_STUCK} more`] : [];
  return [`${count(stuck.length, 'case')} stuck:`, ...lines, ...more].join('\n');
}
