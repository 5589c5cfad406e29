import type { CivilDate } from '../shared/civil-date.ts';

/** The events of a table that gives each event's data by its type. */
export type EventOf<Data> = {
  readonly [Type in keyof Data]: { readonly type: Type; readonly data: Data[Type]; readonly effectiveOn?: CivilDate };
}[keyof Data];

/** A fact as its event gave it, and the version of the event that brought it (or last corrected it). */
export type Fact<Data> = Data & { readonly version: number };
