import type { CivilDate } from '../shared/civil-date.ts';
import type { Origin } from './lineage/origin.ts';

/** The events of a table that gives each event's data by its type. */
export type EventOf<Data> = {
  readonly [Type in keyof Data]: { readonly type: Type; readonly data: Data[Type] & Originated; readonly effectiveOn?: CivilDate };
}[keyof Data];

/** Of an event that repeats what was a fact before: where it comes from. It changes nothing of what the event says. */
export interface Originated {
  readonly origin?: Origin;
}

/** A fact as its event gave it, and the version of the event that brought it (or last corrected it). */
export type Fact<Data> = Data & { readonly version: number };
