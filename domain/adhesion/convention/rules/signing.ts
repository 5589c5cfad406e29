import { civilDateOf, compareInstants, startOfDay, type Instant } from '../../../shared/civil-date.ts';
import { accepted, refused, tooEarly, type Refused } from '../../../shared/process.ts';
import { APPROVED_TEXT, firstRefusal, notBefore, recordedForGood, textFault } from '../../checks.ts';
import { executiveOn, executivity, gateOpensAt, isResolutionAccepted } from '../../deliberation/standing.ts';
import type { Deliberation } from '../../deliberation/state.ts';
import { workingTerm } from '../../due-dates.ts';
import type { AdhesionEvent } from '../../events.ts';
import { powerToSign } from '../../mandates/offices.ts';
import { withdrawalByRevocation } from '../../membership/rules/withdrawal.ts';
import { rule, type Given, type Verdict } from '../../rule.ts';
import type { OpenedCase } from '../../state.ts';
import { isBudgetCovered, voidedOf } from '../standing.ts';
import type { ConventionFact } from '../state.ts';
import { addendumToCountersign, addendumToSign, countersignAddendum, signAddendum, type SignedAddendum, type UnsignedAddendum } from './addendum-signing.ts';
import { mandateFault, mandateFaultOn } from '../../deliberation/rules/mandate.ts';
import {
  agencySignsLater, isSameSignature, MEMBER_SIGNATURE, MEMBER_SIGNED, signatureFault, signatureOf, voidedBy, type SignatureInput,
} from './signature.ts';

interface UnsignedConvention {
  readonly what: 'CONVENTION';
  readonly textSha256: string;
  /** The signature that voided the convention, which is signed anew. */
  readonly voided: ConventionFact<'ConventionVoided'> | null;
}

/** Never signed before the act can be executed; the acceptance may be recorded after the signature, not the gate. */
export const signConvention = rule<SignatureInput, UnsignedConvention | UnsignedAddendum>({
  ground: (state) => addendumToSign(state) ?? conventionToSign(state),
  check: (data, context, state) => firstRefusal(
    signatureFault(data, context, state, 'MEMBER'),
    gateFault(data.signedAt, state.deliberation),
    powerToSign(state, data, civilDateOf(data.signedAt)),
  ),
  decide: (given) => given.ground.what === 'ADDENDUM'
    ? signAddendum({ ...given, ground: given.ground })
    : signText({ ...given, ground: given.ground }),
});

function conventionToSign(state: OpenedCase): UnsignedConvention | Refused {
  const { deliberation, convention } = state;
  if (convention.signature !== null) return recordedForGood(MEMBER_SIGNATURE);
  const { adoption } = deliberation;
  const unfounded = adoption === null ? null : mandateFault(state);
  if (unfounded !== null) return unfounded;
  if (adoption === null || !isResolutionAccepted(deliberation)) {
    return tooEarly('RESOLUTION_NOT_ACCEPTED', {
      it: "La convenzione si firma dopo l'accettazione della delibera.", en: 'The convention is signed once the resolution is accepted.',
    });
  }
  const gate = gateOpensAt(deliberation);
  if (gate === null) {
    return tooEarly('GATE_NOT_OPEN', {
      it: "La convenzione si firma quando è certificata l'esecutività della delibera.", en: 'The convention is signed once the executivity of the resolution is certified.',
    });
  }
  if (executivity(deliberation) === 'PENDING') return signedTooEarly(gate);
  if (!isBudgetCovered(state)) {
    return refused('BUDGET_NOT_COVERED', {
      it: 'Manca la copertura finanziaria; la convenzione si firma quando RecordBudgetCover la registra.',
      en: 'The costs are not covered; the convention is signed once RecordBudgetCover says that they are.',
    });
  }
  return { what: 'CONVENTION', textSha256: adoption.textSha256, voided: voidedOf(state) };
}

