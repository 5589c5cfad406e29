import type { Expectation } from '../scenario.ts';

/** What each stored event after the first version makes of the state that the ones before it left. */
export const DELIBERATION_GOLDEN = {
  ResolutionSuspended: { before: ['ResolutionAdopted'], state: { deliberation: { suspension: { by: 'COURT', from: '2026-09-10', version: 3 } } } },
  SuspensionLifted: { before: ['ResolutionAdopted', 'ResolutionSuspended'], state: { deliberation: { suspension: null } } },
  ResolutionRevoked: { before: ['ResolutionAdopted'], state: { deliberation: { revocation: { actNo: '60/2026', on: '2026-10-01', version: 3 } } } },
  ResolutionAnnulled: { before: ['ResolutionAdopted'], state: { deliberation: { annulment: { actNo: '2400/2026', by: 'COURT', version: 3 } } } },
} as const satisfies Readonly<Record<string, Expectation>>;
