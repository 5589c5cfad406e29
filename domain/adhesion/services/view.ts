import type { CivilDate } from '../../shared/civil-date.ts';
import type { MigrationNote, ServicesSlice } from './state.ts';

/** What readers see of the services. */
export interface ServicesPart {
  readonly migrations: readonly Pick<MigrationNote, 'id' | 'service' | 'state'>[];
  /** Days on which the council sits, as they were noted for the cutovers. */
  readonly councilSessions: readonly CivilDate[];
}

/** The part of the view that the services give. */
export function viewServices({ migrations, councilSessions = [] }: ServicesSlice): ServicesPart {
  return { migrations: migrations.map(({ id, service, state }) => ({ id, service, state })), councilSessions };
}
