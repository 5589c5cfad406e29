import { groundsFor } from '../adhesion/services/grounds.ts';
import { isOpened, type AdhesionState } from '../adhesion/state.ts';
import type { CutoverPlace } from '../calendar/windows.ts';
import { placeOf } from '../migration/grounds/place.ts';

const NOBODY_ON_THE_EVE = { patronStaffed: false } as const;

/** What a comune's own case says of the days on which nothing is cut over there; null: it has none. */
export function placeOfCase(istatCode: string, adhesion: AdhesionState | null): CutoverPlace {
  const known = adhesion === null || !isOpened(adhesion) ? { electionDays: [], sessions: [], publications: [] } : groundsFor(adhesion, '', []);
  return placeOf({ ...known, istatCode }, NOBODY_ON_THE_EVE);
}