function signText({ state, ground, data, context }: Given<SignatureInput, UnsignedConvention>): Verdict {
  const { textSha256, voided: before } = ground;
  const signature = signatureOf(data, context);
  const fault = before !== null && isSameSignature(before, signature)
    ? recordedForGood({ it: 'Questa firma, che ha reso nulla la convenzione', en: 'This signature, which voided the convention,' })
    : textFault(data.sha256, textSha256, APPROVED_TEXT);
  if (fault !== null) return fault;
  const voided = voidedBy(data);
  const effectiveOn = civilDateOf(data.signedAt);
  if (voided !== null) return accepted<AdhesionEvent>({ type: 'ConventionVoided', data: { ...signature, code: voided }, effectiveOn });
  const countersignatureDueOn = workingTerm(state, effectiveOn, state.opening.policies.slaDays.countersignature);
  return accepted<AdhesionEvent>({ type: 'ConventionSigned', data: { ...signature, countersignatureDueOn }, effectiveOn });
}

/** Against the gate as far as it is known: before the certificate, against the computed day. */
function gateFault(signedAt: Instant, deliberation: Deliberation): Refused | null {
  const computed = executiveOn(deliberation);
  const gate = gateOpensAt(deliberation) ?? (computed === null ? null : startOfDay(computed));
  return gate !== null && compareInstants(signedAt, gate) < 0 ? signedTooEarly(gate) : null;
}

function signedTooEarly(gate: Instant): Refused {
  return refused('SIGNED_TOO_EARLY', {
    it: `Il primo giorno utile per la firma è il ${civilDateOf(gate)} (${gate}).`, en: `The earliest day of signature is ${civilDateOf(gate)} (${gate}).`,
  }, 'signedAt');
}

interface SignedConvention {
  readonly what: 'CONVENTION';
  readonly signature: ConventionFact<'ConventionSigned'>;
}

/** The Agency's signature after the member's; the convention is concluded at the last valid one. */
export const countersignConvention = rule<SignatureInput, SignedConvention | SignedAddendum>({
  ground: (state) => addendumToCountersign(state) ?? conventionToCountersign(state),
  check: (data, context, state) => signatureFault(data, context, state, 'AGENCY'),
  decide: (given) => given.ground.what === 'ADDENDUM'
    ? countersignAddendum({ ...given, ground: given.ground })
    : countersignText({ ...given, ground: given.ground }),
});

function conventionToCountersign(state: OpenedCase): SignedConvention | Refused {
  const { signature, countersignature } = state.convention;
  if (countersignature !== null) return recordedForGood({ it: "La firma dell'Agenzia", en: "The Agency's signature" });
  if (signature === null) return agencySignsLater();
  return mandateFaultOn(state, civilDateOf(signature.signedAt)) ?? { what: 'CONVENTION', signature };
}

function countersignText({ state, ground: { signature }, data, context }: Given<SignatureInput, SignedConvention>): Verdict {
  const fault = firstRefusal(
    notBefore(data.signedAt, 'signedAt', signature.signedAt, MEMBER_SIGNED),
    textFault(data.sha256, signature.sha256, APPROVED_TEXT),
    mandateFaultOn(state, civilDateOf(data.signedAt)),
  );
  if (fault !== null) return fault;
  const countersignature = signatureOf(data, context);
  const voided = voidedBy(data);
  const concludedOn = civilDateOf(data.signedAt);
  if (voided !== null) return accepted<AdhesionEvent>({ type: 'ConventionVoided', data: { ...countersignature, code: voided }, effectiveOn: concludedOn });
  const { revocation } = state.deliberation;
  return accepted<AdhesionEvent>(
    {
      type: 'ConventionCountersigned',
      data: {
        ...countersignature,
        concludedAt: countersignature.signedAt,
        concludedOn,
        registrationDueOn: workingTerm(state, concludedOn, state.opening.policies.slaDays.registration),
      },
      effectiveOn: concludedOn,
    },
    // What was revoked since is left by a withdrawal, whichever of the two became known first.
    ...(revocation === null ? [] : withdrawalByRevocation(state, revocation, concludedOn, context.now)),
  );
}
