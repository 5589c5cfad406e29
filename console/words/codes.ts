import { GATES } from '../../domain/constitution/plan.ts';
import { gateWords } from '../../domain/constitution/words.ts';
import type { ConventionState } from '../../domain/adhesion/convention/terms.ts';
import type { DpaState } from '../../domain/adhesion/dpa/terms.ts';
import type { Party } from '../../domain/shared/process.ts';
import type { Phase } from '../../domain/adhesion/terms.ts';
import { shippedTitles } from './services.ts';
import type { Language } from '../../domain/shared/bilingual.ts';
import { BROKER_CODES } from './brokers.ts';
import { wordOf, type Pair } from './say.ts';

/** Phases of an adhesion, and the comuni that have none yet. */
export type PhaseOrNone = Phase | 'NONE';

export const PHASES: Readonly<Record<PhaseOrNone, Pair>> = {
  NONE: ['Nessuna pratica', 'No case'], RECOGNITION: ['Ricognizione', 'Recognition'], DESIGN: ['Progettazione', 'Design'],
  IMPLEMENTATION: ['Attuazione', 'Implementation'], MANAGEMENT: ['Gestione', 'Management'], EXITING: ['In uscita', 'Exiting'], CLOSED: ['Chiusa', 'Closed'],
};

/** The letter that a tile shows: colour is never alone. */
export const LETTERS: Readonly<Record<PhaseOrNone, string>> = {
  NONE: '–', RECOGNITION: 'R', DESIGN: 'P', IMPLEMENTATION: 'A', MANAGEMENT: 'G', EXITING: 'U', CLOSED: 'C',
};

export const PARTIES: Readonly<Record<Party, Pair>> = {
  OPERATOR: ["l'Agenzia", 'the Agency'], MEMBER: ['il Comune', 'the comune'], PROVIDER: ['il fornitore', 'the provider'], CLOCK: ['il decorso del tempo', 'the passing of time'],
};

