import { addDays, daysBetween, type CivilDate } from '../domain/shared/civil-date.ts';
import { curveOf, lastChange, type Arrival, type Curve } from './distribution.ts';
import { COUNCIL_PAUSES } from './durations.ts';
import { countsOf, executive, type Milestone, type Simulation } from './simulate.ts';

const WIDTH = 800;
const HEIGHT = 516;
const PLOT = { left: 72, right: 732, top: 108, bottom: 420 } as const;
/** Two colours that people with any colour vision tell apart (Okabe and Ito); the lines differ by their dashes too. */
const COMUNI = { colour: '#0072b2', dash: '', name: 'comuni' } as const;
const POPULATION = { colour: '#d55e00', dash: '7 4', name: 'population' } as const;
const INK = '#1a1a1a';
const FAINT = '#5c5c5c';
const GRID = '#dddddd';
const PAUSE = '#ececec';
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const;
const DAYS_OF_ROOM = 14;
const EDGE = 24;

/** Both axes: a day's place from left to right, a share's (0 to 1) from bottom to top. */
interface Scale {
  readonly from: CivilDate;
  readonly days: number;
  readonly x: (day: number) => number;
  readonly y: (share: number) => number;
}

/** How many comuni, and with them how much of the population, are executive by each day: an SVG that stands alone, without script. */
export function plotOf(simulation: Simulation): string {
  const { runs, scenario: { comuni, from, days: most } } = simulation;
  const arrivals = runs.map(executive);
  const ofComuni = curveOf(arrivals, from, most, () => 1);
  const ofPopulation = curveOf(arrivals, from, most, ({ population }: Arrival) => population);
  const scale = scaleOf(from, daysShown(most, [ofComuni, ofPopulation]));
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-labelledby="plot-title plot-description" `
      + 'font-family="system-ui, \'DejaVu Sans\', Verdana, sans-serif" font-size="12">',
    `<title id="plot-title">${TITLE}</title>`,
    `<desc id="plot-description">${description(simulation)}</desc>`,
    `<rect width="${WIDTH}" height="${HEIGHT}" fill="#ffffff"/>`,
    heading(simulation),
    pauses(scale),
    sharesAxis(scale),
    countsAxis(scale, comuni.length),
    datesAxis(scale),
    ...(runs.length > 1 ? [band(scale, ofPopulation, POPULATION.colour), band(scale, ofComuni, COMUNI.colour)] : []),
    gate(scale, simulation),
    notes(simulation),
    line(scale, ofPopulation.median.slice(0, scale.days + 1), POPULATION),
    line(scale, ofComuni.median.slice(0, scale.days + 1), COMUNI),
    `<path d="M${PLOT.left} ${PLOT.top}V${PLOT.bottom}H${PLOT.right}V${PLOT.top}" fill="none" stroke="${FAINT}"/>`,
    '</svg>',
    '',
  ].join('\n');
}

/** Until all are there in nine of ten runs, with some room; the whole time where they are not. */
function daysShown(most: number, curves: readonly Curve[]): number {
  if (curves.some(({ low }) => low.at(-1) !== 1)) return most;
  return Math.min(most, Math.max(...curves.map(lastChange)) + DAYS_OF_ROOM);
}

const TITLE = 'Resolutions executive by day';

function description({ scenario: { comuni, runs, seed, from }, milestones }: Simulation): string {
  const said = milestones.map((milestone) => `${nameOf(milestone)}: ${milestone.median ?? 'not reached'}`).join('; ');
  return escaped(`Step curves of a simulation of ${comuni.length} comuni from ${from}, ${runs === 1 ? `seed ${seed}` : `median of ${runs} runs from seed ${seed}`}. `
    + `Day on which the resolutions are executive, of ${said}.`);
}

/** `45 comuni`, `50 % of the population`, or both. */
export function nameOf({ comuni, percent }: Pick<Milestone, 'comuni' | 'percent'>): string {
  const parts = [...(comuni === null ? [] : [`${comuni} ${comuni === 1 ? 'comune' : 'comuni'}`]), ...(percent === null ? [] : [`${percent} % of the population`])];
  return parts.join(' with ');
}

function heading({ scenario: { comuni, runs, seed, from }, population }: Simulation): string {
  const which = runs === 1 ? `Lines: one run (seed ${seed}).` : `Lines: median of ${runs} runs (seeds ${seed} to ${seed + runs - 1}). Bands: eight of ten runs.`;
  const y = PLOT.top - 22;
  return [
    text(EDGE, 30, TITLE, `font-size="18" font-weight="bold" fill="${INK}"`),
    text(EDGE, 51, `${comuni.length} comuni with ${grouped(population)} inhabitants, opened on ${from}. ${which}`, `font-size="11.5" fill="${FAINT}"`),
    legend(PLOT.left, COMUNI, 'comuni (left)'),
    legend(PLOT.left + 140, POPULATION, 'their population (right)'),
    `<rect x="${PLOT.left + 344}" y="${y - 6}" width="28" height="12" fill="${PAUSE}"/>`,
    text(PLOT.left + 378, y + 4, 'councils do not meet', `fill="${INK}"`),
  ].join('\n');
}

function legend(x: number, { colour, dash }: { readonly colour: string; readonly dash: string }, name: string): string {
  const y = PLOT.top - 22;
  return `<path d="M${x} ${y}h28" stroke="${colour}" stroke-width="2.5"${dashed(dash)}/>\n${text(x + 34, y + 4, name, `fill="${INK}"`)}`;
}

/** Days on which councils do not meet: why the curves grow flat some weeks later. */
function pauses({ from, days, x }: Scale): string {
  const [first, last] = [from, addDays(from, days)].map((day) => Number(day.slice(0, 4)));
  const years = Array.from({ length: (last ?? 0) - (first ?? 0) + 1 }, (_none, index) => (first ?? 0) + index);
  return years.flatMap((year) => COUNCIL_PAUSES.map((pause) => [daysBetween(from, `${year}-${pause.from}`), daysBetween(from, `${year}-${pause.to}`) + 1] as const))
    .map(([begin, end]) => [x(Math.max(0, begin)), x(Math.min(days, end))] as const).filter(([begin, end]) => begin < end)
    .map(([begin, end]) => `<rect x="${fixed(begin)}" y="${PLOT.top}" width="${fixed(end - begin)}" height="${PLOT.bottom - PLOT.top}" fill="${PAUSE}"/>`)
    .join('\n');
}

function sharesAxis({ y }: Scale): string {
  const ticks = [0, 25, 50, 75, 100].map((percent) => (
    `<path d="M${PLOT.left} ${fixed(y(percent / 100))}H${PLOT.right}" stroke="${GRID}"/>`
    + text(PLOT.right + 8, y(percent / 100) + 4, `${percent} %`, `fill="${POPULATION.colour}"`)
  ));
  const middle = (PLOT.top + PLOT.bottom) / 2;
  return [...ticks, text(0, 0, 'population', `text-anchor="middle" fill="${POPULATION.colour}" transform="translate(${WIDTH - 16} ${middle}) rotate(90)"`)].join('\n');
}

function countsAxis({ y }: Scale, all: number): string {
  const ticks = [0, ...countsOf(all)].filter((count) => count !== 1 || all < 10).map((count) => (
    `<path d="M${PLOT.left - 5} ${fixed(y(count / all))}h5" stroke="${FAINT}"/>`
    + text(PLOT.left - 9, y(count / all) + 4, String(count), `text-anchor="end" fill="${COMUNI.colour}"`)
  ));
  const middle = (PLOT.top + PLOT.bottom) / 2;
  return [...ticks, text(0, 0, 'comuni', `text-anchor="middle" fill="${COMUNI.colour}" transform="translate(22 ${middle}) rotate(-90)"`)].join('\n');
}

/** The first of each month, or of every second or third, as there is room. */
function datesAxis({ from, days, x }: Scale): string {
  const firsts = Array.from({ length: days + 1 }, (_none, day) => addDays(from, day)).filter((day) => day.endsWith('-01'));
  const every = Math.ceil(firsts.length / 12);
  const shown = firsts.filter((day) => (Number(day.slice(5, 7)) - 1) % every === 0);
  return shown.map((day, index) => {
    const at = x(daysBetween(from, day));
    const month = MONTHS[Number(day.slice(5, 7)) - 1] ?? '';
    const year = index === 0 || day.slice(5, 7) === '01' || (every > 1 && day.slice(0, 4) !== shown[index - 1]?.slice(0, 4))
      ? text(at, PLOT.bottom + 36, day.slice(0, 4), `text-anchor="middle" font-weight="bold" fill="${INK}"`) : '';
    return `<path d="M${fixed(at)} ${PLOT.bottom}v5" stroke="${FAINT}"/>${text(at, PLOT.bottom + 20, month, `text-anchor="middle" fill="${INK}"`)}${year}`;
  }).join('\n');
}

/** Where the gate of the Agency's constitution opens in half of the runs. */
function gate({ from, x }: Scale, simulation: Simulation): string {
  const found = gateOf(simulation);
  if (found === undefined || found.median === null) return '';
  const at = x(daysBetween(from, found.median));
  return `<path d="M${fixed(at)} ${PLOT.top}V${PLOT.bottom}" stroke="${INK}" stroke-width="1.2" stroke-dasharray="2 3"/>`;
}

function gateOf({ milestones }: Simulation): Milestone | undefined {
  return milestones.find(({ comuni, percent }) => comuni !== null && percent !== null);
}

/** A comune with this part of the population makes the curve leap. */
const LARGE_SHARE = 0.2;

function notes(simulation: Simulation): string {
  const { scenario: { comuni, runs }, population } = simulation;
  const found = gateOf(simulation);
  const spread = runs === 1 || found === undefined ? '' : `, in eight of ten runs from ${found.p10 ?? 'later'} to ${found.p90 ?? 'later'}`;
  const [largest] = comuni.toSorted((a, b) => b.population - a.population);
  const share = (largest?.population ?? 0) / population;
  const said = [
    ...(found === undefined ? [] : [`Dotted: ${nameOf(found)} on ${found.median ?? 'no day of these'}${spread}.`]),
    ...(share < LARGE_SHARE ? [] : [`${largest?.name ?? ''} holds ${Math.round(100 * share)} % of the population: the dashed line leaps on its day.`]),
  ];
  return said.map((sentence, index) => text(PLOT.left, PLOT.bottom + 62 + 17 * index, sentence, `fill="${INK}"`)).join('\n');
}

function line({ x, y }: Scale, shares: readonly number[], { colour, dash }: { readonly colour: string; readonly dash: string }): string {
  return `<path d="${steps(shares, x, y)}" fill="none" stroke="${colour}" stroke-width="2.5" stroke-linejoin="round"${dashed(dash)}/>`;
}

function band({ x, y, days }: Scale, { low, high }: Curve, colour: string): string {
  const back = low.slice(0, days + 1).map((share, day) => [day, share] as const).toReversed()
    .flatMap(([day, share], index, all) => (index > 0 && share === all[index - 1]?.[1] ? [] : [`H${fixed(x(day + 1))}V${fixed(y(share))}`])).join('');
  return `<path d="${steps(high.slice(0, days + 1), x, y)}${back}H${fixed(x(0))}Z" fill="${colour}" fill-opacity="0.18"/>`;
}

/** A step where the share changes; flat in between. */
function steps(shares: readonly number[], x: Scale['x'], y: Scale['y']): string {
  const changes = shares.flatMap((share, day) => (day > 0 && share !== shares[day - 1] ? [`H${fixed(x(day))}V${fixed(y(share))}`] : []));
  return `M${fixed(x(0))} ${fixed(y(shares[0] ?? 0))}${changes.join('')}H${fixed(x(shares.length - 1))}`;
}

function scaleOf(from: CivilDate, days: number): Scale {
  const { left, right, top, bottom } = PLOT;
  return {
    from, days,
    x: (day) => left + ((right - left) * Math.min(day, days)) / days,
    y: (share) => bottom - (bottom - top) * share,
  };
}

function text(x: number, y: number, content: string, attributes: string): string {
  return `<text x="${fixed(x)}" y="${fixed(y)}" ${attributes}>${escaped(content)}</text>`;
}

/** Thousands apart by a narrow space that does not break. */
function grouped(number: number): string {
  return String(number).replaceAll(/\B(?=(\d{3})+$)/g, '\u202f');
}

function dashed(dash: string): string {
  return dash === '' ? '' : ` stroke-dasharray="${dash}"`;
}

/** Tenths of a pixel: the same text on every machine. */
function fixed(value: number): string {
  return String(Math.round(value * 10) / 10);
}

function escaped(content: string): string {
  return content.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
