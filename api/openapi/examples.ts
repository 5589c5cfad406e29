/** A body that each operation takes, by its operationId; tests see that the schemas agree. */
export const EXAMPLES: Readonly<Record<string, unknown>> = {
  'codec-decode': { payloads: [{ metadata: { encoding: 'YmluYXJ5L2VuY3J5cHRlZA==', 'encryption-key-id': 'MS0zZmE5YzJkMTA0YmU3N2Fh' }, data: '' }] },
  'subjects-add': { body: 'c_a010', name: 'Ada Rossi', email: 'segreteria@example.org', phone: '+39 02 0000000' },
  'adhesions-open': { body: 'c_a010', policies: { executivity: 'START_EXCLUSIVE' } },
  'adhesion-commands': { type: 'ConfirmReceipt', data: { deliveredAt: '2026-06-01T09:30:00+02:00' } },
  'migration-commands': { type: 'CompleteWorkItem', data: { workItemId: 'enrol-rtd', completedOn: '2026-09-01' } },
  'migration-credentials': {},
  'campaign-commands': { type: 'Pause', data: {} },
  'constitution-commands': { type: 'RecordConference', data: { heldOn: '2026-05-21', minutesNo: '3/2026', sha256: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08' } },
  'constitutions-start': { threshold: 'CONFERENCE_RULE', plan: { CMM_RESOLUTION: { from: '2026-10-01', to: '2026-10-31' } } },
  'campaigns-start': {
    name: 'Avvio delle adesioni', select: { bodies: ['c_a010'] }, action: { kind: 'OPEN_ADHESION' }, pace: { perMinute: 60, parallel: 4 }, stopAfter: 5, dryRun: true,
  },
  'adhesions-import': {
    items: [{
      body: 'c_a010', documents: [{ title: 'Deliberazione C.C. n. 12/2025', protocolNo: '4711/2025' }],
      resolution: { organ: 'COUNCIL', resolutionNo: '12/2025', heldOn: '2025-06-25', textSha256: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08', immediate: false },
      publication: { noticeBoardNo: '88/2025', firstDay: '2025-07-01' }, certificate: { executiveOn: '2025-07-12', certifiedOn: '2025-07-14' }, transmittedAt: '2025-07-15T09:00:00+02:00',
      signature: { office: 'MAYOR', signedAt: '2025-07-21T10:00:00+02:00', form: 'PADES' }, countersignature: { office: 'METROPOLITAN_MAYOR', signedAt: '2025-07-24T10:00:00+02:00', form: 'PADES' },
      registration: { repertoryNo: '7/2025', protocolNo: '900/2025', registeredOn: '2025-07-28', inForceOn: '2025-09-01' },
    }],
    dryRun: true,
  },
  'territory-change-join': {},
  'territory-change-record': {
    type: 'BodiesMerged', on: '2019-02-08', act: { title: 'L.R. Lombardia 4 febbraio 2019, BURL 7 febbraio 2019' }, predecessors: ['c_l768', 'c_m160'],
    successors: [{ ipaCode: 'c_m424', istatCode: '015251', name: 'Vermezzo con Zelo', population: 5773, bodyType: 'COMUNE' }], dryRun: true,
  },
  'forecasts-ask': { seed: 7, runs: 50, days: 200, threshold: 'CONFERENCE_RULE', shift: { delays: [{ body: 'c_a010', days: 30 }] } },
  'catalogue-put': {
    title: { it: 'Sportello digitale facile', en: 'Digital help desk' }, description: { it: 'Aiuto ai cittadini nei servizi online.', en: 'Help for citizens with online services.' },
    source: '002_a2e25662b90904ff.txt', track: 'LIGHT', dependsOn: [], gates: [], windows: { forbidden: [], preferred: 'ANY' }, personalData: 'NONE', cost: { kind: 'FREE' }, active: true,
    plans: [{ id: 'standard', title: { it: 'Standard', en: 'Standard' }, parameters: { type: 'object', properties: { desks: { type: 'integer', minimum: 1, maximum: 20 } }, additionalProperties: false } }],
    fulfilment: { kind: 'MANUAL', workItems: [{ id: 'open-desk', title: { it: 'Aprire lo sportello', en: 'Open the desk' }, after: [] }] },
  },
  'brokers-add': {
    name: 'hosting', url: 'https://broker.example.it', username: 'associa', password: 'una parola segreta',
    services: { APP_HOSTING: { serviceId: '5b1f6a4e-0f0e-4a7c-8a55-3b1f9b7c0001', planIds: { small: '5b1f6a4e-0f0e-4a7c-8a55-3b1f9b7c0002', large: '5b1f6a4e-0f0e-4a7c-8a55-3b1f9b7c0003' } } },
  },
  'view-put': { title: 'In ritardo', filter: { q: '', phase: 'DESIGN', waitingFor: 'ANY', late: true, sort: 'population', descending: true } },
  'visit-put': { cursor: 'MC4w' },
  'calendar-feeds-add': {},
  'webhooks-add': { url: 'https://comune.example.it/associa', types: ['ResolutionAccepted'] },
  'webhook-state': { state: 'PAUSED' },
  'webhook-replay': { after: 'MC4w' },
  'draft-save': { dimensions: { PLATFORMS: { score: 2, evidence: 'ANPR e SUAP attivi' } } },
  'adhesion-migrations-request': { service: 'RTD_COMMUNITY' },
};
