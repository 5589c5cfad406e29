import { capital, type Bilingual, type Language } from '../../domain/shared/bilingual.ts';
import { BODY_TYPE_NAMES } from '../../domain/shared/body-types.ts';
import { DELIBERATION_STATES, DIMENSION_NAMES, ENDS, FLAG_NAMES, RECOGNITION_STATES, REFERENT_ROLES, REFERENT_STATES } from '../../domain/adhesion/words.ts';
import { CODES, CONVENTION_STATES, DPA_STATES, PARTIES, PHASES } from './codes.ts';
import { AGENCY_CODES, AGENCY_FIELDS } from './agency-view-fields.ts';
import { serviceTitle } from './services.ts';
import { wordOf, type Pair } from './say.ts';

/** The parts of a case, in the order in which they are shown. */
export const AREA_NAMES = {
  CASE: ['La pratica', 'The case'], RECOGNITION: ['Ricognizione', 'Recognition'], DELIBERATION: ['Delibera', 'Resolution'], CONVENTION: ['Convenzione', 'Convention'],
  DPA: ['Accordo sui dati', 'Data agreement'], REFERENTS: ['Referenti', 'Referents'], MANDATES: ['Mandati', 'Mandates'], SERVICES: ['Servizi', 'Services'],
  TURN: ['A chi tocca, che cosa attende', 'Whose turn it is, what waits'],
} as const satisfies Readonly<Record<string, Pair>>;
export type Area = keyof typeof AREA_NAMES;

