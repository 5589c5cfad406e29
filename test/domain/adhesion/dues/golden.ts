import type { Expectation } from '../scenario.ts';

export const DUES_GOLDEN = {
  DueDeclared: { state: { dues: [{ dueNo: '12/2030', kind: 'INVESTMENT', amountCents: 1_234_556, settlement: null, version: 2 }] } },
  DueSettled: { before: ['DueDeclared'], state: { dues: [{ dueNo: '12/2030', version: 2, settlement: { outcome: 'PAID', on: '2030-02-01', version: 3 } }] } },
} as const satisfies Readonly<Record<string, Expectation>>;
