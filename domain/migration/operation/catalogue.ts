import type { CivilDate } from '../../shared/civil-date.ts';
import type { CommandEntry } from '../command-entry.ts';

/** Commands of the operation and of what comes after it, in the order of the way. */
export const OPERATION_COMMANDS = {
  ReportDefect: { by: ['operator', 'member'], freeText: ['description'] },
  ResolveDefect: { by: ['operator', 'member'], freeText: ['resolution'] },
  EndHypercare: { by: ['operator'], freeText: [] },
  Decommission: { by: ['operator'], freeText: [] },
  RetireService: { by: ['operator', 'member'], freeText: ['reasons'] },
  ReturnData: { by: ['operator'], freeText: [] },
  CertifyDeletion: { by: ['operator'], freeText: [] },
  CloseMigration: { by: ['operator'], freeText: [] },
} as const satisfies Readonly<Record<string, CommandEntry>>;

/** Commands of the engine: its timers. */
export interface OperationEngineData {
  /** The working days of hypercare are over; `endsOn` is the day that the timer was set for. */
  readonly EndHypercareTerm: { readonly endsOn: CivilDate };
  /** A defect of severity 1 has stood open for its hours. */
  readonly EscalateDefect: { readonly defectNo: string };
}
