import { absoluteMajority, votesCast, votesNeeded, type Votes } from '../../../calendar/majority.ts';
import { actTerm } from '../../../calendar/terms.ts';
import { capital, type Bilingual } from '../../../shared/bilingual.ts';
import { COMPETENT_ORGANS } from '../../../shared/body-types.ts';
import { startOfDay } from '../../../shared/civil-date.ts';
import { accepted, refused, type Refused } from '../../../shared/process.ts';
import { firstRefusal, notBefore, notInFuture } from '../../checks.ts';
import type { Command } from '../../command-types.ts';
import { competenceOf, organWords } from '../../competence.ts';
import { basisOf, workingTerm } from '../../due-dates.ts';
import type { AdhesionEvent } from '../../events.ts';
import { knows } from '../../policies.ts';
import { rule, type Verdict } from '../../rule.ts';
import type { OpenedCase } from '../../state.ts';
import { OPINIONS, SESSION_OUTCOMES } from '../../words.ts';
import type { DeliberationEventData } from '../events.ts';
import { ORGAN_FAULTS, organFault, type OrganFault } from '../organ.ts';
import { quorumNeeded } from '../quorum.ts';
import { deliberationState, isNeverPublished, readyOn } from '../standing.ts';
import type { Deliberation } from '../state.ts';
import type { Organ } from '../terms.ts';
import { READY } from './grounds.ts';
import { outOfTurn } from './out-of-turn.ts';

type SessionData = Command<'RecordSession'>['data'];

const FOLLOWS_CONVOCATION: Bilingual = { it: 'la seduta del consiglio segue la sua convocazione.', en: 'a session of the council follows its convocation.' };

export const recordSession = rule<SessionData, Deliberation>({
  ground: ({ deliberation }) => {
    const state = deliberationState(deliberation);
    return state === 'CONVENED' || state === 'READY_FOR_COUNCIL'
      ? deliberation
      : outOfTurn(deliberation, 'RecordSession', 'READY_FOR_COUNCIL', FOLLOWS_CONVOCATION);
  },
  check: (data, context, state) => firstRefusal(
    wrongOrgan(state, data.organ),
    notInFuture(context, { heldOn: data.heldOn }),
    newSessionFault(data),
    sessionFault(state, data),
  ),
  decide: (given) => {
    const { state, ground, data, context } = given;
    const { heldOn, outcome, newSessionOn } = data;
    const { lastSession } = ground;
    const organ: Organ = data.organ === 'COMMISSIONER' ? 'COMMISSIONER' : competenceOf(state).organ;
    if (organ !== 'COMMISSIONER' && ground.convocation === null) {
      return outOfTurn(ground, 'RecordSession', 'CONVENED', FOLLOWS_CONVOCATION);
    }
    const fault = firstRefusal(
      notBefore(heldOn, 'heldOn', readyOn(ground), READY),
      lastSession !== null && heldOn <= lastSession.heldOn
        ? refused('DATE_BEFORE_GROUND', {
          it: `heldOn deve cadere in un giorno successivo alla seduta precedente (${lastSession.heldOn}).`,
          en: `heldOn must be on a day after the session before (${lastSession.heldOn}).`,
        }, 'heldOn')
        : null,
      organ !== 'COMMISSIONER' ? notBefore(heldOn, 'heldOn', ground.convocation?.sessionOn ?? null, { it: 'il giorno per cui è convocata', en: 'the day for which it was convened' }) : null,
      competenceFault(state, organ, data),
    );
    if (fault !== null) return fault;
    if (outcome !== 'VOTED') {
      return accepted<AdhesionEvent>({
        type: 'SessionHeldWithoutVote', data: { organ, heldOn, outcome, ...(newSessionOn === undefined ? {} : { newSessionOn }), at: context.now }, effectiveOn: heldOn,
      });
    }
    return vote(state, organ, data, context.now);
  },
});

/** A commissioner may sit in the place of any of them (art. 141 c.8 TUEL); nobody else than the body's own organ joins. */
export function wrongOrgan(state: OpenedCase, organ: SessionData['organ']): Refused | null {
  const { bodyType, organ: competent } = competenceOf(state);
  if (organ === competent || organ === 'COMMISSIONER') return null;
  if (bodyType === 'COMUNE' && organ === 'BOARD') {
    return refused('WRONG_ORGAN', {
      it: "La giunta non può deliberare l'adesione; è competente il consiglio (art. 42 TUEL).", en: 'The board cannot join; the council is competent (art. 42 TUEL).',
    }, 'organ');
  }
  const { it, en } = COMPETENT_ORGANS[bodyType];
  return refused('WRONG_ORGAN', { it: `L'adesione di questo ente la delibera ${it}, e nessun altro organo.`, en: `For this body ${en} resolves, and no other organ.` }, 'organ');
}

