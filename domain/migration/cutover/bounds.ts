export const CUTOVER_OUTCOMES = ['SUCCEEDED', 'FAILED'] as const;
export type CutoverOutcome = (typeof CUTOVER_OUTCOMES)[number];

/** Longest window of a cutover, in hours: a week. */
export const MOST_WINDOW_HOURS = 168;
/** Weeks from now of which the view lists the forbidden windows. */
export const WEEKS_AHEAD = 8;
