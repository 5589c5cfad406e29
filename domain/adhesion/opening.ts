import { accepted, refused, type Context, type Refused } from '../shared/process.ts';
import type { Command } from './command-types.ts';
import { isConcluded } from './convention/standing.ts';
import type { AdhesionEvent } from './events.ts';
import { resolvePolicies } from './policies.ts';
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
  const { id, body, istatCode, name = null, population, policies = {} } = data;
  return accepted<AdhesionEvent>({
    type: 'AdhesionOpened',
    data: { id, body, istatCode, name, population, policies: resolvePolicies(policies, population), at: now },
  });
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
