import type { CaseState } from '../shared/case.ts';
import type { CivilDate, Instant } from '../shared/civil-date.ts';
import type { AdhesionEventData } from './events.ts';
import type { SessionOutcome, Template } from './terms.ts';

/** Counts up with the shape of `AdhesionState`. */
export const ADHESION_STATE_SCHEMA = 1;

/**
 * The facts that stand, each as its event gave it, with the version of that event. States (of the deliberation, of the
 * executivity, of the convention) are not kept: they follow from the facts (see standing.ts), so none can contradict them.
 */
export interface AdhesionState extends CaseState {
  readonly opening: AdhesionEventData['AdhesionOpened'] | null;
  readonly deliberation: Deliberation;
  readonly convention: Convention;
  readonly referents: readonly Referent[];
  readonly migrations: readonly MigrationNote[];
  readonly closure: AdhesionEventData['AdhesionClosed'] | null;
}

/** A fact and the version of the event that brought it (or last corrected it). */
export type Fact<Type extends keyof AdhesionEventData> = AdhesionEventData[Type] & { readonly version: number };

export interface Deliberation {
  /** 0 until the proposal is sent. */
  readonly attempt: number;
  readonly attemptsAllowed: number;
  readonly template: Template | null;
  readonly sending: Sending | null;
  readonly receipt: Fact<'ReceiptConfirmed'> | null;
  readonly opinions: readonly Fact<'OpinionRecorded'>[];
  readonly convocation: Fact<'CouncilConvened'> | null;
  readonly lastSession: LastSession | null;
  readonly rejection: Fact<'ResolutionRejected'> | null;
  readonly adoption: Fact<'ResolutionAdopted'> | null;
  readonly amendment: 'PENDING' | 'FORMAL' | null;
  readonly publication: Fact<'PublicationRecorded'> | null;
  /** How often an executive day was set: names the timer, so that each setting has its own. */
  readonly publicationCount: number;
  readonly ripened: boolean;
  readonly certificate: Fact<'ExecutivityCertified'> | null;
  readonly transmission: Fact<'ResolutionTransmitted'> | null;
  readonly acceptance: Fact<'ResolutionAccepted'> | null;
  readonly returned: Returned | null;
}

export interface Returned extends Fact<'ResolutionReturned'> {
  /** Delivery of the transmission that was returned: the next one is later. */
  readonly deliveredAt: Instant | null;
}

export interface Sending {
  /** Null when the Agency only decided to send again (after an amendment). */
  readonly sentAt: Instant | null;
  /** What the receipt may not precede: the instant of the sending, or the day of the session whose text is sent again. */
  readonly follows: string;
  readonly receiptDueOn: CivilDate | null;
  readonly at: Instant;
}

export interface LastSession {
  readonly heldOn: CivilDate;
  readonly outcome: SessionOutcome;
  readonly at: Instant;
  readonly version: number;
}

export interface Convention {
  readonly signature: Fact<'ConventionSigned'> | null;
  readonly countersignature: Fact<'ConventionCountersigned'> | null;
  /** The last signature that voided it, until it is signed anew. */
  readonly voided: Fact<'ConventionVoided'> | null;
  readonly registration: Fact<'ConventionRegistered'> | null;
  /** How often a first day in force was set: names the timer. */
  readonly registrationCount: number;
  readonly inForce: boolean;
}

export interface Referent extends Fact<'ReferentAppointed'> {
  readonly acceptance: Fact<'AppointmentAccepted'> | null;
}

export interface MigrationNote {
  readonly id: string;
  readonly service: string;
  readonly state: string;
  /** Version of the migration that told this state; 0 until it speaks. */
  readonly asOf: number;
}

export const NO_DELIBERATION: Deliberation = {
  attempt: 0, attemptsAllowed: 0, template: null, sending: null, receipt: null, opinions: [], convocation: null, lastSession: null,
  rejection: null, adoption: null, amendment: null, publication: null, publicationCount: 0, ripened: false, certificate: null,
  transmission: null, acceptance: null, returned: null,
};

const NO_CONVENTION: Convention = {
  signature: null, countersignature: null, voided: null, registration: null, registrationCount: 0, inForce: false,
};

export function initialAdhesion(): AdhesionState {
  return {
    version: 0, parked: [], owed: [], opening: null, deliberation: NO_DELIBERATION, convention: NO_CONVENTION, referents: [],
    migrations: [], closure: null,
  };
}

/** A case that was opened. */
export type OpenedCase = AdhesionState & { readonly opening: AdhesionEventData['AdhesionOpened'] };

export function isOpened(state: AdhesionState): state is OpenedCase {
  return state.opening !== null;
}
