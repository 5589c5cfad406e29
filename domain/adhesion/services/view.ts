import type { MigrationNote, ServicesSlice } from './state.ts';

/** What readers see of the services. */
export interface ServicesPart {
  readonly migrations: readonly Pick<MigrationNote, 'id' | 'service' | 'state'>[];
}

/** The part of the view that the services give. */
export function viewServices({ migrations }: ServicesSlice): ServicesPart {
  return { migrations: migrations.map(({ id, service, state }) => ({ id, service, state })) };
}
