import { absoluteMajority, membersOf } from '../../calendar/majority.ts';
import { earliestSessionDay } from '../../calendar/terms.ts';
import { capital, type Bilingual } from '../../shared/bilingual.ts';
import { laterDate, type CivilDate, type Instant } from '../../shared/civil-date.ts';
import type { Waiting } from '../../shared/process.ts';
import type { Reason } from '../../shared/reason.ts';
import { competenceOf, organWords } from '../competence.ts';
import { isInTime, isPast } from '../reminders/reminder.ts';
import { isCommissionerInOffice, openSuspension, suspensionOn } from '../mandates/standing.ts';
import { endOf } from '../membership/standing.ts';
import type { OpenedCase } from '../state.ts';
import { latest, turn } from '../turn.ts';
import { ASKED_BY, OPINIONS } from '../words.ts';
import { isFrozen } from './election-freeze.ts';
import { FLAGS, openFlags } from './flags.ts';
import { organFault } from './organ.ts';
import { quorumNeeded } from './quorum.ts';
import { sessionEscalation } from './reminders.ts';
import { firstSession, newSession, suspendedInWords, type SessionDue } from './sitting.ts';
import { mayAnswerLoss } from './rules/proposal.ts';
import { halt } from './rules/step.ts';
import { flagsToAnswer } from './rules/transmission.ts';
import {
  auditorsDueOn, deliberationState, executivity, isAmendmentOpinionMissing, isAttestationOpen, isNeverPublished, isReturned, isStanding, lastSubstantialRectification, missingOpinions, openSessionRequest,
  readyOn,
} from './standing.ts';
import type { Deliberation } from './state.ts';
import { deliberationTimers } from './timers.ts';

/** What is owed in the deliberation, up to the acceptance of the resolution, and the day on which the act ripens; no act once the convention has ended. */
export function deliberationWaiting(state: OpenedCase): readonly Waiting[] {
  if (endOf(state) !== null) return onClock(state);
  return [...onProposal(state), ...onResolution(state), ...onClock(state)];
}

function onProposal(state: OpenedCase): readonly Waiting[] {
  const { opening, deliberation } = state;
  const { sending, receipt, rejection } = deliberation;
  switch (deliberationState(deliberation)) {
    case 'NOT_STARTED': return [turn('OPERATOR', 'SendProposal', opening.at)];
    case 'PROPOSAL_SENT': return [turn('OPERATOR', 'ConfirmReceipt', sending?.at ?? opening.at, sending?.receiptDueOn ?? null)];
    case 'OPINIONS_PENDING': return [turn('MEMBER', 'RecordOpinion', receipt?.at ?? opening.at, receipt?.opinionsDueOn ?? null, [...missing(deliberation), ...requested(state)])];
    case 'AUDITORS_PENDING': return [turn('MEMBER', 'RecordOpinion', lastOpinionAt(state), auditorsDueOn(deliberation), [...missing(deliberation), ...requested(state)])];
    case 'READY_FOR_COUNCIL': return [onCouncil(state)];
    case 'CONVENED': return [onSession(state)];
    case 'REJECTED': return [newAttempt(state, rejection?.at ?? opening.at, {
      code: 'MAJORITY_NOT_REACHED', message: { it: 'La proposta è stata respinta', en: 'The resolution was rejected' },
    })];
    case 'REVOKED':
    case 'ANNULLED': return afterLoss(state);
    case 'SUSPENDED_BY_COURT':
    case 'SUSPENDED_BY_BODY':
      return [turn('MEMBER', 'LiftSuspension', deliberation.suspension?.at ?? opening.at, null, halt(deliberation)?.reasons)];
    case 'APPROVED':
    case 'APPROVED_AMENDED':
    case 'PUBLISHED':
    case 'TRANSMITTED':
    case 'ACCEPTED':
    case 'RECTIFIED':
    case 'RETURNED': return [];
  }
}

function lastOpinionAt({ opening, deliberation }: OpenedCase): string {
  return deliberation.opinions.length === 0 ? opening.at : latest(...deliberation.opinions.map(({ at }) => at));
}

