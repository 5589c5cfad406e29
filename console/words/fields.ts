import { bilingual, type Pair } from './say.ts';
import type { Bilingual } from '../../domain/shared/bilingual.ts';

interface FieldWords {
  readonly label: Bilingual;
  readonly help: Bilingual | null;
}

/** Label, then help where it takes some; by path, or by command and path where a command means it otherwise. */
const FIELDS: Readonly<Record<string, readonly [label: Pair, help?: Pair]>> = {
  dueOn: [['Da presentare entro il', 'Due by'], ['Facoltativo', 'Optional']],
  reasons: [['Motivazione', 'Reasons']],
  template: [['Testo della convenzione', 'Text of the convention'], ['Il testo che ogni consiglio deve approvare senza modifiche', 'The text that every council must approve unchanged']],
  'ResubmitProposal.template': [['Nuovo testo della convenzione', 'New text of the convention'], ['Da compilare solo se il testo cambia', 'Only if the text changes']],
  'template.id': [['Nome dello schema', 'Name of the template'], ['Ad esempio convenzione-cst', 'For example convenzione-cst']],
  'template.version': [['Versione', 'Version']],
  'template.sha256': [['Impronta SHA-256 del testo', 'SHA-256 digest of the text'], ['64 cifre esadecimali minuscole', '64 lower-case hexadecimal digits']],
  sha256: [['Impronta SHA-256 del testo', 'SHA-256 digest of the text'], ['64 cifre esadecimali minuscole', '64 lower-case hexadecimal digits']],
  sentAt: [['Data e ora di invio della PEC', 'Date and time at which the certified mail was sent']],
  deliveredAt: [['Data e ora della ricevuta di consegna PEC', 'Date and time of the delivery receipt'], ['Conta la ricevuta di avvenuta consegna, non la data di protocollo', 'The delivery receipt counts, not the protocol date']],
  kind: [['Tipo', 'Kind']],
  'RecordOpinion.kind': [['Quale parere', 'Which opinion'], ['Art. 49 TUEL (regolarità tecnica e contabile), art. 239 (organo di revisione)', 'Art. 49 TUEL (technical, accounting), art. 239 (auditors)']],
  'RecordMandateChange.kind': [['Che cosa è cambiato', 'What changed']],
  'AdoptRegulation.kind': [['Che cosa disciplina, in una parola', 'What it regulates, in a word'], ['Ad esempio ICT_SERVICES', 'For example ICT_SERVICES']],
  'RecordOpinion.outcome': [['Esito del parere', 'Outcome'], ['Un parere contrario non ferma il consiglio, che deve motivare', 'An unfavourable opinion does not stop the council, which must give reasons']],
  'RecordSession.outcome': [['Esito della seduta', 'Outcome of the session']],
  'ConfirmDataReturn.outcome': [['Che cosa è stato fatto dei dati', 'What was done with the data']],
  givenOn: [['Data del parere', 'Day of the opinion']],
  onAmendment: [['Il parere riguarda un emendamento', 'The opinion is about an amendment']],
  by: [['Da parte di', 'By whom']],
  'RequestSession.by': [['Chi la chiede', 'Who asks']],
  on: [['Data', 'Day']],
  'RequestSession.on': [['Data della richiesta', 'Day of the request'], ['La seduta va tenuta entro 20 giorni (art. 39 c.2 TUEL)', 'The session is due within 20 days (art. 39 c.2 TUEL)']],
  'RecordMandateChange.on': [['Data del cambio', 'Day of the change'], ['Per le elezioni indette, il primo giorno di voto', 'Of a called election, the first day of the vote']],
  'RecordMandateChange.until': [['Ultimo giorno della sospensione', 'Last day of the suspension'], ['Se manca, novanta giorni', 'Left out: ninety days']],
  call: [['Convocazione', 'Call']],
  urgency: [['Tipo di seduta', 'Kind of session'], ["Dal tipo dipende il preavviso dovuto", 'It decides the notice that is due']],
  noticeDeliveredAt: [["Avviso consegnato all'ultimo consigliere il", 'When the notice reached the last councillor']],
  sessionAt: [['Data e ora della seduta', 'Date and time of the session']],
  organ: [['Organo che ha deliberato', 'Who resolved'], ['La giunta non è competente (art. 42 TUEL)', 'The municipal board is not competent (art. 42 TUEL)']],
  heldOn: [['Data della seduta', 'Day of the session']],
  'ExcludeMember.heardOn': [['Data in cui il Comune è stato sentito', 'Day on which the member was heard']],
  resolutionNo: [['Numero della delibera', 'Number of the resolution'], ['Necessario se è stata approvata; ad esempio 42/2026', 'Needed when it was approved; for example 42/2026']],
  councillorsPresent: [['Consiglieri presenti', 'Councillors present'], ['Senza contare il sindaco; necessario se il consiglio ha votato', 'The mayor not counted; needed for a vote of the council']],
  mayorPresent: [['Il sindaco era presente', 'The mayor was present']],
  votes: [['Voti sulla delibera', 'Votes on the resolution'], ['Da compilare se il consiglio ha votato', 'Needed for a vote of the council']],
  'votes.for': [['Favorevoli', 'In favour']], 'votes.against': [['Contrari', 'Against']], 'votes.abstained': [['Astenuti', 'Abstained']],
  textSha256: [['Impronta SHA-256 del testo approvato', 'SHA-256 digest of the approved text'], ['Solo se il testo approvato non è quello proposto', 'Only if the approved text is not the one proposed']],
  immediate: [["Voto sull'immediata eseguibilità", 'Vote on immediate executability'], ['Votazione separata (art. 134 c.4 TUEL); da compilare solo se vi è stata', 'A vote of its own (art. 134 c.4 TUEL); only if there was one']],
  'immediate.for': [['Favorevoli', 'In favour']], 'immediate.against': [['Contrari', 'Against']], 'immediate.abstained': [['Astenuti', 'Abstained']], 'immediate.reasons': [["Motivi dell'urgenza", 'Reasons of the urgency']],
  urgencyReasons: [["Perché l'atto non poteva attendere", 'Why the act could not wait'], ['Solo nel periodo elettorale (art. 38 c.5 TUEL)', 'Only in the election freeze (art. 38 c.5 TUEL)']],
  councilReasons: [['Motivi del consiglio', 'Reasons of the council'], ['Necessari se un parere è contrario', 'Needed against an unfavourable opinion']],
  decision: [['Decisione', 'Decision']],
  noticeBoardNo: [["Numero all'albo pretorio", 'Number on the notice board'], ['Ad esempio 117/2026', 'For example 117/2026']],
  firstDay: [['Primo giorno di pubblicazione', 'First day on the notice board']],
  day: [["Giorno dell'interruzione", 'Day of the outage']],
  hoursDown: [['Ore di interruzione', 'Hours down'], ['Sotto le 12 ore il giorno non sposta nulla', 'Under 12 hours the day moves nothing']],
  executiveOn: [['Esecutiva dal, secondo il certificato', 'Executive from, by the certificate']],
  certifiedOn: [['Data del certificato', 'Day of the certificate']],
  overrideReason: [['Perché si accetta nonostante le segnalazioni', 'Why it is accepted in spite of what is flagged'], ['Solo se vi sono segnalazioni', 'Only if something is flagged']],
  orderNo: [['Numero del provvedimento', 'Number of the order']],
  from: [['Dal giorno', 'From']],
  actNo: [["Numero dell'atto", 'Number of the act'], ['Ad esempio 42/2026', 'For example 42/2026']],
  actOn: [["Data dell'atto", 'Day of the act']],
  substantial: [['La rettifica cambia la sostanza', 'The substance changes'], ["Se sì, l'atto si pubblica di nuovo; se è un errore materiale le date restano", 'If so, the act is published anew; for a slip the dates stay']],
  covered: [['Le spese sono coperte', 'The costs are covered'], ["In esercizio provvisorio nuovi canoni ricorrenti non lo sono", 'In a provisional budget new recurring fees are not']],
  signer: [['Chi ha firmato', 'Who signed']],
  office: [['Carica', 'Office'], ['Quella ricoperta nel giorno della firma', 'The one held on the day of the signature']],
  signedAt: [['Data e ora della firma', 'Date and time of the signature']],
  form: [['Forma della firma', 'Form of the signature'], ['La firma autografa e la scansione rendono nulla la convenzione (art. 15 c.2-bis L. 241/1990)', 'Handwritten and scanned signatures void the convention (art. 15 c.2-bis L. 241/1990)']],
  certificateValidTo: [['Validità del certificato fino al', 'End of validity of the certificate'], ['Facoltativo', 'Optional']],
  timestampedAt: [['Marca temporale', 'Trusted timestamp'], ['Facoltativo', 'Optional']],
  repertoryNo: [['Numero di repertorio', 'Number in the deed register']],
  protocolNo: [['Numero di protocollo', 'Protocol number']],
  registeredOn: [['Data di repertorio', 'Day of the registration']],
  inForceOn: [['In vigore dal', 'First day in force']],
  role: [['Ruolo', 'Role']],
  subject: [['Persona nominata', 'Who is appointed']],
  service: [['Servizio', 'Service'], ['Solo per un referente di servizio', 'Only for a service referent']],
  deputy: [['È un sostituto', 'A deputy']],
  appointmentId: [['Nomina', 'Appointment']],
  appointmentIds: [['Nomine che si confermano', 'Appointments that are confirmed']],
  acceptedAt: [["Data e ora dell'accettazione", 'When the appointed person accepted']],
  subprocessor: [["Codice del sub-responsabile nell'elenco dell'Agenzia", "Code of the sub-processor in the Agency's list"], ['Ad esempio CLOUD_PROVIDER', 'For example CLOUD_PROVIDER']],
  'NotifySubprocessor.sha256': [['Impronta SHA-256 della comunicazione', 'SHA-256 digest of the notice'], ['La comunicazione dice chi è, per che cosa e con quali garanzie', 'The notice says who it is, for what and with which guarantees']],
  'NotifySubprocessor.deliveredAt': [['Comunicazione consegnata al Comune il', 'When the notice reached the comune'], ['Data e ora della ricevuta PEC', 'Date and time of the delivery receipt']],
  'ObjectToSubprocessor.deliveredAt': [["Opposizione consegnata all'Agenzia il", 'When the objection reached the Agency'], ['Data e ora della ricevuta PEC', 'Date and time of the delivery receipt']],
  'WithdrawSubprocessor.on': [['Primo giorno senza il sub-responsabile', 'First day without the sub-processor']],
  breachNo: [['Numero nel registro delle violazioni', 'Number in the register of breaches'], ['Art. 33 c.5 GDPR', 'Art. 33 c.5 GDPR']],
  awareBy: [['Chi ne è venuto a conoscenza per primo', 'Who became aware of it first']],
  awareAt: [['Data e ora della conoscenza', 'When they became aware of it'], ['Da qui decorrono le ore', 'The hours run from here']],
  'NotifyBreachToMember.deliveredAt': [['Comunicata al Comune il', 'When the comune was told'], ['Data e ora della ricevuta PEC', 'Date and time of the delivery receipt']],
  to: [['Notifica', 'Notice']],
  notifiedAt: [["Data e ora dell'invio", 'When it was sent']],
  delayReasons: [['Motivi del ritardo', 'Reasons for the delay'], ['Necessari se il termine è scaduto', 'Needed when the time has run out']],
  noticesOn: [['Date delle due diffide', 'Days of the two formal notices']],
  'noticesOn.0': [['Prima diffida', 'First notice']], 'noticesOn.1': [['Seconda diffida', 'Second notice']],
  heardOn: [['Data in cui il Comune è stato sentito', 'Day on which the member was heard']],
  assemblyActNo: [["Numero dell'atto dell'assemblea", 'Number of the act of the assembly']],
  'ExcludeMember.on': [["Data del voto dell'assemblea", "Day of the assembly's vote"]],
};

export function fieldWords(command: string, path: string): FieldWords {
  const words = FIELDS[`${command}.${path}`] ?? FIELDS[path];
  const [label, help] = words ?? [[path, path] as const];
  return { label: bilingual(label), help: help === undefined ? null : bilingual(help) };
}

/** Commands with a field that has no words would show codes: a test looks for them. */
export function hasWords(command: string, path: string): boolean {
  return `${command}.${path}` in FIELDS || path in FIELDS;
}
