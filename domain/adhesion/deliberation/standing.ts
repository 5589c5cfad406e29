import { laterDate, type CivilDate, type Instant } from '../../shared/civil-date.ts';
import type { Deliberation, DeliberationFact } from './state.ts';
import type { DeliberationState, Executivity, OpinionKind } from './terms.ts';

const OPINIONS: readonly OpinionKind[] = ['TECHNICAL', 'ACCOUNTING', 'AUDITORS'];

/** How the deliberation stands: it follows from the facts. Executivity is a track of its own beside it. */
export function deliberationState(deliberation: Deliberation): DeliberationState {
  return sideState(deliberation) ?? stateOnPath(deliberation);
}

/** The side state that covers where the deliberation stands on its path, or null. */
function sideState(deliberation: Deliberation): DeliberationState | null {
  const { adoption, suspension, revocation, annulment } = deliberation;
  if (adoption === null) return null;
  if (annulment !== null) return 'ANNULLED';
  if (revocation !== null) return 'REVOKED';
  if (suspension !== null) return suspension.by === 'COURT' ? 'SUSPENDED_BY_COURT' : 'SUSPENDED_BY_BODY';
  return isRectified(deliberation) ? 'RECTIFIED' : null;
}

/**
 * A slip that was mended since the Agency accepted: it serves as the accepted resolution did, its dates are kept. Before the
 * acceptance there is nothing to add to where the deliberation stands, the Agency will accept what it sees.
 */
function isRectified(deliberation: Deliberation): boolean {
  const { acceptance, rectifications } = deliberation;
  return acceptance !== null && stateOnPath(deliberation) === 'ACCEPTED' && rectifications.some(({ version }) => version > acceptance.version);
}

/** True for what the convention may be signed on: a resolution that the Agency accepted, mended since or not, and that stands. */
export function isResolutionAccepted(deliberation: Deliberation): boolean {
  return isStanding(deliberation) && stateOnPath(deliberation) === 'ACCEPTED';
}

/** Where the deliberation stands on its path, and goes on from when a suspension ends. */
export function stateOnPath(deliberation: Deliberation): DeliberationState {
  const { sending, receipt, convocation, rejection, adoption } = deliberation;
  if (adoption !== null) return resolutionState(deliberation);
  if (rejection !== null) return 'REJECTED';
  if (sending === null) return 'NOT_STARTED';
  if (receipt === null) return 'PROPOSAL_SENT';
  const [missing] = missingOpinions(deliberation);
  if (missing !== undefined) return missing === 'AUDITORS' ? 'AUDITORS_PENDING' : 'OPINIONS_PENDING';
  return convocation === null ? 'READY_FOR_COUNCIL' : 'CONVENED';
}

function resolutionState(deliberation: Deliberation): DeliberationState {
  const { amendment, publication, transmission } = deliberation;
  if (isReturned(deliberation)) return 'RETURNED';
  if (isAccepted(deliberation)) return 'ACCEPTED';
  if (transmission !== null) return 'TRANSMITTED';
  if (publication !== null) return 'PUBLISHED';
  return amendment === 'PENDING' ? 'APPROVED_AMENDED' : 'APPROVED';
}

/** True while a court or the body has suspended the resolution: no new step, what runs goes on. One that was lost is suspended no more. */
export function isSuspended(deliberation: Deliberation): boolean {
  return deliberation.suspension !== null && !hasLostMandate(deliberation);
}

/** True when the resolution was revoked or annulled: the comune has no mandate to be bound, or to stay, from here on. */
export function hasLostMandate({ revocation, annulment }: Deliberation): boolean {
  return revocation !== null || annulment !== null;
}

/** Opinions that are still missing on the proposal, the auditors' last; those on an amendment stand apart. */
export function missingOpinions(deliberation: Deliberation): readonly OpinionKind[] {
  return askedOpinions(deliberation).filter((kind) => !hasOpinion(deliberation, kind));
}

/** The opinions that a resolution of this body is adopted on. */
function askedOpinions({ ownRules }: Deliberation): readonly OpinionKind[] {
  return ownRules?.opinions ?? OPINIONS;
}

