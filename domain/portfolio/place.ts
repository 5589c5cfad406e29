import type { AdhesionState } from '../adhesion/index.ts';
import type { Grounds } from '../migration/grounds/terms.ts';
import type { CutoverPlace } from '../calendar/windows.ts';

/** What a comune's own case says of the days on which nothing is cut over there; null: it has none. */
export function placeOf(istatCode: string, adhesion: AdhesionState | null): CutoverPlace {
  if (adhesion === null) return { istatCode, elections: [], sessions: [], patronStaffed: false };
  const { mandates, deliberation: { convocation } } = adhesion;
  return {
    istatCode,
    // Whether there is a runoff is not known before the vote: its days are kept free.
    elections: mandates.filter(({ kind }) => kind === 'ELECTION_CALLED').map(({ on }) => ({ firstDay: on, runoff: true })),
    sessions: convocation === null ? [] : [convocation.sessionOn],
    patronStaffed: false,
  };
}

/** The same as a migration knows it by what the adhesion told it. A runoff may follow a vote in any comune (artt. 71 c.6 and 72 c.5 TUEL), so its days are kept free as well. */
export function placeOfGrounds(grounds: Grounds | null): CutoverPlace {
  const { istatCode = null, electionDays = [], sessions = [], publications = [] } = grounds ?? {};
  return { istatCode, elections: electionDays.map((firstDay) => ({ firstDay, runoff: true })), sessions, publications, patronStaffed: false };
}
