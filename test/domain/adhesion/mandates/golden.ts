import type { Expectation } from '../scenario.ts';

export const MANDATES_GOLDEN = {
  MandateChanged: { state: { mandates: [{ kind: 'MAYOR_CHANGED', on: '2027-06-08', version: 2 }] } },
  ConfirmationLapsed: { before: ['MandateChanged'], state: { lapses: [{ change: 2, from: '2027-08-08', fillBy: '2027-09-07', version: 3 }] } },
} as const satisfies Readonly<Record<string, Expectation>>;
