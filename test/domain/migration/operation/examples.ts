/** Data that the commands take. */
export const OPERATION_VALID = {
  ReportDefect: [{ defectNo: 'INC-17', severity: 1, reportedAt: '2026-11-08T08:00:00Z' }, { defectNo: 'INC-18', severity: 3, reportedAt: '2026-11-08T08:00:00Z', description: 'No print' }],
  EndHypercare: [{ endedOn: '2026-12-07', trainingDoneOn: '2026-11-20' }],
  Decommission: [
    { oldContractEndedOn: '2027-01-31' },
    { oldData: { fate: 'PRESERVED', on: '2027-02-01', certificateSha256: 'ab'.repeat(32) }, records: { preservedOn: '2027-02-02', reportSha256: 'ab'.repeat(32) } },
  ],
  RetireService: [{ decidedOn: '2027-03-01', reasons: 'Nobody uses it' }],
  ReturnData: [{ returnedOn: '2027-03-02', format: 'CSV', receipt: { receivedOn: '2027-03-03', protocolNo: '12/2027', sha256: 'ab'.repeat(32) } }],
  CertifyDeletion: [{ deletedOn: '2027-03-10', certificateSha256: 'ab'.repeat(32) }],
  ResolveDefect: [{ defectNo: 'INC-17', resolvedAt: '2026-11-08T10:00:00Z' }, { defectNo: 'INC-17', resolvedAt: '2026-11-08T10:00:00Z', resolution: 'A patch' }],
} as const;

/** Data that they refuse, each with what is wrong. */
export const OPERATION_INVALID = [
  ['ReportDefect', 'a severity that there is not', { defectNo: 'INC-17', severity: 4, reportedAt: '2026-11-08T08:00:00Z' }],
  ['ReportDefect', 'no number', { defectNo: ' ', severity: 1, reportedAt: '2026-11-08T08:00:00Z' }],
  ['EndHypercare', 'no training', { endedOn: '2026-12-07' }],
  ['Decommission', 'nothing done', {}],
  ['Decommission', 'a fate that there is not', { oldData: { fate: 'LOST', on: '2027-02-01', certificateSha256: 'ab'.repeat(32) } }],
  ['RetireService', 'no reasons', { decidedOn: '2027-03-01' }],
  ['ReturnData', 'no receipt', { returnedOn: '2027-03-02', format: 'CSV' }],
  ['CertifyDeletion', 'no certificate', { deletedOn: '2027-03-10' }],
  ['ResolveDefect', 'a day for an instant', { defectNo: 'INC-17', resolvedAt: '2026-11-08' }],
] as const;
