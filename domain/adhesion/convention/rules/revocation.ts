import { civilDateOf, compareInstants, normalInstant, type Instant } from '../../../shared/civil-date.ts';
import { accepted, refused } from '../../../shared/process.ts';
import { notInFuture, recordedForGood } from '../../checks.ts';
import type { Command } from '../../command-types.ts';
import type { AdhesionEvent } from '../../events.ts';
import { endedFault } from '../../membership/rules/bound.ts';
import { rule } from '../../rule.ts';
import type { OpenedCase } from '../../state.ts';
import type { SignatureData } from '../events.ts';

/** A signature that stands, by the version of its event, and what becomes of it where it turns out to be none. */
interface StandingSignature {
  readonly version: number;
  readonly signedAt: Instant;
  /** Null too where the case keeps none, as of the agreement on data. */
  readonly timestampedAt: Instant | null;
  voidedAt(now: Instant): AdhesionEvent;
}

/**
 * Learnt after the signing. What was signed once the certificate was revoked counts as not signed (art. 24 c.4-bis CAD), unless a trusted
 * timestamp is older than the revocation, with all that a signature without the form has for consequence, whatever followed it; a later
 * revocation is kept and changes nothing.
 */
export const recordCertificateRevocation = rule<Command<'RecordCertificateRevocation'>['data'], { readonly signatures: readonly StandingSignature[] }>({
  ground: (state) => {
    const ended = endedFault(state);
    if (ended !== null) return ended;
    const signatures = standingSignatures(state);
    return signatures.length > 0 ? { signatures } : refused('OUT_OF_TURN', { it: 'Non vi è ancora alcuna firma.', en: 'No signature stands yet.' });
  },
  check: ({ revokedAt }, context) => notInFuture(context, { revokedAt }),
  decide: ({ state, ground: { signatures }, data: { signature: version, revokedAt }, context }) => {
    if (state.convention.revocations.some((known) => known.signature === version)) return recordedForGood({ it: 'La revoca del certificato di questa firma', en: 'The revocation of the certificate of this signature' });
    const signature = signatures.find((known) => known.version === version);
    if (signature === undefined) return refused('UNKNOWN_SIGNATURE', {
      it: `La versione ${version} non è una firma in essere; lo sono: ${signatures.map((known) => known.version).join(', ')}.`,
      en: `Version ${version} is no signature that stands; those are: ${signatures.map((known) => known.version).join(', ')}.`,
    }, 'signature');
    const voids = isVoided(signature, revokedAt);
    return accepted<AdhesionEvent>(
      { type: 'CertificateRevoked', data: { signature: version, revokedAt: normalInstant(revokedAt), voids, at: context.now }, effectiveOn: civilDateOf(revokedAt) },
      ...(voids ? [signature.voidedAt(context.now)] : []),
    );
  },
});

/** A revocation has effect from its own instant on. */
function isVoided({ signedAt, timestampedAt }: StandingSignature, revokedAt: Instant): boolean {
  return compareInstants(signedAt, revokedAt) >= 0 && (timestampedAt === null || compareInstants(timestampedAt, revokedAt) >= 0);
}

/** Of addenda the one that waits for its second signature, or, where none is under way, the last that was concluded. */
function standingSignatures({ convention: { signature, countersignature, addendum, amendments }, dpa }: OpenedCase): readonly StandingSignature[] {
  const last = addendum === null ? amendments.findLast((amendment) => amendment.kind === 'ESSENTIAL') : undefined;
  const conclusion = last?.kind === 'ESSENTIAL' ? [last.conclusion] : [];
  return [
    ...[signature, countersignature].filter((one) => one !== null).map((one) => standing(one, (data) => ({ type: 'ConventionVoided', data }))),
    ...[addendum?.signature ?? null].filter((one) => one !== null).map((one) => standing(one, (data) => ({ type: 'AddendumVoided', data }))),
    ...conclusion.map((one) => standing(one, (data) => ({ type: 'AddendumVoided', data: { ...data, undoes: one.version } }))),
    ...[dpa.signature, dpa.countersignature].filter((one) => one !== null).map(({ version, signedAt }) => ({
      version, signedAt, timestampedAt: null,
      voidedAt: (now: Instant): AdhesionEvent => ({ type: 'DpaVoided', data: { signature: version, code: 'CERTIFICATE_REVOKED', at: now }, effectiveOn: civilDateOf(signedAt) }),
    })),
  ];
}

type Voiding = SignatureData & { readonly code: 'CERTIFICATE_REVOKED' };

function standing(fact: SignatureData & { readonly version: number }, event: (data: Voiding) => AdhesionEvent): StandingSignature {
  const { version, signer, office, signedAt, form, certificateValidTo, timestampedAt, sha256 } = fact;
  return {
    version, signedAt, timestampedAt,
    voidedAt: (now) => ({
      ...event({ signer, office, signedAt, form, certificateValidTo, timestampedAt, sha256, code: 'CERTIFICATE_REVOKED', at: now }), effectiveOn: civilDateOf(signedAt),
    }),
  };
}
