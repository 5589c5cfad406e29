import type { CivilDate, Instant } from '../../shared/civil-date.ts';
import { referentState } from './standing.ts';
import type { Referent, ReferentsSlice } from './state.ts';
import type { ReferentRole, ReferentState } from './terms.ts';

/** What readers see of the referents. */
export interface ReferentsPart {
  readonly referents: readonly ReferentView[];
}

interface ReferentView {
  readonly appointmentId: string;
  readonly role: ReferentRole;
  readonly state: ReferentState;
  readonly subject: string;
  readonly actNo: string;
  readonly actOn: CivilDate;
  readonly service: string | null;
  readonly deputy: boolean;
  readonly acceptedAt: Instant | null;
}

/** The part of the view that the referents give. */
export function viewReferents({ referents }: ReferentsSlice): ReferentsPart {
  return { referents: referents.map(viewReferent) };
}

function viewReferent(referent: Referent): ReferentView {
  const { appointmentId, role, subject, actNo, actOn, service, deputy, acceptance } = referent;
  return { appointmentId, role, state: referentState(referent), subject, actNo, actOn, service, deputy, acceptedAt: acceptance?.acceptedAt ?? null };
}