/** True when an amendment that the Agency took still lacks its technical opinion, where the body's acts have one. */
export function isAmendmentOpinionMissing(deliberation: Deliberation): boolean {
  return deliberation.amendment === 'FORMAL' && askedOpinions(deliberation).includes('TECHNICAL') && !hasOpinion(deliberation, 'TECHNICAL', true);
}

/** True for a body whose acts are executive from their adoption, by its statute, and on no notice board. */
export function isNeverPublished({ ownRules }: Deliberation): boolean {
  return ownRules?.executive === 'BY_STATUTE';
}


export function hasOpinion({ opinions }: Deliberation, kind: OpinionKind, onAmendment = false): boolean {
  return opinions.some((opinion) => opinion.kind === kind && opinion.onAmendment === onAmendment);
}

/**
 * Executivity: immediate from adoption, or by the body's statute; else by law on a day after publication, certificate or not (art. 134 TUEL). An
 * annulment reaches back to it, a revocation leaves it as it was.
 */
export function executivity(deliberation: Deliberation): Executivity {
  const { adoption, publication, ripened, annulment } = deliberation;
  if (adoption === null || annulment !== null) return 'NONE';
  if (adoption.immediate) return 'IMMEDIATE';
  if (isNeverPublished(deliberation)) return 'EXECUTIVE';
  if (publication === null) return 'NONE';
  return ripened ? 'EXECUTIVE' : 'PENDING';
}

/** First day on which the act is executive; the day of adoption when immediate or by statute. */
export function executiveOn({ adoption, publication }: Deliberation): CivilDate | null {
  if (adoption === null) return null;
  return adoption.executiveOn ?? publication?.executiveOn ?? null;
}

/** When signing may begin: for an immediate act at its adoption, else by the certificate or the override of a wrong one. */
export function gateOpensAt({ adoption, certificate, acceptance }: Deliberation): Instant | null {
  return adoption?.gateOpensAt ?? certificate?.gateOpensAt ?? (certificate === null ? null : acceptance?.gateOpensAt) ?? null;
}

/** A certificate earlier than the computed day, not accepted by the operator with a reason. */
export function isAttestationOpen({ adoption, certificate, acceptance }: Deliberation): boolean {
  if (certificate === null || certificate.consistent || adoption?.immediate === true) return false;
  return acceptance === null || acceptance.version < certificate.version;
}

/** Returned and not transmitted again since. */
export function isReturned({ returned, transmission }: Deliberation): boolean {
  return returned !== null && (transmission === null || transmission.version < returned.version);
}

export function isAccepted(deliberation: Deliberation): boolean {
  return deliberation.acceptance !== null && !isAttestationOpen(deliberation);
}

/** A request of a session that no session has answered yet; one held without quorum has, since the duty is to call it (art. 39 c.2 TUEL). */
export function openSessionRequest({ sessionRequest, lastSession }: Deliberation): DeliberationFact<'SessionRequested'> | null {
  if (sessionRequest === null || lastSession === null) return sessionRequest;
  const answered = lastSession.version > sessionRequest.version && lastSession.heldOn >= sessionRequest.on;
  return answered ? null : sessionRequest;
}

/** The last change of substance, from which the act is published anew. */
export function lastSubstantialRectification({ rectifications }: Deliberation): DeliberationFact<'ResolutionRectified'> | null {
  return rectifications.findLast(({ substantial }) => substantial) ?? null;
}

/** True when a resolution is adopted, and was neither suspended, revoked nor annulled. */
export function isStanding(deliberation: Deliberation): boolean {
  return deliberation.adoption !== null && !isSuspended(deliberation) && !hasLostMandate(deliberation);
}

/** When the auditors' opinion is due: set with the later of the two opinions of the offices. */
export function auditorsDueOn({ opinions }: Deliberation): CivilDate | null {
  return opinions.reduce<CivilDate | null>((last, { auditorsDueOn: due }) => {
    if (due === null) return last;
    return last === null ? due : laterDate(last, due);
  }, null);
}

/** The day of the receipt or of the last opinion on the proposal, whichever is later: nothing of a session precedes it. */
export function readyOn({ receipt, opinions }: Deliberation): CivilDate | null {
  return opinions.filter((opinion) => !opinion.onAmendment)
    .reduce<CivilDate | null>((last, { givenOn }) => (last === null ? givenOn : laterDate(last, givenOn)), receipt?.receivedOn ?? null);
}
