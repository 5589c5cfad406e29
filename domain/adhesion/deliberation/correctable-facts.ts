import type { Bilingual } from '../../shared/bilingual.ts';
import type { CorrectableFact } from '../correctable-fact.ts';
import { knows } from '../policies.ts';
import { isOpened, type AdhesionState } from '../state.ts';
import { isAccepted } from './standing.ts';
import type { Deliberation } from './state.ts';

/** The facts of the deliberation that stand, each with what stands on it. */
export function deliberationFacts(state: AdhesionState): readonly CorrectableFact[] {
  const { deliberation } = state;
  // Cases of 2026.1 were refused the correction of these, and go on so.
  const more = isOpened(state) && knows(state, '2026.2') 
    ? [...ofSending(deliberation), ...ofLastSession(deliberation), ...ofLift(state), ...ofSubstance(deliberation)]
    : [];
  return [...ofProposal(state), ...more, ...ofResolution(state), ...ofOutages(state), ...ofSideStates(state)];
}

function ofSending({ attempt, sending, receipt }: Deliberation): readonly CorrectableFact[] {
  if (typeof sending?.version !== 'number') return [];
  return [{ type: attempt === 1 ? 'ProposalSent' : 'ProposalResubmitted', version: sending.version, underneath: receipt === null ? null : { it: 'la ricezione', en: 'the receipt' } }];
}

/** On the end of a suspension stands whatever was done since, by the days that it set. */
function ofLift({ deliberation, convention }: AdhesionState): readonly CorrectableFact[] {
  const { lifted, liftedBefore, publication, transmission, acceptance, returned, suspension, rectifications } = deliberation;
  if (lifted === null || liftedBefore === null) return [];
  const { signature, countersignature, voided, registration, addendum, amendments } = convention;
  const since = [
    publication, transmission, acceptance, returned, suspension, rectifications.at(-1), signature, countersignature, voided, registration, addendum?.resolved,
    addendum?.signature, addendum?.voided, amendments.at(-1)?.act,
  ].some((fact) => later(lifted, fact ?? null));
  return [{ type: 'SuspensionLifted', version: lifted.version, underneath: since ? { it: 'un atto successivo', en: 'a later act' } : null }];
}

/** A change of substance has taken back what stood on the old text, so that its day counts until the act is published anew. */
function ofSubstance({ rectifications, publication, lifted, revocation, annulment }: Deliberation): readonly CorrectableFact[] {
  const last = rectifications.findLast(({ substantial }) => substantial);
  if (last === undefined || (annulment ?? revocation) !== null) return [];
  const underneath = publication === null ? (later(last, lifted) ? { it: 'la fine di una sospensione', en: 'the end of a suspension' } : null) : { it: 'la pubblicazione', en: 'the publication' };
  return [{ type: 'ResolutionRectified', version: last.version, underneath }];
}

function ofProposal({ deliberation }: AdhesionState): readonly CorrectableFact[] {
  const { receipt, opinions, sessionRequest, convocation, lastSession, adoption, rejection } = deliberation;
  const voted = adoption !== null || rejection !== null;
  const sessionAfter = (version: number): boolean => voted || convocation !== null || (lastSession !== null && lastSession.version > version);
  const facts: CorrectableFact[] = [];
  if (receipt !== null) {
    const opined = opinions.some((opinion) => opinion.version > receipt.version);
    const underneath = sessionAfter(receipt.version) ? { it: 'la convocazione del consiglio', en: 'the convocation of the council' } : opined ? { it: 'un parere', en: 'an opinion' } : requestAfter(deliberation, receipt.version);
    facts.push({ type: 'ReceiptConfirmed', version: receipt.version, underneath });
  }
  for (const { version, onAmendment } of opinions) {
    const late = onAmendment ? isAccepted(deliberation) : sessionAfter(version);
    facts.push({ type: 'OpinionRecorded', version, underneath: late ? (onAmendment ? { it: "l'accettazione", en: 'the acceptance' } : { it: 'la convocazione del consiglio', en: 'the convocation of the council' }) : null });
  }
  if (sessionRequest !== null) {
    facts.push({ type: 'SessionRequested', version: sessionRequest.version, underneath: later(sessionRequest, lastSession) ? { it: 'una seduta', en: 'a session' } : null });
  }
  if (convocation !== null) facts.push({ type: 'CouncilConvened', version: convocation.version, underneath: voted ? { it: 'il voto', en: 'the vote' } : null });
  return facts;
}

