import type { Bilingual } from '../../../shared/bilingual.ts';
import { civilDateOf, compareInstants, laterDate, normalInstant, type CivilDate, type Instant } from '../../../shared/civil-date.ts';
import { accepted, refused, type Refused } from '../../../shared/process.ts';
import { alreadyRecorded, dayOf, firstRefusal, notBefore, notInFuture, recordedForGood } from '../../checks.ts';
import type { Command } from '../../command-types.ts';
import type { ConventionFact } from '../../convention/state.ts';
import { basisOf } from '../../due-dates.ts';
import type { AdhesionEvent } from '../../events.ts';
import { rule } from '../../rule.ts';
import type { OpenedCase } from '../../state.ts';
import { lockInEndsOn, withdrawalFrom } from '../dates.ts';
import { endOf } from '../standing.ts';
import { forceFault, notInForce } from './bound.ts';

const WITHDRAWAL: Bilingual = { it: 'Recesso', en: 'A withdrawal' };
/** What acts of a member that is bound may not precede. */
export const IN_FORCE: Bilingual = { it: "l'entrata in vigore", en: 'the day in force' };

interface Leavable {
  readonly registration: ConventionFact<'ConventionRegistered'>;
}

/** The council resolves it and PEC brings it; nobody withdraws before the lock-in has ended. */
export const giveWithdrawalNotice = rule<Command<'GiveWithdrawalNotice'>['data'], Leavable>({
  ground: (state) => {
    const { registration } = state.convention;
    const fault = forceFault(state, WITHDRAWAL);
    if (fault !== null) return fault;
    const { withdrawal } = state.membership;
    if (withdrawal !== null) {
      return withdrawal.ground === 'NOTICE'
        ? alreadyRecorded({ it: 'Il recesso', en: 'The withdrawal' })
        : recordedForGood({ it: 'Il recesso, per revoca della delibera', en: 'A withdrawal, by the revocation of the resolution,' });
    }
    return registration === null ? notInForce(WITHDRAWAL) : { registration };
  },
  check: ({ deliveredAt, actOn }, context) => notInFuture(context, { deliveredAt, actOn }),
  decide: ({ state, ground: { registration }, data: { deliveredAt, actNo, actOn }, context }) => {
    const deliveredOn = dayOf(deliveredAt);
    const fault = firstRefusal(
      notBefore(deliveredAt, 'deliveredAt', actOn, { it: 'la delibera del consiglio', en: "the council's resolution" }),
      lockInFault(deliveredOn, lockInEndsOn(registration.inForceOn, state.opening.policies)),
      notBefore(actOn, 'actOn', registration.inForceOn, IN_FORCE),
    );
    if (fault !== null) return fault;
    return accepted<AdhesionEvent>({
      type: 'WithdrawalNoticeGiven',
      data: {
        ground: 'NOTICE',
        deliveredAt: normalInstant(deliveredAt),
        actNo, actOn,
        ...withdrawalFrom(deliveredOn, state.opening.policies),
        basis: basisOf(state),
        at: context.now,
      },
      effectiveOn: deliveredOn,
    });
  },
});

function lockInFault(deliveredOn: CivilDate, firstDay: CivilDate): Refused | null {
  return deliveredOn < firstDay
    ? refused('LOCK_IN_PERIOD', {
      it: `Durante il periodo minimo di permanenza non si recede; il primo giorno utile per la comunicazione è il ${firstDay}.`,
      en: `Nobody withdraws during the lock-in; the first possible day of a notice is ${firstDay}.`,
    }, 'deliveredAt')
    : null;
}

interface RevokingAct {
  readonly actNo: string;
  readonly on: CivilDate;
}

/**
 * A resolution revoked after the conclusion does not undo the convention: it counts as a notice, of its own day or of the
 * first day after the lock-in. Nothing before the conclusion (then the mandate was lacking), or when the member leaves already.
 */
export function withdrawalByRevocation(state: OpenedCase, { actNo, on }: RevokingAct, concludedOn: CivilDate | null, now: Instant): readonly AdhesionEvent[] {
  if (concludedOn === null || on < concludedOn || state.membership.withdrawal !== null || endOf(state) !== null) return [];
  const { policies } = state.opening;
  const from = state.convention.registration?.inForceOn ?? concludedOn;
  return [{
    type: 'WithdrawalNoticeGiven',
    data: {
      ground: 'REVOCATION',
      deliveredAt: null,
      actNo,
      actOn: on,
      ...withdrawalFrom(laterDate(on, lockInEndsOn(from, policies)), policies),
      basis: basisOf(state),
      at: now,
    },
    effectiveOn: on,
  }];
}

/** The member was bound up to the last day of the year; from the next one on it is not. */
export const completeWithdrawal = rule<Command<'CompleteWithdrawal'>['data'], object>({
  ground: () => ({}),
  decide: ({ state, data: { effectOn }, context }) => {
    const { withdrawal } = state.membership;
    const due = withdrawal !== null && withdrawal.effectOn === effectOn && endOf(state) === null
      && compareInstants(context.now, withdrawal.endedFrom) >= 0;
    return due
      ? accepted<AdhesionEvent>({ type: 'MemberWithdrawn', data: { effectOn, at: context.now }, effectiveOn: civilDateOf(withdrawal.endedFrom) })
      : accepted();
  },
});
