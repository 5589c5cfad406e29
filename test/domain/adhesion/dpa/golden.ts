import type { Expectation } from '../scenario.ts';

export const DPA_GOLDEN = {
  DpaDrafted: { state: { dpa: { draft: { sha256: 'ab'.repeat(32), version: 2 }, signature: null } } },
  DpaSigned: { before: ['DpaDrafted'], state: { dpa: { signature: { signedAt: '2027-06-11T08:00:00Z', version: 3 } } } },
  DpaCountersigned: { before: ['DpaDrafted', 'DpaSigned'], state: { dpa: { countersignature: { inForceOn: '2027-07-01', version: 4 }, inForce: false } } },
  DpaEnteredIntoForce: { before: ['DpaDrafted', 'DpaSigned', 'DpaCountersigned'], state: { dpa: { inForce: true } } },
  DpaVoided: {
    before: ['DpaDrafted', 'DpaSigned', 'DpaCountersigned', 'DpaEnteredIntoForce'],
    state: { dpa: { draft: { version: 2 }, signature: null, countersignature: null, inForce: false, processed: true } },
  },
  DataReturnConfirmed: { before: ['DpaDrafted'], state: { dpa: { dataReturn: { outcome: 'RETURNED', on: '2030-01-20', version: 3 } } } },
} as const satisfies Readonly<Record<string, Expectation>>;