/** The council is convened, unless a commissioner resolves in its place. */
function onCouncil(state: OpenedCase): Waiting {
  const { deliberation, opening } = state;
  const { receipt, lastSession } = deliberation;
  const since = latest(receipt?.at, lastOpinionAt(state), lastSession?.at);
  const moved = newSession(state);
  if (isCommissionerInOffice(state)) return onCommissioner(since, moved);
  const { ordinaryDays, clearDays } = opening.policies.notice;
  const noticeOn = laterOf(readyOn(deliberation), lastSession?.heldOn ?? null);
  const earliest = noticeOn === null ? [] : [{
    code: 'EARLIEST_SESSION',
    message: earliestInWords(noticeOn, earliestSessionDay(noticeOn, ordinaryDays, clearDays)),
  }];
  const suspension = openSuspension(state);
  const suspended = suspension === null || noticeOn === null || suspension.until < noticeOn ? [] : [suspendedInWords(suspension)];
  const second = lastSession?.outcome === 'NO_QUORUM'
    ? [{
      code: 'SECOND_CALL',
      message: {
        it: `La seduta del ${lastSession.heldOn} è andata deserta: può seguire una seconda convocazione in un giorno successivo, anche con lo stesso avviso.`,
        en: `The session of ${lastSession.heldOn} had no quorum: a second call may follow on a later day, by the same notice.`,
      },
    }]
    : [];
  const first = firstSession(state);
  const dueOn = [openSessionRequest(deliberation)?.sessionDueOn ?? null, first?.dueOn ?? null, moved?.dueOn ?? null].reduce(earlierOf);
  return turn('MEMBER', 'ConveneCouncil', since, dueOn, [...requested(state), ...reasonOf(first), ...reasonOf(moved), ...second, ...suspended, ...earliest]);
}

function earliestInWords(noticeOn: CivilDate, earliest: CivilDate): Bilingual {
  return {
    it: `Con l'avviso consegnato il ${noticeOn}, la prima seduta ordinaria possibile è il ${earliest}.`,
    en: `With the notice delivered on ${noticeOn}, the earliest ordinary session is on ${earliest}.`,
  };
}

function reasonOf(session: SessionDue | null): readonly Reason[] {
  return session === null ? [] : [session.reason];
}

function onCommissioner(since: Instant, moved: SessionDue | null = null): Waiting {
  const message = { it: 'Delibera il commissario, senza convocazione né votazione.', en: 'A commissioner resolves, without convocation or vote.' };
  return turn('MEMBER', 'RecordSession', since, moved?.dueOn ?? null, [{ code: 'COMMISSIONER_IN_OFFICE', message }, ...reasonOf(moved)]);
}

/** The council votes on the day for which it was convened, unless a commissioner has its powers by then. */
function onSession(state: OpenedCase): Waiting {
  const { deliberation: { convocation }, deliberation, opening } = state;
  const sessionOn = convocation?.sessionOn ?? null;
  if (sessionOn !== null && organFault(state, competenceOf(state).organ, sessionOn, false) === 'WRONG_ORGAN') {
    const appointments = state.mandates.filter(({ kind }) => kind === 'COMMISSIONER_APPOINTED').map(({ at }) => at);
    return onCommissioner(latest(convocation?.at, ...appointments));
  }
  const dueOn = openSessionRequest(deliberation)?.sessionDueOn ?? null;
  const frozen = sessionOn !== null && isFrozen(state, sessionOn)
    ? [{
      code: 'ELECTION_FREEZE',
      message: {
        it: `Il ${sessionOn} il consiglio siede dopo la convocazione dei comizi elettorali: adotta solo atti urgenti e improrogabili, e li motiva (urgencyReasons).`,
        en: `The council sits in the election freeze on ${sessionOn}: it adopts urgent acts only, and says why (urgencyReasons).`,
      },
    }]
    : [];
  const suspension = sessionOn === null ? undefined : suspensionOn(state, sessionOn);
  const suspended = suspension === undefined ? [] : [suspendedInWords(suspension)];
  const first = firstSession(state);
  // What was asked for in vain is due on its day, not on a later one for which it was convened.
  return turn('MEMBER', 'RecordSession', convocation?.at ?? opening.at, earlierOf(earlierOf(sessionOn, dueOn), first?.dueOn ?? null), [...requested(state), ...reasonOf(first), ...suspended, ...frozen, voteNeeds(state)]);
}

