import type { Bilingual } from '../shared/bilingual.ts';
import type { Office } from './convention/terms.ts';
import type { Authority, DeliberationState, Flag, OpinionKind, SessionAsker, SessionOutcome } from './deliberation/terms.ts';
import type { HeldOffice } from './mandates/terms.ts';
import type { EndCode } from './membership/terms.ts';
import type { BreachNotice } from './processing/terms.ts';
import type { Dimension, RecognitionState } from './recognition/terms.ts';
import type { EndingKind, ReferentRole, ReferentState } from './referents/terms.ts';

/** The words of the glossary for the codes of an adhesion: a sentence shows no code where there is a word. */

type Words<Code extends string> = Readonly<Record<Code, Bilingual>>;

/** With the article, so that they may stand in a sentence. */
export const OPINIONS: Words<OpinionKind> = {
  TECHNICAL: { it: 'il parere di regolarità tecnica', en: 'the technical opinion' },
  ACCOUNTING: { it: 'il parere di regolarità contabile', en: 'the accounting opinion' },
  AUDITORS: { it: "il parere dell'organo di revisione", en: "the auditors' opinion" },
};

export const DELIBERATION_STATES: Words<DeliberationState> = {
  NOT_STARTED: { it: 'proposta non ancora inviata', en: 'proposal not sent yet' },
  PROPOSAL_SENT: { it: 'proposta inviata', en: 'proposal sent' },
  OPINIONS_PENDING: { it: 'in attesa dei pareri', en: 'opinions pending' },
  AUDITORS_PENDING: { it: "in attesa del parere dell'organo di revisione", en: "auditors' opinion pending" },
  READY_FOR_COUNCIL: { it: 'pronta per il consiglio', en: 'ready for the council' },
  CONVENED: { it: 'consiglio convocato', en: 'council convened' },
  REJECTED: { it: 'proposta respinta', en: 'proposal rejected' },
  APPROVED: { it: 'delibera approvata', en: 'resolution approved' },
  APPROVED_AMENDED: { it: 'delibera approvata con emendamenti', en: 'resolution approved with amendments' },
  PUBLISHED: { it: 'delibera pubblicata', en: 'resolution published' },
  TRANSMITTED: { it: "delibera trasmessa all'Agenzia", en: 'resolution transmitted to the Agency' },
  ACCEPTED: { it: "delibera accettata dall'Agenzia", en: 'resolution accepted by the Agency' },
  RETURNED: { it: "delibera restituita dall'Agenzia", en: 'resolution returned by the Agency' },
  SUSPENDED_BY_COURT: { it: 'delibera sospesa dal giudice', en: 'resolution suspended by the court' },
  SUSPENDED_BY_BODY: { it: "delibera sospesa dall'ente", en: 'resolution suspended by the body' },
  REVOKED: { it: 'delibera revocata', en: 'resolution revoked' },
  ANNULLED: { it: 'delibera annullata', en: 'resolution annulled' },
  RECTIFIED: { it: 'delibera rettificata', en: 'resolution rectified' },
};

export const SESSION_OUTCOMES: Words<Exclude<SessionOutcome, 'VOTED'>> = {
  POSTPONED: { it: 'il punto è stato rinviato', en: 'the item was postponed' },
  ITEM_WITHDRAWN: { it: 'il punto è stato ritirato', en: 'the item was withdrawn' },
  NOT_REACHED: { it: 'il punto non è stato trattato', en: 'the item was not reached' },
  NO_QUORUM: { it: 'la seduta è andata deserta', en: 'the session had no quorum' },
};

/** Who asked for a session: `dal sindaco`, `by the mayor`. */
export const ASKED_BY: Words<SessionAsker> = {
  MAYOR: { it: 'dal sindaco', en: 'by the mayor' },
  ONE_FIFTH: { it: 'da un quinto dei consiglieri', en: 'by a fifth of the councillors' },
};

/** Who suspended a resolution. */
export const SUSPENDED_BY: Words<Authority> = {
  COURT: { it: 'dal giudice', en: 'by the court' },
  BODY: { it: "dall'ente che l'ha adottata", en: 'by the body that resolved it' },
};

export const FLAG_NAMES: Words<Flag> = {
  ATTESTATION_INCONSISTENT: { it: 'certificato di esecutività anticipato', en: 'executivity certified too early' },
  FREEZE_VIOLATION: { it: 'atto nel periodo elettorale senza motivi di urgenza', en: 'act in the election freeze without reasons of urgency' },
  WRONG_ORGAN: { it: 'organo non competente', en: 'wrong organ' },
  COUNCIL_SUSPENDED: { it: 'consiglio sospeso', en: 'council suspended' },
  COMMISSIONER_TERM_ENDED: { it: 'poteri del commissario cessati', en: "commissioner's powers ended" },
  MAJORITY_NOT_REACHED: { it: 'maggioranza non raggiunta', en: 'majority not reached' },
  RECTIFIED: { it: 'delibera rettificata', en: 'resolution rectified' },
};

