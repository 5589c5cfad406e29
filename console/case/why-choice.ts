import type { AdhesionView } from '../../domain/adhesion/index.ts';
import type { Language } from '../../domain/shared/bilingual.ts';
import { leavesOf } from '../../domain/shared/places.ts';
import { AREA_OF } from '../audit/differences.ts';
import { AREA_NAMES, fieldInWords, wordsPath } from '../words/view-fields.ts';

/** Values of a case under one heading, by their places. */
export interface ValueGroup {
  readonly title: string;
  readonly isOpen: boolean;
  readonly leaves: readonly { readonly path: string; readonly value: unknown }[];
}

/** Parts of the Agency's own processes of which one may ask; the rest says the same in another place, or how the case is kept. */
const OF_AGENCY = ['state', 'gates', 'threshold', 'legalForm', 'members', 'evidence', 'decisions', 'lateMembers', 'territory', 'countersignedBy', 'feesBillable', 'counts', 'failures'];

/** The values of a view to choose from: of an adhesion by its areas, of the Agency's own processes by their parts. Items of a campaign are asked of in its own list. */
export function groupsOf(view: object, language: Language): readonly ValueGroup[] {
  const isAdhesion = wordsPath(view, []) === '';
  const leaves = leavesOf(isAdhesion ? view : Object.fromEntries(Object.entries(view).filter(([name]) => OF_AGENCY.includes(name))));
  if (isAdhesion) {
    return Object.entries(AREA_NAMES).map(([area, name]) => ({
      title: name[language === 'it' ? 0 : 1], isOpen: area === 'DELIBERATION', leaves: leaves.filter(({ members }) => AREA_OF[members[0] as keyof AdhesionView] === area),
    })).filter((group) => group.leaves.length > 0);
  }
  return OF_AGENCY.filter((part) => leaves.some(({ members }) => members[0] === part)).map((part) => ({
    title: fieldInWords(wordsPath(view, [part]), language), isOpen: part === 'gates' || part === 'state', leaves: leaves.filter(({ members }) => members[0] === part),
  }));
}
