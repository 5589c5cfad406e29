import type { Actor } from '../shared/actor.ts';
import type { CaseState } from '../shared/case.ts';
import type { Instant } from '../shared/civil-date.ts';
import type { CampaignTerms, Item, ItemState } from './terms.ts';

/** `PREPARING` while its targets are frozen; `STOPPED` by itself, after so many failures. */
export type CampaignStage = 'PREPARING' | 'RUNNING' | 'PAUSED' | 'STOPPED' | 'COMPLETED' | 'CANCELLED';

export interface Campaign extends CampaignTerms {
  readonly startedBy: Actor;
  readonly preparedAt: Instant;
  readonly state: CampaignStage;
  /** When we knew of the present state. */
  readonly since: Instant;
  readonly items: Items;
  /** Failures since it was started, resumed or tried again. */
  readonly failures: number;
  /** The earliest moment at which the next act may begin; null: at once. */
  readonly nextAt: Instant | null;
}

/**
 * The items by columns, each as short as can be: the state is written with every event, and a country has 7,900 comuni. Of
 * the bodies in their order `letters` has one letter each.
 */
export interface Items {
  readonly bodies: readonly string[];
  readonly letters: string;
  /** Adhesions whose id is not the body's first one, which most are: by place. */
  readonly adhesions: Readonly<Record<number, string>>;
  readonly codes: Readonly<Record<number, string>>;
  /** How often an act was tried again; most never are. */
  readonly retries: Readonly<Record<number, number>>;
}

export interface CampaignState extends CaseState {
  /** Null until it is prepared. */
  readonly campaign: Campaign | null;
}

/** Counts up with the shape of `CampaignState`. */
export const CAMPAIGN_STATE_SCHEMA = 1;

export const NO_ITEMS: Items = { bodies: [], letters: '', adhesions: {}, codes: {}, retries: {} };

export function initialCampaign(): CampaignState {
  return { version: 0, parked: [], owed: [], campaign: null };
}

/** The campaign of a state. Throws when none was prepared. */
export function getCampaign({ campaign }: CampaignState): Campaign {
  if (campaign === null) throw new Error('This campaign was never prepared');
  return campaign;
}

const LETTERS: Readonly<Record<ItemState, string>> = { PENDING: 'p', UNDER_WAY: 'u', DONE: 'd', FAILED: 'f', SKIPPED: 's' };
const STATES: Readonly<Record<string, ItemState>> = Object.fromEntries(Object.entries(LETTERS).map(([state, letter]) => [letter, state as ItemState]));

/** The item at a place of the set; undefined beyond its end. */
export function itemAt(items: Items, place: number): Item | undefined {
  const body = items.bodies[place];
  const state = STATES[items.letters.charAt(place)];
  if (body === undefined || state === undefined) return undefined;
  return { body, adhesion: adhesionAt(items, place, body), state, code: items.codes[place] ?? null };
}

export function allItems(items: Items): readonly Item[] {
  return items.bodies.flatMap((_body, place) => itemAt(items, place) ?? []);
}

/** The items with one of them changed; the same for a place beyond their end. */
export function withItem(items: Items, place: number, { state, adhesion, code }: Pick<Item, 'state'> & Partial<Item>): Items {
  if (items.bodies[place] === undefined) return items;
  const { [place]: _former, ...codes } = items.codes;
  return {
    ...items,
    letters: items.letters.slice(0, place) + LETTERS[state] + items.letters.slice(place + 1),
    adhesions: adhesion === undefined ? items.adhesions : withAdhesion(items, place, adhesion),
    codes: code === undefined || code === null ? codes : { ...codes, [place]: code },
  };
}

/** The items with some more at their end. */
export function withMore(items: Items, more: readonly Item[]): Items {
  const first = items.bodies.length;
  const at = (wanted: (item: Item) => string | undefined): Record<number, string> => Object.fromEntries(more.flatMap((item, place) => {
    const value = wanted(item);
    return value === undefined ? [] : [[first + place, value]];
  }));
  return {
    ...items,
    bodies: [...items.bodies, ...more.map(({ body }) => body)],
    letters: items.letters + more.map(({ state }) => LETTERS[state]).join(''),
    adhesions: { ...items.adhesions, ...at(({ adhesion, body }) => keptAdhesion(adhesion, body)) },
    codes: { ...items.codes, ...at(({ code }) => code ?? undefined) },
  };
}

/** The items with each that is in one state put into another, and what they failed with forgotten; `code`: why. */
export function withEach(items: Items, from: ItemState, to: ItemState, code?: string): Items {
  const places = placesIn(items, from);
  const codes = Object.fromEntries(Object.entries(items.codes).filter(([place]) => items.letters.charAt(Number(place)) !== LETTERS[from]));
  return {
    ...items,
    letters: items.letters.replaceAll(LETTERS[from], LETTERS[to]),
    codes: code === undefined ? codes : { ...codes, ...Object.fromEntries(places.map((place) => [place, code])) },
    retries: from === 'FAILED' ? { ...items.retries, ...Object.fromEntries(places.map((place) => [place, (items.retries[place] ?? 0) + 1])) } : items.retries,
  };
}

/** The places of the items in a state, in order; at most so many. */
export function placesIn({ letters }: Items, state: ItemState, most = Number.POSITIVE_INFINITY): number[] {
  const places: number[] = [];
  for (let at = letters.indexOf(LETTERS[state]); at >= 0 && places.length < most; at = letters.indexOf(LETTERS[state], at + 1)) places.push(at);
  return places;
}

export function countOf({ letters }: Items, state: ItemState): number {
  let count = 0;
  for (const letter of letters) if (letter === LETTERS[state]) count += 1;
  return count;
}

/** None and the first of a body are kept as nothing: '' is none, absent the first. */
function keptAdhesion(adhesion: string | null, body: string): string | undefined {
  if (adhesion === null) return '';
  return adhesion === `${body}-1` ? undefined : adhesion;
}

function adhesionAt({ adhesions }: Items, place: number, body: string): string | null {
  const kept = adhesions[place];
  if (kept === undefined) return `${body}-1`;
  return kept === '' ? null : kept;
}

function withAdhesion(items: Items, place: number, adhesion: string | null): Items['adhesions'] {
  const { [place]: _former, ...others } = items.adhesions;
  const kept = keptAdhesion(adhesion, items.bodies[place] ?? '');
  return kept === undefined ? others : { ...others, [place]: kept };
}
