import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { PROJECT_DIR } from '../../config.ts';

/** Every regular expression that may see a caller's text takes time in the measure of its length, on texts made against it. */
const FOLDERS = ['api', 'brokers', 'console', 'db', 'domain', 'engine', 'outgoing', 'reference-broker'];
const LITERAL = /(?<=[(,=:!&|?[{;]\s*|\breturn\s+|=>\s*)\/(?![*/])((?:[^/\\\n[]|\\.|\[(?:[^\]\\\n]|\\.)*\])+)\/([a-z]*)/g;

interface Expression {
  readonly where: string;
  readonly source: string;
  readonly flags: string;
}

const EXPRESSIONS: readonly Expression[] = FOLDERS.flatMap((folder) => globSync(`${folder}/**/*.ts`, { cwd: PROJECT_DIR })).flatMap((file) => (
  readFileSync(join(PROJECT_DIR, file), 'utf8').split('\n').filter((line) => !/^\s*(?:\*|\/\/|\/\*)/.test(line))
    .flatMap((line) => [...line.matchAll(LITERAL)]).map(([, source = '', flags = '']) => ({ where: file, source, flags: flags.replaceAll(/[gy]/g, '') }))
));

/** Texts that come to these are no longer, or are none of a caller's: why. */
const BOUNDED: Readonly<Record<string, { readonly most: number; readonly why: string }>> = {
  '^([A-Z]+) (\\/[^ ?]*)[^ ]* HTTP\\/1': { most: 2_000, why: 'sees the first 2,000 bytes of a packet' },
  '\\.?0*Z$': { most: 40, why: 'sees instants, which schemas and parser bound to 35 letters' },
  '"[^"\\\\]*(?:\\\\.[^"\\\\]*)*"|[{}[\\],:]|-?\\d[\\d.eE+-]*': { most: 0, why: 'sees what JSON.parse has taken, where each quotation mark finds its pair' },
  '\\{([^}]+)\\}': { most: 0, why: 'sees the patterns of our own routes, at the start' },
};

const PARTS = ['a', 'A', '0', ' ', '\t', ',', ';', ':', '.', '-', '_', '/', '"', '\\', '"\\', '{', '[', '(', '<', '%', '+', '=', '1.', 'a,', '"1", ', 'a-', 'A_', 'en;q=1,', 'Bearer ', '2026-', 'c_a010', '\u00e8', '\u{1f600}'];
const LONG = 12_000;
/** Four times the text may take four times as long; by a square it takes sixteen. */
const TIMES = 4;
const BAR = 9;
/** Below it the clock measures itself. */
const LEAST_MS = 2;

/** Letters and signs of the expression itself, to come near to what it takes. */
function partsOf(source: string): readonly string[] {
  const signs = source.replaceAll(/\\[a-z]/gi, '').replaceAll(/[\\^$()[\]{}|*+?]/g, '');
  return [...new Set([...PARTS, signs.slice(0, 8), signs.slice(-6), ...signs.slice(0, 12).split('')])].filter((part) => part !== '');
}

function milliseconds(expression: RegExp, text: string): number {
  let least = Number.POSITIVE_INFINITY;
  for (let time = 0; time < 3; time += 1) {
    const start = performance.now();
    expression.test(text);
    least = Math.min(least, performance.now() - start);
    if (least < LEAST_MS) break;
  }
  return least;
}

/** How much longer a text takes that is four times as long; 0 where both are too short to tell. */
function growth(expression: RegExp, text: (length: number) => string, longest: number): number {
  const long = milliseconds(expression, text(longest));
  if (long < LEAST_MS) return 0;
  return long / Math.max(milliseconds(expression, text(longest / TIMES)), LEAST_MS / TIMES / TIMES);
}

function worst({ source, flags }: Expression, longest: number): number {
  const expression = new RegExp(source, flags);
  const shapes = partsOf(source).flatMap((part) => {
    const many = (length: number) => part.repeat(Math.ceil(length / part.length));
    // Ends that it does not take, and a beginning that it does.
    return [(length: number) => `${many(length)}\u0000`, (length: number) => `${many(length)}!x`, (length: number) => `a${many(length)}\n`, (length: number) => `"${many(length)}`];
  });
  return Math.max(...shapes.map((shape) => growth(expression, shape, longest)));
}

describe('regular expressions', () => {
  test('are found where they stand', () => {
    expect(EXPRESSIONS.length).toBeGreaterThan(60);
    expect(new Set(EXPRESSIONS.map(({ where }) => where.split('/')[0]))).toEqual(new Set(FOLDERS));
    const known = ['api/http/strict.ts', 'api/auth/caller.ts', 'api/http/json.ts', 'api/auth/access.ts', 'domain/shared/instant.ts'];
    for (const file of known) expect(EXPRESSIONS.some(({ where }) => where === file), file).toBe(true);
  });

  test('bounds are of expressions that are there', () => {
    for (const source of Object.keys(BOUNDED)) expect(EXPRESSIONS.map((one) => one.source)).toContain(source);
  });

  test.each(EXPRESSIONS.filter((one, index) => EXPRESSIONS.findIndex(({ source, flags }) => source === one.source && flags === one.flags) === index))(
    '$where: /$source/$flags takes time in the measure of the text', (expression) => {
      expect(worst(expression, BOUNDED[expression.source]?.most ?? LONG)).toBeLessThan(BAR);
    },
  );

  test('the measure tells one that does not', () => {
    expect(worst({ where: '', source: '\\s+$', flags: '' }, LONG)).toBeGreaterThan(BAR);
  });
});
