import type { CivilDate } from '../../shared/civil-date.ts';
import type { OpenedCase } from '../state.ts';
import type { Ancestor, PaperDocument, SuccessorCase } from './events.ts';

/** What readers see of where a case comes from, and of what came after it. */
export interface LineagePart {
  readonly lineage: {
    /** Those that took the place of the body; null while it is there. */
    readonly succeededBy: { readonly change: string; readonly on: CivilDate; readonly cases: readonly SuccessorCase[] } | null;
    readonly inheritedFrom: readonly { readonly change: string; readonly on: CivilDate; readonly cases: readonly Ancestor[]; readonly facts: number }[];
    /** The papers of an adhesion that was concluded elsewhere; null of any other. */
    readonly importedFrom: readonly PaperDocument[] | null;
  };
}

/** The part of the view that the lineage gives. */
export function viewLineage({ lineage: { succession, inherited, imported } }: OpenedCase): LineagePart {
  return {
    lineage: {
      succeededBy: succession === null ? null : { change: succession.change, on: succession.on, cases: succession.successors },
      inheritedFrom: inherited.map(({ change, on, from, facts }) => ({ change, on, cases: from, facts })),
      importedFrom: imported?.documents ?? null,
    },
  };
}