/** What stands at a place of the view, by its path or, where it means the same everywhere, by the last member of it. */
const FIELDS: Readonly<Record<string, Pair>> = {
  ...AGENCY_FIELDS,
  lineage: ['Provenienza', 'Lineage'], 'lineage.succeededBy': ['Ente succeduto', 'Succeeded by'], 'lineage.inheritedFrom': ['Pratiche a cui è subentrato', 'Cases taken over'], 'lineage.importedFrom': ['Importata dai documenti', 'Imported from papers'],
  body: ['Codice IPA', 'IPA code'], istatCode: ['Codice ISTAT', 'ISTAT code'], name: ['Comune', 'Comune'], population: ['Popolazione', 'Population'], competence: ["Come delibera l'ente", 'How the body resolves'], bodyType: ["Tipo di ente", 'Kind of body'], opinions: ['Pareri', 'Opinions'], executive: ['Efficacia degli atti', 'Effect of its acts'], head: ['Firma come capo', 'Signs as its head'], phase: ['Fase', 'Phase'], late: ['In ritardo', 'Late'],
  state: ['Stato', 'State'], executivity: ['Esecutività', 'Executivity'], flags: ['Segnalazioni', 'Flagged'], attempt: ['Tentativo', 'Attempt'], attemptsAllowed: ['Tentativi consentiti', 'Attempts allowed'],
  'template.id': ['Schema della convenzione', 'Template of the convention'], 'template.version': ['Versione dello schema', 'Version of the template'], 'template.sha256': ['Impronta dello schema', 'Digest of the template'], template: ['Schema della convenzione', 'Template of the convention'],
  sentAt: ['Proposta inviata il', 'Proposal sent on'], preparedBy: ['Preparata da', 'Prepared by'], receivedOn: ['Ricevuta il', 'Received on'], deliveredAt: ['Consegnata il', 'Delivered on'],
  kind: ['Tipo', 'Kind'], outcome: ['Esito', 'Outcome'], givenOn: ['Data del parere', 'Day of the opinion'], onAmendment: ["Sull'emendamento", 'On the amendment'], reasons: ['Motivazione', 'Reasons'],
  sessionRequest: ['Richiesta di convocazione', 'Request for a session'], by: ['Da parte di', 'By'], on: ['Data', 'Day'], sessionDueOn: ['Seduta da tenere entro', 'Session due by'],
  convocation: ['Convocazione', 'Convocation'], call: ['Convocazione', 'Call'], urgency: ['Tipo di seduta', 'Kind of session'], noticeDeliveredAt: ['Avviso consegnato il', 'Notice delivered on'], sessionAt: ['Seduta del', 'Session on'],
  lastSession: ['Ultima seduta', 'Last session'], 'lastSession.outcome': ["Esito dell'ultima seduta", 'Outcome of the last session'], 'lastSession.heldOn': ['Ultima seduta del', 'Last session on'], newSessionOn: ['Punto spostato al', 'Item moved to'], heldOn: ['Seduta del', 'Session on'], organ: ['Organo', 'Organ'],
  adoptedOn: ['Adottata il', 'Adopted on'], resolutionNo: ['Numero della delibera', 'Number of the resolution'], textSha256: ['Impronta del testo approvato', 'Digest of the approved text'],
  votes: ['Voti', 'Votes'], 'votes.for': ['Voti favorevoli', 'Votes in favour'], 'votes.against': ['Voti contrari', 'Votes against'], 'votes.abstained': ['Astenuti', 'Abstained'], amendment: ['Emendamento', 'Amendment'],
  noticeBoardNo: ["Numero all'albo", 'Number on the notice board'], firstDay: ['Primo giorno di pubblicazione', 'First day of publication'], publicationEndsOn: ['Ultimo giorno di pubblicazione', 'Last day of publication'], removalOn: ['Defissione', 'Removal'],
  outages: ["Interruzioni dell'albo", 'Outages of the board'], day: ['Giorno', 'Day'], hoursDown: ['Ore di interruzione', 'Hours down'],
  executiveOn: ['Esecutiva dal', 'Executive from'], certifiedExecutiveOn: ['Esecutiva dal, secondo il certificato', 'Executive from, by the certificate'], gateOpensAt: ['Si può firmare dal', 'May be signed from'],
  challengeableUntil: ['Impugnabile fino al', 'Challengeable until'], extraordinaryAppealUntil: ['Ricorso straordinario fino al', 'Extraordinary appeal until'], annullableUntil: ['Annullabile in autotutela fino al', 'Annullable by the body until'],
  transmittedAt: ['Trasmessa il', 'Transmitted on'], acceptedAt: ['Accettata il', 'Accepted on'], suspension: ['Sospensione', 'Suspension'], orderNo: ['Numero del provvedimento', 'Number of the order'],
  revocation: ['Revoca', 'Revocation'], annulment: ['Annullamento', 'Annulment'], effectFrom: ['Effetto dal', 'Effect from'], actNo: ["Numero dell'atto", 'Number of the act'], substantial: ['Di sostanza', 'Of substance'],
  'deliberation.policy': ["Lettura dell'art. 134 c.3 TUEL", 'Reading of art. 134 c.3 TUEL'],
  budget: ['Copertura finanziaria', 'Budget cover'], covered: ['Spese coperte', 'Costs covered'], recordedAt: ['Registrata il', 'Recorded on'],
  signature: ['Firma del Comune', "The comune's signature"], countersignature: ["Firma dell'Agenzia", "The Agency's signature"], voidedBy: ['Firma nulla', 'Void signature'],
  'signature.signer': ['Firma del Comune: chi', "The comune's signature: who"], 'signature.office': ['Firma del Comune: carica', "The comune's signature: office"], 'signature.signedAt': ['Firma del Comune: quando', "The comune's signature: when"], 'signature.form': ['Firma del Comune: forma', "The comune's signature: form"], 'signature.sha256': ['Firma del Comune: impronta del testo', "The comune's signature: digest of the text"],
  'countersignature.signer': ["Firma dell'Agenzia: chi", "The Agency's signature: who"], 'countersignature.office': ["Firma dell'Agenzia: carica", "The Agency's signature: office"], 'countersignature.signedAt': ["Firma dell'Agenzia: quando", "The Agency's signature: when"], 'countersignature.form': ["Firma dell'Agenzia: forma", "The Agency's signature: form"], 'countersignature.sha256': ["Firma dell'Agenzia: impronta del testo", "The Agency's signature: digest of the text"],
  'voidedBy.signer': ['Firma nulla: chi', 'Void signature: who'], 'voidedBy.office': ['Firma nulla: carica', 'Void signature: office'], 'voidedBy.signedAt': ['Firma nulla: quando', 'Void signature: when'], 'voidedBy.form': ['Firma nulla: forma', 'Void signature: form'], 'voidedBy.sha256': ['Firma nulla: impronta del testo', 'Void signature: digest of the text'], 'voidedBy.code': ['Firma nulla: perché', 'Void signature: why'],
  concludedOn: ['Conclusa il', 'Concluded on'], repertoryNo: ['Numero di repertorio', 'Number in the deed register'], protocolNo: ['Numero di protocollo', 'Protocol number'], preservationNo: ['Numero del versamento in conservazione', 'Number of the deposit in the preservation system'], registeredOn: ['Data di repertorio', 'Day of the registration'], inForceOn: ['In vigore dal', 'In force from'],
  sha256: ['Impronta del testo', 'Digest of the text'], renews: ['Rinnova la convenzione', 'Renews the convention'], actOn: ["Data dell'atto", 'Day of the act'], endsOn: ['Scade il', 'Ends on'],
  renewal: ['Rinnovo', 'Renewal'], opensOn: ['Rinnovo da aprire il', 'Renewal opens on'], openedAt: ['Rinnovo aperto il', 'Renewal opened on'],
  withdrawal: ['Recesso', 'Withdrawal'], ground: ['Ragione', 'Ground'], noticeEndsOn: ['Preavviso fino al', 'Notice ends on'], effectOn: ['Effetto dal', 'Effect from'],
  exclusionPrepared: ['Esclusione predisposta', 'Exclusion prepared'], exclusion: ['Esclusione', 'Exclusion'], noticesOn: ['Diffide del', 'Notices on'], heardOn: ['Comune sentito il', 'Member heard on'], assemblyActNo: ["Atto dell'assemblea", 'Act of the assembly'],
  termination: ['Cessazione', 'Termination'], 'termination.code': ['Cessata', 'Terminated'], 'termination.on': ['Cessata il', 'Terminated on'],
  signedAt: ['Firmato dal Comune il', 'Signed by the comune on'], countersignedAt: ["Firmato dall'Agenzia il", 'Signed by the Agency on'], dataReturn: ['Restituzione dei dati', 'Return of the data'],
  role: ['Ruolo', 'Role'], subject: ['Persona', 'Person'], service: ['Servizio', 'Service'], deputy: ['Sostituto', 'Deputy'], associated: ["Persona dell'Agenzia", 'Person of the Agency'],
  from: ['Dal', 'From'], to: ['Fino al, escluso', 'Until, not included'], replaces: ['Sostituisce la nomina', 'Replaces the appointment'], confirmBy: ['Da confermare entro', 'To be confirmed by'],
  since: ['Dal', 'Since'], fillBy: ['Da ricoprire entro', 'To be filled by'], tooLong: ['Oltre il termine', 'Beyond the term'], code: ['Perché', 'Why'],personalDataBlocked: ['Passi con dati personali fermi', 'Steps with personal data held'], councilSessions: ['Sedute del consiglio', 'Sessions of the council'], signatureDoubts: ['Dubbio sulla firma', 'Doubt about the signature'],
  office: ['Carica', 'Office'], holder: ['In carica', 'In office'], finalFrom: ['Definitive dal', 'Final from'], until: ['Ultimo giorno', 'Last day'], unconfirmed: ['Nomine da confermare', 'Appointments to be confirmed'], expired: ['Nomine decadute', 'Appointments that expired'],
  valid: ['Vale', 'Counts'], dueOn: ['Entro il', 'Due by'], submittedOn: ['Presentata il', 'Submitted on'], signedOffBy: ['Approvata da', 'Signed off by'], returned: ['Restituita', 'Returned'], 'returned.on': ['Restituita il', 'Returned on'],
  validatedOn: ['Convalidata il', 'Validated on'], staleOn: ['Non più attuale dal', 'Stale from'], score: ['Punteggio', 'Score'], 'score.total': ['Punteggio', 'Score'], 'score.max': ['Punteggio massimo', 'Highest score'], scoringVersion: ['Regola del punteggio', 'Rule of the score'],
  lines: ['Voce del punteggio', 'Line of the score'], points: ['Punti', 'Points'], max: ['Punti al massimo', 'Most points'], because: ['Che cosa ha dato i punti', 'What gave the points'],
  dimensions: ['Risposte', 'Answers'], evidence: ['Su che cosa si fonda', 'What it rests on'], assessedBy: ['Valutata da', 'Assessed by'], assessedOn: ['Valutata il', 'Assessed on'],
  resources: ['Risorse', 'Resources'], ictSpendCents: ['Spesa ICT (centesimi di euro)', 'ICT spending (euro cents)'], ictSpendPerHeadCents: ['Spesa ICT per abitante (centesimi di euro)', 'ICT spending per head (euro cents)'], ictStaffFte: ['Addetti ICT (a tempo pieno)', 'ICT staff (full time)'],
  inventories: ['Inventari', 'Inventories'], documentId: ['Codice', 'Id'], digest: ['Impronta', 'Digest'], count: ['Voci', 'Entries'],
  type: ['Tipo', 'Type'], receivedAt: ['Ricevuto il', 'Received on'],
  at: ['Quando', 'When'], withdrawnOn: ['Ritirate il', 'Withdrawn on'],
  audits: ["Verifiche sull'Agenzia", 'Audits of the Agency'], documentSha256: ['Impronta del verbale', 'Digest of the report'], 'rtdOnIpa.appointmentId': ['Nomina', 'Appointment'], rtdOnIpa: ["RTD sull'IPA", 'RTD on IPA'],
  'lifted.on': ['Cessata il', 'Ended on'], 'lifted.ground': ['Come è cessata', 'How it ended'], lifted: ['Fine della sospensione', 'End of the suspension'],
  'dpoContact.appointmentId': ['Nomina', 'Appointment'], dpoContact: ['Contatti del DPO al Garante', 'Contact of the DPO to the Garante'], impactAssessments: ['Valutazioni di impatto', 'Impact assessments'], declaredOn: ['Giudizio del', 'Judged on'], declarationReasons: ['Motivi del giudizio', 'Reasons of that word'],
  url: ['Indirizzo', 'Address'], publication: ['Pubblicazione in Amministrazione trasparente', 'Publication in Amministrazione trasparente'], revocations: ['Certificati di firma revocati', 'Certificates of signatures revoked'],
  'revocations.signature': ["Versione dell'evento della firma", 'Version of the event of the signature'], revokedAt: ['Revocato dal', 'Revoked from'], voids: ['Rende nulla la firma', 'Voids the signature'],
  'nis.subject': ['Soggetto NIS', 'Subject of NIS'], duty: ['Adempimento', 'Duty'], year: ['Anno', 'Year'],
  account: ["Conti dell'uscita", 'Account of the exit'], 'account.open': ["I conti dell'uscita sono aperti", 'The account of the exit is open'], openCents: ['Ancora da pagare (centesimi di euro)', 'Still to be paid (euro cents)'], dueNo: ['Numero', 'Number'], amountCents: ['Importo (centesimi di euro)', 'Amount (euro cents)'], settlement: ['Saldo', 'Settlement'],
  subprocessor: ['Codice', 'Code'], objectBy: ['Opposizione entro il', 'Objection by'], objectedAt: ['Opposizione del', 'Objected on'], objectionReasons: ["Motivi dell'opposizione", 'Reasons of the objection'],
  'subprocessors.withdrawnOn': ['Ritirato il', 'Withdrawn on'], breachNo: ['Numero della violazione', 'Number of the breach'], awareBy: ['Chi ne è venuto a conoscenza', 'Who became aware'], awareAt: ['Conosciuta il', 'Known on'],
  'toMember.dueAt': ['Da comunicare al Comune entro', 'To be told to the comune by'], 'toMember.doneAt': ['Comunicata al Comune il', 'Told to the comune on'], 'toMember.delayReasons': ['Motivi del ritardo verso il Comune', 'Reasons of the delay towards the comune'],
  'toMember.overdue': ['Comunicazione al Comune scaduta', 'Overdue towards the comune'], 'toMember.late': ['Comunicata al Comune in ritardo', 'Told to the comune late'],
  dueAt: ['Entro', 'Due by'], doneAt: ['Fatta il', 'Done on'], delayReasons: ['Motivi del ritardo', 'Reasons of the delay'], overdue: ['Scaduta', 'Overdue'], waivedFor: ['Perché non è dovuta', 'Why it is not due'],
};

