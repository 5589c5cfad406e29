import type { Correction } from '../shared/process.ts';
import type { CorrectableType } from './catalogue.ts';
import { CONVENTION_CORRECTABLES, conventionFacts } from './convention/correctable.ts';
import type { CorrectableFact, CorrectablesOf } from './correctable-fact.ts';
import { DELIBERATION_CORRECTABLES, deliberationFacts } from './deliberation/correctable.ts';
import { DPA_CORRECTABLES, dpaFacts } from './dpa/correctable.ts';
import { DUES_CORRECTABLES, duesFacts } from './dues/correctable.ts';
import type { AdhesionEvent } from './events.ts';
import { MEMBERSHIP_CORRECTABLES, membershipFacts } from './membership/correctable.ts';
import { MANDATES_CORRECTABLES, mandatesFacts } from './mandates/correctable.ts';
import { NIS_CORRECTABLES, nisFacts } from './nis/correctable.ts';
import { PROCESSING_CORRECTABLES, processingFacts } from './processing/correctable.ts';
import { REFERENTS_CORRECTABLES, referentsFacts } from './referents/correctable.ts';
import type { AdhesionState } from './state.ts';

/** How each kind of fact is corrected. */
export const CORRECTABLES: CorrectablesOf<CorrectableType> = {
  ...DELIBERATION_CORRECTABLES,
  ...CONVENTION_CORRECTABLES,
  ...DPA_CORRECTABLES,
  ...PROCESSING_CORRECTABLES,
  ...MEMBERSHIP_CORRECTABLES,
  ...DUES_CORRECTABLES,
  ...REFERENTS_CORRECTABLES,
  ...NIS_CORRECTABLES,
  ...MANDATES_CORRECTABLES,
};

/** What an event corrects; null for any other event. */
export function correction(event: AdhesionEvent): Correction<AdhesionEvent> | null {
  if (event.type !== 'FactCorrected') return null;
  const { corrects, reasons: _why, ...instead } = event.data;
  return { corrects, instead, takesAlong: CORRECTABLES[instead.type].takesAlong?.(instead) ?? [] };
}

/** The facts of a case that may be corrected at all, each with what stands on it. */
export function correctableFacts(state: AdhesionState): readonly CorrectableFact[] {
  return [
    ...deliberationFacts(state), ...conventionFacts(state), ...dpaFacts(state), ...processingFacts(state), ...membershipFacts(state), ...duesFacts(state),
    ...referentsFacts(state), ...nisFacts(state), ...mandatesFacts(state),
  ];
}
