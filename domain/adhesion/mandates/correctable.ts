import type { Bilingual } from '../../shared/bilingual.ts';
import { byRule, type CorrectableFact, type CorrectablesOf } from '../correctable-fact.ts';
import type { CommandData } from '../command-types.ts';
import { actNumber, date, oneOf, optional, shape, subjectId } from '../shape.ts';
import type { AdhesionState } from '../state.ts';
import type { MANDATES_CORRECTED_BY } from './catalogue.ts';
import { recordMandateChange } from './rules/mandate-change.ts';
import { withdrawalOf } from './standing.ts';
import type { MandateFact } from './state.ts';
import { MANDATE_CHANGES } from './terms.ts';

/** The shapes of the commands whose data a correction gives. */
const SHAPES = {
  RecordMandateChange: shape<CommandData['RecordMandateChange']>({
    kind: oneOf(...MANDATE_CHANGES), on: date, until: optional(date), holder: optional(subjectId), actNo: optional(actNumber),
  }),
};

/** What lapsed by a change is taken back with it: the lapse of a change that is gone counts for nothing. */
export const MANDATES_CORRECTABLES: CorrectablesOf<keyof typeof MANDATES_CORRECTED_BY> = {
  MandateChanged: {
    rewind: (state, version) => ({ ...state, mandates: state.mandates.filter((change) => change.version !== version) }),
    decide: byRule(SHAPES.RecordMandateChange, recordMandateChange),
  },
};

/** The facts of the mandates that stand, each with what stands on it. */
export function mandatesFacts(state: AdhesionState): readonly CorrectableFact[] {
  return state.mandates.map((change) => ({ type: 'MandateChanged', version: change.version, underneath: standingOn(state, change) }));
}

function standingOn(state: AdhesionState, change: MandateFact): Bilingual | null {
  const { referents, tenure, lapses } = state;
  const { version, confirmBy } = change;
  if (withdrawalOf(state, change) !== undefined) return { it: 'il ritiro delle dimissioni', en: 'the withdrawal of the resignation' };
  if (confirmBy === undefined) return null;
  if (tenure.confirmations.some((confirmation) => confirmation.version > version)) return { it: 'una conferma dei referenti', en: 'a confirmation of referents' };
  const lapse = lapses.find(({ change }) => change === version);
  return lapse !== undefined && referents.some((referent) => referent.version > lapse.version) ? { it: 'una nomina successiva', en: 'an appointment that followed' } : null;
}