/** Prefixes that say of which part a field is, where its own name would not. */
const WITHIN: readonly (readonly [within: string, words: Pair])[] = [
  ['sessionRequest', ['Richiesta di convocazione', 'Request for a session']], ['suspension', ['Sospensione', 'Suspension']], ['lifted', ['Fine della sospensione', 'End of the suspension']], ['revocation', ['Revoca', 'Revocation']], ['annulment', ['Annullamento', 'Annulment']],
  ['rectifications', ['Rettifica', 'Rectification']], ['opinions', ['Parere', 'Opinion']], ['budget', ['Copertura finanziaria', 'Budget cover']], ['amendments', ['Modifica', 'Amendment']], ['withdrawal', ['Recesso', 'Withdrawal']],
  ['exclusionPrepared', ['Esclusione predisposta', 'Exclusion prepared']], ['exclusion', ['Esclusione', 'Exclusion']], ['dataReturn', ['Restituzione dei dati', 'Return of the data']], ['vacancies', ['Ruolo scoperto', 'Vacancy']], ['requestedRoles', ['Ruolo da nominare', 'Role asked for']],
  ['impactAssessments', ['Valutazione di impatto', 'Impact assessment']], ['dpoContact', ['Contatti del DPO', 'Contact of the DPO']], ['rtdOnIpa', ["RTD sull'IPA", 'RTD on IPA']], ['audits', ["Verifica sull'Agenzia", 'Audit of the Agency']], ['nis', ['NIS', 'NIS']], ['publication', ['Pubblicazione', 'Publication']], ['revocations', ['Certificato revocato', 'Certificate revoked']], ['settlement', ['Saldo', 'Settlement']], ['dues', ['Somma dovuta', 'Due']],
  ['subprocessors', ['Sub-responsabile', 'Sub-processor']], ['notices', ['Notifica della violazione', 'Notification of the breach']], ['breaches', ['Violazione dei dati', 'Data breach']],
  ['parked', ['Fatto in attesa', 'Fact that waits']], ['waitingFor', ['Turno', 'Turn']],
  ['reminders', ['Promemoria', 'Reminder']], ['timers', ['Decorso del tempo', 'Passing of time']], ['regulations', ['Regolamento', 'Regulation']], ['outages', ["Interruzione dell'albo", 'Outage of the board']],
  ['applications', ['Applicativi', 'Applications']], ['sites', ['Sedi', 'Sites']], ['lines', ['Punteggio', 'Score']],
];

