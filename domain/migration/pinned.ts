import type { CalendarVersion } from '../calendar/holidays.ts';
import type { FullOffer } from '../catalogue/offer.ts';
import type { Service } from '../catalogue/schemas.ts';
import type { MigrationPolicies } from './policies.ts';

/** A gate of a migration. */
export type Gate = FullOffer['gates'][number];

/** What a migration of the full track goes by to its end: the catalogue as it stood, the calendar, the policies. */
export interface Pinned extends FullOffer {
  readonly fulfilment: Service['fulfilment'];
  readonly calendarVersion: CalendarVersion;
  readonly policies: MigrationPolicies;
}
