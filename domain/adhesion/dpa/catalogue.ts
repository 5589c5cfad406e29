import type { CivilDate } from '../../shared/civil-date.ts';
import type { CommandEntry } from '../command-entry.ts';

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