const FAULTY_FIELD: { readonly [Fault in OrganFault]: keyof SessionData } = { WRONG_ORGAN: 'organ', COUNCIL_SUSPENDED: 'heldOn', COMMISSIONER_TERM_ENDED: 'urgencyReasons' };

/** What is known of the mandates on that day; what becomes known later is flagged instead (see flags.ts). */
function competenceFault(state: OpenedCase, organ: Organ, { heldOn, urgencyReasons }: SessionData): Refused | null {
  const fault = knows(state, '2026.2') ? organFault(state, organ, heldOn, urgencyReasons !== undefined) : null;
  return fault === null ? null : refused(fault, ORGAN_FAULTS[fault], FAULTY_FIELD[fault]);
}

/** Only an item that was put off has a new day, one after the session that put it off; where the quorum is missing a second call follows. */
function newSessionFault({ heldOn, outcome, newSessionOn }: SessionData): Refused | null {
  if (newSessionOn === undefined) return null;
  if (outcome === 'VOTED' || outcome === 'NO_QUORUM') {
    return refused('NEW_SESSION_NOT_EXPECTED', {
      it: 'Una nuova data (newSessionOn) si indica solo se il punto è stato rinviato, ritirato o non trattato; dopo una seduta deserta segue la seconda convocazione.',
      en: 'A new day (newSessionOn) is given only of an item that was postponed, withdrawn or not reached; after a session without quorum a second call follows.',
    }, 'newSessionOn');
  }
  return newSessionOn > heldOn ? null : refused('NEW_SESSION_NOT_LATER', {
    it: `Il punto si rinvia a un giorno successivo alla seduta del ${heldOn}.`, en: `The item is moved to a day after the session of ${heldOn}.`,
  }, 'newSessionOn');
}

/** Counts that cannot be, a vote below the quorum, and what a vote must come with. A commissioner does not vote. */
function sessionFault(state: OpenedCase, data: SessionData): Refused | null {
  const { organ, outcome, councillorsPresent, mayorPresent = false, votes, immediate } = data;
  const { councillors } = state.opening.policies;
  const words = organWords(state);
  if (organ === 'COMMISSIONER') {
    if (outcome === 'NO_QUORUM') {
      return refused('VOTES_INCONSISTENT', {
        it: 'Il commissario delibera da solo: non vi è numero legale che possa mancare.', en: 'A commissioner decides alone: there is no quorum to miss.',
      }, 'outcome');
    }
    return votes === undefined ? null : refused('VOTES_INCONSISTENT', {
      it: 'Il commissario delibera da solo: non vi sono voti da registrare.', en: 'A commissioner decides alone: there are no votes to record.',
    }, 'votes');
  }
  if (councillorsPresent !== undefined && councillorsPresent > councillors) {
    return refused('VOTES_INCONSISTENT', {
      it: `${capital(words.organ.it)} ha ${councillors} ${words.members.it}; non possono essere presenti in ${councillorsPresent}.`,
      en: `${capital(words.organ.en)} has ${councillors} ${words.members.en}; ${councillorsPresent} cannot be present.`,
    }, 'councillorsPresent');
  }
  if (outcome !== 'VOTED') {
    return votes === undefined && immediate === undefined
      ? null
      : refused('VOTES_INCONSISTENT', {
        it: `Se ${SESSION_OUTCOMES[outcome].it}, non vi sono voti da registrare.`, en: `There are no votes to record when ${SESSION_OUTCOMES[outcome].en}.`,
      }, votes === undefined ? 'immediate' : 'votes');
  }
  if (votes === undefined) return refused('INCOMPLETE', { it: 'Per una votazione del consiglio servono i voti.', en: 'A vote of the council needs its votes.' }, 'votes');
  if (councillorsPresent === undefined) {
    return refused('INCOMPLETE', {
      it: 'Per una votazione del consiglio serve il numero dei consiglieri presenti.', en: 'A vote of the council needs the councillors present.',
    }, 'councillorsPresent');
  }
  const present = councillorsPresent + (mayorPresent ? 1 : 0);
  const quorum = quorumNeeded(state);
  return firstRefusal(
    councillorsPresent < quorum
      ? refused('QUORUM_NOT_REACHED', {
        it: `Manca il numero legale: servono almeno ${quorum} ${words.members.it} su ${councillors}, senza contare ${words.head.it} (art. 38 TUEL).`,
        en: `At least ${quorum} of ${councillors} ${words.members.en} must be present, ${words.head.en} not counted (art. 38 TUEL).`,
      }, 'councillorsPresent')
      : null,
    countFault(votes, present, 'votes'),
    immediate === undefined ? null : countFault(immediate, present, 'immediate'),
  );
}

