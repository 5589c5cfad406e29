import { CsvError, parse } from 'csv-parse/sync';
import type { Bilingual } from '../../domain/shared/bilingual.ts';
import { Problem } from '../problems.ts';

/** The columns of a table of adhesions, each with the member of the request that it fills. */
const COLUMNS: Readonly<Record<string, readonly string[]>> = {
  body: ['body'],
  document: ['documents', '0', 'title'], documentProtocolNo: ['documents', '0', 'protocolNo'], documentSha256: ['documents', '0', 'sha256'],
  organ: ['resolution', 'organ'], resolutionNo: ['resolution', 'resolutionNo'], heldOn: ['resolution', 'heldOn'], textSha256: ['resolution', 'textSha256'], immediate: ['resolution', 'immediate'],
  noticeBoardNo: ['publication', 'noticeBoardNo'], firstDay: ['publication', 'firstDay'],
  executiveOn: ['certificate', 'executiveOn'], certifiedOn: ['certificate', 'certifiedOn'], transmittedAt: ['transmittedAt'],
  memberOffice: ['signature', 'office'], memberSignedAt: ['signature', 'signedAt'], memberForm: ['signature', 'form'], memberSigner: ['signature', 'signer'],
  agencyOffice: ['countersignature', 'office'], agencySignedAt: ['countersignature', 'signedAt'], agencyForm: ['countersignature', 'form'], agencySigner: ['countersignature', 'signer'],
  repertoryNo: ['registration', 'repertoryNo'], protocolNo: ['registration', 'protocolNo'], registeredOn: ['registration', 'registeredOn'], inForceOn: ['registration', 'inForceOn'],
};
const NEEDED = ['body', 'document', 'resolutionNo', 'heldOn', 'textSha256', 'transmittedAt', 'memberOffice', 'memberSignedAt', 'memberForm', 'agencyOffice', 'agencySignedAt', 'agencyForm', 'repertoryNo', 'protocolNo', 'registeredOn', 'inForceOn'] as const;
/** What spreadsheets take for a formula when they open the file. */
const FORMULA = /^[=+\-@]/;
export const MOST_ROWS = 500;

/** The rows of a table as the request in JSON would have them, not yet checked. Throws Problem for what is no such table. */
export function itemsOfTable(csv: string): readonly unknown[] {
  const [header = [], ...rows] = recordsIn(csv);
  const unknown = header.find((column, index) => !Object.hasOwn(COLUMNS, column) || header.indexOf(column) !== index);
  const missing = NEEDED.find((column) => !header.includes(column));
  if (unknown !== undefined) throw fault('CSV_HEADER', { it: `La colonna «${unknown.slice(0, 30)}» non è prevista, o c'è due volte.`, en: `The column "${unknown.slice(0, 30)}" is not expected, or stands twice.` }, 'csv:1');
  if (missing !== undefined) throw fault('CSV_HEADER', { it: `Nell'intestazione manca la colonna ${missing}.`, en: `The header lacks the column ${missing}.` }, 'csv:1');
  return rows.map((cells, index) => itemOf(header, cells, index + 2));
}

function itemOf(header: readonly string[], cells: readonly string[], line: number): unknown {
  const item: Record<string, unknown> = {};
  for (const [index, column] of header.entries()) {
    const cell = cells[index] ?? '';
    if (FORMULA.test(cell)) throw fault('FORMULA', { it: 'Una cella comincia come una formula di un foglio di calcolo (= + - @).', en: 'A cell begins like a formula of a spreadsheet (= + - @).' }, `csv:${line}.${column}`);
    if (cell !== '') put(item, COLUMNS[column] ?? [], column === 'immediate' ? (cell === 'true' ? true : cell === 'false' ? false : cell) : cell);
  }
  return { ...item, ...('documents' in item ? { documents: Object.values(item['documents'] as object) } : {}) };
}

function put(target: Record<string, unknown>, [member = '', ...rest]: readonly string[], value: unknown): void {
  if (rest.length === 0) {
    target[member] = value;
    return;
  }
  const inner = (target[member] ??= {}) as Record<string, unknown>;
  put(inner, rest, value);
}

function recordsIn(csv: string): readonly (readonly string[])[] {
  try {
    return parse(csv, { bom: true, delimiter: [',', ';', '\t'], skip_empty_lines: true, trim: true, max_record_size: 8_000, to: MOST_ROWS + 2 });
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw fault('CSV_MALFORMED', { it: 'Una riga non ha le celle dell\'intestazione, o ha virgolette che non si chiudono.', en: 'A row has not the cells of the header, or a quote that is not closed.' }, 'csv');
  }
}

function fault(code: string, message: Bilingual, path: string): Problem {
  return Problem.validation([{ code, message, path }]);
}
