import type { CivilDate, Instant } from '../shared/civil-date.ts';
import { CHANGES, evolveTerritory, withChanges, type Change, type KnownChange, type Mending, type Territory, type TerritoryEvent, type WithdrawnChange } from './territory.ts';

/** An entry of the journal `territory`: a change, or a word on one that was recorded before. */
export type TerritoryEntry =
  | TerritoryEvent
  /** The change is to be read as it says now. */
  | { readonly type: 'ChangeCorrected'; readonly data: Change & Mending; readonly effectiveOn: CivilDate }
  /** The change never was. */
  | { readonly type: 'ChangeWithdrawn'; readonly data: Mending & { readonly id: string }; readonly effectiveOn: CivilDate }
  /** Running cases are joined because of it from now on: what they take over can't be taken back here. */
  | { readonly type: 'CaseJoiningBegun'; readonly data: { readonly id: string }; readonly effectiveOn: CivilDate };

/** The kinds of entries, each by the name of its event. */
export const ENTRIES = [...CHANGES, 'ChangeCorrected', 'ChangeWithdrawn', 'CaseJoiningBegun'] as const satisfies readonly TerritoryEntry['type'][];

/** Folds an entry of the journal, entered at an instant; total. */
export function evolveEntry(territory: Territory, entry: TerritoryEntry, at: Instant): Territory {
  switch (entry.type) {
    case 'ChangeCorrected': {
      const known = territory.changes.find(({ data }) => data.id === entry.data.id);
      // Last, for it was judged by all the others.
      return known === undefined ? territory : withChanges(territory, [...others(territory, entry.data.id), corrected(known, entry.data, at)]);
    }
    case 'ChangeWithdrawn': {
      const { id, ...withdrawal } = entry.data;
      const known = territory.changes.find(({ data }) => data.id === id);
      if (known === undefined) return territory;
      return { ...without(territory, id), withdrawn: [...territory.withdrawn, { ...known, withdrawal: { ...withdrawal, at } }] };
    }
    case 'CaseJoiningBegun':
      return { ...territory, joined: new Set([...territory.joined, entry.data.id]) };
    case 'BodiesMerged':
    case 'BodyIncorporated':
    case 'BodySplit':
    case 'BodyRenamed':
    case 'BodyRegistered':
      return evolveTerritory(territory, entry);
  }
}

/** A change by its id, also one that was withdrawn. */
export function findChange({ changes, withdrawn }: Territory, id: string): KnownChange | WithdrawnChange | undefined {
  return [...changes, ...withdrawn].find(({ data }) => data.id === id);
}

/** The territory as if a change of the journal had not been recorded. */
export function without(territory: Territory, id: string): Territory {
  return withChanges(territory, others(territory, id));
}

function others({ changes }: Territory, id: string): readonly KnownChange[] {
  return changes.filter(({ data }) => data.id !== id);
}

function corrected({ type, data, corrections }: KnownChange, { reason, basis, id, ...content }: Change & Mending, at: Instant): KnownChange {
  const { id: _id, ...before } = data;
  return { type, data: { id, ...content }, effectiveOn: content.on, corrections: [...corrections, { reason, ...(basis === undefined ? {} : { basis }), at, before }] };
}
