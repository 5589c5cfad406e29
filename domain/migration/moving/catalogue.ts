import type { CommandEntry } from '../command-entry.ts';

/** Commands of this area, in the order of the way. */
export const MOVING_COMMANDS = {
} as const satisfies Readonly<Record<string, CommandEntry>>;

/** Commands of the engine: its timers. */
export interface MovingEngineData {}
