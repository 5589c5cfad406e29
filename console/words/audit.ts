import type { Bilingual } from '../../domain/shared/bilingual.ts';
import type { Pair } from './say.ts';

/** Words of the pages by which a case is found, read back and compared. */
export const SEARCH = {
  title: { it: 'Ricerca', en: 'Search' },
  text: { it: 'Che cosa cercate', en: 'What you look for' },
  help: {
    it: "Parte del nome o del codice di un comune; per intero: codice della pratica, numero di un atto, codice di un evento o di un comando, impronta SHA-256 di un testo, di un documento o di un evento.",
    en: 'Part of the name or code of a comune; in full: id of a case, number of an act, id of an event or command, SHA-256 of a text, a document or an event.',
  },
  find: { it: 'Cerca', en: 'Search' },
  found: { it: 'risultati per', en: 'results for' },
  foundOne: { it: 'risultato per', en: 'result for' },
  none: { it: 'Nessun risultato per', en: 'Nothing found for' },
  noneHelp: { it: 'Numeri, codici e impronte si trovano solo scritti per intero; il nome di un comune anche in parte.', en: 'Numbers, ids and digests are found in full only; the name of a comune by a part of it too.' },
  more: { it: 'Ve ne sono altri: si vedono i primi. Scrivete qualcosa di più preciso.', en: 'There are more: the first are shown. Type something more precise.' },
  noCase: { it: 'nessuna pratica', en: 'no case' },
  event: { it: 'evento', en: 'event' },
  document: { it: 'documento', en: 'document' },
  noEvent: { it: 'nessun evento: non ha cambiato nulla', en: 'no event: it changed nothing' },
} as const satisfies Readonly<Record<string, Bilingual>>;

export const SEARCH_GROUP_NAMES: Readonly<Record<'BODY' | 'CASE' | 'ACT' | 'EVENT' | 'COMMAND' | 'DIGEST', Pair>> = {
  BODY: ['Per comune', 'By comune'], CASE: ['Pratiche', 'Cases'], ACT: ['Per numero di un atto', 'By number of an act'], EVENT: ['Eventi', 'Events'],
  COMMAND: ['Comandi', 'Commands'], DIGEST: ['Per impronta di un testo o documento', 'By digest of a text or document'],
};

export const HISTORY = {
  title: { it: "Com'era la pratica", en: 'The case as it was' },
  link: { it: "Com'era a una data o a un evento", en: 'As it was on a date or at an event' },
  intro: { it: 'Si può chiedere che cosa risultava in un momento, per data o per numero di evento, e che cosa era in vigore in un giorno.', en: 'You can ask what was known at a moment, by date or by number of an event, and what was in force on a day.' },
  knownAt: { it: 'Come risultava il', en: 'As known on' },
  knownAtHelp: { it: 'Data e ora di Roma; in alternativa al numero di evento', en: 'Date and time of Rome; instead of the number of an event' },
  event: { it: "Dopo l'evento numero", en: 'After event number' },
  eventHelp: { it: 'Da 1 a {n}', en: 'From 1 to {n}' },
  validOn: { it: 'In vigore il giorno', en: 'In force on' },
  validOnHelp: { it: 'Facoltativo: contano solo i fatti efficaci in quel giorno', en: 'Optional: only the facts that counted on that day' },
  show: { it: 'Mostra', en: 'Show' },
  now: { it: "Torna a com'è ora", en: 'Back to how it is now' },
  slider: { it: 'Scorrete gli eventi', en: 'Move along the events' },
  sliderText: { it: 'evento {n} di {m}', en: 'event {n} of {m}' },
  present: { it: "Com'è ora: tutti i {n} eventi registrati.", en: 'As it is now: all {n} recorded events.' },
  all: { it: 'Con tutti i {n} eventi registrati fino a ora.', en: 'With all {n} events recorded up to now.' },
  asAtEvent: { it: "Com'era dopo l'evento {n}, «{what}», registrato il {when}.", en: 'As it was after event {n}, “{what}”, recorded on {when}.' },
  asKnown: { it: "Com'era secondo quanto risultava il {at}: fino all'evento {n}, «{what}».", en: 'As it was by what was known on {at}: up to event {n}, “{what}”.' },
  inForce: { it: 'Contano solo i fatti in vigore il {on}.', en: 'Only the facts in force on {on} count.' },
  past: { it: 'Non è lo stato di oggi.', en: 'This is not how it stands today.' },
  before: { it: 'Evento precedente', en: 'Event before' },
  after: { it: 'Evento successivo', en: 'Event after' },
  changed: { it: 'Che cosa ha cambiato questo evento', en: 'What this event changed' },
  differences: { it: 'Differenze da qui a ora', en: 'Differences from here to now' },
  waited: { it: 'A chi toccava', en: 'Whose turn it was' },
  both: { it: 'Indicate la data oppure il numero di evento, non entrambi.', en: 'Give the date or the number of an event, not both.' },
  future: { it: 'Questo momento è nel futuro: ciò che risulterà allora non si sa ancora.', en: 'This moment lies in the future: what will be known then is not known yet.' },
  noDate: { it: 'Questa data non esiste o è incompleta.', en: 'This date does not exist or is not complete.' },
  noEvent: { it: "Il numero di evento è un numero intero da 1 in su.", en: 'The number of an event is a whole number from 1 up.' },
} as const satisfies Readonly<Record<string, Bilingual>>;

