import type { CivilDate } from '../../shared/civil-date.ts';
import type { CommandEntry } from '../command-entry.ts';
import type { DpaEventData } from './events.ts';

/** Commands of the data processing agreement, in the order of its life. */
export const DPA_COMMANDS = {
  DraftDpa: { by: ['operator'], parkable: false, freeText: [] },
  SignDpa: { by: ['member'], parkable: false, freeText: [] },
  CountersignDpa: { by: ['operator'], parkable: false, freeText: [] },
  ConfirmDataReturn: { by: ['operator', 'member'], parkable: false, freeText: [] },
} as const satisfies Readonly<Record<string, CommandEntry>>;

/** Command of the engine: a timer that falls due. */
export interface DpaEngineData {
  readonly BringDpaIntoForce: { readonly inForceOn: CivilDate };
}

/** Facts that may be corrected, each with the command whose data a correction gives. */
export const DPA_CORRECTED_BY = {
  DpaCountersigned: 'CountersignDpa',
} as const satisfies { readonly [Type in keyof DpaEventData]?: keyof typeof DPA_COMMANDS };
