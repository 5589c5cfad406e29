/** Data that the commands take. */
export const OPERATION_VALID = {
  ReportDefect: [{ defectNo: 'INC-17', severity: 1, reportedAt: '2026-11-08T08:00:00Z' }, { defectNo: 'INC-18', severity: 3, reportedAt: '2026-11-08T08:00:00Z', description: 'No print' }],
  ResolveDefect: [{ defectNo: 'INC-17', resolvedAt: '2026-11-08T10:00:00Z' }, { defectNo: 'INC-17', resolvedAt: '2026-11-08T10:00:00Z', resolution: 'A patch' }],
} as const;

/** Data that they refuse, each with what is wrong. */
export const OPERATION_INVALID = [
  ['ReportDefect', 'a severity that there is not', { defectNo: 'INC-17', severity: 4, reportedAt: '2026-11-08T08:00:00Z' }],
  ['ReportDefect', 'no number', { defectNo: ' ', severity: 1, reportedAt: '2026-11-08T08:00:00Z' }],
  ['ResolveDefect', 'a day for an instant', { defectNo: 'INC-17', resolvedAt: '2026-11-08' }],
] as const;