function ofLastSession(deliberation: Deliberation): readonly CorrectableFact[] {
  const { convocation, lastSession, sessionBefore, adoption, rejection } = deliberation;
  if (lastSession === null || sessionBefore === null) return [];
  const { version } = lastSession;
  if (adoption !== null) return [{ type: 'ResolutionAdopted', version, underneath: onAdoption(deliberation) }];
  if (rejection !== null) return [{ type: 'ResolutionRejected', version, underneath: null }];
  const underneath = convocation === null ? requestAfter(deliberation, version) : { it: 'la convocazione successiva', en: 'the next convocation' };
  return [{ type: 'SessionHeldWithoutVote', version, underneath }];
}

function onAdoption({ amendment, opinions, publication, transmission, suspension, lifted, revocation, annulment, rectifications }: Deliberation): Bilingual | null {
  if (publication !== null) return { it: 'la pubblicazione', en: 'the publication' };
  if (transmission !== null) return { it: 'la trasmissione', en: 'the transmission' };
  if (amendment === 'FORMAL' || opinions.some(({ onAmendment }) => onAmendment)) return { it: "la decisione sull'emendamento", en: 'the decision on the amendment' };
  const sideFact = suspension ?? lifted ?? revocation ?? annulment ?? rectifications[0];
  return sideFact === undefined || sideFact === null ? null : { it: 'un atto sulla delibera', en: 'an act on the resolution' };
}

function requestAfter({ sessionRequest }: Deliberation, version: number): Bilingual | null {
  return sessionRequest !== null && sessionRequest.version > version ? { it: 'la richiesta di una seduta', en: 'the request of a session' } : null;
}

function ofResolution({ deliberation, convention }: AdhesionState): readonly CorrectableFact[] {
  const { publication, certificate, transmission, acceptance, returned } = deliberation;
  const facts: CorrectableFact[] = [];
  if (publication !== null) {
    // A certificate is judged again by the corrected publication; what the Agency sent back will be transmitted anew.
    const transmitted = transmission !== null && later(publication, transmission) && !later(transmission, returned);
    facts.push({ type: 'PublicationRecorded', version: publication.version, underneath: transmitted ? { it: 'la trasmissione', en: 'the transmission' } : null });
  }
  if (certificate !== null) {
    const signed = convention.signature !== null || convention.voided !== null;
    const underneath = later(certificate, acceptance) ? { it: "l'accettazione", en: 'the acceptance' } : signed ? { it: 'una firma', en: 'a signature' } : null;
    facts.push({ type: 'ExecutivityCertified', version: certificate.version, underneath });
  }
  if (transmission !== null) {
    const underneath = later(transmission, acceptance) ? { it: "l'accettazione", en: 'the acceptance' } : later(transmission, returned) ? { it: 'la restituzione', en: 'the return' } : null;
    facts.push({ type: 'ResolutionTransmitted', version: transmission.version, underneath });
  }
  return facts;
}

function ofOutages({ deliberation, convention }: AdhesionState): readonly CorrectableFact[] {
  const { outages, publication, acceptance } = deliberation;
  if (publication === null) return [];
  return outages.map((outage) => {
    const underneath = convention.signature !== null ? { it: 'una firma', en: 'a signature' } : later(outage, acceptance) ? { it: "l'accettazione", en: 'the acceptance' } : null;
    return { type: 'BoardOutageRecorded', version: outage.version, underneath };
  });
}

/** On a revocation stands what the convention made of it, once it is signed; on an annulment, which ended it, the return of the data. */
function ofSideStates({ deliberation, convention, dpa }: AdhesionState): readonly CorrectableFact[] {
  const { suspension, revocation, annulment, rectifications } = deliberation;
  const lost = annulment ?? revocation;
  const facts: CorrectableFact[] = [];
  if (annulment !== null) facts.push({ type: 'ResolutionAnnulled', version: annulment.version, underneath: dpa.dataReturn === null ? null : { it: 'la restituzione dei dati', en: 'the return of the data' } });
  else if (revocation !== null) facts.push({ type: 'ResolutionRevoked', version: revocation.version, underneath: convention.signature === null ? null : { it: 'la convenzione', en: 'the convention' } });
  else if (suspension !== null) facts.push({ type: 'ResolutionSuspended', version: suspension.version, underneath: null });
  for (const { version, substantial } of rectifications) {
    if (!substantial && lost === null) facts.push({ type: 'ResolutionRectified', version, underneath: null });
  }
  return facts;
}

function later(fact: { readonly version: number }, other: { readonly version: number } | null): boolean {
  return other !== null && other.version > fact.version;
}
