import type { CivilDate, Instant } from '../../shared/civil-date.ts';

/** A run that moves the data: tried out, or for good. */
export const RUN_KINDS = ['REHEARSAL', 'FINAL'] as const;
export type RunKind = (typeof RUN_KINDS)[number];
export const RUN_OUTCOMES = ['SUCCEEDED', 'FAILED'] as const;
export type RunOutcome = (typeof RUN_OUTCOMES)[number];

/** Runs that one migration may record between its plan and its cutover. */
export const MOST_RUNS = 100;
/** Sets of data counted in one run. */
export const MOST_SETS = 100;
/** Name of a set of data, and of a format: a code, since both stay in events. */
export const CODE = /^[A-Z][A-Z0-9_.-]{0,39}$/;

/** How many records of a set there are in the old system and how many arrived. */
export interface CountOfSet {
  readonly set: string;
  readonly source: number;
  readonly target: number;
}

/** Evidence that the old data can be got back. */
export interface Backup {
  readonly verifiedOn: CivilDate;
  /** Digest of the report of the check. */
  readonly sha256: string;
}

/** The notice to who runs the old system. */
export interface VendorNotice {
  readonly deliveredOn: CivilDate;
  readonly protocolNo: string;
}

/** In which format the old system gives its data. */
export interface ExportFormat {
  readonly format: string;
  readonly agreedOn: CivilDate;
  /** Digest of the agreement. */
  readonly sha256: string;
}

/** Offices that sign an acceptance record. */
export const AGENCY_OFFICES = ['AGENCY_PRESIDENT', 'AGENCY_DIRECTOR', 'AGENCY_MANAGER'] as const;
export const COMUNE_OFFICES = ['MAYOR', 'COMMISSIONER', 'MANAGER', 'SECRETARY', 'ICT_REFERENT', 'SERVICE_REFERENT'] as const;

/** A signature under the acceptance record; who it is stands with the subject. */
export interface RecordSignature<Office extends string> {
  readonly office: Office;
  readonly signer: string;
  readonly signedAt: Instant;
}

/** Defects that the record finds open, by severity: 1 stops the service, 2 hinders it, 3 does neither. */
export interface OpenDefects {
  readonly severity1: number;
  readonly severity2: number;
  readonly severity3: number;
}
