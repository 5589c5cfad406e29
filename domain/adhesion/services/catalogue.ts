import type { CommandEntry } from '../command-entry.ts';

/** Commands of the services, in the order of the path. */
export const SERVICES_COMMANDS = {
  RequestMigration: { by: ['operator', 'member'], parkable: false, freeText: [] },
} as const satisfies Readonly<Record<string, CommandEntry>>;

/** Commands of the engine: what a migration tells. */
export interface ServicesEngineData {
  readonly NoteMigration: { readonly id: string; readonly service: string; readonly state: string };
}
