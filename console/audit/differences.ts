import type { AdhesionView } from '../../domain/adhesion/index.ts';
import { nameOf } from '../../domain/shared/places.ts';
import type { Area } from '../words/view-fields.ts';

/** What stands at one place of a view: a plain value, plain values in a row, or a sentence in both languages. */
export type Value = string | number | boolean | null | readonly (string | number)[] | { readonly it: string; readonly en: string };

/** One place of a view, in which something else stands than before. */
export interface Change {
  readonly area: Area;
  /** The place by the names of its members, without those of the entries of lists: `deliberation.votes.for`. */
  readonly path: string;
  /** Which entries of lists it is in, outermost first: an appointment, a kind of opinion; empty: in no list. */
  readonly entries: readonly string[];
  readonly before: Value;
  readonly after: Value;
  /** Versions of the events that changed it on the way, in order. */
  readonly by: readonly number[];
}

/** Null: pinned for good, or not a matter of the case but of how it is kept. */
export const AREA_OF: Readonly<Record<keyof AdhesionView, Area | null>> = {
  id: null, workflowId: null, version: null,
  body: 'CASE', istatCode: 'CASE', name: 'CASE', population: 'CASE', competence: 'CASE', phase: 'CASE', late: 'CASE', regulations: 'CASE', lineage: 'CASE',
  recognition: 'RECOGNITION', deliberation: 'DELIBERATION', convention: 'CONVENTION', account: 'CONVENTION', dpa: 'DPA', processing: 'DPA',
  referents: 'REFERENTS', requestedRoles: 'REFERENTS', vacancies: 'REFERENTS', personalDataBlocked: 'REFERENTS', rtdOnIpa: 'REFERENTS', nis: 'REFERENTS', mandates: 'MANDATES', signatureDoubts: 'MANDATES',
  migrations: 'SERVICES', councilSessions: 'SERVICES', parked: 'TURN', waitingFor: 'TURN', reminders: 'TURN', timers: 'TURN', policies: null,
};

/** A view taken apart: what stands where. */
export type Places = ReadonlyMap<string, Place>;

interface Place extends Pick<Change, 'area' | 'path' | 'entries'> {
  readonly value: Value;
}

/** Takes a view apart into its places. */
export function placesOf(view: AdhesionView): Places {
  const places = new Map<string, Place>();
  for (const [name, value] of Object.entries({ ...view, ...inShort(view) }) as [keyof AdhesionView, unknown][]) {
    const area = AREA_OF[name];
    if (area !== null) takeApart(places, { area, path: name, entries: [] }, value);
  }
  return places;
}

/** What names itself is told with its dates; the data of a fact that waits, or of an inventory, are those of the event that kept it. */
function inShort({ parked, waitingFor, timers, reminders, recognition }: AdhesionView) {
  const { inventories } = recognition;
  const counted = ({ documentId, digest, count }: NonNullable<typeof inventories>['applications' | 'sites']) => ({ documentId, digest, count });
  return {
    recognition: { ...recognition, inventories: inventories === null ? null : { applications: counted(inventories.applications), sites: counted(inventories.sites) } },
    parked: parked.map(({ commandId, type, receivedAt, code }) => ({ commandId, type, receivedAt, code })),
    waitingFor: waitingFor.map(({ who, what, since, dueOn }) => ({ key: `${who} ${what}`, since, dueOn })),
    timers: timers.map(({ key, at }) => ({ key, at })),
    reminders: reminders.map(({ key, at }) => ({ key, at })),
  };
}

/** Follows the places of a case from version to version, and says in the end what is other than at the beginning, and by which events. */
export class Comparison {
  private readonly first: Places;
  private last: Places;
  private readonly changedBy = new Map<string, number[]>();

  constructor(view: AdhesionView) {
    this.first = placesOf(view);
    this.last = this.first;
  }

  /** The view after the next event, which has that version. */
  next(view: AdhesionView, version: number): void {
    const places = placesOf(view);
    for (const key of new Set([...this.last.keys(), ...places.keys()])) {
      if (isSame(this.last.get(key)?.value, places.get(key)?.value)) continue;
      this.changedBy.set(key, [...this.changedBy.get(key) ?? [], version]);
    }
    this.last = places;
  }

  /** What came back to what it was is no change. */
  changes(): readonly Change[] {
    return [...new Set([...this.first.keys(), ...this.last.keys()])].flatMap((key) => {
      const [before, after] = [this.first.get(key), this.last.get(key)];
      const place = after ?? before;
      // What came with a "no" that nobody said is no news.
      const isNo = (before === undefined && after?.value === false) || (after === undefined && before?.value === false);
      if (place === undefined || isNo || isSame(before?.value, after?.value)) return [];
      const { area, path, entries } = place;
      return [{ area, path, entries, before: before?.value ?? null, after: after?.value ?? null, by: this.changedBy.get(key) ?? [] }];
    });
  }
}

/** A place that is not there says as little as one in which nothing stands. */
function isSame(one: Value = null, other: Value = null): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

function takeApart(places: Map<string, Place>, place: Omit<Place, 'value'>, value: unknown): void {
  const keep = (kept: Value) => { places.set([place.path, ...place.entries].join('|'), { ...place, value: kept }); };
  if (value === null || typeof value !== 'object') return keep(value as Value);
  if (Array.isArray(value) && value.length === 0) return;
  if (Array.isArray(value)) return value.every(isPlain) ? keep(value) : takeListApart(places, place, value as object[]);
  if ('textId' in value) return keep(String(value.textId));
  if ('it' in value && 'en' in value) return keep({ it: String(value.it), en: String(value.en) });
  // A reason is what it says.
  if ('message' in value) return takeApart(places, place, value.message);
  for (const [name, member] of Object.entries(value)) takeApart(places, { ...place, path: `${place.path}.${name}` }, member);
}

/** Entries are known by what names them, so that one that moves up is not another. */
function takeListApart(places: Map<string, Place>, place: Omit<Place, 'value'>, list: readonly object[]): void {
  const seen = new Map<string, number>();
  for (const entry of list) {
    const { name, shown } = namedOf(entry);
    const times = (seen.get(name) ?? 0) + 1;
    seen.set(name, times);
    takeApart(places, { ...place, entries: [...place.entries, times === 1 ? name : `${name} (${times})`] }, shown);
  }
}

/** Members that say nothing but which entry it is, which is said beside. */
const IDS: ReadonlySet<string> = new Set(['appointmentId', 'commandId', 'id', 'key', 'code']);

function namedOf(entry: object): { readonly name: string; readonly shown: object } {
  const { name, members } = nameOf(entry);
  return { name, shown: Object.fromEntries(Object.entries(entry).filter(([member]) => !members.includes(member) || !IDS.has(member))) };
}

function isPlain(value: unknown): value is string | number {
  return typeof value === 'string' || typeof value === 'number';
}
