import { stringify } from 'csv-stringify/sync';
import type { Language } from '../../domain/shared/bilingual.ts';
import { PARTIES, PHASES } from '../words/codes.ts';
import { wordOf } from '../words/say.ts';
import type { Row } from './list.ts';

/** The list as a file for spreadsheets, which take no cell of it for a formula. */
export function csvOf(rows: readonly Row[], language: Language): string {
  const head = language === 'it'
    ? ['Codice IPA', 'Codice ISTAT', 'Comune', 'Popolazione', 'Fase', 'In attesa di', 'In ritardo', 'Pratica']
    : ['IPA code', 'ISTAT code', 'Comune', 'Population', 'Phase', 'Waiting for', 'Late', 'Case'];
  const yes = language === 'it' ? 'sì' : 'yes';
  const lines = rows.map(({ ipaCode, istatCode, name, population, phase, waitingFor, late, caseId }) => [
    ipaCode, istatCode, name, String(population), wordOf(PHASES, phase, language), waitingFor.map((party) => wordOf(PARTIES, party, language)).join('; '), late ? yes : 'no', caseId ?? '',
  ]);
  // The mark at the beginning tells spreadsheets that it is UTF-8.
  return stringify([head, ...lines].map((line) => line.map(harmless)), { bom: true, record_delimiter: 'windows' });
}

/** A cell that a spreadsheet would reckon with begins with an apostrophe instead. */
export function harmless(cell: string): string {
  return /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell;
}
