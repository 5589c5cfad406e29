import type { CivilDate, Instant } from '../../shared/civil-date.ts';
import type { TextRef } from '../../shared/text-ref.ts';
import type { OpenedCase } from '../state.ts';
import { endOf, openRenewalOf, termOf } from './standing.ts';
import type { ExclusionAct, MembershipEventData } from './events.ts';
import type { MembershipFact } from './state.ts';
import type { End, EndCode, WithdrawalGround } from './terms.ts';

/** What readers see of the membership beside the convention. */
export interface MembershipPart {
  readonly regulations: readonly Omit<MembershipEventData['RegulationAdopted'], 'at'>[];
}

/** How a convention is renewed and left, which readers find with the convention. */
export interface ExitView {
  readonly endsOn: CivilDate | null;
  /** When its renewal opens by itself, and when it was opened. */
  readonly renewal: { readonly opensOn: CivilDate; readonly openedAt: Instant | null } | null;
  readonly withdrawal: {
    readonly ground: WithdrawalGround;
    readonly deliveredAt: Instant | null;
    readonly actNo: string;
    readonly actOn: CivilDate;
    readonly noticeEndsOn: CivilDate;
    readonly effectOn: CivilDate;
  } | null;
  /** What another operator has to carry out, by the two-person rule. */
  readonly exclusionPrepared: PreparedExclusion | null;
  readonly exclusion: ExclusionAct | null;
  readonly termination: { readonly code: EndCode; readonly on: CivilDate } | null;
}

interface PreparedExclusion extends ExclusionAct {
  readonly preparedBy: string;
  /** Version of the exclusion that it corrects; null for an exclusion. */
  readonly corrects: number | null;
  /** Why it is corrected, where the preparer said it. */
  readonly reasons: TextRef | null;
}

/** The part of the view that the membership gives. */
export function viewMembership({ membership: { regulations } }: OpenedCase): MembershipPart {
  return { regulations: regulations.map(({ kind, actNo, actOn, sha256 }) => ({ kind, actNo, actOn, sha256 })) };
}

/** The part of the convention's view that the membership gives. */
export function viewExit(state: OpenedCase): ExitView {
  const { withdrawal, preparation, exclusion } = state.membership;
  const term = termOf(state);
  const end = endOf(state);
  return {
    endsOn: term?.endsOn ?? state.convention.registration?.endsOn ?? null,
    renewal: term === null ? null : { opensOn: term.renewalOpensOn, openedAt: openRenewalOf(state)?.at ?? null },
    withdrawal: withdrawal === null ? null : viewWithdrawal(withdrawal),
    exclusionPrepared: preparation === null ? null : viewPreparation(preparation, exclusion, end),
    exclusion: exclusion === null ? null : viewExclusion(exclusion),
    termination: end === null ? null : { code: end.code, on: end.on },
  };
}

function viewWithdrawal({ ground, deliveredAt, actNo, actOn, noticeEndsOn, effectOn }: NonNullable<ExitView['withdrawal']>): ExitView['withdrawal'] {
  return { ground, deliveredAt, actNo, actOn, noticeEndsOn, effectOn };
}

/** Of what came to nothing, as the convention ended otherwise, nothing is seen. */
function viewPreparation(preparation: MembershipFact<'ExclusionPrepared'>, exclusion: MembershipFact<'MemberExcluded'> | null, end: End | null): PreparedExclusion | null {
  const { preparedBy, corrects = null, reasons = null } = preparation;
  const counts = corrects === null ? end === null : corrects === exclusion?.version;
  return counts ? { ...viewExclusion(preparation), preparedBy, corrects, reasons } : null;
}

function viewExclusion({ noticesOn, heardOn, assemblyActNo, on }: ExclusionAct): ExclusionAct {
  return { noticesOn, heardOn, assemblyActNo, on };
}
