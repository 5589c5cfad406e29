import { summarizeAdhesion, type AdhesionState } from '../../domain/adhesion/index.ts';
import { summarizeCampaign, type CampaignState } from '../../domain/campaign/index.ts';
import { summarizeConstitution, type ConstitutionState } from '../../domain/constitution/index.ts';
import { summarizeMigration, type MigrationState } from '../../domain/migration/index.ts';
import type { Party } from '../../domain/shared/process.ts';
import type { CivilDate } from '../../domain/shared/civil-date.ts';
import { AGENCY } from '../../domain/shared/body-code.ts';

/**
 * Counts up when the same events give another row: another shape of a state, another phase, turn or lateness. Rows of a lower
 * number are folded anew when a worker starts (rebuild.ts). Up to 4 it was the number of the state's shape alone.
 */
export const PROJECTION = 11;

/** The columns that lists of cases filter by; whatever the process, one shape. */
export interface CaseSummary {
  readonly id: string;
  /** IPA code; of a campaign and of the constitution the Agency. */
  readonly body: string;
  /** The adhesion a migration belongs to. */
  readonly parent: string | null;
  readonly service: string | null;
  readonly phase: string;
  readonly waitingFor: readonly Party[];
  /** First civil day on which the case is late; null: never. */
  readonly lateFrom: CivilDate | null;
}

/** Columns of a case from its folded state. Throws on a process without a read model. */
export function summarize(processName: string, state: object): CaseSummary {
  switch (processName) {
    case 'adhesion': {
      const { id, body, phase, waitingFor, lateFrom } = summarizeAdhesion(state as AdhesionState);
      return { id, body, parent: null, service: null, phase, waitingFor, lateFrom };
    }
    case 'migration': {
      const { id, adhesion, body, service, state: phase, waitingFor } = summarizeMigration(state as MigrationState);
      return { id, body, parent: adhesion, service, phase, waitingFor, lateFrom: null };
    }
    case 'campaign': {
      const { id, state: phase, waitingFor } = summarizeCampaign(state as CampaignState);
      return { id, body: AGENCY, parent: null, service: null, phase, waitingFor, lateFrom: null };
    }
    case 'constitution': {
      const { id, state: phase, waitingFor } = summarizeConstitution(state as ConstitutionState);
      return { id, body: AGENCY, parent: null, service: null, phase, waitingFor, lateFrom: null };
    }
    default:
      throw new Error(`The process ${processName} has no read model`);
  }
}
