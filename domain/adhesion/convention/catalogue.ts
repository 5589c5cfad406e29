import type { CivilDate } from '../../shared/civil-date.ts';
import type { CommandEntry } from '../command-entry.ts';
import type { ConventionEventData } from './events.ts';

/** Commands of the convention, in the order of the path. */
export const CONVENTION_COMMANDS = {
  RecordBudgetCover: { by: ['member'], parkable: false, freeText: [] },
  SignConvention: { by: ['member'], parkable: false, freeText: [] },
  CountersignConvention: { by: ['operator'], parkable: false, freeText: [] },
  RegisterConvention: { by: ['operator'], parkable: false, freeText: [] },
  PublishConvention: { by: ['operator', 'member'], parkable: false, freeText: [] },
  RecordCertificateRevocation: { by: ['operator'], parkable: false, freeText: [] },
  AmendConvention: { by: ['operator', 'member'], parkable: false, freeText: [] },
} as const satisfies Readonly<Record<string, CommandEntry>>;

/** Commands of the engine: a timer that falls due. */
export interface ConventionEngineData {
  readonly BringIntoForce: { readonly inForceOn: CivilDate };
}

/** Facts that may be corrected, each with the command whose data a correction gives. */
export const CONVENTION_CORRECTED_BY = {
  BudgetCoverRecorded: 'RecordBudgetCover',
  ConventionRegistered: 'RegisterConvention',
  ConventionPublished: 'PublishConvention',
} as const satisfies { readonly [Type in keyof ConventionEventData]?: keyof typeof CONVENTION_COMMANDS };
