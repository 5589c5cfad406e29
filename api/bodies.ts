import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { z } from 'zod';
import { Problem } from './problems.ts';

/** A comune as the data know it. */
export interface Body {
  readonly ipaCode: string;
  readonly istatCode: string;
  readonly name: string;
  readonly population: number;
}

/** The comuni that may join; how many is a matter of the data, comuni merge. */
export class Bodies {
  readonly all: readonly Body[];
  private readonly byCode: ReadonlyMap<string, Body>;

  constructor(all: readonly Body[]) {
    this.all = all.toSorted((a, b) => (a.ipaCode < b.ipaCode ? -1 : 1));
    this.byCode = new Map(all.map((body) => [body.ipaCode, body]));
  }

  find(ipaCode: string): Body | undefined {
    return this.byCode.get(ipaCode);
  }

  findByIstat(istatCode: string): Body | undefined {
    return this.all.find((body) => body.istatCode === istatCode);
  }

  /** Those whose name or codes hold a text, whatever its case and accents. */
  search(text: string): readonly Body[] {
    const wanted = plain(text);
    return this.all.filter(({ name, ipaCode, istatCode }) => plain(name).includes(wanted) || ipaCode.includes(wanted) || istatCode.includes(wanted));
  }
}

/** A code that no comune of the territory has, in the data that name a body. */
export function unknownBody(ipaCode: string): Problem {
  const message = { it: `Nessun comune del territorio ha il codice IPA ${ipaCode}.`, en: `No comune of the territory has the IPA code ${ipaCode}.` };
  return Problem.validation([{ code: 'UNKNOWN_BODY', message, path: 'body' }]);
}

const Row = z.object({
  istat_code: z.string().regex(/^015\d{3}$/),
  name: z.string().min(1),
  cadastral_code: z.string().regex(/^[A-Z]\d{3}$/),
  population: z.string().regex(/^[1-9]\d*$/).transform(Number),
});

const FILE = new URL('../data/comuni-cmm.csv', import.meta.url);

/** Reads and checks the comuni of the Città metropolitana; throws when the file is not what it should be. */
export function loadBodies(file: URL = FILE): Bodies {
  const records: unknown = parse(readFileSync(file), { columns: true, skip_empty_lines: true, bom: true });
  const rows = z.array(Row).min(1).parse(records);
  refuseRepeated('istat_code', rows.map((row) => row.istat_code));
  refuseRepeated('cadastral_code', rows.map((row) => row.cadastral_code));
  return new Bodies(rows.map((row) => ({
    ipaCode: `c_${row.cadastral_code.toLowerCase()}`, istatCode: row.istat_code, name: row.name, population: row.population,
  })));
}

function refuseRepeated(column: string, values: readonly string[]): void {
  const seen = new Set<string>();
  for (const value of values) {
    if (seen.has(value)) throw new Error(`comuni-cmm.csv: ${column} ${value} stands twice`);
    seen.add(value);
  }
}

function plain(text: string): string {
  return text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase();
}