/** The path by which a place of a view has its words: what is the Agency's own begins with the name of its process, for the same names mean something else there. */
export function wordsPath(view: object, members: readonly string[]): string {
  const [kind = ''] = 'workflowId' in view ? String(view.workflowId).split('/') : [];
  return [...(kind === 'constitution' || kind === 'campaign' ? [kind] : []), ...members].join('.');
}

/** The field of a view at a path, as a person calls it. */
export function fieldInWords(path: string, language: Language): string {
  const names = path.split('.');
  const dimension = names.find((name) => name in DIMENSION_NAMES);
  const within = WITHIN.find(([part]) => names.slice(0, -1).includes(part))?.[1];
  const own = wordOfPath(names);
  const prefix = dimension !== undefined ? DIMENSION_NAMES[dimension as keyof typeof DIMENSION_NAMES][language] : within === undefined ? null : within[language === 'it' ? 0 : 1];
  const label = own === undefined ? path : own[language === 'it' ? 0 : 1];
  return prefix === null ? label : `${capital(prefix)}: ${label.toLowerCase() === label ? label : label.charAt(0).toLowerCase() + label.slice(1)}`;
}

/** Fields without words would show their names in the code: a test looks for them. */
export function hasFieldWords(path: string): boolean {
  return wordOfPath(path.split('.')) !== undefined;
}

