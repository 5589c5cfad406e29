import { explainDay, explainPublication, explainTerm, TERM_KINDS } from '../../../../domain/calendar/calculator.ts';
import { freezeBeginsOn } from '../../../../domain/calendar/elections.ts';
import { boardOutages, checkCutover, nextPreferredWindow } from '../../../../domain/calendar/windows.ts';
import { dateInWords } from '../../../../domain/calendar/date-words.ts';
import { stepInWords } from '../../../../domain/calendar/words.ts';
import { addDays } from '../../../../domain/shared/civil-date.ts';

/** A sample of everything that the legal clock computes: every ninth day of two years, round both changes of clock. */
export function everything(): unknown {
  const sample = Array.from({ length: 82 }, (_, index) => addDays('2026-01-01', index * 9));
  return [...sample, '2026-10-24', '2026-10-25', '2026-10-26', '2027-03-27', '2027-03-28', '2027-03-29'].map((date) => {
    const publication = explainPublication({ firstDay: date, count: 'INCLUDE_FIRST', outages: [date], interruptionShifts: true });
    const window = { from: `${date}T23:30:00+01:00`, to: `${addDays(date, 1)}T22:30:00+01:00` };
    const traits = { tax: true, council: true, scheduledJobs: true };
    const place = { istatCode: '015146', elections: [{ firstDay: '2027-05-23', runoff: true }], sessions: ['2026-09-10'], patronStaffed: false };
    return {
      date, words: dateInWords(date), day: explainDay(date, '015146'), publication, said: publication.steps.map(stepInWords),
      terms: TERM_KINDS.map((kind) => explainTerm({ kind, from: kind === 'HOURS' ? `${date}T00:30:00Z` : date, n: 13, istatCode: '015146' })),
      freeze: freezeBeginsOn(date),
      cutover: checkCutover(window, traits, place), preferred: nextPreferredWindow(window.from, traits, place), outages: boardOutages(window),
    };
  });
}
