import type { Bilingual } from '../../../shared/bilingual.ts';
import { refused, tooEarly, type Refused } from '../../../shared/process.ts';
import { DELIBERATION_STATES } from '../../words.ts';
import { deliberationState, hasLostMandate, stateOnPath } from '../standing.ts';
import type { Deliberation } from '../state.ts';
import type { DeliberationState } from '../terms.ts';

const ORDER: readonly DeliberationState[] = [
  'NOT_STARTED', 'PROPOSAL_SENT', 'OPINIONS_PENDING', 'AUDITORS_PENDING', 'READY_FOR_COUNCIL', 'CONVENED', 'REJECTED', 'APPROVED',
  'APPROVED_AMENDED', 'PUBLISHED', 'TRANSMITTED', 'RETURNED', 'ACCEPTED',
];

/** Refusal of a command whose turn has not come, or has passed, by the state of the deliberation. */
export function outOfTurn(deliberation: Deliberation, command: string, from: DeliberationState, right: Bilingual): Refused {
  const state = deliberationState(deliberation);
  const { it, en } = DELIBERATION_STATES[state];
  const message = { it: `${command} non è ora al suo turno (${it}); ${right.it}`, en: `${command} is not in turn now (${en}); ${right.en}` };
  // A suspension delays a turn; it neither brings it nor ends it.
  const onPath = stateOnPath(deliberation);
  const yetToCome = !hasLostMandate(deliberation) && (ORDER.indexOf(onPath) < ORDER.indexOf(from) || onPath === 'REJECTED');
  return yetToCome ? tooEarly('OUT_OF_TURN', message) : refused('OUT_OF_TURN', message);
}

/** Of a body whose acts are executive by its statute: what TUEL has published and certified is not recorded. */
export const NEVER_PUBLISHED: Refused = refused('NEVER_PUBLISHED', {
  it: "Gli atti di questo ente sono efficaci dall'adozione, per statuto (art. 114 TUEL): non si registrano pubblicazione né certificato; dopo l'adozione la delibera si trasmette.",
  en: 'The acts of this body take effect from their adoption, by its statute (art. 114 TUEL): neither publication nor certificate is recorded; once adopted the resolution is transmitted.',
});
