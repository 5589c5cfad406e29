import { daysBetween, type CivilDate } from '../shared/civil-date.ts';

/** The gates of the Agency's path to its constitution, in their order. */
export const GATES = [
  'PROJECT_SHOWN', 'TEMPLATES_SENT', 'MUNICIPAL_RESOLUTIONS', 'CMM_RESOLUTION', 'CONSTITUTED', 'BOARD_APPOINTED', 'FIRST_BUDGET_PREPARED',
] as const;
export type Gate = (typeof GATES)[number];

/** Civil dates, both included. A target of the programme is never rolled: it is on time until 24:00 in Rome of `to`, a Sunday or not. */
export interface Period {
  readonly from: CivilDate;
  readonly to: CivilDate;
}

export type Plan = Readonly<Record<Gate, Period>>;

/** What follows when a gate is not reached by its end: a word only, a later window for each comune, or a decision of the operator. */
export type IfMissed = 'WARN' | 'OWN_WINDOW' | 'DECIDE';

/** The programme that was made public on 13 May 2026: the conference on 21 May (14:30), the first budget prepared in January 2027. */
export const PUBLISHED_PLAN: Plan = {
  PROJECT_SHOWN: { from: '2026-05-21', to: '2026-05-21' },
  TEMPLATES_SENT: { from: '2026-05-21', to: '2026-05-31' },
  MUNICIPAL_RESOLUTIONS: { from: '2026-06-01', to: '2026-07-31' },
  CMM_RESOLUTION: { from: '2026-10-01', to: '2026-10-31' },
  CONSTITUTED: { from: '2026-11-01', to: '2026-11-30' },
  BOARD_APPOINTED: { from: '2026-12-01', to: '2026-12-31' },
  FIRST_BUDGET_PREPARED: { from: '2027-01-01', to: '2027-01-31' },
};

const IF_MISSED: Readonly<Record<Gate, IfMissed>> = {
  PROJECT_SHOWN: 'WARN', TEMPLATES_SENT: 'OWN_WINDOW', MUNICIPAL_RESOLUTIONS: 'DECIDE', CMM_RESOLUTION: 'DECIDE',
  CONSTITUTED: 'DECIDE', BOARD_APPOINTED: 'DECIDE', FIRST_BUDGET_PREPARED: 'DECIDE',
};

export function ifMissed(gate: Gate): IfMissed {
  return IF_MISSED[gate];
}

/** The gates that come after one, in order: what a missed gate puts in doubt. */
export function gatesAfter(gate: Gate): readonly Gate[] {
  return GATES.slice(GATES.indexOf(gate) + 1);
}

/** Days of a period, both ends included. */
export function lengthOf({ from, to }: Period): number {
  return daysBetween(from, to) + 1;
}

/** The first gate whose end lies before that of a gate before it, or before its own beginning; undefined: the plan is in order. */
export function outOfOrder(plan: Plan): Gate | undefined {
  return GATES.find((gate, place) => {
    const { from, to } = plan[gate];
    const before = GATES[place - 1];
    return to < from || (before !== undefined && to < plan[before].to);
  });
}
