import type { CommandType as AdhesionCommand } from '../../domain/adhesion/catalogue.ts';
import type { DecidedType as MigrationCommand } from '../../domain/migration/command-types.ts';
import type { OperatorCommand } from '../../domain/constitution/roles.ts';
import type { Bilingual } from '../../domain/shared/bilingual.ts';
import { bilingual, type Pair } from './say.ts';

type CommandType = AdhesionCommand | MigrationCommand | OperatorCommand;

/** What a command does, as the title of its form and in lists of what is to be done. */
const TITLES: Readonly<Record<CommandType, Pair>> = {
  RecordConference: ['Registra la Conferenza metropolitana', 'Record the metropolitan conference'],
  RecordReceipts: ['Registra ricevute di consegna degli atti', 'Record receipts of the acts'],
  RecordMetropolitanResolution: ['Registra la deliberazione del Consiglio metropolitano', 'Record the resolution of the metropolitan council'],
  RecordMetropolitanPublication: ['Registra la pubblicazione della deliberazione metropolitana', 'Record the publication of the metropolitan resolution'],
  SubmitToAuthority: ["Registra l'invio a Corte dei conti o Autorità garante", 'Record the submission to an authority'],
  RecordAuthorityAnswer: ["Registra la risposta dell'autorità", 'Record the answer of an authority'],
  RecordConstitution: ["Registra l'atto costitutivo", 'Record the constitutive act'],
  AppointOrgan: ['Registra la nomina di un organo', 'Record the appointment of an organ'],
  AcceptOffice: ["Registra l'accettazione della carica", 'Record the acceptance of an office'],
  RecordBudget: ['Registra lo schema del primo bilancio', 'Record the draft of the first budget'],
  RecordAuditorsReport: ['Registra la relazione del revisore', "Record the auditor's report"],
  AdmitLateMember: ["Registra l'ammissione di un comune tardivo", 'Record that a late comune was taken in'],
  DecideMilestone: ['Decidi su una tappa mancata o riaperta', 'Decide on a gate that was missed or opened again'],
  Replan: ['Rivedi il piano', 'Revise the plan'],
  ChangeLegalForm: ['Cambia la forma giuridica', 'Change the legal form'],
  OpenAdhesion: ["Avvia l'adesione", 'Start the adhesion'],
  InviteRecognition: ['Chiedi la ricognizione', 'Ask for the recognition'],
  BeginRecognition: ['Segna la ricognizione in corso', 'Say that the recognition is under way'],
  SubmitRecognition: ['Presenta la ricognizione', 'Submit the recognition'],
  ReturnRecognition: ['Restituisci la ricognizione', 'Return the recognition'],
  ValidateRecognition: ['Convalida la ricognizione', 'Validate the recognition'],
  SendProposal: ["Registra l'invio della proposta", 'Record that the proposal was sent'],
  ConfirmReceipt: ['Registra la ricevuta di consegna PEC', 'Record the delivery receipt'],
  RecordOpinion: ['Registra un parere', 'Record an opinion'],
  RequestSession: ['Registra la richiesta di convocazione', 'Record the request for a session'],
  ConveneCouncil: ['Registra la convocazione del consiglio', 'Record that the council was convened'],
  RecordSession: ['Registra la seduta e il voto', 'Record the session and its vote'],
  ResubmitProposal: ['Ripresenta la proposta', 'Send the proposal again'],
  AllowFurtherAttempt: ['Consenti un altro tentativo', 'Allow one more attempt'],
  DecideAmendment: ["Decidi sull'emendamento", 'Decide on the amendment'],
  RecordPublication: ["Registra la pubblicazione all'albo", 'Record the publication on the notice board'],
  RecordBoardOutage: ["Registra un'interruzione dell'albo", 'Record an outage of the notice board'],
  CertifyExecutivity: ['Registra il certificato di esecutività', 'Record the certificate of executivity'],
  TransmitResolution: ["Registra la trasmissione all'Agenzia", 'Record the transmission to the Agency'],
  AcceptResolution: ['Accetta la delibera', 'Accept the resolution'],
  ReturnResolution: ['Restituisci la delibera', 'Return the resolution'],
  SuspendResolution: ['Registra la sospensione della delibera', 'Record the suspension of the resolution'],
  LiftSuspension: ['Registra la fine della sospensione', 'Record the end of the suspension'],
  RevokeResolution: ['Registra la revoca della delibera', 'Record the revocation of the resolution'],
  AnnulResolution: ["Registra l'annullamento della delibera", 'Record the annulment of the resolution'],
  RectifyResolution: ['Registra la rettifica della delibera', 'Record the rectification of the resolution'],
  RecordBudgetCover: ['Registra la copertura finanziaria', 'Record whether the costs are covered'],
  SignConvention: ['Registra la firma del Comune', "Record the comune's signature"],
  CountersignConvention: ["Registra la firma dell'Agenzia", "Record the Agency's signature"],
  RegisterConvention: ['Registra la repertoriazione', 'Record the registration of the convention'],
  AmendConvention: ['Registra una modifica della convenzione', 'Record an amendment of the convention'],
  PublishConvention: ['Registra la pubblicazione in Amministrazione trasparente', 'Record the publication in Amministrazione trasparente'],
  RecordCertificateRevocation: ['Registra la revoca di un certificato di firma', 'Record that the certificate of a signature was revoked'],
  DraftDpa: ["Invia l'accordo sul trattamento dei dati", 'Send the data processing agreement'],
  SignDpa: ["Registra la firma dell'accordo sui dati", 'Record the signature of the data agreement'],
  CountersignDpa: ["Registra la firma dell'Agenzia sull'accordo sui dati", "Record the Agency's signature of the data agreement"],
  ConfirmDataReturn: ['Registra la restituzione dei dati', 'Record that the data went back'],
  RecordDpoContact: ['Registra la comunicazione al Garante dei contatti del DPO', 'Record that the Garante was told the contact of the DPO'],
  DeclareDpiaNeed: ['Registra se serve una valutazione di impatto', 'Record whether an impact assessment is needed'],
  RecordDpia: ['Registra una valutazione di impatto', 'Record an impact assessment'],
  RecordProcessorAudit: ["Registra una verifica sull'Agenzia", 'Record an audit of the Agency'],
  NotifySubprocessor: ['Comunica un sub-responsabile', 'Notify a sub-processor'],
  ObjectToSubprocessor: ["Registra l'opposizione a un sub-responsabile", 'Record the objection to a sub-processor'],
  WithdrawSubprocessor: ['Registra la rinuncia a un sub-responsabile', 'Record that a sub-processor was given up'],
  ReportBreach: ['Registra una violazione di dati', 'Record a breach of personal data'],
  NotifyBreachToMember: ['Registra la comunicazione della violazione al Comune', 'Record that the comune was told of the breach'],
  NotifyBreachToAuthority: ["Registra la notifica della violazione all'autorità", 'Record the notification of the breach to the authority'],
  WaiveBreachNotice: ['Motiva perché una notifica non è dovuta', 'Give the reasons why a notice is not due'],
  AppointReferent: ['Registra la nomina di un referente', 'Record the appointment of a referent'],
  AcceptAppointment: ["Registra l'accettazione di una nomina", 'Record the acceptance of an appointment'],
  ReplaceReferent: ['Sostituisci un referente', 'Replace a referent'],
  SuspendReferent: ['Sospendi un referente', 'Suspend a referent'],
  DeclareVacancy: ['Dichiara un ruolo vacante', 'Declare a role vacant'],
  ConfirmReferents: ['Conferma i referenti', 'Confirm the referents'],
  RecordRtdOnIpa: ["Registra la pubblicazione dell'RTD sull'IPA", 'Record that the RTD is published on IPA'],
  RecordNisDuty: ["Registra l'adempimento annuale NIS", 'Record the yearly duty of a NIS subject'],
  RecordMandateChange: ['Registra un cambio di mandato', 'Record a change of mandate'],
  RequestMigration: ['Richiedi un servizio', 'Request a service'],
  AdoptRegulation: ['Registra un regolamento', 'Record a regulation'],
  OpenRenewal: ['Apri il rinnovo', 'Open the renewal'],
  GiveWithdrawalNotice: ['Registra il preavviso di recesso', 'Record the notice of withdrawal'],
  ExcludeMember: ["Registra l'esclusione", 'Record the exclusion'],
  DeclareDue: ["Registra una somma dovuta all'uscita", 'Record something due at the exit'],
  SettleDue: ['Registra il saldo di una somma dovuta', 'Record that something due was settled'],
  CorrectFact: ['Correggi un fatto registrato', 'Correct a recorded fact'],
  WithdrawFact: ['Ritira un fatto in attesa', 'Withdraw a parked fact'],
  CloseAdhesion: ['Chiudi la pratica', 'Close the case'],
  OpenMigration: ['Avvia il servizio', 'Begin the service'],
  ApproveFeasibility: ['Approva la fattibilità', 'Approve the feasibility'],
  RejectFeasibility: ['Respingi per non fattibilità', 'Reject as not feasible'],
  ProposePlan: ['Proponi il piano della migrazione', 'Propose the plan of the migration'],
  ApprovePlan: ["Registra l'approvazione del piano", 'Record the approval of the plan'],
  CommitSpending: ["Registra l'impegno di spesa", 'Record the spending commitment'],
  RetryEffect: ['Ritenta una chiamata al broker', 'Try a call to the broker again'],
  SkipEffect: ['Prosegui senza una chiamata al broker', 'Go on without a call to the broker'],
  Suspend: ['Sospendi la migrazione', 'Suspend the migration'],
  Resume: ['Riprendi la migrazione', 'Resume the migration'],
  RollBack: ['Torna indietro', 'Roll back'],
  RecordProvisioned: ["Registra la fine dell'attivazione", 'Record the end of provisioning'],
  CompleteWorkItem: ["Registra un'attività completata", 'Record that a work item was done'],
  ReopenWorkItem: ["Riapri un'attività completata", 'Open a work item again'],
  Cancel: ['Annulla la richiesta del servizio', 'Cancel the request of the service'],
  StartDataMigration: ['Inizia la migrazione dei dati', 'Begin the migration of data'],
  RecordRehearsal: ['Registra una prova di migrazione dei dati', 'Record a run of data'],
  RecordAcceptance: ['Registra il verbale di collaudo', 'Record the acceptance record'],
  StartParallelRun: ["Inizia l'affiancamento", 'Begin the parallel run'],
  WaiveParallelRun: ["Rinuncia all'affiancamento", 'Do without the parallel run'],
  ScheduleCutover: ['Fissa la finestra della messa in esercizio', 'Set the window of the cutover'],
  CancelCutover: ['Annulla la finestra della messa in esercizio', 'Give up the window of the cutover'],
  DecideGo: ['Decidi sulla messa in esercizio', 'Decide on the cutover'],
  RecordCutover: ['Registra la messa in esercizio', 'Record the cutover'],
  ReportDefect: ['Segnala un difetto', 'Report a defect'],
  ResolveDefect: ['Registra la soluzione di un difetto', 'Record that a defect is resolved'],
  EndHypercare: ['Registra la fine del presidio rafforzato', 'Record the end of hypercare'],
  Decommission: ['Registra la dismissione del vecchio sistema', 'Record the decommissioning of the old system'],
  UpdateService: ['Cambia piano o parametri del servizio', 'Change plan or parameters of the service'],
  RevertUpdate: ['Torna al piano e ai parametri di prima', 'Go back to the plan and parameters from before'],
  RotateCredentials: ['Chiedi nuove credenziali', 'Ask for new credentials'],
  RevokeFormerCredentials: ['Revoca le credenziali precedenti', 'Revoke the former credentials'],
  RetireService: ['Rinuncia al servizio', 'Give the service up'],
  ReturnData: ['Registra la restituzione dei dati', 'Record the return of the data'],
  CertifyDeletion: ['Registra il certificato di cancellazione', 'Record the certificate of deletion'],
  NoteGrounds: ["Notizie dall'adesione e dagli altri servizi", 'News of the adhesion and of the other services'],
  ConcludeBrokerCall: ['Conclusione della chiamata al broker', 'End of the call to the broker'],
  LapsePlan: ['Piano non approvato in tempo', 'Plan not approved in time'],
  EndParallelRun: ["Fine dell'affiancamento", 'End of the parallel run'],
  EndCutoverWindow: ['Fine della finestra della messa in esercizio', 'End of the window of the cutover'],
  EndHypercareTerm: ['Fine dei giorni del presidio rafforzato', 'End of the days of hypercare'],
  NoteWorkItemOverdue: ["Scadenza di un'attività", 'Term of a work item'],
  EscalateDefect: ['Termine per risolvere un difetto di gravità 1', 'Term to resolve a defect of severity 1'],
  CloseMigration: ['Registra la chiusura del servizio', 'Record that the service was closed'],
};