function voteNeeds(state: OpenedCase): Reason {
  const { councillors, majority } = state.opening.policies;
  const [quorum, absolute, members] = [quorumNeeded(state), absoluteMajority(councillors), membersOf(councillors)];
  const words = organWords(state);
  const immediacy = isNeverPublished(state.deliberation) ? { it: '', en: '' } : {
    it: `; l'immediata eseguibilità richiede ${absolute} voti in una votazione separata`, en: `; immediacy takes ${absolute} in a vote of its own`,
  };
  const adopts = majority === 'ABSOLUTE_OF_MEMBERS'
    ? { it: `la delibera è approvata con ${absolute} voti favorevoli su ${members} componenti`, en: `${absolute} of its ${members} members in favour adopt` }
    : { it: 'la delibera è approvata con più della metà dei votanti', en: 'more than half of the voters in favour adopt' };
  return {
    code: 'VOTE_NEEDS',
    message: {
      it: `${capital(words.organ.it)} può votare con ${quorum} ${words.members.it} presenti su ${councillors}, senza contare ${words.head.it}; ${adopts.it}${immediacy.it}.`,
      en: `${capital(words.organ.en)} can vote with ${quorum} of its ${councillors} ${words.members.en} present, ${words.head.en} not counted; ${adopts.en}${immediacy.en}.`,
    },
  };
}

function requested(state: OpenedCase): readonly Reason[] {
  const { deliberation } = state;
  const request = openSessionRequest(deliberation);
  if (request === null) return [];
  const { by, on, sessionDueOn } = request;
  const asked = {
    code: 'SESSION_REQUESTED',
    message: {
      it: `La seduta è stata chiesta il ${on} ${ASKED_BY[by].it}: va tenuta entro il ${sessionDueOn} (art. 39 TUEL), poi provvede il prefetto.`,
      en: `The session was asked for on ${on} ${ASKED_BY[by].en}: it is due by ${sessionDueOn} (art. 39 TUEL), then the prefect steps in.`,
    },
  };
  const message = {
    it: `Entro il ${sessionDueOn} non risulta alcuna seduta: spetta al prefetto far convocare il consiglio (art. 39 c.5 TUEL).`,
    en: `By ${sessionDueOn} no session is recorded: it is for the prefect to have the council called (art. 39 c.5 TUEL).`,
  };
  // Convened in time, it may have been held and only be entered late.
  const inTime = deliberation.convocation !== null && deliberation.convocation.sessionOn <= sessionDueOn;
  const isEscalated = sessionEscalation(deliberation).some((reminder) => isPast(state, reminder) && (isInTime(reminder) || !inTime));
  return isEscalated ? [asked, { code: 'ESCALATED', message }] : [asked];
}

function newAttempt({ deliberation }: OpenedCase, since: string, { code, message }: Reason): Waiting {
  const { attempt, attemptsAllowed } = deliberation;
  const next = attempt < attemptsAllowed ? 'ResubmitProposal' : 'AllowFurtherAttempt';
  return turn('OPERATOR', next, since, null, [{
    code, message: { it: `${message.it} (tentativo ${attempt} di ${attemptsAllowed}).`, en: `${message.en} (attempt ${attempt} of ${attemptsAllowed}).` },
  }]);
}

/** The Agency tries again where it may; else what the member had signed falls with the resolution: the case is closed, and another opened. */
function afterLoss(state: OpenedCase): readonly Waiting[] {
  const { deliberation: { adoption, revocation, annulment }, convention: { countersignature } } = state;
  const lost = annulment ?? revocation;
  if (lost === null || countersignature !== null) return [];
  const code = annulment === null ? 'RESOLUTION_REVOKED' : 'RESOLUTION_ANNULLED';
  const message = annulment === null
    ? { it: `La delibera è stata revocata il ${lost.on}`, en: `The resolution was revoked on ${lost.on}` }
    : annulledInWords(lost.on, adoption?.heldOn ?? annulment.effectFrom ?? lost.on);
  if (mayAnswerLoss(state)) return [newAttempt(state, lost.at, { code, message })];
  return [turn('OPERATOR', 'CloseAdhesion', lost.at, null, [{
    code,
    message: {
      it: `${message.it}, dopo la firma dell'ente; si può aprire una nuova pratica.`, en: `${message.en}, after the member had signed; a new case can be opened.`,
    },
  }])];
}

function annulledInWords(on: CivilDate, adoptedOn: CivilDate): Bilingual {
  return {
    it: `La delibera è stata annullata il ${on}, con effetto dall'adozione del ${adoptedOn}`,
    en: `The resolution was annulled on ${on}, from its adoption on ${adoptedOn}`,
  };
}

function missing(deliberation: Deliberation): readonly Reason[] {
  return missingOpinions(deliberation).map((kind) => ({
    code: 'OPINION_MISSING', message: { it: `Manca ${OPINIONS[kind].it}.`, en: `${capital(OPINIONS[kind].en)} is missing.` },
  }));
}

