import type { CivilDate, Instant } from '../shared/civil-date.ts';
import type { TextRef } from '../shared/text-ref.ts';
import type { Authority } from './legal-form.ts';
import type { Gate, Period } from './plan.ts';
import type { Threshold } from './threshold.ts';

export const ORGANS = ['BOARD_OF_DIRECTORS', 'AUDITOR'] as const;
/** The board of directors (CdA) and the auditor (revisore). */
export type Organ = (typeof ORGANS)[number];

export const DECISIONS = ['EXTEND', 'PROCEED_WITH_THRESHOLD', 'STOP'] as const;
export type MilestoneDecision = (typeof DECISIONS)[number];

/** What an authority of art. 5 D.Lgs. 175/2016 answered. */
export const AUTHORITY_ANSWERS = ['FAVOURABLE', 'UNFAVOURABLE'] as const;
export type AuthorityAnswer = (typeof AUTHORITY_ANSWERS)[number];

/** The conference of the mayors that was shown the project. */
export interface Conference {
  readonly heldOn: CivilDate;
  readonly minutesNo: string;
  readonly sha256: string;
}

/** The certified receipt of the acts by a comune; `window`: its own, where it came after the gate's end. */
export interface Receipt {
  readonly body: string;
  readonly receivedOn: CivilDate;
  readonly window: Period | null;
}

export interface MetropolitanResolution {
  readonly resolutionNo: string;
  readonly adoptedOn: CivilDate;
  readonly sha256: string;
  readonly immediate: boolean;
  /** The day of adoption where it is immediately executable; else null until its publication is known. */
  readonly executiveOn: CivilDate | null;
}

export interface MetropolitanPublication {
  readonly noticeBoardNo: string;
  readonly firstDay: CivilDate;
  readonly publicationEndsOn: CivilDate;
  readonly executiveOn: CivilDate;
}

/** The act that sets up a company, before an authority. */
export interface Submission {
  readonly authority: Authority;
  readonly protocolNo: string;
  readonly sentOn: CivilDate;
  /** Last day for the answer of the Corte dei conti; null where none is waited for. */
  readonly answerDueOn: CivilDate | null;
}

export interface Answered {
  readonly authority: Authority;
  readonly answer: AuthorityAnswer;
  readonly actNo: string;
  readonly on: CivilDate;
  /** Why the constitution goes on against an answer that was not favourable. */
  readonly reasons: TextRef | null;
}

/** The constitutive act, with which the convention is concluded. */
export interface Deed {
  readonly repertoryNo: string;
  readonly signedOn: CivilDate;
  readonly sha256: string;
}

export interface Appointment {
  readonly organ: Organ;
  readonly actNo: string;
  readonly actOn: CivilDate;
}

export interface Acceptance {
  readonly organ: Organ;
  readonly acceptedOn: CivilDate;
}

export interface Budget {
  readonly actNo: string;
  readonly preparedOn: CivilDate;
  readonly year: number;
  readonly sha256: string;
}

export interface AuditorsReport {
  readonly reportNo: string;
  readonly on: CivilDate;
  readonly outcome: AuthorityAnswer;
  readonly sha256: string;
}

/** A comune that was too late for the constitution, taken in by the assembly. */
export interface LateMember {
  readonly body: string;
  readonly assemblyActNo: string;
  readonly on: CivilDate;
}

export interface Decided {
  readonly gate: Gate;
  readonly decision: MilestoneDecision;
  /** The day until which it is extended; null for the other decisions. */
  readonly to: CivilDate | null;
  /** The threshold with which the path goes on, where it is another one. */
  readonly threshold: Threshold | null;
  readonly reasons: TextRef | null;
  readonly at: Instant;
}
