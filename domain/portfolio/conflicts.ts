import { forbiddenIn, overlap, type CutoverPlace, type CutoverTraits } from '../calendar/windows.ts';
import { forbiddenInWords } from '../calendar/window-words.ts';
import { compareInstants, type CivilDate } from '../shared/civil-date.ts';
import type { Reason } from '../shared/reason.ts';
import type { Cutover } from './cutover.ts';
import type { PortfolioPolicy } from './portfolio.ts';
import { weekOf } from './weeks.ts';

/** A cutover in the calendar. */
export interface BookedCutover extends Cutover {
  /** Id of the migration. */
  readonly migration: string;
  readonly body: string;
  readonly service: string;
  readonly traits: CutoverTraits;
  /** The comune as the migration knows it. */
  readonly place: CutoverPlace;
}

export interface CutoverInCalendar extends BookedCutover {
  /** Monday of its week. */
  readonly week: CivilDate;
  /** What stands against it by now; what is done has none. */
  readonly conflicts: readonly Reason[];
}

/**
 * All cutovers in the order of their windows, each with its conflicts: a forbidden window that it touches by what is known now, a week
 * with more cutovers than it can carry, another service of the same comune at the same time.
 */
export function withConflicts(cutovers: readonly BookedCutover[], { perWeek, perWeekOfService }: Pick<PortfolioPolicy, 'perWeek' | 'perWeekOfService'>): readonly CutoverInCalendar[] {
  const inWeek = counted(cutovers, (one) => weekOf(one.window));
  const ofService = counted(cutovers, (one) => `${weekOf(one.window)} ${one.service}`);
  return cutovers.toSorted((a, b) => compareInstants(a.window.from, b.window.from) || (a.migration < b.migration ? -1 : 1)).map((one) => {
    const week = weekOf(one.window);
    const [all, own] = [inWeek.get(week) ?? 0, ofService.get(`${week} ${one.service}`) ?? 0];
    return {
      ...one, week,
      conflicts: one.kind === 'DONE' ? [] : [
        ...forbiddenIn(one.window, one.traits, { ...one.place, patronStaffed: one.patronStaffed }).map((found) => ended(found.code, forbiddenInWords(found))),
        ...(own > perWeekOfService ? [ended('SERVICE_CAPACITY', {
          it: `Nella settimana ${own} messe in esercizio di ${one.service}: se ne reggono ${perWeekOfService}`, en: `${own} cutovers of ${one.service} in the week, which carries ${perWeekOfService}`,
        })] : []),
        ...(all > perWeek ? [ended('WEEK_CAPACITY', { it: `Nella settimana ${all} messe in esercizio: se ne reggono ${perWeek}`, en: `${all} cutovers in the week, which carries ${perWeek}` })] : []),
        ...cutovers.filter((other) => other.body === one.body && other.migration !== one.migration && other.kind !== 'DONE' && overlap(other.window, one.window))
          .map((other) => ended('COMUNE_BUSY', { it: `Nella stessa finestra il comune mette in esercizio ${other.service}`, en: `In the same window the comune cuts over ${other.service}` })),
      ],
    };
  });
}

function ended(code: string, { it, en }: Reason['message']): Reason {
  return { code, message: { it: `${it}.`, en: `${en}.` } };
}

function counted(cutovers: readonly BookedCutover[], key: (one: BookedCutover) => string): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const one of cutovers) counts.set(key(one), (counts.get(key(one)) ?? 0) + 1);
  return counts;
}
