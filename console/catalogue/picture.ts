import { dependenciesOf } from '../../domain/catalogue/catalogue.ts';
import type { Service } from '../../domain/catalogue/schemas.ts';
import type { Language } from '../../domain/shared/bilingual.ts';
import { layOut, type Place } from './layout.ts';

const BOX = { width: 216, height: 58 } as const;
const ROW = 72;
/** From the left side of a column to that of the next. */
const STEP = 316;
const EDGE = 28;
const TOP = 112;
const LETTERS = 28;
const INK = '#1a1a1a';
const FAINT = '#5c5c5c';
const FILL = { FULL: '#eef3f8', LIGHT: '#eef6ee' } as const;

const WORDS = {
  title: { it: 'Servizi del catalogo e loro dipendenze', en: 'Services of the catalogue and their dependencies' },
  legend: { it: 'Una freccia va da un servizio a quelli che iniziano dopo che è in esercizio. Bordo tratteggiato: ora non si può richiedere.', en: 'An arrow leads from a service to those that begin once it operates. Dashed border: it cannot be requested now.' },
  alone: { it: 'Senza dipendenze', en: 'Without dependencies' },
  FULL: { it: 'percorso completo', en: 'full track' },
  LIGHT: { it: 'percorso leggero', en: 'light track' },
  needs: { it: 'richiede', en: 'needs' },
  none: { it: 'Nessun servizio dipende da un altro.', en: 'No service depends on another.' },
} as const;

/** The services and what each depends on, from left to right: an SVG that stands alone, without script. What is said by form is said by words too. */
export function pictureOf(services: readonly Service[], language: Language): string {
  const byName = new Map(services.map((service) => [service.service, service]));
  const { places, edges, columns, height } = layOut(dependenciesOf(services), ROW);
  const alone = services.filter(({ service }) => !places.has(service)).toSorted((a, b) => a.track.localeCompare(b.track) || a.service.localeCompare(b.service));
  const perRow = Math.max(3, columns);
  const width = EDGE * 2 + STEP * (perRow - 1) + BOX.width;
  const belowTop = TOP + height + (alone.length === 0 ? 0 : 44);
  const total = belowTop + Math.ceil(alone.length / perRow) * ROW + EDGE;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${round(total)}" width="${width}" height="${round(total)}" role="img" aria-labelledby="graph-title graph-description" font-family="system-ui, 'DejaVu Sans', Verdana, sans-serif" font-size="13">`,
    `<title id="graph-title">${WORDS.title[language]}</title>`,
    `<desc id="graph-description">${escaped(description(services, language))}</desc>`,
    `<rect width="${width}" height="${round(total)}" fill="#ffffff"/>`,
    `<defs><marker id="arrow" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="8" markerHeight="8" orient="auto"><path d="M0 1 9 5 0 9z" fill="${FAINT}"/></marker></defs>`,
    `<text x="${EDGE}" y="40" font-size="20" font-weight="bold" fill="${INK}">${WORDS.title[language]}</text>`,
    `<text x="${EDGE}" y="66" fill="${FAINT}">${WORDS.legend[language]}</text>`,
    ...edges.map(({ by }) => arrow(by)),
    ...[...places].map(([name, place]) => box(byName.get(name), left(place.column), TOP + place.y - BOX.height / 2, language)),
    ...(alone.length === 0 ? [] : [`<text x="${EDGE}" y="${round(TOP + height + 24)}" font-size="16" font-weight="bold" fill="${INK}">${WORDS.alone[language]}</text>`]),
    ...alone.map((service, index) => box(service, left(index % perRow), belowTop + Math.floor(index / perRow) * ROW, language)),
    '</svg>',
    '',
  ].join('\n');
}

function left(column: number): number {
  return EDGE + column * STEP;
}

/** From the right side of a box, through the points between, to the left side of another. */
function arrow(by: readonly Place[]): string {
  const points = by.map(({ column, y }, index) => ({ in: left(column) - (index === by.length - 1 ? 2 : 0), out: left(column) + BOX.width, y: round(TOP + y) }));
  const [first, ...rest] = points;
  const path = rest.reduce((drawn, point, index) => {
    const before = points[index];
    const middle = ((before?.out ?? 0) + point.in) / 2;
    const through = index === rest.length - 1 ? '' : `H${point.out}`;
    return `${drawn}C${middle} ${before?.y ?? 0} ${middle} ${point.y} ${point.in} ${point.y}${through}`;
  }, `M${first?.out ?? 0} ${first?.y ?? 0}`);
  return `<path d="${path}" fill="none" stroke="${FAINT}" stroke-width="1.3" marker-end="url(#arrow)"/>`;
}

function box(service: Service | undefined, x: number, top: number, language: Language): string {
  if (service === undefined) return '';
  const { title, track, active } = service;
  const lines = wrapped(title[language]);
  const y = round(top);
  const first = y + (lines.length === 1 ? 26 : 19);
  return [
    `<g><rect x="${x}" y="${y}" width="${BOX.width}" height="${BOX.height}" rx="${track === 'LIGHT' ? BOX.height / 2 : 3}" fill="${FILL[track]}" stroke="${INK}"${active ? '' : ' stroke-dasharray="5 3"'}/>`,
    ...lines.map((text, index) => `<text x="${x + BOX.width / 2}" y="${round(first + index * 15)}" text-anchor="middle" fill="${INK}">${escaped(text)}</text>`),
    `<text x="${x + BOX.width / 2}" y="${round(y + BOX.height - 8)}" text-anchor="middle" font-size="10.5" fill="${FAINT}">${WORDS[track][language]}</text></g>`,
  ].join('');
}

/** At most two lines; what is left out is marked. */
function wrapped(title: string): readonly string[] {
  const lines = title.split(' ').reduce<string[]>((done, word) => {
    const last = done.at(-1);
    return last !== undefined && `${last} ${word}`.length <= LETTERS ? [...done.slice(0, -1), `${last} ${word}`] : [...done, word];
  }, []);
  const shown = lines.slice(0, 2).map((line) => (line.length > LETTERS ? `${line.slice(0, LETTERS - 1)}…` : line));
  return lines.length > 2 ? [shown[0] ?? '', `${(shown[1] ?? '').slice(0, LETTERS - 1)}…`] : shown;
}

/** The same in words, for who does not see it. */
function description(services: readonly Service[], language: Language): string {
  const titles = new Map(services.map(({ service, title }) => [service, title[language]]));
  const said = services.filter(({ dependsOn }) => dependsOn.length > 0).map(({ title, dependsOn }) => `${title[language]} ${WORDS.needs[language]}: ${dependsOn.map((one) => titles.get(one) ?? one).join(', ')}.`);
  return said.length === 0 ? WORDS.none[language] : said.join(' ');
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