/** Codes of the views and of the fields' choices; those of one field where a code means several things. */
export const CODES: Readonly<Record<string, Pair>> = {
  TECHNICAL: ['Regolarità tecnica', 'Technical'], ACCOUNTING: ['Regolarità contabile', 'Accounting'], AUDITORS: ['Organo di revisione', 'Auditors'],
  FAVOURABLE: ['Favorevole', 'Favourable'], UNFAVOURABLE: ['Contrario', 'Unfavourable'],
  ONE_FIFTH: ['Un quinto dei consiglieri', 'A fifth of the councillors'], 1: ['Prima convocazione', 'First call'], 2: ['Seconda convocazione', 'Second call'],
  ORDINARY: ['Ordinaria', 'Ordinary'], EXTRAORDINARY: ['Straordinaria', 'Extraordinary'], URGENT: ["D'urgenza", 'Urgent'],
  COUNCIL: ['Consiglio', 'Council'], ASSEMBLY: ['Assemblea', 'Assembly'], BOARD_OF_DIRECTORS: ['Consiglio di amministrazione', 'Board of directors'], BY_PUBLICATION: ['Dalla pubblicazione', 'By publication'], BY_STATUTE: ['Dall\'adozione, per statuto', 'From the adoption, by statute'],
  COMMISSIONER: ['Commissario', 'Commissioner'], BOARD: ['Giunta', 'Municipal board'],
  VOTED: ['Votata', 'Voted'], POSTPONED: ['Rinviata', 'Postponed'], ITEM_WITHDRAWN: ['Punto ritirato', 'Item withdrawn'], NOT_REACHED: ['Punto non trattato', 'Item not reached'], NO_QUORUM: ['Seduta deserta', 'No quorum'],
  ACCEPT_AS_FORMAL: ['Accetta come emendamento formale', 'Accept as formal'], RESUBMIT: ['Ripresenta la proposta', 'Resubmit the proposal'],
  COURT: ['Giudice', 'Court'], BODY: ["L'ente stesso", 'The body itself'],
  MAYOR: ['Sindaco', 'Mayor'], DEPUTY_MAYOR: ['Vicesindaco', 'Deputy mayor'], PRESIDENT: ['Presidente', 'President'], MANAGER: ['Dirigente', 'Manager'], SECRETARY: ['Segretario', 'Secretary'],
  METROPOLITAN_MAYOR: ['Sindaco metropolitano', 'Metropolitan mayor'], AGENCY_PRESIDENT: ["Presidente dell'Agenzia", 'President of the Agency'], AGENCY_DIRECTOR: ["Direttore dell'Agenzia", 'Director of the Agency'],
  PADES: ['Firma digitale PAdES', 'PAdES signature'], CADES: ['Firma digitale CAdES', 'CAdES signature'], ADVANCED: ['Firma elettronica avanzata', 'Advanced electronic signature'],
  HANDWRITTEN: ['Firma autografa (nulla)', 'Handwritten (void)'], SCANNED: ['Scansione (nulla)', 'Scanned (void)'],
  SERVICES: ['Servizi', 'Services'], ESSENTIAL: ['Elementi essenziali', 'Essential terms'], RETURNED: ['Restituita', 'Returned'], DELETED: ['Cancellati', 'Deleted'],
  ICT_REFERENT: ['Referente ICT', 'ICT referent'], RTD: ['Responsabile per la transizione digitale (RTD)', 'RTD'], DPO: ['Responsabile della protezione dei dati (DPO)', 'DPO'],
  CYBER_REFERENT: ['Referente per la cybersicurezza', 'Cybersecurity referent'], SECURITY_CONTACT: ['Referente per la sicurezza', 'Security contact'], NIS_CONTACT: ['Punto di contatto NIS', 'NIS contact'],
  CSIRT_CONTACT: ['Referente CSIRT', 'CSIRT contact'], SERVICE_REFERENT: ['Referente di servizio', 'Service referent'],
  MAYOR_CHANGED: ['Nuovo sindaco', 'New mayor'], COMMISSIONER_APPOINTED: ['Commissario nominato', 'Commissioner appointed'], COUNCIL_ELECTED: ['Consiglio eletto', 'Council elected'], ELECTION_CALLED: ['Elezioni indette', 'Election called'],
  ...Object.fromEntries(shippedTitles().map(([service, { it, en }]): [string, Pair] => [service, [it, en]])),
  MAYOR_RESIGNED: ['Dimissioni del sindaco', 'Resignation of the mayor'], RESIGNATION_WITHDRAWN: ['Dimissioni ritirate', 'Resignation withdrawn'], COUNCIL_SUSPENDED: ['Consiglio sospeso dal prefetto', 'Council suspended by the prefect'],
  ACTING_MAYOR: ['Vicesindaco che sostituisce il sindaco', 'Deputy mayor acting for the mayor'], SECRETARY_CHANGED: ['Nuovo segretario', 'New secretary'],
  ASSEMBLY_DELEGATE: ['Delegato in assemblea', 'Delegate in the assembly'],
  PROCESSOR: ["L'Agenzia (responsabile)", 'The Agency (processor)'], CONTROLLER: ['Il Comune (titolare)', 'The comune (controller)'],
  ACCEPTABLE_RISK: ['Accettabile', 'Acceptable'], HIGH_RISK: ['Ancora elevato', 'Still high'], REGISTRATION: ['Registrazione (1 gennaio–28 febbraio)', 'Registration (1 January–28 February)'], UPDATE: ['Aggiornamento (15 aprile–31 maggio)', 'Update (15 April–31 May)'],
  CONFORM: ['Conforme', 'Conform'], FINDINGS: ['Con rilievi', 'With findings'], NOT_CONFORM: ['Non conforme', 'Not conform'],
  REJECTED: ['Respinta', 'Rejected'], EXPIRED: ['Scaduta', 'Expired'], WITHDRAWN: ['Ritirata', 'Withdrawn'],
  INVESTMENT: ['Investimenti già fatti', 'Investments already made'], LAST_INVOICE: ['Ultima fattura', 'Last invoice'], PAID: ['Pagata', 'Paid'], WAIVED: ['Rinunciata', 'Given up'],
  GARANTE: ['Notifica al Garante', 'Notification to the Garante'], ACN_ALERT: ["Segnalazione all'ACN", 'Alert to the ACN'], ACN_NOTIFICATION: ["Notifica all'ACN", 'Notification to the ACN'],
  START_EXCLUSIVE: ['Undicesimo giorno di pubblicazione, il primo non si conta', 'Eleventh day of publication, the first not counted'], START_INCLUSIVE: ['Undicesimo giorno di pubblicazione, il primo si conta', 'Eleventh day of publication, the first counted'], END: ['Undicesimo giorno dopo la fine della pubblicazione', 'Eleventh day after the end of the publication'],
  INCLUDE_FIRST: ['Il primo giorno si conta', 'The first day counts'], EXCLUDE_FIRST: ['Il primo giorno non si conta', 'The first day does not count'],
  SPECIAL_CONSORTIUM: ['Azienda o consorzio', 'Consortium'], CONVENTION_ONLY: ['Sola convenzione', 'Convention only'], IN_HOUSE_COMPANY: ['Società in house', 'In-house company'], FOUNDATION: ['Fondazione', 'Foundation'],
  ABSOLUTE_OF_MEMBERS: ['Assoluta dei componenti (art. 31 TUEL)', 'Absolute, of all members (art. 31 TUEL)'], SIMPLE_OF_VOTERS: ['Semplice dei votanti', 'Simple, of the voters'],
  NOT_VOTERS: ['Non conta tra i votanti', 'They are no voters'], VOTERS: ['Conta tra i votanti', 'They are voters'],
  PRESERVED: ['Conservati', 'Preserved'], CRITICAL: ['Critici', 'Critical'], STRATEGIC: ['Strategici', 'Strategic'], REHEARSAL: ['Prova', 'Rehearsal'], FINAL: ['Definitiva', 'For good'], SUCCEEDED: ['Riuscita', 'Succeeded'], FAILED: ['Fallita', 'Failed'],
  AGENCY_MANAGER: ["Dirigente dell'Agenzia", 'Manager of the Agency'],
  ...BROKER_CODES,
  ON_PREM: ['Server del Comune', 'Server of the comune'], IAAS: ['Cloud, infrastruttura (IaaS)', 'Cloud infrastructure (IaaS)'], SAAS: ['Cloud, servizio pronto (SaaS)', 'Cloud service (SaaS)'], PSN: ['Polo Strategico Nazionale', 'Polo Strategico Nazionale'],
  QC1: ['QC1', 'QC1'], QC2: ['QC2', 'QC2'], QC3: ['QC3', 'QC3'], QC4: ['QC4', 'QC4'], QI1: ['QI1', 'QI1'], QI2: ['QI2', 'QI2'], QI3: ['QI3', 'QI3'], QI4: ['QI4', 'QI4'],
  COMMON: ['Comuni', 'Common'], SPECIAL: ['Particolari o giudiziari (artt. 9 e 10 GDPR)', 'Special or judicial (artt. 9, 10 GDPR)'],
  PASSWORD: ['Nome e password', 'Name and password'], DIRECTORY: ['Utenza del Comune', 'Account of the comune'], SPID: ['SPID', 'SPID'], CIE: ['CIE', 'CIE'], SSO: ['Accesso unico', 'Single sign-on'], MFA: ['Con un secondo fattore', 'With a second factor'],
  CMM_FIBRE: ['Fibra della Città metropolitana', "The Metropolitan City's fibre"], FTTH: ['Fibra fino alla sede (FTTH)', 'Fibre to the site (FTTH)'], FTTC: ["Fibra fino all'armadio (FTTC)", 'Fibre to the cabinet (FTTC)'], DSL: ['ADSL o simile', 'DSL'],
  FWA: ['Radio (FWA)', 'Radio (FWA)'], MOBILE: ['Rete mobile', 'Mobile'], SATELLITE: ['Satellite', 'Satellite'],
  ANALOGUE: ['Analogica', 'Analogue'], ISDN: ['ISDN', 'ISDN'], VOIP: ['VoIP', 'VoIP'], CMM_VOICE: ['Voce della Città metropolitana', "The Metropolitan City's voice service"],
  NONE: ['Nessuna', 'None'], PENDING: ['In corso di maturazione', 'Ripening'], IMMEDIATE: ['Immediatamente eseguibile', 'Immediately executable'], EXECUTIVE: ['Esecutiva', 'Executive'],
};