export const DIFFERENCES = {
  title: { it: 'Differenze tra due versioni', en: 'Differences between two versions' },
  from: { it: "Da dopo l'evento", en: 'From after event' },
  to: { it: "A dopo l'evento", en: 'To after event' },
  show: { it: 'Confronta', en: 'Compare' },
  between: { it: "Da «{from}» (evento {n}) a «{to}» (evento {m}): {count} differenze.", en: 'From “{from}” (event {n}) to “{to}” (event {m}): {count} differences.' },
  one: { it: "Da «{from}» (evento {n}) a «{to}» (evento {m}): una differenza.", en: 'From “{from}” (event {n}) to “{to}” (event {m}): one difference.' },
  none: { it: 'Tra le due versioni non è cambiato nulla di ciò che si legge della pratica.', en: 'Between the two versions nothing changed that is read of the case.' },
  field: { it: 'Che cosa', en: 'What' },
  old: { it: 'Prima', en: 'Before' },
  new: { it: 'Dopo', en: 'After' },
  by: { it: 'Evento', en: 'Event' },
  nothing: { it: 'nessun valore', en: 'no value' },
  yes: { it: 'sì', en: 'yes' },
  no: { it: 'no', en: 'no' },
  apart: { it: 'testo conservato a parte', en: 'text kept apart' },
  tooFar: { it: 'Si confrontano versioni distanti al massimo {n} eventi.', en: 'Versions are compared that are at most {n} events apart.' },
  noVersion: { it: 'La pratica ha gli eventi da 1 a {n}.', en: 'The case has the events from 1 to {n}.' },
} as const satisfies Readonly<Record<string, Bilingual>>;

export const READS = {
  title: { it: 'Chi ha letto la pratica', en: 'Who has read the case' },
  intro: {
    it: "Letture da parte dell'Agenzia e dei revisori, dalla più recente. Il Comune legge la propria pratica senza che sia annotato. Chi legge è indicato dal ruolo e da un codice.",
    en: 'Readings by the Agency and by auditors, newest first. That the comune reads its own case is not noted. Who reads is shown by role and id.',
  },
  none: { it: "Nessuno dell'Agenzia né dei revisori ha ancora letto la pratica.", en: 'Nobody of the Agency and no auditor has read the case yet.' },
  noMore: { it: 'Non vi sono altre letture.', en: 'There are no more readings.' },
  when: { it: 'Quando', en: 'When' },
  who: { it: 'Chi', en: 'Who' },
  what: { it: 'Che cosa', en: 'What' },
  how: { it: 'Come', en: 'How' },
  page: { it: 'pagina', en: 'page' },
  interface: { it: 'interfaccia', en: 'interface' },
  export: { it: 'Esportazione', en: 'Export' },
  list: { it: "in un elenco o in una ricerca", en: 'in a list or a search' },
  earlier: { it: 'Letture precedenti', en: 'Earlier readings' },
} as const satisfies Readonly<Record<string, Bilingual>>;

/** What a route shows, by the end of its address; the longest that fits says it. */
export const READ_ROUTES: readonly (readonly [end: RegExp, words: Pair])[] = [
  [/\/(?:eventi|events)$/, ['gli eventi', 'the events']],
  [/\/storia$/, ["com'era la pratica", 'the case as it was']],
  [/\/differenze$/, ['le differenze tra due versioni', 'the differences between two versions']],
  [/\/(?:letture|access)$/, ['chi ha letto la pratica', 'who has read the case']],
  [/\/mandati$/, ['il registro dei mandati', 'the register of mandates']],
  [/\/trattamento$/, ['sub-responsabili e violazioni', 'sub-processors and breaches']],
  [/\/riepilogo$/, ['il riepilogo da stampare', 'the summary to print']],
  [/\/persone$/, ['le persone', 'the persons']],
  [/\/allowed$/, ['che cosa si può registrare', 'what may be recorded']],
  [/\/comandi\/:command$/, ['il modulo di un comando', 'the form of a command']],
  [/\/commands\/:commandId$/, ["l'esito di un comando", 'what became of a command']],
  [/\/runs$/, ['le esecuzioni del processo', 'the runs of the process']],
  [/\/history$/, ['la storia di una esecuzione', 'the history of a run']],
  [/\/dossier$/, ['il fascicolo', 'the dossier']],
  [/\/documents\/:documentId$/, ['un documento', 'a document']],
  [/\/inventories\/:documentId$/, ['un inventario', 'an inventory']],
  [/\/texts\/:textId$/, ['un testo', 'a text']],
  [/\/(?:pratiche|adhesions)\/:id$/, ['la pratica', 'the case']],
  [/\/(?:migrazioni|migrations)\/:id$/, ['un servizio', 'a service']],
];

