import { civilDateOf, compareInstants, normalInstant, startOfDay, type Instant } from '../../../shared/civil-date.ts';
import { accepted, refused, type Context, type Refused } from '../../../shared/process.ts';
import { alreadyRecorded, firstRefusal, notBefore, notInFuture } from '../../checks.ts';
import type { Command } from '../../command-types.ts';
import { deliberationState, executiveOn, executivity, gateOpensAt } from '../../deliberation/standing.ts';
import type { Deliberation } from '../../deliberation/state.ts';
import { workingTerm } from '../../due-dates.ts';
import type { AdhesionEvent } from '../../events.ts';
import { powerToSign } from '../../mandates/standing.ts';
import { rule } from '../../rule.ts';
import type { ConventionEventData } from '../events.ts';
import type { ConventionFact } from '../state.ts';
import type { Office } from '../terms.ts';

type SignatureInput = Command<'SignConvention'>['data'];

const AGENCY_OFFICES: ReadonlySet<Office> = new Set<Office>(['METROPOLITAN_MAYOR', 'AGENCY_PRESIDENT', 'AGENCY_DIRECTOR']);

interface Signable {
  readonly textSha256: string;
  /** The signature that voided the convention, which is signed anew. */
  readonly voided: ConventionFact<'ConventionVoided'> | null;
}

/** Never signed before the act can be executed; the acceptance may be recorded after the signature, not the gate. */
export const signConvention = rule<SignatureInput, Signable>({
  ground: ({ deliberation, convention }) => {
    if (convention.signature !== null) return alreadyRecorded("The member's signature");
    const { adoption } = deliberation;
    if (adoption === null || deliberationState(deliberation) !== 'ACCEPTED') {
      return { ...refused('RESOLUTION_NOT_ACCEPTED', 'The convention is signed once the resolution is accepted.'), early: true };
    }
    const gate = gateOpensAt(deliberation);
    if (gate === null) {
      return { ...refused('GATE_NOT_OPEN', 'The convention is signed once the executivity of the resolution is certified.'), early: true };
    }
    return executivity(deliberation) === 'PENDING' ? signedTooEarly(gate) : { textSha256: adoption.textSha256, voided: convention.voided };
  },
  check: (data, context, state) => firstRefusal(
    signatureFault(data, context, 'MEMBER'),
    gateFault(data.signedAt, state.deliberation),
    powerToSign(state, data.office, civilDateOf(data.signedAt)),
  ),
  decide: ({ state, ground, data, context }) => {
    const { textSha256, voided: before } = ground;
    const signature = signatureOf(data, context);
    const fault = before !== null && isSameSignature(before, signature)
      ? alreadyRecorded('This signature, which voided the convention,')
      : textFault(data.sha256, textSha256);
    if (fault !== null) return fault;
    const voided = voidedBy(data);
    const effectiveOn = civilDateOf(data.signedAt);
    if (voided !== null) return accepted<AdhesionEvent>({ type: 'ConventionVoided', data: { ...signature, code: voided }, effectiveOn });
    const countersignatureDueOn = workingTerm(state, effectiveOn, state.opening.policies.slaDays.countersignature);
    return accepted<AdhesionEvent>({ type: 'ConventionSigned', data: { ...signature, countersignatureDueOn }, effectiveOn });
  },
});

/** Against the gate as far as it is known: before the certificate, against the computed day. */
function gateFault(signedAt: Instant, deliberation: Deliberation): Refused | null {
  const computed = executiveOn(deliberation);
  const gate = gateOpensAt(deliberation) ?? (computed === null ? null : startOfDay(computed));
  return gate !== null && compareInstants(signedAt, gate) < 0 ? signedTooEarly(gate) : null;
}

function signedTooEarly(gate: Instant): Refused {
  return refused('SIGNED_TOO_EARLY', `The earliest day of signature is ${civilDateOf(gate)} (${gate}).`, 'signedAt');
}