/** What a code means otherwise in one field, by the last part of its path. */
const OPTIONS: Readonly<Record<string, Pair>> = {
  'organ.BOARD_OF_DIRECTORS': ['Consiglio di amministrazione', 'Board of directors'], 'organ.AUDITOR': ['Revisore', 'Auditor'], 'authority.COURT_OF_AUDITORS': ['Corte dei conti', 'Corte dei conti'], 'authority.COMPETITION_AUTHORITY': ['Autorità garante della concorrenza', 'Competition authority'],
  'decision.EXTEND': ['Proroga', 'Extend'], 'decision.PROCEED_WITH_THRESHOLD': ['Procedi con la soglia', 'Go on with the threshold'], 'decision.STOP': ['Ferma il percorso', 'Give up the path'],
  'threshold.DEFAULT': ['2 comuni e 20.000 abitanti', '2 comuni and 20,000 inhabitants'], 'threshold.CONFERENCE_RULE': ['Un terzo dei comuni e più della metà degli abitanti', 'A third of the comuni and more than half of the inhabitants'],
  ...Object.fromEntries(GATES.map((gate): [string, Pair] => [`gate.${gate}`, [gateWords(gate).it, gateWords(gate).en]])),
  'severity.1': ['1 – Il servizio non si può usare', '1 – The service cannot be used'], 'severity.2': ['2 – Si può usare in parte', '2 – It can be used in part'], 'severity.3': ['3 – Si può usare', '3 – It can be used'],
  'dataClass.ORDINARY': ['Ordinari', 'Ordinary'],
  'environment.TEST': ['Di prova', 'Test'], 'environment.PRODUCTION': ['Di produzione', 'Production'],
  'goods.HARDWARE': ['Apparati', 'Hardware'], 'goods.SOFTWARE': ['Programmi', 'Software'], 'goods.CONNECTIVITY': ['Connettività', 'Connectivity'], 'goods.CLOUD': ['Servizi cloud', 'Cloud services'],
};

