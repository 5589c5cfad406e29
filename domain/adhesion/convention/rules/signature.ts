import type { Bilingual } from '../../../shared/bilingual.ts';
import { compareInstants, normalInstant } from '../../../shared/civil-date.ts';
import { refused, type Context, type Refused } from '../../../shared/process.ts';
import { firstRefusal, notInFuture } from '../../checks.ts';
import type { Command } from '../../command-types.ts';
import { competenceOf, type Competence } from '../../competence.ts';
import type { OpenedCase } from '../../state.ts';
import { OFFICES } from '../../words.ts';
import type { SignatureData, VoidCode } from '../events.ts';
import type { Office } from '../terms.ts';

export type SignatureInput = Command<'SignConvention'>['data'];

export const MEMBER_SIGNATURE: Bilingual = { it: "La firma dell'ente", en: "The member's signature" };
/** What the Agency's signature may not precede. */
export const MEMBER_SIGNED: Bilingual = { it: "la firma dell'ente", en: "the member's signature" };

const AGENCY_OFFICES: ReadonlySet<Office> = new Set<Office>(['METROPOLITAN_MAYOR', 'AGENCY_PRESIDENT', 'AGENCY_DIRECTOR']);
/** Offices of comuni alone; other bodies have their own head. */
const OFFICES_OF_COMUNI: ReadonlySet<Office> = new Set<Office>(['MAYOR', 'DEPUTY_MAYOR']);
/** Offices that any body may have. */
const OFFICES_OF_ALL: ReadonlySet<Office> = new Set<Office>(['COMMISSIONER', 'MANAGER', 'SECRETARY']);

/** The offices that sign for a body: its head, who replaces a mayor, and those that every body has. */
function signsForMember({ bodyType, head }: Competence, office: Office): boolean {
  return office === head || OFFICES_OF_ALL.has(office) || (bodyType === 'COMUNE' && OFFICES_OF_COMUNI.has(office));
}

/** What is wrong with a signature by itself: the office does not sign for that side, or it lies in the future. */
export function signatureFault({ office, signedAt, timestampedAt }: SignatureInput, context: Context, state: OpenedCase, side: 'MEMBER' | 'AGENCY'): Refused | null {
  return firstRefusal(
    (side === 'AGENCY' ? AGENCY_OFFICES.has(office) : signsForMember(competenceOf(state), office))
      ? null
      : refused('WRONG_OFFICE', {
        it: `La carica di ${OFFICES[office].it} non firma per ${side === 'AGENCY' ? "l'Agenzia" : "l'ente"}.`,
        en: `The office of ${OFFICES[office].en} cannot sign for the ${side === 'AGENCY' ? 'Agency' : 'member'}.`,
      }, 'office'),
    notInFuture(context, { signedAt, timestampedAt }),
  );
}

/** The Agency signs what the member has signed. */
export function agencySignsLater(): Refused {
  return refused('OUT_OF_TURN', { it: "L'Agenzia firma dopo l'ente.", en: 'The Agency signs after the member.' });
}

/**
 * Without a digital, advanced or qualified signature the convention is null (art. 15 c.2-bis L. 241/1990). A certificate
 * that had expired counts as no signature, unless a trusted timestamp is older than its end (art. 24 c.4-bis CAD).
 */
export function voidedBy({ form, signedAt, certificateValidTo, timestampedAt }: SignatureInput): VoidCode | null {
  if (form === 'HANDWRITTEN' || form === 'SCANNED') return 'SIGNATURE_FORM';
  if (certificateValidTo === undefined || compareInstants(signedAt, certificateValidTo) <= 0) return null;
  const stamped = timestampedAt !== undefined && compareInstants(timestampedAt, certificateValidTo) <= 0;
  return stamped ? null : 'CERTIFICATE_EXPIRED';
}

/** True when a signature that was none is given once more. */
export function isSameSignature(one: SignatureData, other: SignatureData): boolean {
  return one.signer === other.signer && one.office === other.office && one.signedAt === other.signedAt && one.form === other.form
    && one.certificateValidTo === other.certificateValidTo && one.timestampedAt === other.timestampedAt && one.sha256 === other.sha256;
}

/** The signature as its event keeps it. */
export function signatureOf(data: SignatureInput, { now }: Context): SignatureData {
  const { signer, office, signedAt, form, certificateValidTo, timestampedAt, sha256 } = data;
  return {
    signer, office, form, sha256,
    signedAt: normalInstant(signedAt),
    certificateValidTo: certificateValidTo === undefined ? null : normalInstant(certificateValidTo),
    timestampedAt: timestampedAt === undefined ? null : normalInstant(timestampedAt),
    at: now,
  };
}
