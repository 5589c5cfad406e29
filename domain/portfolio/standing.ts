import type { TimeWindow } from '../calendar/windows.ts';
import type { Instant } from '../shared/civil-date.ts';
import type { Standing } from './portfolio.ts';

/** Stages after which the service is there, whatever becomes of the old one. */
const OPERATES: ReadonlySet<string> = new Set(['OPERATING', 'DECOMMISSIONING_OLD', 'CLOSED']);
/** Stages after which it is as if nobody had asked. */
const GONE: ReadonlySet<string> = new Set(['CANCELLED', 'REJECTED', 'RETIRING']);

/** Whether a migration came to nothing. */
export function isGone(state: string): boolean {
  return GONE.has(state);
}

/** How a service stands by its newest migration (`retires`: it does, or has retired); null: as if it was never asked for. */
export function standingOf({ state, retires, requestedAt, window }: { readonly state: string; readonly retires: boolean; readonly requestedAt: Instant; readonly window: TimeWindow | null }): Standing | null {
  if (retires || isGone(state)) return null;
  if (OPERATES.has(state)) return { state: 'OPERATING' };
  return window === null ? { state: 'REQUESTED', at: requestedAt } : { state: 'SCHEDULED', window };
}

/** Whether a convention is in force, by the phase of the newest adhesion; null: there is none. */
export function membershipOf(phase: string | null): 'MEMBER' | 'LEAVING' | 'NONE' {
  if (phase === 'IMPLEMENTATION' || phase === 'MANAGEMENT') return 'MEMBER';
  return phase === 'EXITING' ? 'LEAVING' : 'NONE';
}