/** The next step of a secretary, as a question in plain words. */
const QUESTIONS: Partial<Readonly<Record<CommandType, Pair>>> = {
  SubmitRecognition: ['La ricognizione dei servizi è pronta?', 'Is the recognition of the services ready?'],
  ConfirmReceipt: ["La proposta è arrivata alla PEC del Comune?", 'Has the proposal reached the certified mailbox of the comune?'],
  RecordOpinion: ['I pareri sulla proposta sono stati resi?', 'Have the opinions on the proposal been given?'],
  ConveneCouncil: ['Il consiglio è stato convocato?', 'Has the council been convened?'],
  RecordSession: ['La delibera è stata approvata?', 'Has the resolution been approved?'],
  RecordPublication: ["La delibera è stata pubblicata all'albo pretorio?", 'Has the resolution been published on the notice board?'],
  CertifyExecutivity: ["L'esecutività della delibera è stata certificata?", 'Has the executivity of the resolution been certified?'],
  TransmitResolution: ["La delibera è stata trasmessa all'Agenzia?", 'Has the resolution been sent to the Agency?'],
  SignConvention: ['La convenzione è stata firmata dal Comune?', 'Has the comune signed the convention?'],
  SignDpa: ["L'accordo sul trattamento dei dati è stato firmato?", 'Has the data processing agreement been signed?'],
  NotifyBreachToAuthority: ["La violazione è stata notificata all'autorità?", 'Has the breach been notified to the authority?'],
  AppointReferent: ['I referenti sono stati nominati?', 'Have the referents been appointed?'],
  AcceptAppointment: ['La persona nominata ha accettato?', 'Has the appointed person accepted?'],
  ConfirmReferents: ['I referenti sono confermati dopo il cambio di mandato?', 'Are the referents confirmed after the change of mandate?'],
  LiftSuspension: ['La sospensione della delibera è finita?', 'Has the suspension of the resolution ended?'],
  RecordBudgetCover: ['Le spese sono coperte in bilancio?', 'Are the costs covered in the budget?'],
};