/** One of the values that a field offers. */
export function optionInWords(path: string, code: string, language: Language): string {
  const own = `${path.slice(path.lastIndexOf('.') + 1)}.${code}`;
  return Object.hasOwn(OPTIONS, own) ? wordOf(OPTIONS, own, language) : wordOf(CODES, code, language);
}

/** Values without words would be shown as they are typed by programs: a test looks for them. */
export function hasOptionWords(path: string, code: string): boolean {
  return Object.hasOwn(OPTIONS, `${path.slice(path.lastIndexOf('.') + 1)}.${code}`) || Object.hasOwn(CODES, code);
}

export const CONVENTION_STATES: Readonly<Record<ConventionState, Pair>> = {
  DRAFT: ['In bozza', 'Draft'], READY_TO_SIGN: ['Pronta per la firma', 'Ready to sign'], SIGNED_BY_MEMBER: ['Firmata dal Comune', 'Signed by the comune'],
  COUNTERSIGNED: ['Firmata da entrambi', 'Signed by both'], REGISTERED: ['Repertoriata', 'Registered'], IN_FORCE: ['In vigore', 'In force'], VOID: ['Firma nulla, da rifare', 'Signature void, to be made anew'],
  AMENDING: ['In modifica', 'Being amended'], RENEWED: ['Rinnovata', 'Renewed'], WITHDRAWING: ['In recesso', 'Being left'], EXCLUDING: ['In esclusione', 'Excluding'],
  EXPIRED: ['Scaduta', 'Expired'], TERMINATED: ['Cessata', 'Terminated'],
};

export const DPA_STATES: Readonly<Record<DpaState, Pair>> = {
  NOT_STARTED: ['Non iniziato', 'Not started'], DRAFT: ['Testo inviato al Comune', 'Text sent to the comune'], SIGNED: ['Firmato dal Comune', 'Signed by the comune'], IN_FORCE: ['In vigore', 'In force'],
  ENDING: ['In chiusura: dati da restituire o cancellare', 'Ending: data to be returned or deleted'], DATA_RETURNED: ['Dati restituiti', 'Data returned'], CLOSED: ['Chiuso', 'Closed'],
};
