import type { Offer } from '../../catalogue/offer.ts';
import type { CommandEntry } from '../command-entry.ts';

/** Commands of the services, in the order of the path. */
export const SERVICES_COMMANDS = {
  RequestMigration: { by: ['operator', 'member'], parkable: false, freeText: [] },
  NoteCouncilSession: { by: ['operator', 'member'], parkable: false, freeText: [] },
  WithdrawCouncilSession: { by: ['operator', 'member'], parkable: false, freeText: [] },
} as const satisfies Readonly<Record<string, CommandEntry>>;

/** Commands of the engine: what a migration tells. */
export interface ServicesEngineData {
  readonly NoteMigration: { readonly id: string; readonly service: string; readonly state: string };
}

/** The edge adds what the catalogue says of the service when it is asked for: the process looks at nothing that changes. */
export interface Offered {
  readonly offered?: Offer | undefined;
}
