import type { CalendarVersion } from '../calendar/holidays.ts';
import type { PolicyVersion } from './policies.ts';

export type OpinionKind = 'TECHNICAL' | 'ACCOUNTING' | 'AUDITORS';
export type OpinionOutcome = 'FAVOURABLE' | 'UNFAVOURABLE';
export type Urgency = 'ORDINARY' | 'EXTRAORDINARY' | 'URGENT';
/** Organs that can adopt the resolution (art. 42 TUEL; a commissioner acts with the powers of the council). */
export type Organ = 'COUNCIL' | 'COMMISSIONER';
export type SessionOutcome = 'VOTED' | 'POSTPONED' | 'ITEM_WITHDRAWN' | 'NOT_REACHED' | 'NO_QUORUM';
export type Office =
  | 'MAYOR' | 'DEPUTY_MAYOR' | 'COMMISSIONER' | 'MANAGER' | 'SECRETARY' | 'METROPOLITAN_MAYOR' | 'AGENCY_PRESIDENT' | 'AGENCY_DIRECTOR';
export type SignatureForm = 'PADES' | 'CADES' | 'ADVANCED' | 'HANDWRITTEN' | 'SCANNED';
export type ReferentRole =
  | 'ICT_REFERENT' | 'RTD' | 'DPO' | 'CYBER_REFERENT' | 'SECURITY_CONTACT' | 'NIS_CONTACT' | 'CSIRT_CONTACT' | 'SERVICE_REFERENT';

/** The text that every council must approve unchanged. */
export interface Template {
  readonly id: string;
  readonly version: number;
  readonly sha256: string;
}

/** The versions that a computed date comes from. */
export interface Basis {
  readonly policyVersion: PolicyVersion;
  readonly calendarVersion: CalendarVersion;
}

export type DeliberationState =
  | 'NOT_STARTED' | 'PROPOSAL_SENT' | 'OPINIONS_PENDING' | 'AUDITORS_PENDING' | 'READY_FOR_COUNCIL' | 'CONVENED' | 'REJECTED'
  | 'APPROVED' | 'APPROVED_AMENDED' | 'PUBLISHED' | 'TRANSMITTED' | 'ACCEPTED' | 'RETURNED';
export type Executivity = 'NONE' | 'PENDING' | 'IMMEDIATE' | 'EXECUTIVE';
export type ConventionState =
  | 'DRAFT' | 'READY_TO_SIGN' | 'SIGNED_BY_MEMBER' | 'COUNTERSIGNED' | 'REGISTERED' | 'IN_FORCE' | 'VOID';
export type ReferentState = 'APPOINTED' | 'ACTIVE';
export type Phase = 'RECOGNITION' | 'DESIGN' | 'IMPLEMENTATION' | 'MANAGEMENT' | 'CLOSED';
export type Flag = 'ATTESTATION_INCONSISTENT' | 'MAJORITY_NOT_REACHED';
