import type { CivilDate, Instant } from '../../shared/civil-date.ts';
import type { Competence } from '../competence.ts';
import type { Fact } from '../event.ts';
import type { DeliberationEventData, ResumedTerms } from './events.ts';
import type { SessionOutcome, Template } from './terms.ts';

/** What the deliberation keeps in the state of the case. */
export interface DeliberationSlice {
  readonly deliberation: Deliberation;
}

export type DeliberationFact<Type extends keyof DeliberationEventData> = Fact<DeliberationEventData[Type]>;

export interface Deliberation {
  /** 0 until the proposal is sent. */
  readonly attempt: number;
  readonly attemptsAllowed: number;
  readonly template: Template | null;
  readonly sending: Sending | null;
  /** Operator whose act the acceptance would rest on, where the two-person rule holds. */
  readonly preparedBy: string | null;
  readonly receipt: DeliberationFact<'ReceiptConfirmed'> | null;
  readonly opinions: readonly DeliberationFact<'OpinionRecorded'>[];
  /** The last one; a session held since has answered it (see `openSessionRequest`). */
  readonly sessionRequest: DeliberationFact<'SessionRequested'> | null;
  readonly convocation: DeliberationFact<'CouncilConvened'> | null;
  readonly lastSession: LastSession | null;
  /** What the last session found, for its correction; null once the next attempt has begun. */
  readonly sessionBefore: Pick<Deliberation, 'convocation' | 'lastSession'> | null;
  readonly rejection: DeliberationFact<'ResolutionRejected'> | null;
  readonly adoption: DeliberationFact<'ResolutionAdopted'> | null;
  readonly amendment: 'PENDING' | 'FORMAL' | null;
  readonly publication: DeliberationFact<'PublicationRecorded'> | null;
  /** Outages of the notice board, in order of arrival; whether one counts follows from all of them together. */
  readonly outages: readonly BoardOutage[];
  /** How often an executive day was set: names the timer, so that each setting has its own. */
  readonly publicationCount: number;
  readonly ripened: boolean;
  readonly certificate: DeliberationFact<'ExecutivityCertified'> | null;
  readonly transmission: DeliberationFact<'ResolutionTransmitted'> | null;
  readonly acceptance: DeliberationFact<'ResolutionAccepted'> | null;
  readonly returned: Returned | null;
  /** The suspension in force; null again once it is lifted. */
  readonly suspension: DeliberationFact<'ResolutionSuspended'> | null;
  /** The end of the last suspension. */
  readonly lifted: DeliberationFact<'SuspensionLifted'> | null;
  /** What that end found, for its correction; null once the next attempt has begun, and in states of before it was kept. */
  readonly liftedBefore: LiftedBefore | null;
  readonly revocation: DeliberationFact<'ResolutionRevoked'> | null;
  readonly annulment: DeliberationFact<'ResolutionAnnulled'> | null;
  readonly rectifications: readonly DeliberationFact<'ResolutionRectified'>[];
  /** Of a body that is no comune: what differs by its competence. */
  readonly ownRules?: Pick<Competence, 'opinions' | 'executive'>;
}

export interface BoardOutage {
  readonly day: CivilDate;
  readonly hoursDown: number;
  readonly version: number;
}

/** The suspension, the end of the one before it, and the last days that were owed. */
export interface LiftedBefore extends Pick<Deliberation, 'suspension' | 'lifted'> {
  readonly dueOn: ResumedTerms;
}

export interface Returned extends DeliberationFact<'ResolutionReturned'> {
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
  /** Version of the event; null for the mere decision to send again (and in snapshots of before 2026.2, absent). */
  readonly version?: number | null;
}

export interface LastSession {
  readonly heldOn: CivilDate;
  readonly outcome: SessionOutcome;
  /** Left out where the item was moved to no day, so that older states stay as they are kept. */
  readonly newSessionOn?: CivilDate;
  readonly at: Instant;
  readonly version: number;
}

export const NO_DELIBERATION: Deliberation = {
  attempt: 0, attemptsAllowed: 0, template: null, sending: null, preparedBy: null, receipt: null, opinions: [], sessionRequest: null, convocation: null, lastSession: null, sessionBefore: null,
  rejection: null, adoption: null, amendment: null, publication: null, outages: [], publicationCount: 0, ripened: false, certificate: null,
  transmission: null, acceptance: null, returned: null, suspension: null, lifted: null, liftedBefore: null, revocation: null, annulment: null,
  rectifications: [],
};

export const EMPTY_DELIBERATION: DeliberationSlice = { deliberation: NO_DELIBERATION };
