import type { CutoverTraits } from '../calendar/windows.ts';
import type { Service } from './schemas.ts';

/** What an entry of the catalogue asks its cutovers to keep away from, beside what is for every service. */
export function cutoverTraits({ windows: { forbidden } }: Pick<Service, 'windows'>): CutoverTraits {
  return {
    tax: forbidden.includes('TAX_DAYS'), council: forbidden.includes('COUNCIL_DAYS'), scheduledJobs: forbidden.includes('CLOCK_CHANGE'), board: forbidden.includes('BOARD_PUBLICATIONS'),
  };
}
