import type { Expectation } from '../scenario.ts';

/** What each stored event after the first version makes of the state that the ones before it left. */
export const DELIBERATION_GOLDEN = {
  SessionRequested: { state: { deliberation: { sessionRequest: { by: 'ONE_FIFTH', on: '2026-07-01', sessionDueOn: '2026-07-21', version: 2 } } } },
  BoardOutageRecorded: {
    before: ['PublicationRecorded', 'ExecutivityRipened', 'ExecutivityCertified', 'ResolutionAccepted'],
    state: {
      deliberation: {
        outages: [{ day: '2026-07-20', hoursDown: 14, version: 6 }], publicationCount: 2, ripened: false, acceptance: null,
        publication: { firstDay: '2026-07-13', publicationEndsOn: '2026-07-28', executiveOn: '2026-07-25', version: 2 },
        certificate: { executiveOn: '2026-07-24', consistent: false, gateOpensAt: null, version: 4 },
      },
    },
  },
  ResolutionRectified: {
    before: ['ResolutionAdopted', 'PublicationRecorded', 'ResolutionTransmitted'],
    state: {
      deliberation: {
        rectifications: [{ actNo: '70/2026', substantial: true, version: 5 }], publication: null, transmission: null, adoption: { publicationDueOn: '2026-09-07' },
      },
    },
  },
  ResolutionSuspended: { before: ['ResolutionAdopted'], state: { deliberation: { suspension: { by: 'COURT', from: '2026-09-10', version: 3 } } } },
  SuspensionLifted: { before: ['ResolutionAdopted', 'ResolutionSuspended'], state: { deliberation: { suspension: null } } },
  ResolutionRevoked: { before: ['ResolutionAdopted'], state: { deliberation: { revocation: { actNo: '60/2026', on: '2026-10-01', version: 3 } } } },
  ResolutionAnnulled: { before: ['ResolutionAdopted'], state: { deliberation: { annulment: { actNo: '2400/2026', by: 'COURT', version: 3 } } } },
} as const satisfies Readonly<Record<string, Expectation>>;
