import { refused, tooEarly, type Refused } from '../../../shared/process.ts';
import { deliberationState, hasLostMandate, stateOnPath } from '../standing.ts';
import type { Deliberation } from '../state.ts';
import type { DeliberationState } from '../terms.ts';

const ORDER: readonly DeliberationState[] = [
  'NOT_STARTED', 'PROPOSAL_SENT', 'OPINIONS_PENDING', 'AUDITORS_PENDING', 'READY_FOR_COUNCIL', 'CONVENED', 'REJECTED', 'APPROVED',
  'APPROVED_AMENDED', 'PUBLISHED', 'TRANSMITTED', 'RETURNED', 'ACCEPTED',
];

/** Refusal of a command whose turn has not come, or has passed, by the state of the deliberation. */
export function outOfTurn(deliberation: Deliberation, command: string, from: DeliberationState, right: string): Refused {
  const state = deliberationState(deliberation);
  const message = `${command} is not in turn while the deliberation is ${state}; ${right}`;
  // A suspension delays a turn; it neither brings it nor ends it.
  const onPath = stateOnPath(deliberation);
  const yetToCome = !hasLostMandate(deliberation) && (ORDER.indexOf(onPath) < ORDER.indexOf(from) || onPath === 'REJECTED');
  return yetToCome ? tooEarly('OUT_OF_TURN', message) : refused('OUT_OF_TURN', message);
}
