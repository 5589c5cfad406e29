import type { Dimension } from '../../domain/adhesion/recognition/terms.ts';
import type { Bilingual } from '../../domain/shared/bilingual.ts';

/** What an answer means, from 0 on. */
export const SCORES: readonly Bilingual[] = [
  { it: 'Assente: non abbiamo ancora nulla', en: 'Absent: there is nothing yet' },
  { it: 'Iniziale: qualche caso isolato', en: 'Beginning: some single cases' },
  { it: 'Parziale: una parte degli uffici o dei servizi', en: 'Partial: some of the offices or services' },
  { it: 'Buono: quasi tutto, con qualche lacuna', en: 'Good: nearly all, with some gaps' },
  { it: 'Completo: tutto a regime', en: 'Complete: all of it at work' },
];

interface DimensionWords {
  /** In addresses. */
  readonly slug: string;
  readonly title: Bilingual;
  /** What is looked at, in plain words. */
  readonly about: Bilingual;
}

export const DIMENSION_WORDS: Readonly<Record<Dimension, DimensionWords>> = {
  DIGITISED_SERVICES: {
    slug: 'servizi-digitali', title: { it: 'Servizi digitali ai cittadini', en: 'Digital services to citizens' },
    about: { it: 'Quanti servizi si possono chiedere in rete? Contano accesso con SPID e CIE, app IO, pagoPA, notifiche con SEND.', en: 'How many services can be asked for online? Sign-on by SPID and CIE, app IO, pagoPA and notices by SEND count.' },
  },
  APPLICATIONS: {
    slug: 'programmi', title: { it: 'Programmi in uso', en: 'Software in use' },
    about: { it: 'I programmi degli uffici coprono il lavoro, sono aggiornati, si parlano tra loro? Si elencano uno per uno più avanti.', en: 'Does the software of the offices cover the work, is it up to date, does it exchange data? It is listed one by one further on.' },
  },
  DATA_INTEROPERABILITY: {
    slug: 'scambio-di-dati', title: { it: 'Scambio di dati con altri enti', en: 'Exchange of data with other bodies' },
    about: { it: 'Il Comune usa la PDND, per ricevere e per offrire dati? I protocolli informatici scambiano documenti con gli altri enti?', en: 'Does the comune use PDND, to receive and to offer data? Do its protocol systems exchange documents with other bodies?' },
  },
  STAFF_DIGITAL_SKILLS: {
    slug: 'competenze', title: { it: 'Competenze digitali del personale', en: 'Digital skills of the staff' },
    about: { it: 'Chi lavora in Comune ha seguito corsi sulle competenze digitali, ad esempio su Syllabus?', en: 'Has the staff taken courses on digital skills, for example on Syllabus?' },
  },
  PLATFORMS: {
    slug: 'piattaforme', title: { it: 'Piattaforme nazionali', en: 'National platforms' },
    about: { it: 'A quali piattaforme nazionali è collegato il Comune? Ad esempio ANPR, SUAP e SUE.', en: 'Which national platforms is the comune connected to? For example ANPR, SUAP and SUE.' },
  },
  INFRASTRUCTURE: {
    slug: 'infrastrutture', title: { it: 'Server, cloud e postazioni', en: 'Servers, cloud and workplaces' },
    about: { it: 'Dove stanno i dati, come sono salvati, come sono tenuti i computer degli uffici?', en: 'Where are the data, how are they backed up, how are the computers of the offices kept?' },
  },
  CONNECTIVITY: {
    slug: 'connettivita', title: { it: 'Connessione delle sedi', en: 'Connection of the sites' },
    about: { it: 'Le sedi hanno una connessione sufficiente, e una di riserva? Si elencano una per una più avanti.', en: 'Do the sites have a sufficient connection, and a second one? They are listed one by one further on.' },
  },
  ORGANISATIONAL_PROCESSES: {
    slug: 'organizzazione', title: { it: 'Organizzazione', en: 'Organisation' },
    about: { it: "È nominato il responsabile per la transizione digitale (RTD)? Ci sono il manuale di gestione documentale e regole per la sicurezza?", en: 'Is the person responsible for the digital transition (RTD) appointed? Are there a manual for documents and rules for security?' },
  },
};

