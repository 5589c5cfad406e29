import { quorumFloor } from '../../calendar/majority.ts';
import type { OpenedCase } from '../state.ts';

/**
 * Councillors who must be present, the mayor not counted, for a session to be valid: as the regulation of the council says for the call, else a third
 * (art. 38 c.2 TUEL). Before the convocation is known it is the lower of both calls, so that no session is refused for a call that it was not.
 */
export function quorumNeeded({ opening, deliberation: { convocation } }: OpenedCase): number {
  const { quorum, councillors } = opening.policies;
  if (quorum === null) return quorumFloor(councillors);
  if (convocation === null) return Math.min(quorum.first, quorum.second);
  return convocation.call === 2 ? quorum.second : quorum.first;
}