/** What starts the Agency's own processes, or comes to them from the engine: no form is called so. Of a campaign a command has the name of its process before it: services have some that are called the same. */
const BESIDE_FORMS: Readonly<Record<string, Pair>> = {
  StartConstitution: ['Avvia il percorso di costituzione', 'Start the path to the constitution'],
  TakeAccount: ["Un'adesione comunica come sta", 'An adhesion tells how it stands'],
  TakeTerritory: ['I comuni del territorio sono cambiati', 'The comuni of the territory changed'],
  EndGate: ['Scade il giorno di una tappa', 'The day of a gate ends'],
  StartCampaign: ['Avvia una campagna', 'Start a campaign'],
  FreezeTargets: ['Fissa i destinatari', 'Freeze the targets'],
  'campaign.Pause': ['Metti in pausa la campagna', 'Pause the campaign'],
  'campaign.Resume': ['Riprendi la campagna', 'Resume the campaign'],
  'campaign.Cancel': ['Annulla la campagna', 'Cancel the campaign'],
  'campaign.RetryFailed': ['Ritenta ciò che non è riuscito', 'Try again what failed'],
  BeginActs: ['Il passo della campagna fa iniziare altri atti', "The campaign's pace lets further acts begin"],
  ConcludeAct: ['Un atto della campagna si conclude', 'An act of the campaign ends'],
};