export const RECOGNITION = {
  title: { it: 'Ricognizione', en: 'Recognition' },
  intro: {
    it: 'Un questionario in otto parti, più gli elenchi dei programmi e delle sedi. Si compila un poco alla volta, anche in più persone e da computer diversi: ogni parte si salva da sola. Al primo salvataggio dopo un invito l’Agenzia vede che la compilazione è in corso; le risposte le vede quando si presentano.',
    en: 'A questionnaire in eight parts, with the lists of software and sites. Fill it in bit by bit, also by several persons and on several computers: each part is saved by itself. From the first save after an invitation the Agency sees that the recognition is under way; it sees the answers once they are submitted.',
  },
  progress: { it: '{n} di {all} dimensioni compilate', en: '{n} of {all} dimensions filled in' },
  savedAt: { it: 'Bozza salvata il', en: 'Draft saved on' },
  notSaved: { it: 'Nulla è ancora salvato.', en: 'Nothing is saved yet.' },
  sections: { it: 'Le parti', en: 'The parts' },
  done: { it: 'Compilata', en: 'Filled in' },
  partly: { it: 'In parte', en: 'In part' },
  empty: { it: 'Da compilare', en: 'To be filled in' },
  optional: { it: 'Facoltativa', en: 'Optional' },
  applications: { it: 'Elenco dei programmi', en: 'List of the software' },
  sites: { it: 'Elenco delle sedi', en: 'List of the sites' },
  conclusion: { it: 'Risorse e firma', en: 'Resources and sign-off' },
  applicationsAbout: { it: 'Almeno un programma. Bastano il codice e a che cosa serve; ogni dato in più dà punti.', en: 'At least one. Its code and what it is for are enough; whatever else is known gives points.' },
  sitesAbout: { it: 'Le sedi del Comune e come sono connesse. Chi non ha sedi proprie non ne elenca.', en: 'The sites of the comune and how they are connected. Who has none lists none.' },
  conclusionAbout: { it: 'Quanto si spende e chi se ne occupa, se lo si sa; e chi sottoscrive la ricognizione come RTD.', en: 'What is spent and who works on it, where it is known; and who signs the recognition off as RTD.' },
  records: { it: '{n} nell’elenco', en: '{n} in the list' },
  save: { it: 'Salva e continua', en: 'Save and continue' },
  leave: { it: "Salva e torna all'elenco", en: 'Save and go back to the list' },
  back: { it: 'Torna alle parti', en: 'Back to the parts' },
  saved: { it: 'Salvato', en: 'Saved' },
  check: { it: 'Controlla e presenta', en: 'Check and submit' },
  notYet: { it: 'Si può già compilare, ma non ancora presentare:', en: 'It may be filled in already, but not submitted yet:' },
  missing: { it: 'Per presentarla manca ancora', en: 'Before it can be submitted' },
  stale: { it: "Nel frattempo un'altra persona ha salvato questa parte. Quanto avete scritto è ancora qui sotto, e non è salvato: confrontatelo con ciò che c'è ora, poi salvate di nuovo.", en: 'Somebody else has saved this part in the meantime. What you typed is still here below, and not saved: compare it with what is there now, then save again.' },
  standing: { it: "Che cosa c'è ora", en: 'What is there now' },
  nothingThere: { it: 'Nulla: è stato tolto.', en: 'Nothing: it was taken out.' },
  draftChanged: { it: "Nel frattempo la bozza è cambiata: ricontrollatela prima di presentarla.", en: 'The draft has changed in the meantime: check it again before you submit it.' },
  next: { it: 'Continua', en: 'Continue' },
  add: { it: 'Aggiungi', en: 'Add' },
  change: { it: 'Modifica', en: 'Change' },
  saveOne: { it: 'Salva le modifiche', en: 'Save the changes' },
  remove: { it: 'Togli', en: 'Take out' },
  addOne: { it: "Aggiungi all'elenco", en: 'Add to the list' },
  changeOne: { it: 'Modifica una voce', en: 'Change an entry' },
  none: { it: "L'elenco è vuoto.", en: 'The list is empty.' },
  again: { it: "Il campo code è già nell'elenco.", en: 'The field code is in the list already.' },
  more: { it: 'Altri dati', en: 'More' },
  discard: { it: 'Elimina la bozza', en: 'Erase the draft' },
  discardHelp: { it: 'Tutto ciò che è stato compilato e non presentato va perduto per sempre, per tutti.', en: 'Whatever was filled in and not submitted is lost for good, for everybody.' },
  discarded: { it: 'La bozza è stata eliminata.', en: 'The draft was erased.' },
  lastTime: { it: "Riparti dall'ultima ricognizione presentata", en: 'Begin with the last recognition that was submitted' },
} as const satisfies Readonly<Record<string, Bilingual>>;

