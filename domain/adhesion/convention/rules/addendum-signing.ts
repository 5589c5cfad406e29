import { addDays, civilDateOf } from '../../../shared/civil-date.ts';
import { accepted, type Refused } from '../../../shared/process.ts';
import { APPROVED_TEXT, firstRefusal, notBefore, recordedForGood, textFault } from '../../checks.ts';
import { basisOf, workingTerm } from '../../due-dates.ts';
import type { AdhesionEvent } from '../../events.ts';
import { termFrom } from '../../membership/dates.ts';
import { ADDENDUM, boundFault } from '../../membership/rules/bound.ts';
import { asBeforeExpiry, expiryTakenBack, tooLateToRenew } from '../../membership/rules/late-renewal.ts';
import { termOf } from '../../membership/standing.ts';
import type { Given, Verdict } from '../../rule.ts';
import type { OpenedCase } from '../../state.ts';
import type { ConventionFact, PendingAddendum } from '../state.ts';
import { agencySignsLater, isSameSignature, MEMBER_SIGNATURE, MEMBER_SIGNED, signatureOf, voidedBy, type SignatureInput } from './signature.ts';

export interface UnsignedAddendum {
  readonly what: 'ADDENDUM';
  readonly addendum: PendingAddendum;
}

export interface SignedAddendum {
  readonly what: 'ADDENDUM';
  readonly addendum: PendingAddendum;
  readonly signature: ConventionFact<'AddendumSigned'>;
}

/** The addendum that waits for the member's signature, or why it cannot be signed; null when there is none. */
export function addendumToSign(state: OpenedCase): UnsignedAddendum | Refused | null {
  const { addendum } = state.convention;
  if (addendum === null) return null;
  if (addendum.signature !== null) return recordedForGood(MEMBER_SIGNATURE);
  return addendumFault(state, addendum) ?? { what: 'ADDENDUM', addendum };
}

/** The act is the council's own resolution of that text: nothing is signed before it. */
export function signAddendum({ state, ground: { addendum }, data, context }: Given<SignatureInput, UnsignedAddendum>): Verdict {
  const { resolved, voided: before } = addendum;
  const signature = signatureOf(data, context);
  const fault = before !== null && isSameSignature(before, signature)
    ? recordedForGood({ it: 'Questa firma, che non è valida', en: 'This signature, which is none,' })
    : firstRefusal(
      notBefore(data.signedAt, 'signedAt', resolved.actOn, { it: 'la delibera del consiglio', en: "the council's resolution" }),
      textFault(data.sha256, resolved.sha256, APPROVED_TEXT),
      tooLateToRenew(state, data.signedAt, 'signedAt'),
    );
  if (fault !== null) return fault;
  const code = voidedBy(data);
  const effectiveOn = civilDateOf(data.signedAt);
  if (code !== null) return accepted<AdhesionEvent>({ type: 'AddendumVoided', data: { ...signature, code }, effectiveOn });
  const countersignatureDueOn = workingTerm(state, effectiveOn, state.opening.policies.slaDays.countersignature);
  return accepted<AdhesionEvent>({ type: 'AddendumSigned', data: { ...signature, countersignatureDueOn }, effectiveOn });
}

/** The addendum that waits for the Agency's signature; null when there is none. */
export function addendumToCountersign(state: OpenedCase): SignedAddendum | Refused | null {
  const { addendum } = state.convention;
  if (addendum === null) return null;
  const { signature } = addendum;
  if (signature === null) return agencySignsLater();
  return addendumFault(state, addendum) ?? { what: 'ADDENDUM', addendum, signature };
}

/** The addendum of a renewal that was signed in time is recorded also after the expiry. */
function addendumFault(state: OpenedCase, { resolved }: PendingAddendum): Refused | null {
  return boundFault(resolved.renews ? asBeforeExpiry(state) : state, ADDENDUM);
}

/** Concluded at the last valid signature, like the convention; one that renews it sets its next term from the day after the last. */
export function countersignAddendum({ state, ground: { addendum, signature }, data, context }: Given<SignatureInput, SignedAddendum>): Verdict {
  const fault = firstRefusal(
    notBefore(data.signedAt, 'signedAt', signature.signedAt, MEMBER_SIGNED),
    textFault(data.sha256, addendum.resolved.sha256, APPROVED_TEXT),
    tooLateToRenew(state, data.signedAt, 'signedAt'),
  );
  if (fault !== null) return fault;
  const countersignature = signatureOf(data, context);
  const code = voidedBy(data);
  const concludedOn = civilDateOf(data.signedAt);
  if (code !== null) return accepted<AdhesionEvent>({ type: 'AddendumVoided', data: { ...countersignature, code }, effectiveOn: concludedOn });
  const ending = addendum.resolved.renews ? termOf(state) : null;
  return accepted<AdhesionEvent>(
    {
      type: 'AddendumConcluded',
      data: {
        ...countersignature,
        concludedAt: countersignature.signedAt,
        concludedOn,
        term: ending === null ? null : termFrom(addDays(ending.endsOn, 1), state.opening.policies),
        basis: basisOf(state),
      },
      effectiveOn: concludedOn,
    },
    ...expiryTakenBack(state, context.now),
  );
}
