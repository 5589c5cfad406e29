import type { CutoverPlace } from '../../calendar/windows.ts';
import type { Grounds } from './terms.ts';

/** The comune as the adhesion told of it, for its windows. A runoff may follow a vote in any comune (artt. 71 c.6 and 72 c.5 TUEL), so its days are kept free as well. */
export function placeOf(grounds: Pick<Grounds, 'istatCode' | 'electionDays' | 'sessions' | 'publications'> | null, more: Pick<CutoverPlace, 'patronStaffed' | 'calendarVersion'>): CutoverPlace {
  return {
    istatCode: grounds?.istatCode ?? null,
    elections: (grounds?.electionDays ?? []).map((firstDay) => ({ firstDay, runoff: true })),
    sessions: grounds?.sessions ?? [],
    publications: grounds?.publications ?? [],
    ...more,
  };
}
