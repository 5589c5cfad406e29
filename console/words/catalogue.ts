import type { Bilingual } from '../../domain/shared/bilingual.ts';
import type { Pair } from './say.ts';

/** Words of the catalogue's pages. */
export const CATALOGUE = {
  title: { it: 'Catalogo dei servizi', en: 'Catalogue of services' },
  picture: { it: 'Da che cosa dipende che cosa', en: 'What depends on what' },
  pictureAlt: { it: 'I servizi e le loro dipendenze; le stesse sono scritte negli elenchi qui sotto', en: 'The services and their dependencies; the lists below say the same' },
  openPicture: { it: 'Apri il disegno a tutta pagina', en: 'Open the picture in full' },
  FULL: { it: 'Percorso completo', en: 'Full track' },
  LIGHT: { it: 'Percorso leggero', en: 'Light track' },
  service: { it: 'Servizio', en: 'Service' },
  offered: { it: 'Si può richiedere', en: 'May be requested' },
  yes: { it: 'Sì', en: 'Yes' },
  no: { it: 'No', en: 'No' },
  dependsOn: { it: 'Dipende da', en: 'Depends on' },
  neededBy: { it: 'Ne dipendono', en: 'Needed by' },
  nothing: { it: 'Nulla', en: 'Nothing' },
  track: { it: 'Percorso', en: 'Track' },
  source: { it: 'Documento che lo nomina', en: 'Paper that names it' },
  personalData: { it: 'Dati personali trattati', en: 'Personal data handled' },
  fulfilment: { it: 'Come si eroga', en: 'How it is delivered' },
  cost: { it: 'Costo', en: 'Cost' },
  gates: { it: 'Controlli', en: 'Gates' },
  forbidden: { it: 'Non si mette in esercizio in', en: 'Not cut over in' },
  version: { it: 'Versione', en: 'Version' },
  versions: { it: 'Versioni', en: 'Versions' },
  now: { it: 'quella di oggi', en: 'the one of today' },
  old: { it: 'Questa è una versione precedente; le richieste fatte allora la conservano.', en: 'This is an earlier version; requests of that time keep it.' },
  toNewest: { it: 'Vai a quella di oggi', en: 'Go to the one of today' },
  plans: { it: 'Piani', en: 'Plans' },
  noParameters: { it: 'Nessun parametro da indicare', en: 'No parameter to give' },
  required: { it: 'richiesto', en: 'required' },
  workItems: { it: 'Attività', en: 'Work items' },
  migrations: { it: 'I comuni che lo hanno', en: 'The comuni that have it' },
  planWaves: { it: 'Pianifica le messe in esercizio', en: 'Plan its cutovers' },
  change: { it: 'Modifica', en: 'Change' },
  changeIntro: { it: 'Ogni modifica è una nuova versione e resta nel registro; chi ha già richiesto il servizio conserva la sua. Piani, attività e dipendenze si cambiano con la riga di comando o con l\'interfaccia.', en: 'Each change is a new version and stays in the record; who asked for the service already keeps theirs. Plans, work items and dependencies are changed by the command line or the interface.' },
  titleIt: { it: 'Nome in italiano', en: 'Name in Italian' },
  titleEn: { it: 'Nome in inglese', en: 'Name in English' },
  descriptionIt: { it: 'Descrizione in italiano', en: 'Description in Italian' },
  descriptionEn: { it: 'Descrizione in inglese', en: 'Description in English' },
  save: { it: 'Salva la modifica', en: 'Save the change' },
  saved: { it: 'La modifica è fatta.', en: 'The change is made.' },
  isPrepared: { it: 'La modifica è preparata: vale quando un altro operatore la approva.', en: 'The change is prepared: it counts when another operator approves it.' },
  unchanged: { it: 'Non è cambiato nulla.', en: 'Nothing has changed.' },
  withdrawn: { it: 'La modifica è ritirata.', en: 'The change is taken back.' },
  waits: { it: 'Una modifica attende un altro operatore', en: 'A change waits for another operator' },
  preparedBy: { it: 'Preparata da', en: 'Prepared by' },
  differs: { it: 'Che cosa cambierebbe', en: 'What it would change' },
  approve: { it: 'Approva', en: 'Approve' },
  withdraw: { it: 'Ritira', en: 'Take back' },
  refused: { it: 'Non è stata salvata:', en: 'It was not saved:' },
} as const satisfies Readonly<Record<string, Bilingual>>;

export const PERSONAL_DATA: Readonly<Record<string, Pair>> = { NONE: ['Nessuno', 'None'], COMMON: ['Comuni', 'Common'], SPECIAL: ['Particolari (art. 9 GDPR)', 'Special (art. 9 GDPR)'] };
export const FULFILMENTS: Readonly<Record<string, Pair>> = { MANUAL: ['Da persone, per attività', 'By people, by work items'], BROKER: ['Da un broker di servizi', 'By a service broker'] };
export const COSTS: Readonly<Record<string, Pair>> = { FREE: ['Gratuito', 'Free'], BY_POPULATION: ['Ripartito per popolazione', 'Shared by population'], AT_COST: ['Al costo del fornitore', 'At the cost of the supplier'], YEARLY: ['Annuale', 'Yearly'] };
export const WINDOWS: Readonly<Record<string, Pair>> = {
  ELECTION_DAYS: ['giorni di voto', 'days of a vote'], MONTH_END: ['chiusura del mese', 'month-end'], BUDGET_SEASON: ['chiusura del bilancio', 'budget days'], TAX_DAYS: ['scadenze tributarie', 'tax days'],
  COUNCIL_DAYS: ['sedute del consiglio', 'sessions of the council'], PATRON_EVE: ['vigilia della festa patronale', "eve of the patron's day"], CLOCK_CHANGE: ["notti del cambio dell'ora", 'nights in which the clocks change'],
  BOARD_PUBLICATIONS: ["giorni con atti all'albo", 'days with acts on the notice board'],
};
