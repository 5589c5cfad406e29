import type { AdhesionEventData } from '../../domain/adhesion/events.ts';
import type { MigrationEvent } from '../../domain/migration/index.ts';
import type { CaseEvent } from '../../domain/shared/case.ts';
import type { Pair } from './say.ts';

/** What happened, in a few words. */
export const EVENTS: Readonly<Record<keyof AdhesionEventData | MigrationEvent['type'] | CaseEvent['type'], Pair>> = {
  AdhesionOpened: ['Pratica avviata', 'Case opened'], AdhesionClosed: ['Pratica chiusa', 'Case closed'], FactCorrected: ['Fatto corretto', 'Fact corrected'],
  RecognitionInvited: ['Ricognizione richiesta', 'Recognition asked for'], RecognitionSubmitted: ['Ricognizione presentata', 'Recognition submitted'], RecognitionReturned: ['Ricognizione restituita', 'Recognition returned'],
  RecognitionValidated: ['Ricognizione convalidata', 'Recognition validated'], RecognitionWentStale: ['Ricognizione non più attuale', 'Recognition went stale'],
  ProposalSent: ['Proposta inviata', 'Proposal sent'], ProposalResubmitted: ['Proposta ripresentata', 'Proposal sent again'], ReceiptConfirmed: ['Consegna PEC confermata', 'Delivery confirmed'],
  OpinionRecorded: ['Parere registrato', 'Opinion recorded'], SessionRequested: ['Convocazione richiesta', 'Session asked for'], CouncilConvened: ['Consiglio convocato', 'Council convened'],
  SessionHeldWithoutVote: ['Seduta senza voto', 'Session without a vote'], ResolutionAdopted: ['Delibera approvata', 'Resolution adopted'], ResolutionRejected: ['Proposta respinta', 'Proposal rejected'],
  FurtherAttemptAllowed: ['Altro tentativo consentito', 'Further attempt allowed'], AmendmentAccepted: ['Emendamento accettato come formale', 'Amendment accepted as formal'], AmendmentResubmitted: ["Proposta ripresentata dopo l'emendamento", 'Proposal sent again after the amendment'],
  PublicationRecorded: ["Pubblicazione all'albo registrata", 'Publication recorded'], BoardOutageRecorded: ["Interruzione dell'albo registrata", 'Outage of the board recorded'], ExecutivityRipened: ['Delibera divenuta esecutiva', 'Resolution became executive'],
  ExecutivityCertified: ['Esecutività certificata', 'Executivity certified'], ResolutionTransmitted: ["Delibera trasmessa all'Agenzia", 'Resolution sent to the Agency'], ResolutionAccepted: ['Delibera accettata', 'Resolution accepted'],
  ResolutionReturned: ['Delibera restituita', 'Resolution returned'], ResolutionSuspended: ['Delibera sospesa', 'Resolution suspended'], SuspensionLifted: ['Sospensione cessata', 'Suspension lifted'], ResolutionRevoked: ['Delibera revocata', 'Resolution revoked'],
  ResolutionAnnulled: ['Delibera annullata', 'Resolution annulled'], ResolutionRectified: ['Delibera rettificata', 'Resolution rectified'],
  BudgetCoverRecorded: ['Copertura finanziaria registrata', 'Budget cover recorded'], ConventionSigned: ['Convenzione firmata dal Comune', 'Convention signed by the comune'], ConventionCountersigned: ["Convenzione firmata dall'Agenzia", 'Convention signed by the Agency'],
  ConventionVoided: ['Firma nulla', 'Signature void'], ConventionRegistered: ['Convenzione repertoriata', 'Convention registered'], ConventionEnteredIntoForce: ['Convenzione in vigore', 'Convention in force'], ConventionExpired: ['Convenzione scaduta', 'Convention expired'],
  AmendmentResolved: ['Modifica della convenzione deliberata', 'Amendment resolved'], AddendumSigned: ['Atto aggiuntivo firmato', 'Addendum signed'], AddendumConcluded: ['Atto aggiuntivo concluso', 'Addendum concluded'], AddendumVoided: ["Firma dell'atto aggiuntivo nulla", 'Addendum void'], ServicesAmended: ['Servizi modificati', 'Services amended'],
  DpaDrafted: ['Accordo sui dati inviato', 'Data agreement sent'], DpaSigned: ['Accordo sui dati firmato dal Comune', 'Data agreement signed by the comune'], DpaCountersigned: ["Accordo sui dati firmato dall'Agenzia", 'Data agreement signed by the Agency'],
  DpaEnteredIntoForce: ['Accordo sui dati in vigore', 'Data agreement in force'], DataReturnConfirmed: ['Restituzione dei dati confermata', 'Return of the data confirmed'],
  SubprocessorNotified: ['Sub-responsabile comunicato', 'Sub-processor notified'], SubprocessorObjected: ['Opposizione a un sub-responsabile', 'Objection to a sub-processor'], ObjectionTermEnded: ["Termine per l'opposizione scaduto", 'Time to object ended'], SubprocessorWithdrawn: ['Rinuncia a un sub-responsabile', 'Sub-processor given up'],
  BreachReported: ['Violazione di dati registrata', 'Breach recorded'], BreachNotifiedToMember: ['Violazione comunicata al Comune', 'Comune told of the breach'], BreachNotifiedToAuthority: ["Violazione notificata all'autorità", 'Breach notified to the authority'], BreachNoticeWaived: ['Notifica di una violazione non dovuta', 'Notice of a breach not due'],
  ReferentAppointed: ['Referente nominato', 'Referent appointed'], AppointmentAccepted: ['Nomina accettata', 'Appointment accepted'], ReferentReplaced: ['Referente sostituito', 'Referent replaced'], ReferentSuspended: ['Referente sospeso', 'Referent suspended'],
  ReferentsConfirmed: ['Referenti confermati', 'Referents confirmed'], VacancyDeclared: ['Ruolo vacante', 'Role vacant'], VacancyBecameLong: ['Vacanza prolungata', 'Vacancy became long'], ConfirmationLapsed: ['Conferma dei referenti mancata', 'Confirmation lapsed'],
  MandateChanged: ['Cambio di mandato', 'Mandate changed'], MigrationRequested: ['Servizio richiesto', 'Service requested'], MigrationNoted: ['Avanzamento di un servizio', 'Progress of a service'],
  ProvisioningStarted: ['Attivazione avviata', 'Provisioning began'], WorkItemCompleted: ['Attività completata', 'Work item done'], ServiceDelivered: ['Servizio in esercizio', 'Service in operation'],
  MigrationCancelled: ['Richiesta del servizio annullata', 'Request of the service cancelled'], MigrationClosed: ['Servizio chiuso', 'Service closed'],
  RegulationAdopted: ['Regolamento adottato', 'Regulation adopted'], RenewalOpened: ['Rinnovo aperto', 'Renewal opened'], WithdrawalNoticeGiven: ['Preavviso di recesso', 'Notice of withdrawal'], MemberWithdrawn: ['Recesso efficace', 'Member withdrawn'],
  ExclusionPrepared: ['Esclusione predisposta', 'Exclusion prepared'], MemberExcluded: ['Comune escluso', 'Member excluded'], ExpiryTakenBack: ['Scadenza ritirata', 'Expiry taken back'], SuccessorNoted: ['Si apre la pratica successiva', 'The next case begins'], ReminderDue: ['Promemoria', 'Reminder'],
  FactParked: ['Fatto tenuto in attesa del suo turno', 'Fact kept until its turn'], ParkedFactApplied: ['Fatto in attesa applicato', 'Parked fact applied'], ParkedFactRefused: ['Fatto in attesa rifiutato', 'Parked fact refused'],
  FactWithdrawn: ['Fatto in attesa ritirato', 'Parked fact withdrawn'], FactRefused: ['Fatto rifiutato', 'Fact refused'], EffectCompleted: ['Comunicazione eseguita', 'Effect completed'],
};
