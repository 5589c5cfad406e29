import { quorumFloor } from '../calendar/majority.ts';
import { capital } from '../shared/bilingual.ts';
import { COMPETENT_ORGANS, type BodyType } from '../shared/body-types.ts';
import { compareInstants, type Instant } from '../shared/civil-date.ts';
import { accepted, refused, type Context, type Refused } from '../shared/process.ts';
import type { Command } from './command-types.ts';
import { competencePinned } from './competence.ts';
import { isCarriedOut, isConcluded } from './convention/standing.ts';
import type { AdhesionEvent } from './events.ts';
import { resolvePolicies, type AdhesionPolicies, type PolicyChoices, type QuorumPolicy } from './policies.ts';
import { unknownPolicy } from './readings.ts';
import { rule, type Verdict } from './rule.ts';
import type { AdhesionState } from './state.ts';

/** Why the case cannot be opened, or null. */
export function openingTurn({ opening }: AdhesionState): Refused | null {
  return opening === null ? null : refused('ALREADY_OPEN', { it: 'La pratica è già aperta.', en: 'This case is open already.' });
}

/** Pins the policies in full: a case goes by the readings of the law that it began with. */
export function decideOpening(state: AdhesionState, data: Command<'OpenAdhesion'>['data'], { now }: Context): Verdict {
  const turn = openingTurn(state);
  if (turn !== null) return turn;
  const { id, body, istatCode, name = null, population, bodyType = 'COMUNE' } = data;
  const choices = data.policies ?? {};
  const policies = resolvePolicies(choices, population, bodyType);
  const fault = sizeFault(choices, bodyType) ?? unknownPolicy(choices, policies) ?? quorumFault(policies, 'first') ?? quorumFault(policies, 'second')
    ?? (bodyType === 'COMUNE' ? durationFault(policies, population, now) : null);
  return fault ?? accepted<AdhesionEvent>({ type: 'AdhesionOpened', data: { id, body, istatCode, name, population, policies, ...competencePinned(bodyType), at: now } });
}

/** The law gives the size of the council of a comune alone (art. 37 TUEL); of any other organ its statute does. */
function sizeFault({ councillors }: PolicyChoices, bodyType: BodyType): Refused | null {
  if (bodyType === 'COMUNE' || councillors !== undefined) return null;
  const { it, en } = COMPETENT_ORGANS[bodyType];
  return refused('COUNCILLORS_REQUIRED', {
    it: `Delibera ${it}: si indichi in policies.councillors quanti ne fanno parte per statuto, senza chi lo presiede.`,
    en: `${capital(en)} resolves: say in policies.councillors how many are its members by the statute, without who presides.`,
  }, 'policies.councillors');
}

/** A regulation sets the quorum, but never below a third of the councillors assigned by law, the mayor not counted (art. 38 c.2 TUEL). */
function quorumFault({ quorum, councillors }: AdhesionPolicies, call: keyof QuorumPolicy): Refused | null {
  if (quorum === null) return null;
  const [needed, floor, path] = [quorum[call], quorumFloor(councillors), `policies.quorum.${call}`];
  if (needed < floor) {
    return refused('QUORUM_BELOW_LAW', {
      it: `Il regolamento non può fissare il numero legale sotto un terzo dei consiglieri assegnati, senza contare il sindaco (art. 38 TUEL): almeno ${floor} su ${councillors}.`,
      en: `A regulation cannot set the quorum below a third of the councillors, the mayor not counted (art. 38 TUEL): at least ${floor} of ${councillors}.`,
    }, path);
  }
  return needed <= councillors ? null : refused('QUORUM_ABOVE_COUNCIL', {
    it: `Il consiglio ha ${councillors} consiglieri; il numero legale non può essere ${needed}.`, en: `The council has ${councillors} councillors; its quorum cannot be ${needed}.`,
  }, path);
}

/** Comuni up to so many inhabitants carry out their fundamental functions together, ICT among them, for so many years at least (art. 14 c.28 and c.31-bis D.L. 78/2010). */
const ASSOCIATED_INHABITANTS = 5_000;
const ASSOCIATED_YEARS = 3;
/** Since when it is asked: an opening received before is decided, and replayed, as it was. */
const DURATION_ASKED_FROM = '2026-11-22T15:00:00Z';

/** The duration is fixed at the opening, for the first term and for every renewal. */
function durationFault({ conventionYears }: AdhesionPolicies, population: number, now: Instant): Refused | null {
  if (population > ASSOCIATED_INHABITANTS || conventionYears >= ASSOCIATED_YEARS || compareInstants(now, DURATION_ASKED_FROM) < 0) return null;
  return refused('DURATION_BELOW_LAW', {
    it: `Un comune fino a ${ASSOCIATED_INHABITANTS} abitanti si convenziona per almeno ${ASSOCIATED_YEARS} anni (art. 14 c.31-bis D.L. 78/2010): questo ne ha ${population}, e ${conventionYears} non bastano.`,
    en: `A comune of up to ${ASSOCIATED_INHABITANTS} inhabitants joins for ${ASSOCIATED_YEARS} years at least (art. 14 c.31-bis D.L. 78/2010): this one has ${population}, and ${conventionYears} will not do.`,
  }, 'policies.conventionYears');
}

/** Closing is open until the convention is concluded; after that a member leaves by withdrawal, exclusion or expiry. */
export const closeAdhesion = rule<Command<'CloseAdhesion'>['data'], object>({
  ground: (state) => isConcluded(state.convention)
    ? refused('CONVENTION_CONCLUDED', {
      it: 'La convenzione è conclusa; la pratica termina per recesso, esclusione o scadenza, non con la chiusura.',
      en: 'The convention is concluded; the case ends by withdrawal, exclusion or expiry, not by closing.',
    })
    : (inUseFault(state) ?? {}),
  decide: ({ data, context }) => accepted<AdhesionEvent>({
    type: 'AdhesionClosed', data: { reasons: data.reasons, at: context.now },
  }),
});

/** A convention that turned out to be void once it was carried out is signed anew, and then left: data and services are not forgotten with it. */
function inUseFault(state: AdhesionState): Refused | null {
  return isCarriedOut(state) ? refused('CONVENTION_CARRIED_OUT', {
    it: 'La convenzione è nulla ma vi si è già dato corso, con servizi o dati personali: si firma di nuovo, e la si lascia per recesso, esclusione o scadenza.',
    en: 'The convention is void but was carried out, with services or personal data: it is signed anew, and left by withdrawal, exclusion or expiry.',
  }) : null;
}
