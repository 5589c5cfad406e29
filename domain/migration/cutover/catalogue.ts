import type { CommandEntry } from '../command-entry.ts';

/** Commands of this area, in the order of the way. */
export const CUTOVER_COMMANDS = {
  ScheduleCutover: { by: ['operator'], freeText: [] },
  CancelCutover: { by: ['operator', 'member'], freeText: ['reasons'] },
  DecideGo: { by: ['member'], freeText: ['reasons'] },
  RecordCutover: { by: ['operator'], freeText: ['reasons'] },
} as const satisfies Readonly<Record<string, CommandEntry>>;

/** Command of the engine: a window went by and nobody decided; `no` counts the windows of the migration. */
export interface CutoverEngineData {
  readonly EndCutoverWindow: { readonly no: number };
}
