import { actTerm, rollForward } from '../../../calendar/terms.ts';
import { addDays, daysBetween, laterDate, type CivilDate } from '../../../shared/civil-date.ts';
import { accepted, refused, tooEarly, type Refused } from '../../../shared/process.ts';
import { alreadyRecorded, firstRefusal, notBefore, notInFuture, recordedForGood } from '../../checks.ts';
import type { Command } from '../../command-types.ts';
import { basisOf, workingTerm } from '../../due-dates.ts';
import type { AdhesionEvent } from '../../events.ts';
import { endedFault } from '../../membership/rules/bound.ts';
import { withdrawalByRevocation } from '../../membership/rules/withdrawal.ts';
import { knows } from '../../policies.ts';
import { rule } from '../../rule.ts';
import type { OpenedCase } from '../../state.ts';
import type { ResumedTerms } from '../events.ts';
import { isAccepted, isNeverPublished, lastSubstantialRectification } from '../standing.ts';
import type { Deliberation, DeliberationFact } from '../state.ts';
import { ADOPTION } from './grounds.ts';
import { lossOf } from './step.ts';

interface Standing {
  readonly adoption: DeliberationFact<'ResolutionAdopted'>;
}

/** A resolution that was adopted and neither revoked nor annulled; suspended or not. */
function adoptedResolution(deliberation: Deliberation, command: string): Standing | Refused {
  const { adoption } = deliberation;
  if (adoption === null) return tooEarly('OUT_OF_TURN', { it: `${command} presuppone una delibera adottata.`, en: `${command} needs a resolution that was adopted.` });
  return lossOf(deliberation) ?? { adoption };
}

/** One whose convention has not ended: after that an act on it would change nothing. */
function bindingResolution(state: OpenedCase, command: string): Standing | Refused {
  const found = adoptedResolution(state.deliberation, command);
  return 'adoption' in found ? (endedFault(state) ?? found) : found;
}

/** A court (c.p.a.) or the council itself (art. 21-quater L. 241/1990) suspends the act: no new step, what runs goes on. */
export const suspendResolution = rule<Command<'SuspendResolution'>['data'], Standing>({
  ground: (state) => state.deliberation.suspension === null
    ? bindingResolution(state, 'SuspendResolution')
    : refused('ALREADY_RECORDED', {
      it: 'La delibera è già sospesa; un altro provvedimento si registra dopo la fine di questo (LiftSuspension).',
      en: 'The resolution is suspended already; another order is recorded once LiftSuspension has ended this one.',
    }),
  check: ({ from }, context) => notInFuture(context, { from }),
  decide: ({ ground: { adoption }, data: { by, orderNo, from }, context }) => notBefore(from, 'from', adoption.heldOn, ADOPTION)
    ?? accepted<AdhesionEvent>({ type: 'ResolutionSuspended', data: { by, orderNo, from, at: context.now }, effectiveOn: from }),
});

/**
 * The order was rejected, has expired or was withdrawn: the deliberation goes on where it was. Legal terms ran on meanwhile;
 * those of service stood still, and what was left of them runs from here.
 */
export const liftSuspension = rule<Command<'LiftSuspension'>['data'], DeliberationFact<'ResolutionSuspended'>>({
  ground: ({ deliberation }) => {
    if (deliberation.suspension === null) return refused('OUT_OF_TURN', { it: 'La delibera non è sospesa.', en: 'The resolution is not suspended.' });
    return lossOf(deliberation) ?? deliberation.suspension;
  },
  check: ({ on }, context) => notInFuture(context, { on }),
  decide: ({ state, ground: { from }, data: { on, orderNo, ground }, context }) => notBefore(on, 'on', from, { it: 'la sospensione', en: 'the suspension' })
    ?? accepted<AdhesionEvent>({
      type: 'SuspensionLifted',
      data: { on, orderNo, ...(ground === undefined ? {} : { ground }), dueOn: resumedTerms(state, from, on), basis: basisOf(state), at: context.now },
      effectiveOn: on,
    }),
});

