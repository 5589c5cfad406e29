import type { CivilDate } from '../../shared/civil-date.ts';
import type { NisDuty } from './terms.ts';

/** Month and day of the first and of the last day, the same every year. */
const WINDOWS: Readonly<Record<NisDuty, readonly [from: string, to: string]>> = {
  REGISTRATION: ['01-01', '02-28'],
  UPDATE: ['04-15', '05-31'],
};

export interface NisWindow {
  readonly from: CivilDate;
  readonly to: CivilDate;
}

/** The days of a year in which a duty is done; terms of the portal, never rolled. */
export function nisWindow(duty: NisDuty, year: number): NisWindow {
  const [from, to] = WINDOWS[duty];
  return { from: `${year}-${from}`, to: `${year}-${to}` };
}

export function yearOf(date: CivilDate): number {
  return Number(date.slice(0, 4));
}