/** `process`: whose command it is, where that is known. */
export function commandTitle(type: string, process = ''): Bilingual {
  const own = [`${process}.${type}`, type].find((name) => Object.hasOwn(BESIDE_FORMS, name));
  const title: Pair | undefined = own !== undefined ? BESIDE_FORMS[own] : Object.hasOwn(TITLES, type) ? TITLES[type as CommandType] : undefined;
  return title === undefined ? { it: type, en: type } : bilingual(title);
}

export function commandQuestion(type: string): Bilingual {
  const question = Object.hasOwn(QUESTIONS, type) ? QUESTIONS[type as CommandType] : undefined;
  return question === undefined ? commandTitle(type) : bilingual(question);
}

/** Timers of the clock, by the beginning of their keys. */
const TIMERS: readonly (readonly [prefix: string, words: Pair])[] = [
  ['gate', ['Scade il giorno della tappa', 'The day of the gate ends']],
  ['executivity', ["La delibera diventa esecutiva", 'The resolution becomes executive']],
  ['in-force', ['La convenzione entra in vigore', 'The convention comes into force']],
  ['objection', ['Scade il termine per opporsi al sub-responsabile', 'The time to object to the sub-processor ends']],
  ['dpa-in-force', ["L'accordo sui dati entra in vigore", 'The data agreement comes into force']],
  ['recognition-stale', ['La ricognizione non è più attuale', 'The recognition goes stale']],
  ['renewal', ['Si apre il rinnovo della convenzione', 'The renewal of the convention opens']],
  ['expiry', ['La convenzione scade', 'The convention expires']],
  ['withdrawal', ['Il recesso ha effetto', 'The withdrawal takes effect']],
  ['vacancy', ['Un ruolo resta vacante troppo a lungo', 'A role stays vacant for too long']],
  ['confirmation', ['Scade il termine per confermare i referenti', 'The time to confirm the referents ends']],
  ['remind', ['Promemoria', 'Reminder']],
  ['parallel-run', ["Finiscono i giorni dell'affiancamento", 'The days of the parallel run end']],
  ['plan-lapse', ['Scade la proposta del piano', 'The proposal of the plan lapses']],
  ['cutover-window', ['Finisce la finestra della messa in esercizio', 'The window of the cutover ends']],
  ['hypercare', ['Finiscono i giorni del presidio rafforzato', 'The days of hypercare end']],
  ['overdue', ["Scade il termine di un'attività", 'The time for a work item ends']],
  ['defect', ['Scade il termine per risolvere un difetto', 'The time to resolve a defect ends']],
];

/** A command or the key of a timer, in words. */
export function whatInWords(what: string): Bilingual {
  if (/^[A-Z]/.test(what)) return commandTitle(what);
  const timer = TIMERS.find(([prefix]) => what.startsWith(prefix));
  return timer === undefined ? { it: what, en: what } : bilingual(timer[1]);
}
