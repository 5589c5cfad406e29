import type { CivilDate } from '../../shared/civil-date.ts';
import type { MandatesSlice } from './state.ts';
import type { MandateChange } from './terms.ts';

/** What readers see of the mandates. */
export interface MandatesPart {
  readonly mandates: readonly { readonly kind: MandateChange; readonly on: CivilDate }[];
}

/** The part of the view that the mandates give. */
export function viewMandates({ mandates }: MandatesSlice): MandatesPart {
  return { mandates: mandates.map(({ kind, on }) => ({ kind, on })) };
}
