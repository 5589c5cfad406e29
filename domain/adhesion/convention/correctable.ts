import { byRule, type CorrectableFact, type CorrectablesOf } from '../correctable-fact.ts';
import type { CommandData } from '../command-types.ts';
import { actNumber, date, shape } from '../shape.ts';
import type { AdhesionState } from '../state.ts';
import type { CONVENTION_CORRECTED_BY } from './catalogue.ts';
import { registerConvention } from './rules/registration.ts';

/** The shapes of the commands whose data a correction gives. */
const SHAPES = {
  RegisterConvention: shape<CommandData['RegisterConvention']>({
    repertoryNo: actNumber, protocolNo: actNumber, registeredOn: date, inForceOn: date,
  }),
};

/** A convention that had come into force by the date of a fact is taken back with it. */
export const CONVENTION_CORRECTABLES: CorrectablesOf<keyof typeof CONVENTION_CORRECTED_BY> = {
  ConventionRegistered: {
    rewind: (state) => ({ ...state, convention: { ...state.convention, registration: null, inForce: false } }),
    decide: byRule(SHAPES.RegisterConvention, registerConvention),
  },
};

/** The facts of the convention that stand, each with what stands on it. */
export function conventionFacts({ convention: { registration }, migrations }: AdhesionState): readonly CorrectableFact[] {
  if (registration === null) return [];
  return [{ type: 'ConventionRegistered', version: registration.version, underneath: migrations.length === 0 ? null : 'the request of a service' }];
}
