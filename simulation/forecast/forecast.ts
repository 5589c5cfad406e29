import { GATES, type Gate } from '../../domain/constitution/plan.ts';
import { isReachable, type Required } from '../../domain/constitution/threshold.ts';
import { addDays, type CivilDate } from '../../domain/shared/civil-date.ts';
import { quantilesOf, type Quantiles } from '../distribution.ts';
import { drawsOf } from '../draws.ts';
import { arrivalIn, knownArrival, standingOf, stateOf, type Arrival, type ForecastBody, type Span, type Standing } from './arrivals.ts';
import { decisiveAmong, type Decisive } from './decisive.ts';
import { estimateOf, type Estimate } from './estimate.ts';
import { gatesIn, isBy, requiredOf, type Counted, type GateRun, type Path } from './gates.ts';
import { modelOf, pacingBy, type Model } from './model.ts';

/** What is asked of the future, from a day on. */
export interface Question {
  readonly asOf: CivilDate;
  /** Days that are looked ahead. */
  readonly days: number;
  /** Of the first run; those after it count up. */
  readonly seed: number;
  readonly runs: number;
  readonly path: Path;
  /** The day for which the comuni that decide are asked; null: the end of the gate's period, or where that is past the gate's median. */
  readonly on: CivilDate | null;
}

/** What if: another path, or comuni that stand still for so many days. */
export interface Shift {
  readonly path: Path;
  readonly delays: ReadonlyMap<string, number>;
}

export interface GateForecast extends Quantiles {
  readonly gate: Gate;
  readonly plannedTo: CivilDate;
  /** The day on which it was reached; null: it is ahead. */
  readonly reachedOn: CivilDate | null;
  /** That it is reached by the end of its period. */
  readonly onTime: Estimate;
  readonly byHorizon: Estimate;
  /** Share of the runs in which it is reached by the end of each day, from the first on. */
  readonly curve: readonly number[];
}

export interface Outlook {
  readonly path: Path;
  readonly required: Required;
  /** False where not even all comuni together are enough. */
  readonly reachable: boolean;
  readonly gates: readonly GateForecast[];
  readonly decisive: { readonly on: CivilDate; readonly met: Estimate; readonly comuni: readonly Decisive[] };
}

export interface Forecast {
  readonly question: Question;
  /** Runs that were done: fewer than asked for where the time was over. */
  readonly runs: number;
  readonly standing: Readonly<Record<Standing, number>>;
  readonly model: Model;
  readonly outlook: Outlook;
  readonly shifted: Outlook | null;
}

export interface Course {
  /** Hears how many cases were carried on, of how many. */
  readonly onCase?: (done: number, all: number) => void;
  /** Asked before each run but the first: true ends it with the runs that are done. */
  readonly isOver?: () => boolean;
}

/** The probabilities of the gates from where the cases stand, by runs of copies of them; and the same after a shift. The same seed gives the same answer. */
export async function forecast(bodies: readonly ForecastBody[], question: Question, shift: Shift | null = null, { onCase, isOver }: Course = {}): Promise<Forecast> {
  const { asOf, days, seed, runs: wanted, path } = question;
  const model = modelOf(bodies.flatMap(({ live }) => (live === null ? [] : [stateOf(live)])));
  const pacing = pacingBy(model);
  const span: Span = { from: asOf, days };
  const stands = bodies.map((body) => ({ body, ipaCode: body.comune.ipaCode, population: body.comune.population, standing: standingOf(body), known: knownArrival(body), delay: shift?.delays.get(body.comune.ipaCode) ?? 0 }));
  const open = stands.filter(({ standing }) => standing === 'ON_ITS_WAY');
  const all = wanted * (open.length + open.filter(({ delay }) => delay > 0).length);
  const [plain, moved]: [Counted[][], Counted[][]] = [[], []];
  let done = 0;
  for (let run = 0; run < wanted && (run === 0 || isOver?.() !== true); run += 1) {
    const [own, other]: [Counted[], Counted[]] = [[], []];
    for (const { body, ipaCode, population, standing, known, delay } of stands) {
      const carriedOn = async (still: number): Promise<Arrival> => {
        const arrival = await arrivalIn(body, seed + run, pacing, span, still);
        onCase?.(done += 1, all);
        return arrival;
      };
      const isOpen = standing === 'ON_ITS_WAY';
      const arrival = isOpen ? await carriedOn(0) : known;
      own.push({ body: ipaCode, population, ...arrival });
      other.push({ body: ipaCode, population, ...(isOpen && delay > 0 ? await carriedOn(delay) : arrival) });
    }
    plain.push(own);
    moved.push(other);
  }
  const onTheWay = open.map(({ ipaCode }) => ipaCode);
  const count = (wantedStanding: Standing) => stands.filter(({ standing }) => standing === wantedStanding).length;
  const standing = { IN: count('IN'), ON_ITS_WAY: count('ON_ITS_WAY'), OUT: count('OUT') };
  const outlook = outlookOf(question, path, plain, onTheWay);
  // On the same day as without the shift, so that the two can be compared.
  return { question, runs: plain.length, standing, model, outlook, shifted: shift === null ? null : outlookOf({ ...question, on: outlook.decisive.on }, shift.path, moved, onTheWay) };
}

function outlookOf({ asOf, days, seed, on: asked }: Question, path: Path, runs: readonly (readonly Counted[])[], open: readonly string[]): Outlook {
  const first = runs[0] ?? [];
  const required = requiredOf(path, asOf, first);
  const found = runs.map((arrivals, run) => gatesIn(path, arrivals, asOf, drawsOf(seed + run, 'gates')));
  const gates = GATES.map((gate) => gateForecast(gate, path, found, asOf, days));
  const planned = path.plan.MUNICIPAL_RESOLUTIONS.to;
  const on = asked ?? (planned >= asOf ? planned : gates.find(({ gate }) => gate === 'MUNICIPAL_RESOLUTIONS')?.median ?? addDays(asOf, days));
  return {
    path, required, gates, reachable: isReachable(path.threshold, { asOf, bodies: first }),
    decisive: { on, met: estimateOf(found.filter((run) => isBy(run.days.MUNICIPAL_RESOLUTIONS, on)).length, runs.length), comuni: decisiveAmong(open, runs, required, on) },
  };
}

function gateForecast(gate: Gate, { plan, reached }: Path, runs: readonly GateRun[], asOf: CivilDate, days: number): GateForecast {
  const horizon = addDays(asOf, days);
  // What is reached beyond the horizon is not told: the cases were not carried on so far.
  const found = runs.map((run) => (isBy(run.days[gate], horizon) ? run.days[gate] : null));
  const counts = new Map<CivilDate, number>();
  for (const day of found) if (day !== null) counts.set(day < asOf ? asOf : day, (counts.get(day < asOf ? asOf : day) ?? 0) + 1);
  let there = 0;
  const curve = Array.from({ length: days + 1 }, (_none, day) => (there += counts.get(addDays(asOf, day)) ?? 0) / runs.length);
  return {
    gate, plannedTo: plan[gate].to, reachedOn: reached[gate] ?? null, onTime: estimateOf(runs.filter((run) => run.onTime[gate]).length, runs.length),
    byHorizon: estimateOf(found.filter((day) => day !== null).length, runs.length), ...quantilesOf(found), curve,
  };
}
