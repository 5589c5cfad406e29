import { laterDate, type CivilDate } from '../../shared/civil-date.ts';
import type { Reason, Waiting } from '../../shared/process.ts';
import type { OpenedCase } from '../state.ts';
import { latest, turn } from '../turn.ts';
import { deliberationState, executivity, hasLostMandate, hasOpinion, isReturned, isSuspended, missingOpinions } from './standing.ts';
import type { Deliberation } from './state.ts';
import { deliberationTimers } from './timers.ts';

/** What is owed in the deliberation, up to the acceptance of the resolution, and the day on which the act ripens. */
export function deliberationWaiting(state: OpenedCase): readonly Waiting[] {
  return [...onProposal(state), ...onResolution(state.deliberation), ...onClock(state)];
}

function onProposal({ opening, deliberation }: OpenedCase): readonly Waiting[] {
  const { sending, receipt, convocation, rejection, lastSession, opinions, attempt, attemptsAllowed } = deliberation;
  const lastOpinionAt = opinions.at(-1)?.at ?? opening.at;
  switch (deliberationState(deliberation)) {
    case 'NOT_STARTED': return [turn('OPERATOR', 'SendProposal', opening.at)];
    case 'PROPOSAL_SENT': return [turn('OPERATOR', 'ConfirmReceipt', sending?.at ?? opening.at, sending?.receiptDueOn ?? null)];
    case 'OPINIONS_PENDING': return [turn('MEMBER', 'RecordOpinion', receipt?.at ?? opening.at, receipt?.opinionsDueOn ?? null, missing(deliberation))];
    case 'AUDITORS_PENDING': return [turn('MEMBER', 'RecordOpinion', lastOpinionAt, auditorsDueOn(deliberation), missing(deliberation))];
    case 'READY_FOR_COUNCIL': return [turn('MEMBER', 'ConveneCouncil', latest(receipt?.at, lastOpinionAt, lastSession?.at))];
    case 'CONVENED': return [turn('MEMBER', 'RecordSession', convocation?.at ?? opening.at, convocation?.sessionOn ?? null)];
    case 'REJECTED': {
      const next = attempt < attemptsAllowed ? 'ResubmitProposal' : 'AllowFurtherAttempt';
      const reasons = [{ code: 'MAJORITY_NOT_REACHED', message: `The resolution was rejected (attempt ${attempt} of ${attemptsAllowed}).` }];
      return [turn('OPERATOR', next, rejection?.at ?? opening.at, null, reasons)];
    }
    case 'APPROVED':
    case 'APPROVED_AMENDED':
    case 'PUBLISHED':
    case 'TRANSMITTED':
    case 'ACCEPTED':
    case 'RETURNED':
    case 'SUSPENDED_BY_COURT':
    case 'SUSPENDED_BY_BODY':
    case 'REVOKED':
    case 'ANNULLED': return [];
  }
}

function missing(deliberation: Deliberation): readonly Reason[] {
  return missingOpinions(deliberation).map((kind) => ({ code: 'OPINION_MISSING', message: `The ${kind} opinion is missing.` }));
}

function auditorsDueOn({ opinions }: Deliberation): CivilDate | null {
  return opinions.reduce<CivilDate | null>((last, { auditorsDueOn: due }) => {
    if (due === null) return last;
    return last === null ? due : laterDate(last, due);
  }, null);
}

/** From the adoption on several things are owed side by side. */
function onResolution(deliberation: Deliberation): readonly Waiting[] {
  const { adoption, amendment, publication, certificate, transmission, returned } = deliberation;
  if (adoption === null || isSuspended(deliberation) || hasLostMandate(deliberation)) return [];
  const items: Waiting[] = [];
  if (amendment === 'PENDING') items.push(turn('OPERATOR', 'DecideAmendment', adoption.at));
  const opinionMissing = amendment === 'FORMAL' && !hasOpinion(deliberation, 'TECHNICAL', true);
  if (opinionMissing) {
    const reasons = [{ code: 'OPINION_MISSING', message: 'The TECHNICAL opinion on the amendment is missing.' }];
    items.push(turn('MEMBER', 'RecordOpinion', adoption.at, null, reasons));
  }
  if (publication === null) items.push(turn('MEMBER', 'RecordPublication', adoption.at, adoption.publicationDueOn));
  const transmissionDueOn = adoption.transmissionDueOn ?? publication?.transmissionDueOn ?? null;
  if (executivity(deliberation) === 'EXECUTIVE' && certificate === null && publication !== null) {
    items.push(turn('MEMBER', 'CertifyExecutivity', publication.at, transmissionDueOn));
  }
  if (isReturned(deliberation)) {
    const reasons = [{ code: 'RETURNED', message: 'The Agency returned the resolution.' }];
    items.push(turn('MEMBER', 'TransmitResolution', returned?.at ?? adoption.at, null, reasons));
  } else if (transmission === null && (publication !== null || adoption.immediate)) {
    items.push(turn('MEMBER', 'TransmitResolution', (publication ?? adoption).at, transmissionDueOn));
  }
  const acceptable = deliberationState(deliberation) === 'TRANSMITTED' && amendment !== 'PENDING' && !opinionMissing;
  if (acceptable && transmission !== null) {
    items.push(turn('OPERATOR', 'AcceptResolution', transmission.at, transmission.acceptanceDueOn));
  }
  return items;
}

function onClock(state: OpenedCase): readonly Waiting[] {
  const { publication } = state.deliberation;
  return deliberationTimers(state).map(({ key }) => turn('CLOCK', key, publication?.at ?? state.opening.at, publication?.executiveOn ?? null));
}
