import { CsvError, parse as parseCsv } from 'csv-parse/sync';
import { isPlainText } from '../../../api/http/text.ts';
import { parse } from '../../../api/http/validation.ts';
import { Problem } from '../../../api/problems.ts';
import type { Bilingual, Language } from '../../../domain/shared/bilingual.ts';
import { inputsOf, type Input } from '../../forms/fields.ts';
import type { GivenFile } from '../../forms/file.ts';
import { dataOf, typedOf, type Typed } from '../../forms/read.ts';
import { filled } from '../../words/audit.ts';
import { CODES } from '../../words/codes.ts';
import { fieldWords } from '../../words/fields.ts';
import { INVENTORY_FILE } from '../../words/recognition.ts';
import { bilingual } from '../../words/say.ts';
import { faultsOf } from '../refusal.ts';
import type { Inventory, InventoryRecord } from './parts.ts';

/** What a file holds: records as the command takes them, or what is wrong with it, in words. */
export type ReadInventory = { readonly records: readonly InventoryRecord[] } | { readonly faults: readonly string[] };

/** One record of a file as it was given, and the line or place it stands at. */
interface Given {
  readonly at: string;
  readonly data: unknown;
  /** As it would have been typed into the form. */
  readonly typed: Typed;
}

const MOST_FAULTS = 20;

/**
 * The records of an inventory in a file: CSV whose first line names the columns, as the fields of the form or as the interface does, or
 * JSON as the interface takes and gives it. All of it is taken or none.
 */
export function readInventory(part: Inventory, { name, content }: GivenFile, language: Language): ReadInventory {
  const text = textOf(content);
  if (!isPlainText(text)) return { faults: [INVENTORY_FILE.notPlain[language]] };
  const isJson = /\.json$/i.test(name) || /^\s*[[{]/.test(text);
  const given = isJson ? givenInJson(part, text, language) : givenInCsv(part, text, language);
  if ('faults' in given) return given;
  if (given.records.length === 0) return { faults: [INVENTORY_FILE.empty[language]] };
  const judged = given.records.map((one) => judge(part, one, language));
  const faults = [...judged.flatMap((one) => one.faults), ...twice(judged.flatMap(({ record }) => (record === null ? [] : [record])), language)];
  if (faults.length > 0) return { faults: faults.length <= MOST_FAULTS ? faults : [...faults.slice(0, MOST_FAULTS), filled(INVENTORY_FILE.more[language], { n: faults.length - MOST_FAULTS })] };
  return { records: judged.flatMap(({ record }) => (record === null ? [] : [record])) };
}

function judge(part: Inventory, { at, data, typed }: Given, language: Language): { readonly record: InventoryRecord | null; readonly faults: readonly string[] } {
  const parsed = parse(part.record, data);
  if ('data' in parsed) return { record: parsed.data, faults: [] };
  const faults = faultsOf(Problem.validation(parsed.reasons), { asks: part.words, fields: part.fields, fieldAt: (path) => path }, typed, language);
  return { record: null, faults: faults.map(({ message }) => `${at}: ${message}`) };
}

function twice(records: readonly InventoryRecord[], language: Language): readonly string[] {
  const codes = records.map(({ code }) => code);
  return [...new Set(codes.filter((code, index) => codes.indexOf(code) !== index))].map((code) => filled(INVENTORY_FILE.twice[language], { code }));
}

/** What offices save is UTF-8, or what Windows took for text before. */
function textOf(content: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(content);
  } catch {
    return new TextDecoder('windows-1252').decode(content);
  }
}

type GivenRecords = { readonly records: readonly Given[] } | { readonly faults: readonly string[] };

function givenInJson(part: Inventory, text: string, language: Language): GivenRecords {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch {
    return { faults: [INVENTORY_FILE.noJson[language]] };
  }
  // As the interface takes them (a list), and as it gives them (`records`).
  const list = typeof content === 'object' && content !== null && 'records' in content ? content.records : content;
  if (!Array.isArray(list)) return { faults: [INVENTORY_FILE.noList[language]] };
  return { records: list.map((data: unknown, index) => ({ at: filled(INVENTORY_FILE.entry[language], { n: index + 1 }), data, typed: typedOf(part.fields, data) })) };
}

function givenInCsv(part: Inventory, text: string, language: Language): GivenRecords {
  const inputs = inputsOf(part.fields);
  const [head = ''] = text.split(/\r?\n/, 1);
  let rows: readonly { readonly record: readonly string[]; readonly info: { readonly lines: number } }[];
  try {
    // With `info` each row stands beside where it ends.
    rows = parseCsv(text, { bom: true, info: true, skip_empty_lines: true, trim: true, delimiter: head.includes(';') ? ';' : ',' }) as unknown as typeof rows;
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const { lines } = error as { readonly lines?: unknown };
    return { faults: [filled(INVENTORY_FILE.noCsv[language], { n: typeof lines === 'number' ? lines : 1 })] };
  }
  const [columns, ...records] = rows;
  const named = (columns?.record ?? []).map((title) => ({ title, input: inputs.find((input) => isCalled(part, input, title)) }));
  const unknown = named.filter(({ input }) => input === undefined);
  if (unknown.length > 0) return { faults: unknown.map(({ title }) => filled(INVENTORY_FILE.column[language], { column: title })) };
  return {
    records: records.map(({ record, info }) => {
      const typed: Typed = new Map(named.flatMap(({ input }, index): [string, readonly string[]][] => (input === undefined ? [] : [[input.path, typedIn(input, record[index] ?? '')]])));
      return { at: filled(INVENTORY_FILE.line[language], { n: info.lines }), data: dataOf(part.fields, typed), typed };
    }),
  };
}

function isCalled({ words }: Inventory, { path }: Input, title: string): boolean {
  const { it, en } = fieldWords(words, path).label;
  return [path, it, en].some((name) => plain(name) === plain(title));
}

const YES: ReadonlySet<string> = new Set(['si', 'sì', 'yes', 'vero', 'true', '1', 'x']);
const NO: ReadonlySet<string> = new Set(['no', 'falso', 'false', '0']);

/** What stands in a cell, as the form would have it: words of a choice become its code, a day of a spreadsheet a date. */
function typedIn({ kind, options }: Input, cell: string): readonly string[] {
  if (kind === 'choice') return [codeOf(options, cell)];
  if (kind === 'choices') return cell.split(/[|;,\n]/).map((one) => one.trim()).filter((one) => one !== '').map((one) => codeOf(options, one));
  if (kind === 'lines') return [cell.split(/[|\n]/).map((one) => one.trim()).join('\n')];
  if (kind === 'tick' || kind === 'decision') return [YES.has(plain(cell)) ? 'true' : NO.has(plain(cell)) ? 'false' : cell];
  if (kind === 'date') return [cell.replace(/^(\d{1,2})\/(\d{1,2})\/(\d{4})$/, (_whole, day: string, month: string, year: string) => `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`)];
  return [cell];
}

function codeOf(options: readonly string[], word: string): string {
  return options.find((code) => [code, ...wordsOf(code)].some((name) => plain(name) === plain(word))) ?? word;
}

function wordsOf(code: string): readonly string[] {
  const pair = CODES[code];
  const { it, en }: Bilingual = pair === undefined ? { it: code, en: code } : bilingual(pair);
  return [it, en];
}

function plain(text: string): string {
  return text.trim().toLowerCase();
}