function countFault(votes: Votes, present: number, path: string): Refused | null {
  const cast = votesCast(votes);
  return cast > present
    ? refused('VOTES_INCONSISTENT', {
      it: `I voti sono ${cast}, ma i presenti sono ${present}: i voti non possono superare i presenti.`,
      en: `${cast} votes from ${present} members present: there are at most as many votes as members present.`,
    }, path)
    : null;
}

/** A majority not reached is a fact, not a fault: the resolution is rejected. */
function vote(state: OpenedCase, organ: Organ, data: SessionData, now: string): Verdict {
  const { councillors, majority, abstentions } = state.opening.policies;
  const { heldOn, votes = null, councillorsPresent = null, mayorPresent = false } = data;
  const needed = votes === null ? null : votesNeeded(majority, abstentions, councillors, votes);
  const ballot = {
    organ, heldOn, councillorsPresent, mayorPresent, votes, votesNeeded: needed, basis: basisOf(state), at: now,
  };
  if (votes !== null && needed !== null && votes.for < needed) {
    return accepted<AdhesionEvent>({ type: 'ResolutionRejected', data: { ...ballot, code: 'MAJORITY_NOT_REACHED' }, effectiveOn: heldOn });
  }
  return adopt(state, data, ballot);
}

function adopt(
  state: OpenedCase, data: SessionData, ballot: Omit<DeliberationEventData['ResolutionRejected'], 'code'>,
): Verdict {
  const { deliberation, opening } = state;
  const { heldOn, resolutionNo, immediate, councilReasons = null, urgencyReasons = null } = data;
  if (resolutionNo === undefined) {
    return refused('INCOMPLETE', { it: 'Per una delibera approvata serve il numero.', en: 'An approved resolution needs its number.' }, 'resolutionNo');
  }
  const against = deliberation.opinions.find((opinion) => !opinion.onAmendment && opinion.outcome === 'UNFAVOURABLE');
  if (against !== undefined && councilReasons === null) {
    return refused('COUNCIL_REASONS_REQUIRED', {
      it: `${capital(OPINIONS[against.kind].it)} è contrario: il consiglio deve motivare (councilReasons).`,
      en: `${capital(OPINIONS[against.kind].en)} is unfavourable: the council must give its reasons (councilReasons).`,
    }, 'councilReasons');
  }
  const { policies } = opening;
  const { slaDays, saturdayRolls, calendarVersion } = policies;
  const templateSha = deliberation.template?.sha256 ?? null;
  const textSha256 = data.textSha256 ?? templateSha ?? '';
  const byStatute = isNeverPublished(deliberation);
  const isImmediate = !byStatute && immediate !== undefined
    && (ballot.organ === 'COMMISSIONER' || immediate.for >= absoluteMajority(policies.councillors));
  return accepted<AdhesionEvent>({
    type: 'ResolutionAdopted',
    data: {
      ...ballot,
      resolutionNo,
      textSha256,
      amended: textSha256 !== templateSha,
      immediate: isImmediate,
      immediateVotes: immediate === undefined ? null : { for: immediate.for, against: immediate.against, abstained: immediate.abstained },
      immediateReasons: immediate?.reasons ?? null,
      urgencyReasons,
      councilReasons,
      publicationDueOn: byStatute ? null : actTerm(heldOn, slaDays.publication, { saturdayRolls, calendarVersion }),
      executiveOn: isImmediate || byStatute ? heldOn : null,
      gateOpensAt: isImmediate || byStatute ? startOfDay(heldOn) : null,
      transmissionDueOn: isImmediate || byStatute ? workingTerm(state, heldOn, slaDays.transmission) : null,
    },
    effectiveOn: heldOn,
  });
}
