import type { CivilDate, Instant } from '../../shared/civil-date.ts';
import type { EventOf } from '../event.ts';
import type { Phase } from '../terms.ts';

/** The case of a body that took the place of another. */
export interface SuccessorCase {
  readonly body: string;
  readonly adhesion: string;
}

/** A predecessor's case as it stood when its body ended. */
export interface Ancestor {
  readonly adhesion: string;
  readonly body: string;
  /** Its last version, and the hash of that record: what was taken over can be held against it. */
  readonly version: number;
  readonly hash: string;
  readonly phase: Phase;
  readonly resolutionNo: string | null;
  readonly adoptedOn: CivilDate | null;
  readonly concludedOn: CivilDate | null;
  readonly inForceOn: CivilDate | null;
  readonly endsOn: CivilDate | null;
  /** True for the one whose acts the successor's case goes on with. */
  readonly base: boolean;
  /** Migrations that were open: they go on under their own ids. */
  readonly migrations: readonly { readonly id: string; readonly service: string }[];
}

/** A paper that an imported adhesion rests on. */
export interface PaperDocument {
  readonly title: string;
  readonly protocolNo?: string | undefined;
  readonly sha256?: string | undefined;
}

/** How a case came from others, or from papers, and what came after it (`at`: see `AdhesionEventData`). */
export interface LineageEventData {
  /** Another body, or several, took the place of this one: the case goes on in theirs. `change`: of the territory. */
  readonly AdhesionSucceeded: { readonly change: string; readonly on: CivilDate; readonly successors: readonly SuccessorCase[]; readonly at: Instant };
  /** What the body took over: the acts of the base follow, each an event that names where it comes from. */
  readonly AdhesionInherited: { readonly change: string; readonly on: CivilDate; readonly from: readonly Ancestor[]; readonly facts: number; readonly at: Instant };
  /** Concluded on paper: what the papers say follows, with the days they state, as known from now. */
  readonly AdhesionImported: { readonly documents: readonly PaperDocument[]; readonly at: Instant };
}

export type LineageEvent = EventOf<LineageEventData>;

/** Each event of the lineage, for the dispatch: total by its type. */
const TYPES: { readonly [Type in keyof LineageEventData]: true } = { AdhesionSucceeded: true, AdhesionInherited: true, AdhesionImported: true };

/** True for an event of the lineage. */
export function isLineageEvent(event: { readonly type: string }): event is LineageEvent {
  return event.type in TYPES;
}
