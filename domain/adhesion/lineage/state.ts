import type { Fact } from '../event.ts';
import type { LineageEventData } from './events.ts';

/** What the lineage keeps in the state of the case. */
export interface LineageSlice {
  readonly lineage: Lineage;
}

type LineageFact<Type extends keyof LineageEventData> = Fact<LineageEventData[Type]>;

export interface Lineage {
  readonly succession: LineageFact<'AdhesionSucceeded'> | null;
  /** One for each change by which the body took over cases. */
  readonly inherited: readonly LineageFact<'AdhesionInherited'>[];
  readonly imported: LineageFact<'AdhesionImported'> | null;
}

export const EMPTY_LINEAGE: LineageSlice = { lineage: { succession: null, inherited: [], imported: null } };
