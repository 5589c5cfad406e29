import { compareInstants, instantOfMillis, millisOf, type Instant } from '../shared/civil-date.ts';
import { countOf, placesIn, type Campaign } from './state.ts';
import type { Pace } from './terms.ts';

const MINUTE_MS = 60_000;

/** What begins at one moment, and when the next may at the earliest. */
export interface Turn {
  /** Places of the items that begin. */
  readonly targets: readonly number[];
  readonly nextAt: Instant;
}

/**
 * What may begin now: never more than the pace lets begin in any sixty seconds, and never more under way than the window
 * holds. Null where nothing may.
 */
export function turnAt(campaign: Campaign, now: Instant): Turn | null {
  const { nextAt, pace } = campaign;
  if (!isOpen(campaign) || (nextAt !== null && compareInstants(now, nextAt) < 0)) return null;
  const free = pace.parallel - countOf(campaign.items, 'UNDER_WAY');
  const targets = placesIn(campaign.items, 'PENDING', Math.min(atOnce(pace), free));
  return { targets, nextAt: instantOfMillis(millisOf(now) + targets.length * gapMs(pace)) };
}

/** When the next acts may begin by the pace; null while nothing may, or until an outcome makes room in the window. */
export function nextTurnAt(campaign: Campaign): Instant | null {
  return isOpen(campaign) ? campaign.nextAt ?? campaign.since : null;
}

/** Something is left to begin, and there is room for it. */
function isOpen({ state, items, pace }: Campaign): boolean {
  return state === 'RUNNING' && items.letters.includes('p') && countOf(items, 'UNDER_WAY') < pace.parallel;
}

/** A timer a second is enough: of a fast pace several begin together. */
function atOnce({ perMinute }: Pace): number {
  return Math.ceil(perMinute / 60);
}

/**
 * Milliseconds that each act keeps the next one waiting. Those that begin together pay for it afterwards, so the gap is made for as
 * many fewer: in no sixty seconds, wherever they begin, there are more than the pace says.
 */
function gapMs(pace: Pace): number {
  return Math.ceil(MINUTE_MS / (pace.perMinute - atOnce(pace) + 1));
}