/** The Agency's signature after the member's; the convention is concluded at the last valid one. */
export const countersignConvention = rule<SignatureInput, { readonly signature: ConventionFact<'ConventionSigned'> }>({
  ground: ({ convention: { signature, countersignature } }) => {
    if (countersignature !== null) return alreadyRecorded("The Agency's signature");
    return signature === null ? refused('OUT_OF_TURN', 'The Agency signs after the member.') : { signature };
  },
  check: (data, context) => signatureFault(data, context, 'AGENCY'),
  decide: ({ state, ground: { signature }, data, context }) => {
    const fault = firstRefusal(
      notBefore(data.signedAt, 'signedAt', signature.signedAt, "the member's signature"),
      textFault(data.sha256, signature.sha256),
    );
    if (fault !== null) return fault;
    const countersignature = signatureOf(data, context);
    const voided = voidedBy(data);
    const concludedOn = civilDateOf(data.signedAt);
    if (voided !== null) return accepted<AdhesionEvent>({ type: 'ConventionVoided', data: { ...countersignature, code: voided }, effectiveOn: concludedOn });
    return accepted<AdhesionEvent>({
      type: 'ConventionCountersigned',
      data: {
        ...countersignature,
        concludedAt: countersignature.signedAt,
        concludedOn,
        registrationDueOn: workingTerm(state, concludedOn, state.opening.policies.slaDays.registration),
      },
      effectiveOn: concludedOn,
    });
  },
});

function signatureFault(data: SignatureInput, context: Context, side: 'MEMBER' | 'AGENCY'): Refused | null {
  const { office, signedAt, timestampedAt } = data;
  return firstRefusal(
    AGENCY_OFFICES.has(office) === (side === 'AGENCY')
      ? null
      : refused('WRONG_OFFICE', `The office ${office} cannot sign for the ${side === 'AGENCY' ? 'Agency' : 'member'}.`, 'office'),
    notInFuture(context, { signedAt, timestampedAt }),
  );
}

function textFault(sha256: string, approved: string): Refused | null {
  return sha256 === approved ? null : refused('TEXT_MISMATCH', `The signed text is not the approved one (${approved}).`, 'sha256');
}

/**
 * Without a digital, advanced or qualified signature the convention is null (art. 15 c.2-bis L. 241/1990). A certificate
 * that had expired counts as no signature, unless a trusted timestamp is older than its end (art. 24 c.4-bis CAD).
 */
function voidedBy({ form, signedAt, certificateValidTo, timestampedAt }: SignatureInput): 'SIGNATURE_FORM' | 'CERTIFICATE_EXPIRED' | null {
  if (form === 'HANDWRITTEN' || form === 'SCANNED') return 'SIGNATURE_FORM';
  if (certificateValidTo === undefined || compareInstants(signedAt, certificateValidTo) <= 0) return null;
  const stamped = timestampedAt !== undefined && compareInstants(timestampedAt, certificateValidTo) <= 0;
  return stamped ? null : 'CERTIFICATE_EXPIRED';
}

function isSameSignature(one: SignatureFacts, other: SignatureFacts): boolean {
  return one.signer === other.signer && one.office === other.office && one.signedAt === other.signedAt && one.form === other.form
    && one.certificateValidTo === other.certificateValidTo && one.timestampedAt === other.timestampedAt && one.sha256 === other.sha256;
}

type SignatureFacts = Omit<ConventionEventData['ConventionVoided'], 'code'>;

function signatureOf(data: SignatureInput, { now }: Context): SignatureFacts {
  const { signer, office, signedAt, form, certificateValidTo, timestampedAt, sha256 } = data;
  return {
    signer, office, form, sha256,
    signedAt: normalInstant(signedAt),
    certificateValidTo: certificateValidTo === undefined ? null : normalInstant(certificateValidTo),
    timestampedAt: timestampedAt === undefined ? null : normalInstant(timestampedAt),
    at: now,
  };
}
