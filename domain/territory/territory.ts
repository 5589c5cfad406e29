import type { BodyType } from '../shared/body-types.ts';
import { addDays, type CivilDate, type Instant } from '../shared/civil-date.ts';

/** A body with its codes, as an act makes it or leaves it. */
export interface BodyData {
  readonly ipaCode: string;
  /** ISTAT code of a comune; of any other body that of the comune of its seat. */
  readonly istatCode: string;
  readonly name: string;
  readonly population: number;
  readonly bodyType: BodyType;
}

/** The act that a change rests on, by its reference: a regional law, a resolution. */
export interface LegalAct {
  readonly title: string;
  readonly sha256?: string | undefined;
}

/** A change of the territory: what stood until the day before, and what stands from the day on. */
export interface Change {
  /** The day and the first code that it was recorded with: `2019-02-08.c_m424`; it stays, whatever is corrected. */
  readonly id: string;
  readonly on: CivilDate;
  readonly act: LegalAct;
  /** IPA codes. */
  readonly predecessors: readonly string[];
  readonly successors: readonly BodyData[];
}

/** The kinds of changes, each by the name of its event. */
export const CHANGES = ['BodiesMerged', 'BodyIncorporated', 'BodySplit', 'BodyRenamed', 'BodyRegistered'] as const;
export type ChangeType = (typeof CHANGES)[number];

export interface TerritoryEvent {
  readonly type: ChangeType;
  readonly data: Change;
  readonly effectiveOn: CivilDate;
}

/** Why a change was recorded wrongly; a list, for a text could name persons, and the journal is kept for ever. */
export const MISTAKES = ['TRANSCRIPTION_ERROR', 'ACT_AMENDED', 'ACT_ANNULLED', 'RECORDED_TWICE', 'NOT_THIS_BODY'] as const;
export type Mistake = (typeof MISTAKES)[number];

/** What an operator says of a change that is wrong. */
export interface Mending {
  readonly reason: Mistake;
  /** The act that says so, where one does: an erratum, an annulment. */
  readonly basis?: LegalAct | undefined;
}

/** What a change says; its kind and its id stay. */
export type ChangeContent = Omit<Change, 'id'>;

export interface Correction extends Mending {
  readonly at: Instant;
  /** As it was until then. */
  readonly before: ChangeContent;
}

export interface Withdrawal extends Mending {
  readonly at: Instant;
}

/** A body from its first day to its last, with what it was called meanwhile. */
interface Life {
  readonly ipaCode: string;
  readonly bodyType: BodyType;
  /** In the order of their days; the first from `begun`, or from ever. */
  readonly names: readonly { readonly from: CivilDate | null; readonly istatCode: string; readonly name: string; readonly population: number }[];
  readonly begun: CivilDate | null;
  readonly predecessors: readonly string[];
  /** First day on which it is no more. */
  readonly ended: CivilDate | null;
  readonly successors: readonly string[];
}

/** What is known of the territory: every body that is or was, and every change. */
export interface Territory {
  /** Entries of the journal that are folded in. */
  readonly head: number;
  readonly lives: ReadonlyMap<string, Life>;
  /** Those that stand, in the order in which they were recorded, as they were corrected. */
  readonly changes: readonly KnownChange[];
  readonly withdrawn: readonly WithdrawnChange[];
  /** Changes by which running cases were joined, or begun to be: what those took over is theirs. */
  readonly joined: ReadonlySet<string>;
  /** What the project ships, which no entry of the journal takes back; what stands is folded on it anew when one was wrong. */
  readonly ground: Pick<Territory, 'lives' | 'changes'>;
}

/** A change that stands, and how it was recorded before. */
export interface KnownChange extends TerritoryEvent {
  readonly corrections: readonly Correction[];
}

export interface WithdrawnChange extends KnownChange {
  readonly withdrawal: Withdrawal;
}

/** A body as it is, or was, on a day. */
export interface Body extends BodyData {
  /** First day, where a change made it. */
  readonly from: CivilDate | null;
  /** Last day, where a change ended it. */
  readonly until: CivilDate | null;
  /** Those that took its place, or that it took the place of; IPA codes. */
  readonly succeededBy: readonly string[];
  readonly predecessors: readonly string[];
}

