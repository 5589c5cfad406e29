import type { Instant } from '../../shared/civil-date.ts';
import type { MigrationStage } from '../stages.ts';
import type { Hold } from './terms.ts';

/** What the suspension keeps in the state of the migration. */
export interface SuspensionSlice {
  readonly suspension: {
    /** The stage that it resumes; null while it is not suspended. */
    readonly from: MigrationStage | null;
    /** When it was suspended. */
    readonly at: Instant;
    /** What holds it up: it resumes when nothing does. */
    readonly holds: readonly Hold[];
  };
}

export const EMPTY_SUSPENSION: SuspensionSlice = { suspension: { from: null, at: '', holds: [] } };
