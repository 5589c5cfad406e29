import type { Gate } from '../../domain/constitution/plan.ts';
import type { Bilingual, Language } from '../../domain/shared/bilingual.ts';
import { addDays, daysBetween, type CivilDate } from '../../domain/shared/civil-date.ts';
import { GATE_NAMES } from './words.ts';

/** What is drawn: the probability of each gate by date. */
export interface Plotted {
  readonly asOf: CivilDate;
  readonly until: CivilDate;
  readonly gates: readonly { readonly gate: Gate; readonly plannedTo: CivilDate; readonly curve: readonly { readonly on: CivilDate; readonly probability: number }[] }[];
}

const WIDTH = 800;
const PLOT = { left: 56, right: 780, top: 56, bottom: 336 } as const;
const LEGEND = { top: 388, row: 22, second: 410 } as const;
/** Colours that people with any colour vision tell apart (Okabe and Ito); the lines differ by their dashes too. */
const LINES = [
  { colour: '#1a1a1a', dash: '' }, { colour: '#0072b2', dash: '8 3' }, { colour: '#d55e00', dash: '' }, { colour: '#009e73', dash: '8 4' },
  { colour: '#8a4a75', dash: '3 3' }, { colour: '#0072b2', dash: '10 3 2 3' }, { colour: '#5c5c5c', dash: '2 4' },
] as const;
const INK = '#1a1a1a';
const FAINT = '#5c5c5c';
const GRID = '#dddddd';
const TITLE: Bilingual = { it: 'Probabilità che ogni traguardo sia raggiunto, per data', en: 'Probability that each gate is reached, by date' };
const MONTHS: Readonly<Record<Language, readonly string[]>> = {
  it: ['gen', 'feb', 'mar', 'apr', 'mag', 'giu', 'lug', 'ago', 'set', 'ott', 'nov', 'dic'],
  en: ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'],
};

/** The curves of all gates as an SVG that stands alone, without script; `id` sets it apart from others on a page. */
export function forecastPlot({ asOf, until, gates }: Plotted, language: Language, id = 'forecast'): string {
  const days = Math.max(1, daysBetween(asOf, until));
  const x = (day: CivilDate): number => PLOT.left + ((PLOT.right - PLOT.left) * Math.min(days, Math.max(0, daysBetween(asOf, day)))) / days;
  const y = (probability: number): number => PLOT.bottom - (PLOT.bottom - PLOT.top) * probability;
  const height = LEGEND.top + LEGEND.row * Math.ceil(gates.length / 2) + 8;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-labelledby="${id}-title" font-family="system-ui, 'DejaVu Sans', Verdana, sans-serif" font-size="13">`,
    `<title id="${id}-title">${TITLE[language]}</title>`,
    `<rect width="${WIDTH}" height="${height}" fill="#ffffff"/>`,
    text(PLOT.left, 28, TITLE[language], `font-size="17" font-weight="bold" fill="${INK}"`),
    ...[0, 25, 50, 75, 100].map((percent) => (
      `<path d="M${PLOT.left} ${fixed(y(percent / 100))}H${PLOT.right}" stroke="${GRID}"/>${text(PLOT.left - 8, y(percent / 100) + 4, `${percent} %`, `text-anchor="end" fill="${FAINT}"`)}`)),
    monthsAxis(asOf, days, x, language),
    ...gates.map(({ curve }, index) => line(curve, x, y, index)),
    `<path d="M${PLOT.left} ${PLOT.top}V${PLOT.bottom}H${PLOT.right}" fill="none" stroke="${FAINT}"/>`,
    ...gates.map(({ gate }, index) => legend(index, GATE_NAMES[gate][language])),
    '</svg>', '',
  ].join('\n');
}

function monthsAxis(asOf: CivilDate, days: number, x: (day: CivilDate) => number, language: Language): string {
  const firsts = Array.from({ length: days + 1 }, (_none, day) => addDays(asOf, day)).filter((day) => day.endsWith('-01'));
  const every = Math.max(1, Math.ceil(firsts.length / 12));
  return firsts.filter((_day, index) => index % every === 0).map((day, index, shown) => {
    const year = index === 0 || shown[index - 1]?.slice(0, 4) !== day.slice(0, 4) ? text(x(day), PLOT.bottom + 34, day.slice(0, 4), `text-anchor="middle" font-weight="bold" fill="${INK}"`) : '';
    return `<path d="M${fixed(x(day))} ${PLOT.bottom}v5" stroke="${FAINT}"/>${text(x(day), PLOT.bottom + 18, MONTHS[language][Number(day.slice(5, 7)) - 1] ?? '', `text-anchor="middle" fill="${INK}"`)}${year}`;
  }).join('\n');
}

function line(curve: Plotted['gates'][number]['curve'], x: (day: CivilDate) => number, y: (probability: number) => number, index: number): string {
  const points = curve.map(({ on, probability }, place) => `${place === 0 ? 'M' : 'L'}${fixed(x(on))} ${fixed(y(probability))}`).join('');
  return `<path d="${points}" fill="none" stroke-width="2.5" stroke-linejoin="round" ${strokeOf(index)}/>`;
}

function legend(index: number, name: string): string {
  const [left, top] = [PLOT.left + (index % 2) * (LEGEND.second - PLOT.left), LEGEND.top + LEGEND.row * Math.floor(index / 2)];
  return `<path d="M${left} ${top}h36" stroke-width="2.5" ${strokeOf(index)}/>${text(left + 46, top + 4, name, `fill="${INK}"`)}`;
}

function strokeOf(index: number): string {
  const { colour, dash } = LINES[index % LINES.length] ?? LINES[0];
  return `stroke="${colour}"${dash === '' ? '' : ` stroke-dasharray="${dash}"`}`;
}

function text(x: number, y: number, content: string, attributes: string): string {
  return `<text x="${fixed(x)}" y="${fixed(y)}" ${attributes}>${content}</text>`;
}

/** Tenths of a pixel: the same text on every machine. */
function fixed(value: number): string {
  return String(Math.round(value * 10) / 10);
}
