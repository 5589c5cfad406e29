import type { Bilingual } from '../shared/bilingual.ts';
import type { Context } from '../shared/process.ts';
import type { CorrectableType } from './catalogue.ts';
import type { AdhesionEvent } from './events.ts';
import type { Rule, Verdict } from './rule.ts';
import type { Guard } from './shape.ts';
import type { AdhesionState, OpenedCase } from './state.ts';

/** A fact that stands, with the version that a correction names. */
export interface CorrectableFact {
  readonly type: CorrectableType;
  readonly version: number;
  /** What came later and stands on it: then it is too late to correct it. */
  readonly underneath: Bilingual | null;
}

/** How a kind of fact is corrected. */
export interface Correctable {
  /**
   * The state without that fact (of that version), on which nothing later stands: where a correction is decided and applied
   * from. `instead` is what the correction says, once it is decided: an older one may have taken more along.
   */
  rewind(state: AdhesionState, version: number, instead?: AdhesionEvent): AdhesionState;
  /** Events that follow from the fact by themselves, or attest what did: as `rewind` takes them back. Left out: none. */
  takesAlong?(instead: AdhesionEvent): readonly AdhesionEvent['type'][];
  /** Decides on the state without the fact; null when the data do not have the shape of the command that recorded it. */
  decide(state: OpenedCase, data: unknown, context: Context, version: number): Verdict | null;
}

export type CorrectablesOf<Type extends CorrectableType> = { readonly [Key in Type]: Correctable };

/** By the rule that the first fact met, on data of the shape of its command. */
export function byRule<Data>(hasShape: Guard<Data>, rule: Rule<Data>): Correctable['decide'] {
  return (state, data, context) => (hasShape(data) ? rule.decide(state, data, context) : null);
}
