import { CUT, GO, WEEKEND } from '../moved.ts';

/** Data that the commands take. */
export const CUTOVER_VALID = {
  ScheduleCutover: [WEEKEND, { ...WEEKEND, patronStaffed: true }],
  CancelCutover: [{ reasons: 'The line is cut' }],
  DecideGo: [GO[0].data, { go: false, decidedAt: '2026-11-05T15:00:00+01:00', reasons: 'The staff is ill' }],
  RecordCutover: [CUT[0].data, { ...CUT[0].data, outcome: 'FAILED', reasons: 'The line was cut' }],
} as const;

/** Data that they refuse, each with what is wrong. */
export const CUTOVER_INVALID = [
  ['ScheduleCutover', 'days for instants', { from: '2026-11-06', to: '2026-11-08' }],
  ['ScheduleCutover', 'no end', { from: WEEKEND.from }],
  ['CancelCutover', 'no reasons', {}],
  ['DecideGo', 'a maybe', { go: 'maybe', decidedAt: WEEKEND.from }],
  ['RecordCutover', 'an outcome that there is not', { ...CUT[0].data, outcome: 'ALMOST' }],
] as const;
