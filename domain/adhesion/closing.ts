import { dpaState } from './dpa/standing.ts';
import { isAccountOpen } from './dues/standing.ts';
import { endOf } from './membership/standing.ts';
import { isBreachOpen } from './processing/standing.ts';
import { standingServices } from './services/standing.ts';
import type { AdhesionState } from './state.ts';

/**
 * True at the end of a case: it was closed before the convention was concluded, another body has succeeded this one, or the convention has ended, every service
 * is closed, the data have gone back, nothing is owed for a breach and the account is closed. Nothing happens in it any more, but a breach that
 * becomes known later opens it again; the next case of that body may begin.
 */
export function isClosed(state: AdhesionState): boolean {
  if (state.closure !== null || state.lineage.succession !== null) return true;
  if (endOf(state) === null || standingServices(state).length > 0 || state.processing.breaches.some(isBreachOpen) || isAccountOpen(state)) return false;
  const dpa = dpaState(state);
  return dpa === 'NOT_STARTED' || dpa === 'CLOSED';
}