/** From the adoption on several things are owed side by side. */
function onResolution(state: OpenedCase): readonly Waiting[] {
  const { deliberation } = state;
  const { adoption, amendment, publication, certificate, transmission, returned } = deliberation;
  if (adoption === null || !isStanding(deliberation)) return [];
  const items: Waiting[] = [];
  if (amendment === 'PENDING') items.push(turn('OPERATOR', 'DecideAmendment', adoption.at));
  const opinionMissing = isAmendmentOpinionMissing(deliberation);
  const missingOnAmendment = [{
    code: 'OPINION_MISSING', message: { it: "Manca il parere di regolarità tecnica sull'emendamento.", en: 'The technical opinion on the amendment is missing.' },
  }];
  if (opinionMissing) items.push(turn('MEMBER', 'RecordOpinion', adoption.at, null, missingOnAmendment));
  if (publication === null && !isNeverPublished(deliberation)) items.push(onPublication(deliberation, adoption));
  const transmissionDueOn = adoption.transmissionDueOn ?? publication?.transmissionDueOn ?? null;
  if (executivity(deliberation) === 'EXECUTIVE' && certificate === null && publication !== null) {
    items.push(turn('MEMBER', 'CertifyExecutivity', publication.at, transmissionDueOn));
  }
  if (isReturned(deliberation)) {
    const flagged = openFlags(state).map((flag) => ({ code: flag, message: FLAGS[flag] }));
    if (isAttestationOpen(deliberation)) items.push(turn('MEMBER', 'CertifyExecutivity', returned?.at ?? adoption.at, null, flagged));
    const reasons = [{ code: 'RETURNED', message: { it: "L'Agenzia ha restituito la delibera.", en: 'The Agency returned the resolution.' } }];
    items.push(turn('MEMBER', 'TransmitResolution', returned?.at ?? adoption.at, null, reasons));
  } else if (transmission === null && (publication !== null || adoption.executiveOn !== null)) {
    items.push(turn('MEMBER', 'TransmitResolution', (publication ?? adoption).at, transmissionDueOn));
  }
  if (deliberationState(deliberation) !== 'TRANSMITTED' || amendment === 'PENDING' || transmission === null) return items;
  const { at, acceptanceDueOn } = transmission;
  // What the opinion was not given on is not accepted: it goes back.
  if (opinionMissing) return [...items, turn('OPERATOR', 'ReturnResolution', at, acceptanceDueOn, missingOnAmendment)];
  const reasons = openFlags(state).map((flag) => ({ code: flag, message: FLAGS[flag] }));
  const toAnswer = flagsToAnswer(state).length === 0 ? [] : [{
    code: 'OVERRIDE_REASON_REQUIRED',
    message: {
      it: 'Per accettarla comunque si motivi in overrideReason, o la si restituisca con ReturnResolution.',
      en: 'To accept it all the same give overrideReason, or return it with ReturnResolution.',
    },
  }];
  return [...items, turn('OPERATOR', 'AcceptResolution', at, acceptanceDueOn, [...reasons, ...toAnswer, ...secondPerson(deliberation)])];
}

function secondPerson({ preparedBy }: Deliberation): readonly Reason[] {
  return preparedBy === null ? [] : [{ code: 'TWO_PERSON_REQUIRED', message: {
    it: "Serve un operatore diverso da chi ha inviato la proposta o deciso sull'emendamento.", en: 'It takes an operator other than the one who sent the proposal or decided on its amendment.',
  } }];
}

function onPublication(deliberation: Deliberation, adoption: NonNullable<Deliberation['adoption']>): Waiting {
  const rectified = lastSubstantialRectification(deliberation);
  const reasons = rectified === null ? [] : [{
    code: 'RECTIFIED',
    message: {
      it: `La delibera è stata rettificata nella sostanza il ${rectified.on}: da quel giorno l'atto si pubblica di nuovo.`,
      en: `The substance was rectified on ${rectified.on}: the act is published anew from that day on.`,
    },
  }];
  return turn('MEMBER', 'RecordPublication', latest(adoption.at, rectified?.at), adoption.publicationDueOn, reasons);
}

function onClock(state: OpenedCase): readonly Waiting[] {
  const { publication } = state.deliberation;
  return deliberationTimers(state).map(({ key }) => turn('CLOCK', key, publication?.at ?? state.opening.at, publication?.executiveOn ?? null));
}

function laterOf(a: CivilDate | null, b: CivilDate | null): CivilDate | null {
  return a === null || b === null ? (a ?? b) : laterDate(a, b);
}

function earlierOf(a: CivilDate | null, b: CivilDate | null): CivilDate | null {
  if (a === null || b === null) return a ?? b;
  return a < b ? a : b;
}
