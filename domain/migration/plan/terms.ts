import type { CivilDate } from '../../shared/civil-date.ts';

/** Class of the data by the ACN's regulation of cloud services, and the level of qualification of the cloud. */
export const DATA_CLASSES = ['ORDINARY', 'CRITICAL', 'STRATEGIC'] as const;
export type DataClass = (typeof DATA_CLASSES)[number];
export const CLOUD_LEVELS = ['QC1', 'QC2', 'QC3', 'QC4'] as const;
export type CloudLevel = (typeof CLOUD_LEVELS)[number];

/** The days that a plan names; those of stages that the service does not pass are not asked for. */
export interface PlannedDates {
  readonly provisioningOn: CivilDate;
  readonly dataMigrationOn: CivilDate | null;
  readonly cutoverOn: CivilDate;
}
