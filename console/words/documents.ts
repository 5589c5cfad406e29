import type { DOCUMENT_TYPES } from '../../api/cases/document-types.ts';
import type { Bilingual } from '../../domain/shared/bilingual.ts';

/** How people call the types of documents that are taken. */
export const TYPE_NAMES: Readonly<Record<(typeof DOCUMENT_TYPES)[number], Bilingual>> = {
  'application/pdf': { it: 'PDF', en: 'PDF' },
  'application/pkcs7-mime': { it: 'Documento firmato (P7M)', en: 'Signed document (P7M)' },
  'application/xml': { it: 'XML', en: 'XML' },
  'application/vnd.oasis.opendocument.text': { it: 'Testo OpenDocument (ODT)', en: 'OpenDocument text (ODT)' },
};

export const DOCUMENTS = {
  intro: { it: 'Atti e allegati della pratica. Sono cifrati e si possono cancellare: negli eventi resta solo la loro impronta SHA-256, che i moduli propongono dove serve.', en: 'Acts and papers of the case. They are encrypted and can be erased: the events hold their SHA-256 digest only, which forms offer where it is asked for.' },
  none: { it: 'Nessun documento.', en: 'No document.' },
  name: { it: 'Nome', en: 'Name' },
  unnamed: { it: 'senza nome', en: 'without a name' },
  type: { it: 'Tipo e dimensione', en: 'Type and size' },
  added: { it: 'Aggiunto', en: 'Added' },
  by: { it: 'da', en: 'by' },
  digest: { it: 'Impronta SHA-256', en: 'SHA-256 digest' },
  add: { it: 'Aggiungi un documento', en: 'Add a document' },
  file: { it: 'Documento', en: 'Document' },
  help: { it: 'PDF, documento firmato (.p7m), XML oppure OpenDocument (.odt), fino a {n} MB', en: 'PDF, signed document (.p7m), XML or OpenDocument (.odt), up to {n} MB' },
  another: { it: 'Oppure un documento dal vostro computer', en: 'Or a document from your computer' },
  anotherHelp: { it: 'Si aggiunge ai documenti della pratica di adesione', en: 'It is added to the documents of the adhesion' },
  kept: {
    it: 'Il documento che avete caricato è ora tra quelli della pratica di adesione, ed è scelto qui sotto. Vi resta anche se non confermate.',
    en: 'The document that you uploaded is now one of those of the adhesion, and is chosen below. It stays there even if you do not confirm.',
  },
  notKept: { it: 'Il file «{name}» non è stato caricato: sceglietelo di nuovo.', en: 'The file “{name}” was not uploaded: choose it again.' },
  send: { it: 'Carica', en: 'Upload' },
  missing: { it: 'Scegliete un documento: nessuno è stato caricato, o è vuoto.', en: 'Choose a document: none was uploaded, or it is empty.' },
  wrongType: { it: 'Questo tipo di documento non si può caricare: PDF, .p7m, .xml oppure .odt.', en: 'A document of this type is not taken: PDF, .p7m, .xml or .odt.' },
  tooLarge: { it: 'Il documento è troppo grande: al massimo {n} MB.', en: 'The document is too large: {n} MB at most.' },
  done: { it: 'Documento caricato.', en: 'The document was uploaded.' },
  older: { it: 'Documenti successivi', en: 'Next documents' },
} as const satisfies Readonly<Record<string, Bilingual>>;

/** Words of the pages on which something is erased. */
export const ERASING = {
  link: { it: 'Cancella…', en: 'Erase…' },
  document: { it: 'Cancella un documento', en: 'Erase a document' },
  text: { it: 'Cancella un testo', en: 'Erase a text' },
  inventory: { it: 'Cancella un elenco', en: 'Erase a list' },
  warning: { it: 'Nulla è ancora cancellato. Dopo la conferma il contenuto non si può recuperare in alcun modo: si distrugge la chiave con cui è cifrato.', en: 'Nothing is erased yet. After you confirm, the content cannot be brought back in any way: the key that it is encrypted with is destroyed.' },
  goes: { it: 'Che cosa si cancella per sempre', en: 'What is erased for good' },
  stays: { it: 'Che cosa resta', en: 'What stays' },
  content: { it: 'Contenuto', en: 'Content' },
  entries: { it: '{n} voci: {codes}', en: '{n} entries: {codes}' },
  digest: { it: "L'impronta negli eventi", en: 'The digest in the events' },
  digestAct: { it: 'Chi ha ancora il documento può dimostrare che è questo.', en: 'Who still has the document can prove that it is this one.' },
  digestText: { it: 'È calcolata con un dato casuale che si cancella con il contenuto: da sola non permette di indovinarlo.', en: 'It is computed with a random value that is erased with the content: alone it lets nobody guess it.' },
  events: { it: 'Gli eventi che lo nominano', en: 'The events that name it' },
  noEvents: { it: 'Nessun evento lo nomina.', en: 'No event names it.' },
  receipt: { it: 'Una ricevuta', en: 'A receipt' },
  receiptHelp: { it: 'Chi lo ha cancellato e quando, nel registro delle cancellazioni.', en: 'Who erased it and when, in the register of erasures.' },
  backups: { it: 'Nei backup', en: 'In backups' },
  backupsHelp: { it: 'Una copia cifrata, che non si può più leggere, esce dall\'ultimo backup il {day}. La ricevuta porta questo giorno.', en: 'An encrypted copy, which nobody can read any more, falls out of the last backup on {day}. The receipt names this day.' },
  confirm: { it: 'Cancella per sempre', en: 'Erase for good' },
  done: { it: 'Cancellato: il contenuto non è più conservato. Restano gli eventi con la sua impronta e la ricevuta.', en: 'Erased: the content is kept no more. The events with its digest and the receipt stay.' },
} as const satisfies Readonly<Record<string, Bilingual>>;
