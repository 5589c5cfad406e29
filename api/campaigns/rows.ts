import { CsvError, parse } from 'csv-parse/sync';
import type { Bilingual } from '../../domain/shared/bilingual.ts';
import type { Reason } from '../../domain/shared/reason.ts';
import type { Bodies, Body } from '../bodies.ts';
import { Problem } from '../problems.ts';
import { MAX_ROWS } from './request.ts';

/** As many faults as an answer shows. */
const MOST_FAULTS = 100;
const COLUMNS: ReadonlySet<string> = new Set(['body', 'name']);
/** What spreadsheets take for a formula when they open the file: no code of a comune begins so. */
const FORMULA = /^[=+\-@]/;

interface Row {
  /** Where it stands, for who mends it. */
  readonly path: string;
  readonly code: string;
  readonly cells: readonly string[];
}

/** The comuni that a list of codes names. Throws Problem with every row that is wrong. */
export function bodiesOfList(bodies: Bodies, codes: readonly string[]): readonly Body[] {
  return bodiesOf(bodies, codes.map((code, index) => ({ path: `select.bodies.${index}`, code, cells: [code] })));
}

/** The comuni that a table names. Throws Problem for what is no such table, and with every row that is wrong. */
export function bodiesOfTable(bodies: Bodies, csv: string): readonly Body[] {
  const [header, ...rows] = recordsIn(csv);
  const columns = header?.record ?? [];
  const at = columns.indexOf('body');
  const wrong = columns.find((column, index) => !COLUMNS.has(column) || columns.indexOf(column) !== index);
  if (at < 0 || wrong !== undefined) throw fault('CSV_HEADER', { it: 'La prima riga deve essere l\'intestazione: una colonna body con il codice IPA e, se serve, una colonna name.', en: 'The first row must be the header: a column body with the IPA code and, if wanted, a column name.' }, 'select.csv:1');
  return bodiesOf(bodies, rows.map(({ record, line }) => ({ path: `select.csv:${line}`, code: record[at] ?? '', cells: record })));
}

interface Line {
  readonly record: readonly string[];
  /** From 1, the header. */
  readonly line: number;
}

function recordsIn(csv: string): readonly Line[] {
  try {
    // With `info` each record comes with where it stood, which the types do not know.
    const read = parse(csv, {
      bom: true, delimiter: [',', ';', '\t'], info: true, skip_empty_lines: true, max_record_size: 4_000, to: MAX_ROWS + 2,
    }) as unknown as readonly { readonly record: readonly string[]; readonly info: { readonly lines: number } }[];
    return read.map(({ record, info: { lines } }) => ({ record: record.map((cell) => cell.trim()), line: lines }));
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const { lines } = error as { readonly lines?: unknown };
    throw fault('CSV_MALFORMED', {
      it: 'Questa riga non ha le celle dell\'intestazione, o ha virgolette che non si chiudono.', en: 'This row has not the cells of the header, or a quote that is not closed.',
    }, typeof lines === 'number' ? `select.csv:${lines}` : 'select.csv');
  }
}

function bodiesOf(bodies: Bodies, rows: readonly Row[]): readonly Body[] {
  if (rows.length === 0) throw fault('NO_TARGETS', { it: 'L\'elenco non ha nessun comune.', en: 'The list has no comune.' }, 'select');
  if (rows.length > MAX_ROWS) throw fault('TOO_MANY_ROWS', { it: `L'elenco ha più di ${MAX_ROWS} righe.`, en: `The list has more than ${MAX_ROWS} rows.` }, 'select');
  const found = new Map<string, Body>();
  const reasons: Reason[] = [];
  for (const { path, code, cells } of rows) {
    const body = bodies.find(code);
    const reason = reasonAgainst(code, cells, body, found.has(code));
    if (reason !== null) reasons.push({ ...reason, path });
    else if (body !== undefined) found.set(code, body);
    if (reasons.length === MOST_FAULTS) break;
  }
  if (reasons.length > 0) throw Problem.validation(reasons);
  return [...found.values()];
}

function reasonAgainst(code: string, cells: readonly string[], body: Body | undefined, isKnown: boolean): Omit<Reason, 'path'> | null {
  if (cells.some((cell) => FORMULA.test(cell))) {
    return { code: 'FORMULA', message: { it: 'Una cella comincia come una formula di un foglio di calcolo (= + - @).', en: 'A cell begins like a formula of a spreadsheet (= + - @).' } };
  }
  // What was sent is shown to who sent it, shortened: it may be anything.
  const shown = code.slice(0, 30);
  if (body === undefined) return { code: 'UNKNOWN_BODY', message: { it: `Nessun comune del territorio ha il codice IPA «${shown}».`, en: `No comune of the territory has the IPA code "${shown}".` } };
  return isKnown ? { code: 'BODY_TWICE', message: { it: `${body.name} (${code}) è già nell'elenco.`, en: `${body.name} (${code}) is in the list already.` } } : null;
}

function fault(code: string, message: Bilingual, path: string): Problem {
  return Problem.validation([{ code, message, path }]);
}
