import { laterDate, type CivilDate, type Instant } from '../shared/civil-date.ts';
import type { Party, Reason, Waiting } from '../shared/process.ts';
import {
  conventionState, deliberationState, executivity, hasOpinion, holderOf, isReadyToSign, isReturned, mandatoryRoles, missingOpinions, referentState,
} from './standing.ts';
import { isOpened, type AdhesionState, type Deliberation, type OpenedCase } from './state.ts';
import { timers } from './timers.ts';

/** Whose turn it is: commands that the parties owe, and days that the clock owes. Nothing in it depends on the present. */
export function waiting(state: AdhesionState): readonly Waiting[] {
  if (!isOpened(state) || state.closure !== null) return [];
  return [...onDeliberation(state), ...onResolution(state.deliberation), ...onClock(state), ...onConvention(state), ...onReferents(state)];
}

function turn(who: Party, what: string, since: Instant, dueOn: CivilDate | null = null, reasons: readonly Reason[] = []): Waiting {
  return { who, what, since, dueOn, reasons };
}

function onDeliberation({ opening, deliberation }: OpenedCase): readonly Waiting[] {
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
    case 'RETURNED': return [];
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

/** Instants in UTC sort as their texts do, but for fractions of a second, which do not matter here. */
function latest(...instants: readonly (Instant | undefined)[]): Instant {
  return instants.reduce<Instant>((last, at) => (at !== undefined && at > last ? at : last), '');
}

/** From the adoption on several things are owed side by side. */
function onResolution(deliberation: Deliberation): readonly Waiting[] {
  const { adoption, amendment, publication, certificate, transmission, returned } = deliberation;
  if (adoption === null) return [];
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
  const { deliberation: { publication }, convention: { registration } } = state;
  return timers(state).map(({ key, command }) => command.type === 'RipenExecutivity'
    ? turn('CLOCK', key, publication?.at ?? state.opening.at, publication?.executiveOn ?? null)
    : turn('CLOCK', key, registration?.at ?? state.opening.at, registration?.inForceOn ?? null));
}

function onConvention(state: OpenedCase): readonly Waiting[] {
  const { convention, deliberation } = state;
  const { signature, countersignature, voided } = convention;
  const signing = latest(deliberation.acceptance?.at, deliberation.certificate?.at, voided?.at);
  switch (conventionState(state)) {
    case 'READY_TO_SIGN': return [turn('MEMBER', 'SignConvention', signing)];
    case 'VOID': return isReadyToSign(deliberation) && voided !== null
      ? [turn('MEMBER', 'SignConvention', signing, null, [{ code: voided.code, message: 'The last signature voided the convention; it is signed anew.' }])]
      : [];
    case 'SIGNED_BY_MEMBER': return signature === null ? [] : [turn('OPERATOR', 'CountersignConvention', signature.at, signature.countersignatureDueOn)];
    case 'COUNTERSIGNED':
      return countersignature === null ? [] : [turn('OPERATOR', 'RegisterConvention', countersignature.at, countersignature.registrationDueOn)];
    case 'DRAFT':
    case 'REGISTERED':
    case 'IN_FORCE': return [];
  }
}

/** Appointments are asked for from the day in force; an acceptance is awaited from the appointment. */
function onReferents(state: OpenedCase): readonly Waiting[] {
  const acceptances = state.referents.filter((referent) => referentState(referent) === 'APPOINTED').map((referent) => turn(
    'MEMBER', 'AcceptAppointment', referent.at, referent.acceptanceDueOn,
    [{ code: 'NOT_ACCEPTED', message: `${referent.appointmentId} (${referent.role}) is not accepted yet.` }],
  ));
  const { inForce, registration } = state.convention;
  const vacant = inForce ? mandatoryRoles(state).filter((role) => holderOf(state, role) === undefined) : [];
  if (vacant.length === 0 || registration === null) return acceptances;
  const reasons = vacant.map((role) => ({ code: 'ROLE_VACANT', message: `${role} is not appointed yet.` }));
  return [...acceptances, turn('MEMBER', 'AppointReferent', registration.at, null, reasons)];
}