/** Last days of what is still owed, later by the days of the suspension; what was late before it stays late. */
function resumedTerms(state: OpenedCase, from: CivilDate, on: CivilDate): ResumedTerms {
  const { adoption, publication, transmission, lifted } = state.deliberation;
  const { signature, countersignature, registration, addendum } = state.convention;
  const toCountersign = countersignature === null ? signature : (addendum?.signature ?? null);
  const { saturdayRolls, calendarVersion } = state.opening.policies;
  // Days that an order before this one has stopped already are not counted twice.
  const stopped = laterDate(from, lifted?.on ?? from);
  const later = (dueOn: CivilDate | null, roll: (day: CivilDate) => CivilDate, stoppedOn = stopped): CivilDate | null => {
    if (dueOn === null || dueOn < from) return dueOn;
    return roll(addDays(dueOn, Math.max(0, daysBetween(stoppedOn, on))));
  };
  // A publication that a rectification asks for anew was not owed before it.
  const askedAnewOn = laterDate(stopped, lastSubstantialRectification(state.deliberation)?.on ?? from);
  const workingDay = (day: CivilDate): CivilDate => workingTerm(state, addDays(day, -1), 1);
  const transmissionDueOn = adoption?.transmissionDueOn ?? publication?.transmissionDueOn ?? null;
  return {
    publication: publication === null ? later(adoption?.publicationDueOn ?? null, (day) => rollForward(day, { saturdayRolls, calendarVersion }), askedAnewOn) : null,
    transmission: transmission === null ? later(transmissionDueOn, workingDay) : null,
    acceptance: transmission === null || isAccepted(state.deliberation) ? null : later(transmission.acceptanceDueOn, workingDay),
    countersignature: later(toCountersign?.countersignatureDueOn ?? null, workingDay),
    registration: registration === null ? later(countersignature?.registrationDueOn ?? null, workingDay) : null,
  };
}

/** Revocation works forward, from its own day (art. 21-quinquies L. 241/1990): what is concluded already is left by a withdrawal. */
export const revokeResolution = rule<Command<'RevokeResolution'>['data'], Standing>({
  ground: ({ deliberation }) => adoptedResolution(deliberation, 'RevokeResolution'),
  check: ({ on }, context) => notInFuture(context, { on }),
  decide: ({ state, ground: { adoption }, data: { actNo, on }, context }) => notBefore(on, 'on', adoption.heldOn, ADOPTION)
    ?? accepted<AdhesionEvent>(
      { type: 'ResolutionRevoked', data: { actNo, on, effectFrom: on, at: context.now }, effectiveOn: on },
      ...withdrawalByRevocation(state, { actNo, on }, state.convention.countersignature?.concludedOn ?? null, context.now),
    ),
});

/** Annulment reaches back to the adoption (art. 21-nonies L. 241/1990, or a judgment), also of what was revoked since. */
export const annulResolution = rule<Command<'AnnulResolution'>['data'], Standing>({
  ground: ({ deliberation }) => adoptedResolution({ ...deliberation, revocation: null }, 'AnnulResolution'),
  check: ({ on }, context) => notInFuture(context, { on }),
  decide: ({ ground: { adoption }, data: { actNo, on, by }, context }) => notBefore(on, 'on', adoption.heldOn, ADOPTION)
    ?? accepted<AdhesionEvent>({ type: 'ResolutionAnnulled', data: { actNo, on, by, effectFrom: adoption.heldOn, at: context.now }, effectiveOn: on }),
});

/** One of substance stands for good once the act is published anew, and in cases of 2026.1. */
function repeatedFault(state: OpenedCase, { actNo, on }: { readonly actNo: string; readonly on: CivilDate }): Refused | null {
  const { rectifications, publication } = state.deliberation;
  const known = rectifications.find((act) => act.actNo === actNo && act.on === on);
  if (known === undefined) return null;
  const isFinal = known.substantial && (publication !== null || !knows(state, '2026.2'));
  const rectification = { it: 'Questa rettifica', en: 'This rectification' };
  return isFinal ? recordedForGood(rectification) : alreadyRecorded(rectification);
}

/**
 * A slip is mended and the dates stay; a change of substance is published anew, as long as nobody has signed on it. A body
 * that has suspended its own act may do so in order to rectify it: a suspension does not stand against it.
 */
export const rectifyResolution = rule<Command<'RectifyResolution'>['data'], Standing>({
  ground: (state) => bindingResolution(state, 'RectifyResolution'),
  check: ({ on }, context) => notInFuture(context, { on }),
  decide: ({ state, ground: { adoption }, data: { actNo, on, substantial }, context }) => {
    const fault = firstRefusal(
      repeatedFault(state, { actNo, on }),
      notBefore(on, 'on', adoption.heldOn, ADOPTION),
      substantial && state.convention.signature !== null
        ? refused('CONVENTION_SIGNED', {
          it: 'La convenzione è firmata su questo testo; per una modifica sostanziale servono ora una nuova delibera e un atto aggiuntivo.',
          en: 'The convention is signed on this text; a change of substance now needs a new resolution and an addendum to the convention.',
        }, 'substantial')
        : null,
    );
    if (fault !== null) return fault;
    const { slaDays, saturdayRolls, calendarVersion } = state.opening.policies;
    return accepted<AdhesionEvent>({
      type: 'ResolutionRectified',
      data: {
        actNo, on, substantial,
        publicationDueOn: substantial && !isNeverPublished(state.deliberation) ? actTerm(on, slaDays.publication, { saturdayRolls, calendarVersion }) : null,
        basis: basisOf(state),
        at: context.now,
      },
      effectiveOn: on,
    });
  },
});
