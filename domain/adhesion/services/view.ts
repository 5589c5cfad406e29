import type { MigrationNote, ServicesSlice } from './state.ts';

/** What readers see of the services. */
export interface ServicesPart {
  readonly recognition: { readonly state: 'NOT_STARTED' };
  readonly migrations: readonly Pick<MigrationNote, 'id' | 'service' | 'state'>[];
}

/** The part of the view that the services give. */
export function viewServices({ migrations }: ServicesSlice): ServicesPart {
  return {
    recognition: { state: 'NOT_STARTED' },
    migrations: migrations.map(({ id, service, state }) => ({ id, service, state })),
  };
}
