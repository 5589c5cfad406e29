import { writeFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { z } from 'zod';
import { GATES } from '../domain/constitution/plan.ts';
import { isCivilDate } from '../domain/shared/civil-date.ts';
import { forecastPlot } from '../simulation/forecast/plot.ts';
import { GATE_NAMES, STEP_NAMES } from '../simulation/forecast/words.ts';
import { MEASURED } from '../simulation/forecast/readings.ts';
import type { Io } from './io.ts';
import { example, globalOptions, optionsOf, wholeNumber } from './options.ts';
import { CannotRun } from './outcome.ts';
import { readAnswer } from './problems.ts';
import { progressBar } from './progress.ts';
import { Server } from './server.ts';
import { section, table } from './text.ts';

const Estimate = z.object({ probability: z.number(), low: z.number(), high: z.number() });
const day = z.string().nullable();
const Outlook = z.object({
  required: z.object({ members: z.number(), population: z.number() }),
  gates: z.array(z.object({
    gate: z.enum(GATES), plannedTo: z.string(), reachedOn: day, onTime: Estimate, byHorizon: Estimate, p10: day, median: day, p90: day,
    curve: z.array(z.object({ on: z.string(), probability: z.number() })),
  })),
  decisive: z.object({ on: z.string(), met: Estimate, comuni: z.array(z.object({ body: z.string(), name: z.string(), population: z.number(), itself: Estimate, ifIn: Estimate, ifNot: Estimate })) }),
});
type Outlook = z.output<typeof Outlook>;
const Forecast = Outlook.extend({
  asOf: z.string(), until: z.string(), seed: z.number(), runs: z.number(), runsAsked: z.number(), error: z.number(),
  comuni: z.object({ in: z.number(), onTheirWay: z.number(), out: z.number() }),
  steps: z.array(z.object({ step: z.enum(MEASURED), by: z.string(), records: z.number(), recorded: z.object({ p10: z.number(), median: z.number(), p90: z.number() }).nullable(), prior: z.object({ least: z.number(), usual: z.number(), most: z.number(), source: z.string() }) })),
  shifted: Outlook.nullable(),
});
type Forecast = z.output<typeof Forecast>;
const Line = z.union([z.object({ progress: z.object({ done: z.number(), all: z.number() }) }), z.object({ forecast: z.unknown() })]);

const civil = z.string().refine(isCivilDate, 'is a civil date like 2026-10-31');
const forecastOptions = globalOptions.extend({
  seed: wholeNumber(0, 2_147_483_647).optional(), runs: wholeNumber(10, 500).optional(), days: wholeNumber(1, 1_095).optional(), on: civil.optional(),
  threshold: z.string().optional(), shift: z.array(z.string()).optional(), svg: z.string().min(1).optional(),
});
/** The server ends by itself long before. */
const TIMEOUT_MS = 300_000;
const SHOWN = 10;

/** `forecast`: the probability of the gates from where the cases stand. */
export function addForecast(program: Command, io: Io): void {
  program.command('forecast')
    .description('say how probable each gate of the Agency is by date, which comuni decide, and what if; on copies of the cases as they stand. The same seed gives the same answer')
    .option('--seed <n>', 'seed of the first run; default: 1')
    .option('--runs <n>', 'runs, 10 to 500: more runs, a smaller error; default: 100')
    .option('--days <n>', 'days that are looked ahead; default: 365')
    .option('--on <date>', 'day for which it is asked which comuni decide')
    .option('--threshold <threshold>', 'DEFAULT, CONFERENCE_RULE, or comuni/inhabitants like 45/1600000')
    .option('--shift <what...>', 'what if: c_f205+30 (30 days in which nothing is done there), CMM_RESOLUTION=2026-11-01..2026-11-30, threshold=CONFERENCE_RULE')
    .option('--svg <file>', 'also draw the probabilities')
    .addHelpText('after', example('forecast', 'forecast --threshold CONFERENCE_RULE --runs 200 --svg previsione.svg', 'forecast --shift c_f205+60 CMM_RESOLUTION=2026-12-01..2026-12-31'))
    .action(async (_options: unknown, command: Command) => {
      const { seed, runs, days, on, threshold, shift, svg, ...globals } = optionsOf(command, forecastOptions);
      const server = new Server(io, globals);
      const body = JSON.stringify({ seed, runs, days, on, threshold: threshold === undefined ? undefined : thresholdIn(threshold, '--threshold'), shift: shift === undefined ? undefined : shiftIn(shift) });
      const bar = progressBar(io, 'cases');
      let answer: unknown;
      await server.follow({ method: 'POST', path: '/v1/forecasts', body, headers: { Accept: 'application/x-ndjson' }, timeoutMs: TIMEOUT_MS }, (line) => {
        const heard = readAnswer(Line, line);
        if ('progress' in heard) bar.update(heard.progress.done, heard.progress.all);
        else answer = heard.forecast;
      }).finally(bar.stop);
      const forecast = readAnswer(Forecast, answer);
      if (svg !== undefined) await save(svg, forecastPlot(forecast, server.language));
      io.out(globals.json ? `${JSON.stringify(answer)}\n` : forecastText(forecast, server.language));
    });
}

async function save(file: string, content: string): Promise<void> {
  await writeFile(file, content).catch((cause: unknown) => {
    throw new CannotRun(`The file ${file} can't be written: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
  });
}

/** Throws CannotRun for what is no shift. */
function shiftIn(said: readonly string[]): object {
  const delays: object[] = [];
  const plan: Record<string, object> = {};
  let threshold: unknown;
  for (const one of said) {
    const [, body, days] = /^(c_\w+)\+(\d{1,3})$/.exec(one) ?? [];
    const [, gate, from, to] = /^([A-Z_]+)=(\d{4}-\d\d-\d\d)\.\.(\d{4}-\d\d-\d\d)$/.exec(one) ?? [];
    if (body !== undefined) delays.push({ body, days: Number(days) });
    else if (gate !== undefined) plan[gate] = { from, to };
    else if (one.startsWith('threshold=')) threshold = thresholdIn(one.slice('threshold='.length), '--shift');
    else throw new CannotRun(`--shift ${one}: give c_f205+30, CMM_RESOLUTION=2026-11-01..2026-11-30 or threshold=CONFERENCE_RULE.`);
  }
  return { ...(delays.length === 0 ? {} : { delays }), ...(Object.keys(plan).length === 0 ? {} : { plan }), ...(threshold === undefined ? {} : { threshold }) };
}

/** Throws CannotRun. */
function thresholdIn(text: string, option: string): unknown {
  const [, members, population] = /^(\d{1,5})\/(\d{1,9})$/.exec(text) ?? [];
  if (members !== undefined) return { minMembers: Number(members), minPopulation: Number(population) };
  if (/^[A-Z_]+$/.test(text)) return text;
  throw new CannotRun(`${option} ${text}: a threshold is DEFAULT, CONFERENCE_RULE, or comuni/inhabitants like 45/1600000.`);
}

type Spoken = Server['language'];

function forecastText(forecast: Forecast, language: Spoken): string {
  const { asOf, until, seed, runs, runsAsked, error, comuni, steps, shifted } = forecast;
  const less = runs < runsAsked ? ` (of ${runsAsked}: the time was over)` : '';
  return [
    `From ${asOf} to ${until}: ${comuni.in} comuni in, ${comuni.onTheirWay} on their way, ${comuni.out} not counted on. ${runs} runs${less} from seed ${seed}; error of a probability at most ${percent(error)} (95 %).\n\n`,
    outlookText(forecast, language),
    section('Durations, in days', table(['step', 'by', 'on record', '10 %', 'median', '90 %', 'prior'], steps.map(({ step, by, records, recorded, prior }) => [
      STEP_NAMES[step][language], by, String(records), ...[recorded?.p10, recorded?.median, recorded?.p90].map((value) => String(value ?? '–')), `${prior.least}–${prior.usual}–${prior.most} (${prior.source})`,
    ])).trimEnd().split('\n')),
    ...(shifted === null ? [] : ['\nWhat if:\n\n', outlookText(shifted, language)]),
  ].join('');
}

function outlookText({ required, gates, decisive }: Outlook, language: Spoken): string {
  const rows = gates.map(({ gate, plannedTo, reachedOn, onTime, p10, median, p90 }) => (
    [GATE_NAMES[gate][language], plannedTo, reachedOn ?? percent(onTime.probability), ...[p10, median, p90].map((on) => on ?? 'later')]));
  const deciding = decisive.comuni.slice(0, SHOWN).map(({ name, population, itself, ifIn, ifNot }) => [name, String(population), ...[itself, ifIn, ifNot].map(({ probability }) => percent(probability))]);
  return [
    `Threshold: ${required.members} comuni with ${required.population} inhabitants.\n`,
    table(['gate', 'planned by', 'on time', '10 %', 'median', '90 %'], rows),
    `\nThe threshold is met by ${decisive.on} with a probability of ${percent(decisive.met.probability)}.${deciding.length === 0 ? ' No single comune moves it.' : ' It moves most with:'}\n`,
    ...(deciding.length === 0 ? [] : [table(['comune', 'inhabitants', 'in by then', 'if so', 'if not'], deciding)]),
  ].join('');
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}
