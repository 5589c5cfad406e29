import type { CommandData } from '../command-types.ts';
import { byRule, type CorrectableFact, type CorrectablesOf } from '../correctable-fact.ts';
import { endOf } from '../membership/standing.ts';
import { date, oneOf, shape } from '../shape.ts';
import type { AdhesionState } from '../state.ts';
import type { NIS_CORRECTED_BY } from './catalogue.ts';
import { NIS_RULES } from './rules.ts';
import { NIS_DUTIES } from './terms.ts';

const hasShape = shape<CommandData['RecordNisDuty']>({ duty: oneOf(...NIS_DUTIES), on: date });

export const NIS_CORRECTABLES: CorrectablesOf<keyof typeof NIS_CORRECTED_BY> = {
  NisDutyDone: {
    rewind: (state, version) => ({ ...state, nisDuties: state.nisDuties.filter((done) => done.version !== version) }),
    decide: byRule(hasShape, NIS_RULES.RecordNisDuty),
  },
};

/** What was recorded of the portal of the ACN, until the convention has ended. */
export function nisFacts(state: AdhesionState): readonly CorrectableFact[] {
  const underneath = endOf(state) === null ? null : { it: 'la fine della convenzione', en: 'the end of the convention' };
  return state.nisDuties.map(({ version }) => ({ type: 'NisDutyDone', version, underneath }));
}
