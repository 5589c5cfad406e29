import { civilDateOf, compareInstants, normalInstant, startOfDay } from '../../../shared/civil-date.ts';
import { accepted, refused } from '../../../shared/process.ts';
import { alreadyRecorded, firstRefusal, notBefore, notInFuture, recordedForGood, textFault } from '../../checks.ts';
import type { Command } from '../../command-types.ts';
import { isSuspended } from '../../deliberation/standing.ts';
import type { AdhesionEvent } from '../../events.ts';
import { endOf } from '../../membership/standing.ts';
import { uselessFault } from '../../membership/rules/bound.ts';
import { rule } from '../../rule.ts';
import type { DpaFact } from '../state.ts';
import { draftFault, signatureFault } from './ground.ts';

/** The Agency's text; another one takes its place until the member has signed. */
export const draftDpa = rule<Command<'DraftDpa'>['data'], object>({
  ground: (state) => state.dpa.signature === null ? (draftFault(state) ?? uselessFault(state, 'A data processing agreement') ?? {}) : recordedForGood("The member's signature of the agreement"),
  decide: ({ state: { dpa: { draft } }, data: { sha256 }, context }) => draft?.sha256 === sha256
    ? recordedForGood('This text')
    : accepted<AdhesionEvent>({ type: 'DpaDrafted', data: { sha256, at: context.now } }),
});

/** The controller signs the text that was sent. */
export const signDpa = rule<Command<'SignDpa'>['data'], { readonly draft: DpaFact<'DpaDrafted'> }>({
  ground: (state) => {
    const { draft, signature } = state.dpa;
    if (signature !== null) return recordedForGood("The member's signature of the agreement");
    if (draft === null) return refused('OUT_OF_TURN', 'The agreement is signed once the Agency has sent its text (DraftDpa).');
    return signatureFault(state) ?? { draft };
  },
  check: ({ signedAt }, context) => notInFuture(context, { signedAt }),
  decide: ({ ground: { draft }, data: { signedAt, sha256 }, context }) => textFault(sha256, draft.sha256, 'the one that was sent')
    ?? accepted<AdhesionEvent>({ type: 'DpaSigned', data: { signedAt: normalInstant(signedAt), sha256, at: context.now }, effectiveOn: civilDateOf(signedAt) }),
});

/** The processor signs after the controller; the first day in force may be still to come. */
export const countersignDpa = rule<Command<'CountersignDpa'>['data'], { readonly signature: DpaFact<'DpaSigned'> }>({
  ground: (state) => {
    const { signature, countersignature } = state.dpa;
    if (countersignature !== null) return alreadyRecorded("The Agency's signature of the agreement");
    if (signature === null) return refused('OUT_OF_TURN', 'The Agency signs the agreement after the member.');
    return signatureFault(state) ?? { signature };
  },
  check: ({ signedAt }, context) => notInFuture(context, { signedAt }),
  decide: ({ ground: { signature }, data: { signedAt, sha256, inForceOn }, context }) => firstRefusal(
    notBefore(signedAt, 'signedAt', signature.signedAt, "the member's signature"),
    notBefore(inForceOn, 'inForceOn', civilDateOf(signedAt), 'the last signature'),
    textFault(sha256, signature.sha256, 'the one that was sent'),
  ) ?? accepted<AdhesionEvent>({
    type: 'DpaCountersigned',
    data: { signedAt: normalInstant(signedAt), sha256, inForceOn, inForceFrom: startOfDay(inForceOn), at: context.now },
    effectiveOn: civilDateOf(signedAt),
  }),
});

/** By its timer; held while the resolution is suspended, and done once that is lifted. */
export const bringDpaIntoForce = rule<Command<'BringDpaIntoForce'>['data'], object>({
  ground: () => ({}),
  decide: ({ state, data: { inForceOn }, context }) => {
    const { countersignature, inForce } = state.dpa;
    const due = countersignature !== null && !inForce && countersignature.inForceOn === inForceOn && endOf(state) === null && !isSuspended(state.deliberation)
      && compareInstants(context.now, countersignature.inForceFrom) >= 0;
    return due
      ? accepted<AdhesionEvent>({ type: 'DpaEnteredIntoForce', data: { inForceOn, at: context.now }, effectiveOn: inForceOn })
      : accepted();
  },
});
