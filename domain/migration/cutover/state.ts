import type { CutoverEventData } from './events.ts';

/** What this area keeps in the state of the migration. */
export interface CutoverSlice {
  readonly cutover: {
    /** Windows that were set so far. */
    readonly windows: number;
    /** The window that stands; null: none. */
    readonly schedule: CutoverEventData['CutoverScheduled'] | null;
    /** The last word on a window. */
    readonly decision: CutoverEventData['CutoverDecided'] | null;
    /** The last cutover. */
    readonly done: CutoverEventData['CutoverRecorded'] | null;
  };
}

export const EMPTY_CUTOVER: CutoverSlice = { cutover: { windows: 0, schedule: null, decision: null, done: null } };