export const MANDATES = {
  title: { it: 'Registro dei mandati', en: 'Register of mandates' },
  on: { it: 'Come stava il giorno', en: 'As it stood on' },
  show: { it: 'Mostra', en: 'Show' },
  day: { it: 'Stato al {on}, secondo quanto risulta oggi.', en: 'State on {on}, by what is known today.' },
  head: { it: 'Vertice del Comune', en: 'Head of the comune' },
  headNone: { it: 'Nessun cambio di mandato è registrato: il registro comincia dal primo che lo è.', en: 'No change of mandate is recorded: the register begins with the first that is.' },
  office: { it: 'Carica', en: 'Office' },
  change: { it: 'Per quale fatto', en: 'By what' },
  from: { it: 'Dal', en: 'From' },
  to: { it: 'Fino al, escluso', en: 'Until, not included' },
  until: { it: 'ultimo giorno', en: 'last day' },
  final: { it: 'definitive dal', en: 'final from' },
  still: { it: 'tuttora', en: 'still' },
  state: { it: 'Stato in quel giorno', en: 'State on that day' },
  inOffice: { it: 'in carica', en: 'in office' },
  notYet: { it: 'non ancora nominato', en: 'not appointed yet' },
  notInOffice: { it: 'non in carica', en: 'not in office' },
  roles: { it: 'Ruoli e referenti', en: 'Roles and referents' },
  rolesNone: { it: 'Nessuna nomina è registrata.', en: 'No appointment is recorded.' },
  role: { it: 'Ruolo', en: 'Role' },
  holder: { it: 'Chi', en: 'Who' },
  act: { it: 'Atto', en: 'Act' },
  deputy: { it: 'sostituto', en: 'deputy' },
  associated: { it: "persona dell'Agenzia", en: 'person of the Agency' },
  signers: { it: 'Chi ha firmato la convenzione', en: 'Who signed the convention' },
  signersNone: { it: 'Nessuno ancora.', en: 'Nobody yet.' },
  signedAt: { it: 'Firmata il', en: 'Signed on' },
  open: { it: 'Scoperti e da confermare in quel giorno', en: 'Vacant and to be confirmed on that day' },
  openNone: { it: 'Nessun ruolo obbligatorio lasciato scoperto, nessuna conferma dovuta.', en: 'No mandatory role left empty, no confirmation due.' },
  vacant: { it: '{role}: scoperto dal {since}, da ricoprire entro il {by}.', en: '{role}: vacant since {since}, to be filled by {by}.' },
  tooLong: { it: 'Il termine è trascorso: nessun nuovo servizio può iniziare.', en: 'The term is over: no new service may begin.' },
  confirm: { it: '{who}: da confermare entro il {by}, dopo «{change}» del {on}.', en: '{who}: to be confirmed by {by}, after “{change}” of {on}.' },
  confirmBy: { it: 'da confermare entro il', en: 'to be confirmed by' },
  expired: { it: '{who}: nomina decaduta per mancata conferma dopo «{change}» del {on}.', en: '{who}: the appointment expired for want of confirmation after “{change}” of {on}.' },
  doubts: { it: 'Dubbi sul potere di firma', en: 'Doubts about the power to sign' },
  noDate: { it: 'Questa data non esiste o è incompleta.', en: 'This date does not exist or is not complete.' },
} as const satisfies Readonly<Record<string, Bilingual>>;

export const EVENT_LIST = {
  filter: { it: 'Tipo di evento', en: 'Type of event' },
  all: { it: 'Tutti', en: 'All' },
  show: { it: 'Mostra', en: 'Show' },
  none: { it: 'Nessun evento di questo tipo.', en: 'No event of this type.' },
  command: { it: 'Comando', en: 'Command' },
  previous: { it: 'Impronta precedente', en: 'Hash before' },
  first: { it: 'nessuna: è il primo evento', en: 'none: it is the first event' },
  asOf: { it: "Com'era dopo", en: 'As it was after it' },
  change: { it: 'Che cosa ha cambiato', en: 'What it changed' },
  ofEvent: { it: "l'evento {n}", en: 'event {n}' },
  policies: { it: 'regole', en: 'rules' },
  calendar: { it: 'calendario', en: 'calendar' },
} as const satisfies Readonly<Record<string, Bilingual>>;

/** A text with its places filled in. */
export function filled(text: string, values: Readonly<Record<string, string | number>>): string {
  return text.replaceAll(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}