/** By as much of the end of the path as the table knows. */
function wordOfPath(names: readonly string[]): Pair | undefined {
  for (let from = 0; from < names.length; from += 1) {
    const key = names.slice(from).join('.');
    if (Object.hasOwn(FIELDS, key)) return FIELDS[key];
  }
  return undefined;
}

const SCORE_LINES = {
  ...DIMENSION_NAMES, CLOUD_HOSTING: ['applicativi in cloud', 'applications in the cloud'], BACKUP_LINE: ['linea di riserva', 'backup line'], EXIT_FORMAT: ['formato di uscita dei dati', 'exit format of the data'],
  FIBRE: ['fibra', 'fibre'], PROTOCOL_ALIGNED: ['protocollo allineato', 'protocol system aligned'],
} as const satisfies Readonly<Record<string, Pair | Bilingual>>;

/** The readings of art. 134 c.3 TUEL. */
const READINGS = {
  START_EXCLUSIVE: ["Dall'inizio della pubblicazione, che non si conta", 'From the start of the publication, not counted'],
  START_INCLUSIVE: ["Dall'inizio della pubblicazione, che si conta", 'From the start of the publication, counted'], END: ['Dalla fine della pubblicazione', 'From the end of the publication'],
} as const satisfies Readonly<Record<string, Pair>>;

