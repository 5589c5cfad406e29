import type { CorrectableType } from './events.ts';
import { isAccepted } from './standing.ts';
import type { AdhesionState } from './state.ts';

/** A fact that stands, with the version that a correction names. */
export interface CorrectableFact {
  readonly type: CorrectableType;
  readonly version: number;
  /** What came later and stands on it: then it is too late to correct it. */
  readonly underneath: string | null;
}

/** The facts of a case that may be corrected at all, each with what stands on it. */
export function correctableFacts(state: AdhesionState): readonly CorrectableFact[] {
  return [...ofDeliberation(state), ...ofResolution(state), ...ofMembership(state)];
}

function ofDeliberation({ deliberation }: AdhesionState): readonly CorrectableFact[] {
  const { receipt, opinions, convocation, lastSession, adoption, rejection } = deliberation;
  const voted = adoption !== null || rejection !== null;
  const sessionAfter = (version: number): boolean => voted || convocation !== null || (lastSession !== null && lastSession.version > version);
  const facts: CorrectableFact[] = [];
  if (receipt !== null) {
    const opined = opinions.some((opinion) => opinion.version > receipt.version);
    const underneath = sessionAfter(receipt.version) ? 'the convocation of the council' : opined ? 'an opinion' : null;
    facts.push({ type: 'ReceiptConfirmed', version: receipt.version, underneath });
  }
  for (const { version, onAmendment } of opinions) {
    const late = onAmendment ? isAccepted(deliberation) : sessionAfter(version);
    facts.push({ type: 'OpinionRecorded', version, underneath: late ? (onAmendment ? 'the acceptance' : 'the convocation of the council') : null });
  }
  if (convocation !== null) facts.push({ type: 'CouncilConvened', version: convocation.version, underneath: voted ? 'the vote' : null });
  return facts;
}

function ofResolution({ deliberation, convention }: AdhesionState): readonly CorrectableFact[] {
  const { publication, certificate, transmission, acceptance, returned } = deliberation;
  const facts: CorrectableFact[] = [];
  if (publication !== null) {
    // A certificate falls with the publication it counted from; what the Agency sent back will be transmitted anew.
    const transmitted = transmission !== null && later(publication, transmission) && !later(transmission, returned);
    facts.push({ type: 'PublicationRecorded', version: publication.version, underneath: transmitted ? 'the transmission' : null });
  }
  if (certificate !== null) {
    const signed = convention.signature !== null || convention.voided !== null;
    const underneath = later(certificate, acceptance) ? 'the acceptance' : signed ? 'a signature' : null;
    facts.push({ type: 'ExecutivityCertified', version: certificate.version, underneath });
  }
  if (transmission !== null) {
    const underneath = later(transmission, acceptance) ? 'the acceptance' : later(transmission, returned) ? 'the return' : null;
    facts.push({ type: 'ResolutionTransmitted', version: transmission.version, underneath });
  }
  return facts;
}

function ofMembership({ convention, referents, migrations }: AdhesionState): readonly CorrectableFact[] {
  const { registration } = convention;
  const registered: readonly CorrectableFact[] = registration === null
    ? []
    : [{ type: 'ConventionRegistered', version: registration.version, underneath: migrations.length === 0 ? null : 'the request of a service' }];
  const appointments = referents.flatMap(({ version, acceptance }): readonly CorrectableFact[] => [
    { type: 'ReferentAppointed', version, underneath: acceptance === null ? null : 'the acceptance of the appointment' },
    ...(acceptance === null ? [] : [{ type: 'AppointmentAccepted', version: acceptance.version, underneath: null } as const]),
  ]);
  return [...registered, ...appointments];
}

function later(fact: { readonly version: number }, other: { readonly version: number } | null): boolean {
  return other !== null && other.version > fact.version;
}
