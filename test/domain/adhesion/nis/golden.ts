import type { Expectation } from '../scenario.ts';

export const NIS_GOLDEN = {
  NisDutyDone: { state: { nisDuties: [{ duty: 'UPDATE', year: 2027, late: true, version: 2 }] } },
} as const satisfies Readonly<Record<string, Expectation>>;