/** What a person signs as, or holds by the register. */
export const OFFICES: Words<Office | HeldOffice> = {
  MAYOR: { it: 'sindaco', en: 'mayor' },
  DEPUTY_MAYOR: { it: 'vicesindaco', en: 'deputy mayor' },
  PRESIDENT: { it: 'presidente', en: 'president' },
  COMMISSIONER: { it: 'commissario', en: 'commissioner' },
  MANAGER: { it: 'dirigente', en: 'manager' },
  SECRETARY: { it: 'segretario', en: 'secretary' },
  ASSEMBLY_DELEGATE: { it: 'delegato in assemblea', en: 'delegate in the assembly' },
  METROPOLITAN_MAYOR: { it: 'sindaco metropolitano', en: 'metropolitan mayor' },
  AGENCY_PRESIDENT: { it: "presidente dell'Agenzia", en: 'president of the Agency' },
  AGENCY_DIRECTOR: { it: "direttore dell'Agenzia", en: 'director of the Agency' },
};

/** What ended a convention. */
export const ENDS: Words<EndCode> = {
  WITHDRAWN: { it: 'per recesso', en: 'by withdrawal' },
  EXCLUDED: { it: 'per esclusione', en: 'by exclusion' },
  EXPIRED: { it: 'per scadenza', en: 'by expiry' },
  NO_MANDATE: { it: 'per difetto di mandato', en: 'for lack of mandate' },
};

/** What a member owes the authorities for a breach; with the article, so that they may stand in a sentence. */
export const BREACH_NOTICE_NAMES: Words<BreachNotice> = {
  GARANTE: { it: 'la notifica al Garante (art. 33 GDPR)', en: 'the notification to the Garante (art. 33 GDPR)' },
  ACN_ALERT: { it: "la segnalazione all'ACN (L. 90/2024)", en: 'the alert to the ACN (L. 90/2024)' },
  ACN_NOTIFICATION: { it: "la notifica all'ACN (L. 90/2024)", en: 'the notification to the ACN (L. 90/2024)' },
};

export const RECOGNITION_STATES: Words<RecognitionState> = {
  NOT_STARTED: { it: 'non avviata', en: 'not started' },
  INVITED: { it: 'richiesta', en: 'asked for' },
  IN_PROGRESS: { it: 'in corso', en: 'in progress' },
  SUBMITTED: { it: 'presentata', en: 'submitted' },
  RETURNED: { it: 'restituita', en: 'returned' },
  VALIDATED: { it: 'convalidata', en: 'validated' },
  STALE: { it: 'non più attuale', en: 'stale' },
};

export const DIMENSION_NAMES: Words<Dimension> = {
  DIGITISED_SERVICES: { it: 'servizi digitalizzati', en: 'digitised services' },
  APPLICATIONS: { it: 'applicativi', en: 'applications' },
  DATA_INTEROPERABILITY: { it: 'interoperabilità dei dati', en: 'data interoperability' },
  STAFF_DIGITAL_SKILLS: { it: 'competenze digitali del personale', en: 'digital skills of the staff' },
  PLATFORMS: { it: 'piattaforme', en: 'platforms' },
  INFRASTRUCTURE: { it: 'infrastrutture', en: 'infrastructure' },
  CONNECTIVITY: { it: 'connettività', en: 'connectivity' },
  ORGANISATIONAL_PROCESSES: { it: 'processi organizzativi', en: 'organisational processes' },
};

export const REFERENT_ROLES: Words<ReferentRole> = {
  ICT_REFERENT: { it: 'referente ICT', en: 'ICT referent' },
  RTD: { it: 'RTD', en: 'RTD' },
  DPO: { it: 'DPO', en: 'DPO' },
  CYBER_REFERENT: { it: 'referente per la cybersicurezza', en: 'cybersecurity referent' },
  SECURITY_CONTACT: { it: 'referente per la sicurezza', en: 'security contact' },
  NIS_CONTACT: { it: 'punto di contatto NIS', en: 'NIS contact' },
  CSIRT_CONTACT: { it: 'referente CSIRT', en: 'CSIRT contact' },
  SERVICE_REFERENT: { it: 'referente di servizio', en: 'service referent' },
};

/** What ended an appointment. */
export const APPOINTMENT_ENDS: Words<EndingKind> = {
  REPLACED: { it: "al suo posto è stata nominata un'altra persona", en: 'somebody else was appointed in its place' },
  VACANT: { it: 'il ruolo è stato dichiarato vacante', en: 'the role was declared vacant' },
  EXPIRED: { it: 'non è stata confermata dopo un cambio di mandato', en: 'it was not confirmed after a change of mandate' },
};

export const REFERENT_STATES: Words<ReferentState> = {
  APPOINTED: { it: 'in attesa di accettazione', en: 'not accepted yet' },
  ACTIVE: { it: 'attivo', en: 'active' },
  SUSPENDED: { it: 'sospeso', en: 'suspended' },
  REPLACED: { it: 'sostituito', en: 'replaced' },
  VACANT: { it: 'cessato', en: 'vacant' },
  EXPIRED: { it: 'decaduto', en: 'expired' },
};