/** Words of a list that comes as a file. */
export const INVENTORY_FILE = {
  title: { it: 'Carica un elenco da un file', en: 'Upload a list from a file' },
  file: { it: 'File CSV o JSON', en: 'CSV or JSON file' },
  help: {
    it: 'CSV con i nomi delle colonne nella prima riga, oppure JSON come lo accetta l’interfaccia; fino a {n} kB. Le voci il cui codice è già nell’elenco sono sostituite, le altre si aggiungono. Se una voce non va, non ne è caricata nessuna.',
    en: 'CSV with the names of the columns in its first line, or JSON as the interface takes it; up to {n} kB. Entries whose code is in the list already are replaced, the others are added. If one is wrong, none is taken.',
  },
  columns: { it: 'Le colonne', en: 'The columns' },
  columnsHelp: { it: 'Con l’uno o con l’altro nome, in qualsiasi ordine; si possono tralasciare quelle che non servono. Più valori in una casella si separano con |.', en: 'By one name or the other, in any order; those that are not needed may be left out. Several values in one cell are divided by |.' },
  send: { it: 'Carica', en: 'Upload' },
  done: { it: 'Voci caricate: {n}.', en: 'Entries taken: {n}.' },
  missing: { it: 'Scegliete un file: nessuno è stato caricato, o è vuoto.', en: 'Choose a file: none was uploaded, or it is empty.' },
  tooLarge: { it: 'Il file è troppo grande: al massimo {n} kB.', en: 'The file is too large: {n} kB at most.' },
  notPlain: { it: 'Il file non è un testo, o contiene caratteri di controllo o che invertono la direzione della scrittura.', en: 'The file is no text, or holds control characters or some that turn the direction of text.' },
  empty: { it: 'Il file non ha alcuna voce.', en: 'The file has no entry.' },
  noJson: { it: 'Il file non è JSON valido.', en: 'The file is not valid JSON.' },
  noList: { it: 'Il file JSON non contiene un elenco di voci.', en: 'The JSON file holds no list of entries.' },
  noCsv: { it: 'Riga {n}: le colonne non sono quelle della prima riga, o un testo tra virgolette non è chiuso.', en: 'Line {n}: its columns are not those of the first line, or a quoted text does not end.' },
  column: { it: 'La colonna «{column}» non è prevista.', en: 'There is no column “{column}”.' },
  line: { it: 'Riga {n}', en: 'Line {n}' },
  entry: { it: 'Voce {n}', en: 'Entry {n}' },
  twice: { it: 'Il codice «{code}» è più di una volta nel file.', en: 'The code “{code}” is in the file more than once.' },
  more: { it: 'E altri {n} errori.', en: 'And {n} more errors.' },
} as const satisfies Readonly<Record<string, Bilingual>>;
