import { quorumFloor } from '../calendar/majority.ts';
import { accepted, refused, type Context, type Refused } from '../shared/process.ts';
import type { Command } from './command-types.ts';
import { isConcluded } from './convention/standing.ts';
import type { AdhesionEvent } from './events.ts';
import { resolvePolicies, type AdhesionPolicies, type QuorumPolicy } from './policies.ts';
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
  const { id, body, istatCode, name = null, population } = data;
  const policies = resolvePolicies(data.policies ?? {}, population);
  return quorumFault(policies, 'first') ?? quorumFault(policies, 'second') ?? accepted<AdhesionEvent>({
    type: 'AdhesionOpened', data: { id, body, istatCode, name, population, policies, at: now },
  });
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

/** Closing is open until the convention is concluded; after that a member leaves by withdrawal, exclusion or expiry. */
export const closeAdhesion = rule<Command<'CloseAdhesion'>['data'], object>({
  ground: ({ convention }) => isConcluded(convention)
    ? refused('CONVENTION_CONCLUDED', {
      it: 'La convenzione è conclusa; la pratica termina per recesso, esclusione o scadenza, non con la chiusura.',
      en: 'The convention is concluded; the case ends by withdrawal, exclusion or expiry, not by closing.',
    })
    : {},
  decide: ({ data, context }) => accepted<AdhesionEvent>({
    type: 'AdhesionClosed', data: { reasons: data.reasons, at: context.now },
  }),
});
