import { stringify } from 'csv-stringify/sync';
import type { WorkOrderRow } from '../../db/queries/work-orders.ts';
import { capital, type Language } from '../../domain/shared/bilingual.ts';
import type { CivilDate } from '../../domain/shared/civil-date.ts';
import { harmless } from '../territory/csv.ts';
import { PARTIES } from '../words/codes.ts';
import { wordOf } from '../words/say.ts';
import { WORK_ORDERS } from '../words/work-orders.ts';

interface Naming {
  readonly language: Language;
  readonly today: CivilDate;
  readonly nameOf: (body: string) => string;
  readonly titleOf: (service: string) => string;
}

/** The work orders as a file for spreadsheets, which take no cell of it for a formula. */
export function csvOf(rows: readonly WorkOrderRow[], { language, today, nameOf, titleOf }: Naming): string {
  const word = (name: keyof typeof WORK_ORDERS): string => WORK_ORDERS[name][language];
  const head = [word('task'), word('service'), language === 'it' ? 'Codice IPA' : 'IPA code', word('comune'), word('role'), word('csvDue'), word('overdue'), language === 'it' ? 'Pratica' : 'Case'];
  const isLate = (dueOn: CivilDate | null): string => (dueOn === null || dueOn >= today ? 'no' : language === 'it' ? 'sì' : 'yes');
  const lines = rows.map(({ id, title, service, body, role, dueOn }) => [title[language], titleOf(service), body, nameOf(body), capital(wordOf(PARTIES, role, language)), dueOn ?? '', isLate(dueOn), id]);
  // The mark at the beginning tells spreadsheets that it is UTF-8.
  return stringify([head, ...lines].map((line) => line.map(harmless)), { bom: true, record_delimiter: 'windows' });
}
