import type { Expectation } from '../scenario.ts';

export const REFERENTS_GOLDEN = {
  ReferentReplaced: {
    before: ['ReferentAppointed'],
    state: { referents: [{ appointmentId: 'ref-1' }, { appointmentId: 'ref-2', replaces: 'ref-1', fillBy: '2026-10-31', associated: true, acceptance: null, version: 3 }] },
  },
  ReferentSuspended: { state: { tenure: { suspensions: [{ appointmentId: 'ref-1', from: '2026-10-01', version: 2 }] } } },
  VacancyDeclared: { state: { tenure: { vacancies: [{ role: 'RTD', from: '2026-10-01', appointmentId: 'ref-1', fillBy: '2026-10-31', version: 2 }] } } },
  ReferentsConfirmed: { state: { tenure: { confirmations: [{ appointmentIds: ['ref-1'], at: '2027-06-10T08:00:00Z', version: 2 }] } } },
  RtdPublishedOnIpa: { state: { rtdOnIpa: [{ appointmentId: 'ref-1', on: '2027-07-01', version: 2 }] } },
  VacancyBecameLong: { state: { tenure: { longVacancies: [{ role: 'RTD', since: '2026-10-01', version: 2 }] } } },
} as const satisfies Readonly<Record<string, Expectation>>;
