import type { CivilDate } from '../../shared/civil-date.ts';
import type { TextRef } from '../../shared/text-ref.ts';
import type { OpenedMigration } from '../state.ts';
import type { CloudLevel, DataClass, PlannedDates } from './terms.ts';

/** What readers see of the plan. */
export interface PlanPart {
  readonly schedule: (PlannedDates & {
    readonly rollback: TextRef;
    readonly costCents: number;
    readonly dataClass: DataClass | null;
    readonly cloudLevel: CloudLevel | null;
    /** Day of the act by which the comune approved it; null: not yet. */
    readonly approvedOn: CivilDate | null;
    /** Cents of euro that the comune has committed; null: nothing yet. */
    readonly committedCents: number | null;
  }) | null;
}

/** The part of the view that the plan gives. */
export function viewPlan({ planning: { proposal, approval, commitment } }: OpenedMigration): PlanPart {
  if (proposal === null) return { schedule: null };
  const { at: _at, ...plan } = proposal;
  return { schedule: { ...plan, approvedOn: approval?.actOn ?? null, committedCents: commitment?.cents ?? null } };
}
