import type { Bilingual } from '../../domain/shared/bilingual.ts';

/** Words of what stands around every page. */
export const FRAME = {
  agency: { it: 'Agenzia Digitale Metropolitana', en: 'Agenzia Digitale Metropolitana' },
  service: { it: 'Associa', en: 'Associa' },
  tagline: { it: "Adesione dei comuni alla gestione associata dell'ICT", en: 'How comuni join the associated management of ICT' },
  skip: { it: 'Vai al contenuto principale', en: 'Skip to the main content' },
  nav: { it: 'Navigazione principale', en: 'Main navigation' },
  languages: { it: 'Lingua', en: 'Language' },
  today: { it: 'Oggi', en: 'Today' },
  territory: { it: 'Territorio', en: 'Territory' },
  workOrders: { it: 'Attività', en: 'Work orders' },
  portfolio: { it: 'Portafoglio', en: 'Portfolio' },
  catalogue: { it: 'Catalogo', en: 'Catalogue' },
  constitution: { it: 'Costituzione', en: 'Constitution' },
  campaigns: { it: 'Campagne', en: 'Campaigns' },
  forecast: { it: 'Previsione', en: 'Forecast' },
  brokers: { it: 'Broker', en: 'Brokers' },
  incidents: { it: 'Incidenti', en: 'Incidents' },
  services: { it: 'Servizi', en: 'Services' },
  search: { it: 'Ricerca', en: 'Search' },
  signOn: { it: 'Accedi', en: 'Sign on' },
  // The name of this control is fixed for programs: it keeps its Italian word in English too.
  signOff: { it: 'Esci', en: 'Esci (sign off)' },
  crumbs: { it: 'Percorso di navigazione', en: 'Breadcrumb' },
  accessibility: { it: 'Dichiarazione di accessibilità', en: 'Accessibility declaration' },
  privacy: { it: 'Informativa privacy', en: 'Privacy notice' },
  legal: { it: 'Note legali', en: 'Legal notes' },
  links: { it: 'Link utili', en: 'Useful links' },
  home: { it: 'Torna alla pagina iniziale', en: 'Back to the first page' },
  role: { it: 'Ruolo', en: 'Role' },
  body: { it: 'Ente', en: 'Body' },
} as const satisfies Readonly<Record<string, Bilingual>>;

/** How a role is called in the offices. */
export const ROLE_NAMES = {
  operator: { it: "Operatore dell'Agenzia", en: 'Operator of the Agency' },
  member: { it: 'Segretario comunale', en: 'Municipal secretary' },
  auditor: { it: 'Revisore', en: 'Auditor' },
} as const satisfies Readonly<Record<string, Bilingual>>;
