import { byRule, type CorrectableFact, type CorrectablesOf } from '../correctable-fact.ts';
import type { CommandData } from '../command-types.ts';
import { endOf } from '../membership/standing.ts';
import { date, instant, sha256, shape } from '../shape.ts';
import type { AdhesionState } from '../state.ts';
import type { DPA_CORRECTED_BY } from './catalogue.ts';
import { countersignDpa } from './rules/signing.ts';

const hasShape = shape<CommandData['CountersignDpa']>({ signedAt: instant, sha256, inForceOn: date });

/** An agreement that had come into force by the date of a fact is taken back with it. */
export const DPA_CORRECTABLES: CorrectablesOf<keyof typeof DPA_CORRECTED_BY> = {
  DpaCountersigned: {
    rewind: (state) => ({ ...state, dpa: { ...state.dpa, countersignature: null, inForce: false } }),
    takesAlong: () => ['DpaEnteredIntoForce'],
    decide: byRule(hasShape, countersignDpa),
  },
};

/** The Agency's signature with its first day in force, until the convention has ended or a service may count on it. */
export function dpaFacts(state: AdhesionState): readonly CorrectableFact[] {
  const { countersignature } = state.dpa;
  if (countersignature === null) return [];
  const requested = state.migrations.length > 0 && state.dpa.inForce;
  const underneath = endOf(state) !== null ? { it: 'la fine della convenzione', en: 'the end of the convention' } : requested ? { it: 'la richiesta di un servizio', en: 'the request of a service' } : null;
  return [{ type: 'DpaCountersigned', version: countersignature.version, underneath }];
}
