import type { Expectation } from '../scenario.ts';

export const MEMBERSHIP_GOLDEN = {
  RenewalOpened: { state: { membership: { renewal: { term: { endsOn: '2029-11-30' }, version: 2 } } } },
  WithdrawalNoticeGiven: { state: { membership: { withdrawal: { ground: 'NOTICE', effectOn: '2030-12-31', version: 2 }, withdrawalCount: 1 } } },
  MemberWithdrawn: { before: ['WithdrawalNoticeGiven'], state: { membership: { end: { code: 'WITHDRAWN', on: '2030-12-31' } } } },
  ExclusionPrepared: { state: { membership: { preparation: { assemblyActNo: '4/2027', preparedBy: 's-operator', version: 2 }, exclusion: null, end: null } } },
  MemberExcluded: { state: { membership: { exclusion: { assemblyActNo: '4/2027', version: 2 }, end: { code: 'EXCLUDED', on: '2027-07-15' } } } },
  ConventionExpired: { state: { membership: { end: { code: 'EXPIRED', on: '2029-11-30' } } } },
  ExpiryTakenBack: { before: ['ConventionExpired'], state: { membership: { end: null } } },
  SuccessorNoted: { before: ['ConventionExpired'], state: { membership: { successor: 'c_a010-2', end: { code: 'EXPIRED' } } } },
  RegulationAdopted: { state: { membership: { regulations: [{ kind: 'ICT_SERVICES', actNo: '9/2027', version: 2 }] } } },
} as const satisfies Readonly<Record<string, Expectation>>;
