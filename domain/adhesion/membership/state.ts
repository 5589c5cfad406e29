import type { Fact } from '../event.ts';
import type { MembershipEventData } from './events.ts';
import type { End } from './terms.ts';

/** What the membership keeps in the state of the case. */
export interface MembershipSlice {
  readonly membership: Membership;
}

export type MembershipFact<Type extends keyof MembershipEventData> = Fact<MembershipEventData[Type]>;

export interface Membership {
  /** The last renewal that was opened; it is over once its term is not the one that runs. */
  readonly renewal: MembershipFact<'RenewalOpened'> | null;
  readonly withdrawal: MembershipFact<'WithdrawalNoticeGiven'> | null;
  /** How often an effect of a withdrawal was set: names the timer. */
  readonly withdrawalCount: number;
  /** An exclusion, or the correction of one, that one operator prepared and no other has carried out yet. */
  readonly preparation: MembershipFact<'ExclusionPrepared'> | null;
  readonly exclusion: MembershipFact<'MemberExcluded'> | null;
  /** How the convention ended by an act or by the clock; see `endOf` for the loss of the mandate. */
  readonly end: End | null;
  /** Id of the next case of the body, once it begins. */
  readonly successor: string | null;
  readonly regulations: readonly MembershipFact<'RegulationAdopted'>[];
}

export const EMPTY_MEMBERSHIP: MembershipSlice = {
  membership: { renewal: null, withdrawal: null, withdrawalCount: 0, preparation: null, exclusion: null, end: null, successor: null, regulations: [] },
};
