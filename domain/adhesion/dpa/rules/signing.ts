import type { Bilingual } from '../../../shared/bilingual.ts';
import { civilDateOf, compareInstants, normalInstant, startOfDay } from '../../../shared/civil-date.ts';
import { accepted, refused } from '../../../shared/process.ts';
import { alreadyRecorded, firstRefusal, notBefore, notInFuture, recordedForGood, SENT_TEXT, textFault } from '../../checks.ts';
import type { Command } from '../../command-types.ts';
import { isSuspended } from '../../deliberation/standing.ts';
import type { AdhesionEvent } from '../../events.ts';
import { endOf } from '../../membership/standing.ts';
import { uselessFault } from '../../membership/rules/bound.ts';
import { rule } from '../../rule.ts';
import type { DpaFact } from '../state.ts';
import { draftFault, signatureFault } from './ground.ts';

const MEMBER_SIGNATURE: Bilingual = { it: "La firma dell'ente sull'atto di nomina", en: "The member's signature of the agreement" };

/** The Agency's text; another one takes its place until the member has signed. */
export const draftDpa = rule<Command<'DraftDpa'>['data'], object>({
  ground: (state) => state.dpa.signature === null
    ? (draftFault(state) ?? uselessFault(state, { it: 'Atto di nomina a responsabile (art. 28 GDPR)', en: 'A data processing agreement' }) ?? {})
    : recordedForGood(MEMBER_SIGNATURE),
  decide: ({ state: { dpa: { draft } }, data: { sha256 }, context }) => draft?.sha256 === sha256
    ? recordedForGood({ it: 'Questo testo', en: 'This text' })
    : accepted<AdhesionEvent>({ type: 'DpaDrafted', data: { sha256, at: context.now } }),
});

/** The controller signs the text that was sent. */
export const signDpa = rule<Command<'SignDpa'>['data'], { readonly draft: DpaFact<'DpaDrafted'> }>({
  ground: (state) => {
    const { draft, signature } = state.dpa;
    if (signature !== null) return recordedForGood(MEMBER_SIGNATURE);
    if (draft === null) return refused('OUT_OF_TURN', {
        it: "L'atto di nomina si firma dopo che l'Agenzia ne ha inviato il testo (DraftDpa).", en: 'The agreement is signed once the Agency has sent its text (DraftDpa).',
      });
    return signatureFault(state) ?? { draft };
  },
  check: ({ signedAt }, context) => notInFuture(context, { signedAt }),
  decide: ({ ground: { draft }, data: { signedAt, sha256 }, context }) => textFault(sha256, draft.sha256, SENT_TEXT)
    ?? accepted<AdhesionEvent>({ type: 'DpaSigned', data: { signedAt: normalInstant(signedAt), sha256, at: context.now }, effectiveOn: civilDateOf(signedAt) }),
});

/** The processor signs after the controller; the first day in force may be still to come. */
export const countersignDpa = rule<Command<'CountersignDpa'>['data'], { readonly signature: DpaFact<'DpaSigned'> }>({
  ground: (state) => {
    const { signature, countersignature } = state.dpa;
    if (countersignature !== null) return alreadyRecorded({ it: "La firma dell'Agenzia sull'atto di nomina", en: "The Agency's signature of the agreement" });
    if (signature === null) return refused('OUT_OF_TURN', { it: "L'Agenzia firma l'atto di nomina dopo l'ente.", en: 'The Agency signs the agreement after the member.' });
    return signatureFault(state) ?? { signature };
  },
  check: ({ signedAt }, context) => notInFuture(context, { signedAt }),
  decide: ({ ground: { signature }, data: { signedAt, sha256, inForceOn }, context }) => firstRefusal(
    notBefore(signedAt, 'signedAt', signature.signedAt, { it: "la firma dell'ente", en: "the member's signature" }),
    notBefore(inForceOn, 'inForceOn', civilDateOf(signedAt), { it: "l'ultima firma", en: 'the last signature' }),
    textFault(sha256, signature.sha256, SENT_TEXT),
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
