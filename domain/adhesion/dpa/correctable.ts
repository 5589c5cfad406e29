import type { Bilingual } from '../../shared/bilingual.ts';
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

/** The Agency's signature with its first day in force, until the convention has ended or something counts on it. */
export function dpaFacts(state: AdhesionState): readonly CorrectableFact[] {
  const { countersignature } = state.dpa;
  return countersignature === null ? [] : [{ type: 'DpaCountersigned', version: countersignature.version, underneath: standingOn(state) }];
}

function standingOn(state: AdhesionState): Bilingual | null {
  const { migrations, dpa, processing } = state;
  if (endOf(state) !== null) return { it: 'la fine della convenzione', en: 'the end of the convention' };
  if (migrations.length > 0 && dpa.inForce) return { it: 'la richiesta di un servizio', en: 'the request of a service' };
  if (processing.subprocessors.length > 0) return { it: 'la comunicazione di un sub-responsabile', en: 'the notice of a sub-processor' };
  if (processing.audits.length > 0) return { it: "una verifica sull'Agenzia", en: 'an audit of the Agency' };
  return processing.breaches.length > 0 ? { it: 'una violazione di dati', en: 'a breach' } : null;
}
