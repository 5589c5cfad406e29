import type { Expectation } from '../scenario.ts';

export const MANDATES_GOLDEN = {
  MandateChanged: { state: { mandates: [{ kind: 'MAYOR_CHANGED', on: '2027-06-08', version: 2 }] } },
} as const satisfies Readonly<Record<string, Expectation>>;
