/** 1: the service cannot be used. 2: it can be used in part. 3: it can be used. */
export const SEVERITIES = [1, 2, 3] as const;
export type Severity = (typeof SEVERITIES)[number];

/** What becomes of the data that the old system holds. */
export const OLD_DATA_FATES = ['DELETED', 'PRESERVED'] as const;
export type OldDataFate = (typeof OLD_DATA_FATES)[number];

/** Defects that one migration may record between its plan and its end. */
export const MOST_DEFECTS = 500;
