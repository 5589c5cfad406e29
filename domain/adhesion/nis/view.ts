import type { CivilDate } from '../../shared/civil-date.ts';
import type { OpenedCase } from '../state.ts';
import { nisTerms } from './standing.ts';
import type { NisDuty } from './terms.ts';

/** What readers see of a subject of NIS. */
export interface NisPart {
  readonly nis: {
    /** Null in a case that was opened before it was asked. */
    readonly subject: boolean | null;
    readonly done: readonly { readonly duty: NisDuty; readonly year: number; readonly on: CivilDate; readonly dueOn: CivilDate; readonly late: boolean }[];
    /** The windows that come next, from the day in force on. */
    readonly next: readonly { readonly duty: NisDuty; readonly year: number; readonly from: CivilDate; readonly to: CivilDate }[];
  };
}

/** The part of the view that the duties of NIS give. */
export function viewNis(state: OpenedCase): NisPart {
  const { nisSubject: subject, reminders } = state.opening.policies;
  return {
    nis: {
      subject,
      done: state.nisDuties.map(({ duty, year, on, dueOn, late }) => ({ duty, year, on, dueOn, late })),
      next: nisTerms(state, reminders?.nis ?? 0),
    },
  };
}