const BY_PATH: Readonly<Record<string, Readonly<Record<string, Pair | Bilingual>>>> = {
  ...AGENCY_CODES,
  phase: PHASES, 'competence.bodyType': BODY_TYPE_NAMES, 'deliberation.state': DELIBERATION_STATES, 'deliberation.flags': FLAG_NAMES, 'convention.state': CONVENTION_STATES, 'dpa.state': DPA_STATES, 'recognition.state': RECOGNITION_STATES,
  'migrations.state': {
    REQUESTED: ['Richiesto', 'Requested'], PROVISIONING: ['In attivazione', 'Provisioning'], OPERATING: ['Attivo', 'Operating'], CLOSED: ['Chiuso', 'Closed'], CANCELLED: ['Annullato', 'Cancelled'],
  },
  'convention.voidedBy.code': { SIGNATURE_FORM: ['Forma della firma non ammessa', 'Form of the signature not allowed'], CERTIFICATE_EXPIRED: ['Certificato scaduto', 'Certificate expired'], CERTIFICATE_REVOKED: ['Certificato revocato', 'Certificate revoked'] },
  'convention.withdrawal.ground': { NOTICE: ['Con preavviso', 'By notice'], REVOCATION: ['Per revoca della delibera', 'By revocation of the resolution'] },
  'deliberation.policy': READINGS, 'policies.executivity': READINGS,
  'deliberation.amendment': { PENDING: ['Da decidere', 'To be decided'], FORMAL: ['Formale', 'Formal'] },
  'processing.subprocessors.state': { NOTIFIED: ['Comunicato, si può opporre', 'Notified, may be objected to'], OBJECTED: ['Con opposizione', 'Objected to'], ADMITTED: ['Ammesso', 'Admitted'], WITHDRAWN: ['Ritirato', 'Withdrawn'] },
  'processing.impactAssessments.state': { NOT_NEEDED: ['Non serve', 'Not needed'], NEEDED: ['Serve e manca', 'Needed and missing'], DONE: ['Fatta', 'Done'], CONSULTATION: ['Da consultare il Garante', 'The Garante is to be consulted'] },
  'parked.code': { OUT_OF_TURN: ['Arrivato prima del suo turno', 'Came before its turn'] },
  'referents.state': REFERENT_STATES, 'referents.role': REFERENT_ROLES, 'vacancies.role': REFERENT_ROLES, 'requestedRoles.role': REFERENT_ROLES, 'requestedRoles.state': { REQUESTED: ['Richiesto', 'Asked for'] }, 'convention.termination.code': ENDS, 'waitingFor.who': PARTIES,
};

/** The word for a code at a path; the code itself where it has none. */
export function codeInWords(path: string, code: string, language: Language): string {
  if (path.endsWith('.service')) return serviceTitle(code)[language];
  const word = wordOf(BY_PATH[path] ?? (path.startsWith('recognition.score.lines') ? SCORE_LINES : CODES), code, language);
  return word === code ? code : capital(word);
}
