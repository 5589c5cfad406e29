import type { Bilingual } from '../../domain/shared/bilingual.ts';

/** Words of the page of all work orders. */
export const WORK_ORDERS = {
  title: { it: 'Attività', en: 'Work orders' },
  intro: { it: 'Ciò che le persone devono fare ora nei servizi, prima ciò che scade prima.', en: 'What people have to do in the services now, what is due first at the top.' },
  filters: { it: 'Filtri', en: 'Filters' },
  role: { it: 'A chi spetta', en: 'Whose work it is' },
  anyone: { it: 'A chiunque', en: "Anyone's" },
  late: { it: 'Solo oltre il termine', en: 'Overdue only' },
  comune: { it: 'Comune', en: 'Comune' },
  service: { it: 'Servizio', en: 'Service' },
  all: { it: 'Tutti', en: 'All' },
  show: { it: 'Mostra', en: 'Show' },
  task: { it: 'Attività', en: 'Work order' },
  due: { it: 'Entro il', en: 'Due' },
  none: { it: 'Nessuna attività da svolgere con questi filtri.', en: 'There are no work orders with these filters.' },
  noDue: { it: 'Senza termine', en: 'No term' },
  overdue: { it: 'Oltre il termine', en: 'Overdue' },
  first: { it: "Dall'inizio", en: 'From the beginning' },
  next: { it: 'Altre attività', en: 'More work orders' },
  csv: { it: 'Scarica come CSV', en: 'Download as CSV' },
  csvDue: { it: 'Termine', en: 'Due on' },
  overdueNow: { it: 'Attività oltre il termine: {n}', en: 'Overdue work orders: {n}' },
} as const satisfies Readonly<Record<string, Bilingual>>;