/** The territory of bodies of which no change is known. */
export function territoryOf(bodies: readonly BodyData[]): Territory {
  return shippedWith(new Map(bodies.map((body) => [body.ipaCode, lifeOf(body, null, [])])), []);
}

/** What is known so far as the ground of the journal. */
export function shippedWith(lives: Territory['lives'], changes: Territory['changes']): Territory {
  return { head: 0, lives, changes, withdrawn: [], joined: new Set(), ground: { lives, changes } };
}

/** Folds one change; total. */
export function evolveTerritory(territory: Territory, { type, data, effectiveOn }: TerritoryEvent): Territory {
  return withChange(territory, { type, data, effectiveOn, corrections: [] });
}

/** The territory with other changes in the place of those of the journal. */
export function withChanges(territory: Territory, changes: readonly KnownChange[]): Territory {
  return changes.slice(territory.ground.changes.length).reduce(withChange, { ...territory, ...territory.ground });
}

function withChange(territory: Territory, change: KnownChange): Territory {
  const { on, predecessors, successors } = change.data;
  const lives = new Map(territory.lives);
  const codes = successors.map(({ ipaCode }) => ipaCode);
  for (const code of predecessors) {
    const life = lives.get(code);
    if (life !== undefined && !codes.includes(code)) lives.set(code, { ...life, ended: on, successors: codes });
  }
  for (const { ipaCode, istatCode, name, population, ...body } of successors) {
    const life = lives.get(ipaCode);
    const others = predecessors.filter((code) => code !== ipaCode);
    lives.set(ipaCode, life === undefined
      ? lifeOf({ ipaCode, istatCode, name, population, ...body }, on, others)
      : { ...life, names: [...life.names, { from: on, istatCode, name, population }], predecessors: [...life.predecessors, ...others] });
  }
  return { ...territory, lives, changes: [...territory.changes, change] };
}

function lifeOf({ ipaCode, bodyType, istatCode, name, population }: BodyData, begun: CivilDate | null, predecessors: readonly string[]): Life {
  return { ipaCode, bodyType, names: [{ from: begun, istatCode, name, population }], begun, predecessors, ended: null, successors: [] };
}

/** A body by its code, in being or not, as it was called on a day (on its last one, after that); undefined: there never was one. */
export function bodyOf({ lives }: Territory, code: string, on: CivilDate): Body | undefined {
  const life = lives.get(code);
  return life === undefined ? undefined : shown(life, on);
}

/** The bodies in being on a day, by their codes. */
export function bodiesOn({ lives }: Territory, on: CivilDate): readonly Body[] {
  return [...lives.values()].filter((life) => isInBeing(life, on)).map((life) => shown(life, on)).toSorted((a, b) => (a.ipaCode < b.ipaCode ? -1 : 1));
}

/** True from its first day to its last. */
export function isInBeing({ begun, ended }: Pick<Life, 'begun' | 'ended'>, on: CivilDate): boolean {
  return (begun === null || begun <= on) && (ended === null || on < ended);
}

/** Those that stand on a day in the place of a body: itself while it is, else what it became, and what that became since. */
export function successorsOf(territory: Territory, code: string, on: CivilDate): readonly string[] {
  const life = territory.lives.get(code);
  if (life === undefined) return [];
  if (life.ended === null || on < life.ended) return [code];
  return [...new Set(life.successors.flatMap((next) => successorsOf(territory, next, on)))];
}

/** Whatever a body came from, the nearest first; without itself. */
export function ancestorsOf({ lives }: Territory, code: string): readonly string[] {
  const found = new Set<string>();
  const waiting = [...lives.get(code)?.predecessors ?? []];
  for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
    if (next === code || found.has(next)) continue;
    found.add(next);
    waiting.push(...lives.get(next)?.predecessors ?? []);
  }
  return [...found];
}

function shown({ ipaCode, bodyType, names, begun, ended, predecessors, successors }: Life, on: CivilDate): Body {
  const named = names.findLast(({ from }) => from === null || from <= on) ?? names[0];
  if (named === undefined) throw new Error(`The body ${ipaCode} has no name`);
  const { istatCode, name, population } = named;
  return { ipaCode, istatCode, name, population, bodyType, from: begun, until: ended === null ? null : addDays(ended, -1), succeededBy: successors, predecessors };
}
