import type { CivilDate } from '../../shared/civil-date.ts';
import type { CommandEntry } from '../command-entry.ts';
import type { MembershipEventData } from './events.ts';

/** Commands of the membership, from the regulations to the exit. */
export const MEMBERSHIP_COMMANDS = {
  AdoptRegulation: { by: ['member'], parkable: false, freeText: [] },
  OpenRenewal: { by: ['operator', 'member'], parkable: false, freeText: [] },
  GiveWithdrawalNotice: { by: ['member'], parkable: false, freeText: [] },
  ExcludeMember: { by: ['operator'], parkable: false, freeText: [] },
} as const satisfies Readonly<Record<string, CommandEntry>>;

/** Commands of the engine: timers that fall due, and that the next case begins. */
export interface MembershipEngineData {
  readonly BeginRenewal: { readonly endsOn: CivilDate };
  readonly CompleteWithdrawal: { readonly effectOn: CivilDate };
  readonly ExpireConvention: { readonly endsOn: CivilDate };
  /** Before the next case of the body begins: this one is not reopened any more. */
  readonly NoteSuccessor: { readonly successor: string };
}

/** Facts that may be corrected, each with the command whose data a correction gives. */
export const MEMBERSHIP_CORRECTED_BY = {
  WithdrawalNoticeGiven: 'GiveWithdrawalNotice',
  RegulationAdopted: 'AdoptRegulation',
  MemberExcluded: 'ExcludeMember',
} as const satisfies { readonly [Type in keyof MembershipEventData]?: keyof typeof MEMBERSHIP_COMMANDS };
