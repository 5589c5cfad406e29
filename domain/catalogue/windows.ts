import type { CutoverTraits } from '../calendar/windows.ts';
import type { Service } from './schemas.ts';

/** What an entry of the catalogue says of its windows, as the legal clock asks for it. */
export interface ServiceWindows {
  readonly traits: CutoverTraits;
  /** Whether the eve of the patron is kept free where nobody is in the office. */
  readonly patronEve: boolean;
  /** Whether the notice board stands still with it. */
  readonly board: boolean;
}

/** Votes, ends of months and the season of the budget hold for all services, so that nothing is asked of them here. */
export function windowsOf({ windows: { forbidden } }: Pick<Service, 'windows'>): ServiceWindows {
  return {
    traits: { tax: forbidden.includes('TAX_DAYS'), council: forbidden.includes('COUNCIL_DAYS'), scheduledJobs: forbidden.includes('CLOCK_CHANGE') },
    patronEve: forbidden.includes('PATRON_EVE'),
    board: forbidden.includes('BOARD_PUBLICATIONS'),
  };
}
