import { bound, filledIn, type Computation } from './computation.ts';
import { namesAt, placeIn } from './places.ts';
import type { CommandBody, EventBody, Process } from './process.ts';

/** What is looked at to say why: a process, how readers see its state, and how fields of what they see are computed. */
export interface Explained {
  readonly process: Process<object, CommandBody, EventBody>;
  readonly view: (state: object) => object;
  readonly computations: readonly Computation[];
}

/** A stored event with the command that caused it. */
export interface CausedEvent extends EventBody {
  readonly version: number;
  readonly commandId: string;
}

/** An event after which a field was other than before it. */
export interface Link {
  readonly version: number;
  readonly before: unknown;
  readonly after: unknown;
  /** How the value after it is computed from others; null for one that was said, or that follows from the event itself. */
  readonly rule: AppliedRule | null;
  /** Of an event that a timer brought: which one, when it was due, and after which event it stood so. */
  readonly timer: { readonly key: string; readonly at: string; readonly setBy: number } | null;
  /** Version of the event that parked the fact which was applied here; null: it was not parked. */
  readonly parkedAt: number | null;
}

/** A computation with what it was given. */
export interface AppliedRule {
  readonly computation: Computation;
  /** What it gives when it is computed again from its inputs. */
  readonly value: unknown;
  readonly agrees: boolean;
  readonly inputs: readonly Input[];
}

export interface Input {
  readonly field: string;
  readonly value: unknown;
  /** Version of the event after which it had this value. */
  readonly since: number;
  readonly rule: AppliedRule | null;
}

export interface Why {
  /** Version up to which events were looked at. */
  readonly version: number;
  /** The value after the last of them. */
  readonly value: unknown;
  /** Newest first. Empty: the field never had a value. */
  readonly chain: readonly Link[];
}

/** No such place in the view at any version: how far the path leads, and which names go on from there. */
export interface UnknownField {
  readonly within: string;
  readonly names: readonly string[];
}

interface Change {
  readonly version: number;
  readonly before: unknown;
  readonly after: unknown;
}

/**
 * Why a field of a view is as it is: the events of a stream are folded one by one, and where the view then has something else at
 * that place, there is a link of the chain. Nothing else says which event touches which field, so it holds for every field.
 */
export function why({ process, view, computations }: Explained, events: readonly CausedEvent[], field: string): Why | UnknownField {
  const states = statesAfter(process, events);
  const views = states.map((state) => view(state));
  const place = views.toReversed().map((seen) => placeIn(seen, field)).find((found) => found !== undefined);
  if (place === undefined) return namesAt(views.at(-1) ?? {}, field);
  const history = new History(views, computations);
  return {
    version: events.length,
    value: history.valueAt(place.names, events.length),
    chain: history.changesOf(place.names).toReversed().map((change) => ({
      ...change, rule: history.ruleAt(place.names, change.version), timer: timerOf(process, states, events, change.version), parkedAt: parkingOf(events, change.version),
    })),
  };
}

function statesAfter(process: Explained['process'], events: readonly CausedEvent[]): readonly object[] {
  let state = process.initial();
  return events.map((event) => { state = process.evolve(state, event); return state; });
}

/** What stood where in a view, version by version. */
class History {
  private readonly views: readonly object[];
  private readonly computations: readonly Computation[];
  private readonly changes = new Map<string, readonly Change[]>();

  constructor(views: readonly object[], computations: readonly Computation[]) {
    this.views = views;
    this.computations = computations;
  }

  /** In order. What is not there is as good as null, also before the first event. */
  changesOf(names: readonly string[]): readonly Change[] {
    const path = names.join('.');
    const known = this.changes.get(path) ?? this.lookFor(path);
    this.changes.set(path, known);
    return known;
  }

  valueAt(names: readonly string[], version: number): unknown {
    return this.lastChange(names, version)?.after ?? null;
  }

  /** How the value at a version is computed: by the first computation of the field that applies. */
  ruleAt(names: readonly string[], version: number): AppliedRule | null {
    const value = this.valueAt(names, version);
    if (value === null) return null;
    for (const computation of this.computations) {
      const stars = bound(computation.field, names);
      const applied = stars === null ? null : this.applied(computation, stars, value, version);
      if (applied !== null) return applied;
    }
    return null;
  }

  private applied(computation: Computation, stars: readonly string[], value: unknown, version: number): AppliedRule | null {
    const given = Object.entries(computation.inputs).map(([name, pattern]) => ({ name, names: filledIn(pattern, stars) }));
    const values = Object.fromEntries(given.map(({ name, names }) => [name, this.valueAt(names, version)]));
    if (Object.values(values).includes(null) || computation.applies?.(values, value) === false) return null;
    const again = computation.compute(values);
    return {
      computation, value: again, agrees: isSame(again, value),
      inputs: given.map(({ names }) => {
        const since = this.lastChange(names, version)?.version ?? 1;
        return { field: names.join('.'), value: this.valueAt(names, version), since, rule: this.ruleAt(names, since) };
      }),
    };
  }

  private lastChange(names: readonly string[], version: number): Change | undefined {
    return this.changesOf(names).findLast((change) => change.version <= version);
  }

  private lookFor(path: string): readonly Change[] {
    const changes: Change[] = [];
    let before: unknown = null;
    for (const [index, view] of this.views.entries()) {
      const after = placeIn(view, path)?.value ?? null;
      if (!isSame(before, after)) changes.push({ version: index + 1, before, after });
      before = after;
    }
    return changes;
  }
}

/** Views are plain JSON, made by one function: what is the same has its members in the same order. */
function isSame(one: unknown, other: unknown): boolean {
  return one === other || JSON.stringify(one) === JSON.stringify(other);
}

/** Commands of timers are named `t/<key>/<at>`. */
const TIMER = /^t\/(?<key>.+)\/(?<at>[^/]+)$/;

/** The timer that brought an event: it is among those of the state before, and was since some event before that. */
function timerOf(process: Explained['process'], states: readonly object[], events: readonly CausedEvent[], version: number): Link['timer'] {
  const commandId = events[version - 1]?.commandId ?? '';
  const { key, at } = TIMER.exec(commandId)?.groups ?? {};
  if (key === undefined || at === undefined) return null;
  const isSet = (state: object | undefined) => state !== undefined && process.timers(state).some((timer) => timer.key === key && timer.at === at);
  let setBy = events.findIndex((event) => event.commandId === commandId);
  while (isSet(states[setBy - 2])) setBy -= 1;
  return isSet(states[setBy - 1]) ? { key, at, setBy } : null;
}

/** The fact that an event brought was parked before, where the same command says ahead of it that it is applied. */
function parkingOf(events: readonly CausedEvent[], version: number): number | null {
  const commandId = events[version - 1]?.commandId;
  const applied = events.slice(0, version).findLast((event) => event.commandId === commandId && event.type === 'ParkedFactApplied');
  if (applied === undefined) return null;
  const parked = events.findLast((event) => event.version < applied.version && event.type === 'FactParked' && parkedId(event.data) === parkedId(applied.data));
  return parked?.version ?? null;
}

/** `FactParked` keeps the fact, what becomes of it only its id. */
function parkedId(data: object): unknown {
  const fact = 'fact' in data && typeof data.fact === 'object' && data.fact !== null ? data.fact : data;
  return 'commandId' in fact ? fact.commandId : undefined;
}
