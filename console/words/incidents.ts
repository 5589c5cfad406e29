import type { IncidentKind } from '../../api/cases/incidents.ts';
import type { Bilingual } from '../../domain/shared/bilingual.ts';
import type { Pair } from './say.ts';

/** Words of the page of incidents. */
export const INCIDENTS = {
  title: { it: 'Incidenti', en: 'Incidents' },
  intro: { it: 'Le migrazioni con una chiamata a un broker fallita o in corso, con un difetto di gravità 1 aperto, o con qualcosa di scaduto.', en: 'Migrations with a call to a broker that failed or is under way, with an open defect of severity 1, or with something overdue.' },
  well: { it: 'Va tutto bene: nessuna migrazione ha un incidente.', en: 'All is well: no migration has an incident.' },
  wellOfKind: { it: 'Nessuna migrazione ha un incidente di questo tipo.', en: 'No migration has an incident of this kind.' },
  kind: { it: 'Che cosa', en: 'What' },
  all: { it: 'Tutti', en: 'All' },
  show: { it: 'Mostra', en: 'Show' },
  overdue: { it: 'Scaduto', en: 'Overdue' },
  open: { it: 'Incidenti aperti', en: 'Open incidents' },
  more: { it: 'Le migrazioni successive', en: 'The next migrations' },
} as const satisfies Readonly<Record<string, Bilingual>>;

export const INCIDENT_KINDS: Readonly<Record<IncidentKind, Pair>> = {
  EFFECT_FAILED: ['Chiamata al broker fallita', 'Call to a broker failed'], EFFECT_WAITING: ['Chiamata al broker in corso', 'Call to a broker under way'],
  SEVERITY_1: ['Difetto di gravità 1', 'Defect of severity 1'], OVERDUE: ['Scaduto', 'Overdue'],
};
