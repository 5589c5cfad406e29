/** A body that each operation takes, by its operationId; tests see that the schemas agree. */
export const EXAMPLES: Readonly<Record<string, unknown>> = {
  'codec-decode': { payloads: [{ metadata: { encoding: 'YmluYXJ5L2VuY3J5cHRlZA==', 'encryption-key-id': 'MS0zZmE5YzJkMTA0YmU3N2Fh' }, data: '' }] },
  'subjects-add': { body: 'c_a010', name: 'Ada Rossi', email: 'segreteria@example.org', phone: '+39 02 0000000' },
  'adhesions-open': { body: 'c_a010', policies: { executivity: 'START_EXCLUSIVE' } },
  'adhesion-commands': { type: 'ConfirmReceipt', data: { deliveredAt: '2026-06-01T09:30:00+02:00' } },
  'migration-commands': { type: 'CompleteWorkItem', data: { workItemId: 'enrol-rtd', completedOn: '2026-09-01' } },
  'view-put': { title: 'In ritardo', filter: { q: '', phase: 'DESIGN', waitingFor: 'ANY', late: true, sort: 'population', descending: true } },
  'visit-put': { cursor: 'MC4w' },
  'calendar-feeds-add': {},
  'webhooks-add': { url: 'https://comune.example.it/associa', types: ['ResolutionAccepted'] },
  'webhook-state': { state: 'PAUSED' },
  'webhook-replay': { after: 'MC4w' },
  'draft-save': { dimensions: { PLATFORMS: { score: 2, evidence: 'ANPR e SUAP attivi' } } },
  'adhesion-migrations-request': { service: 'RTD_COMMUNITY' },
};
