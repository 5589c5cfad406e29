import type { CaseState } from './case.ts';
import { civilDateOf, type CivilDate, type Instant } from './civil-date.ts';
import type { CommandBody, Correction, EventBody, Process } from './process.ts';

/** An event with both its times: when it was recorded, and from which civil day it counts. */
export interface TimedEvent extends EventBody {
  readonly version: number;
  /** The store's instant. */
  readonly recordedAt: Instant;
}

/**
 * The state of a case as it was in force on a civil day, by the events of its stream that are known: in order, from the
 * first on. Nothing is decided again and no date computed: it is the fold of those events that count on the day, so on a
 * day from which all of them count it is the fold of everything.
 */
export function foldInForce<State extends object, Command extends CommandBody, Event extends EventBody>(
  process: Process<State, Command, Event>, known: readonly (Event & TimedEvent)[], validOn: CivilDate,
): State {
  const state = countingOn(process, known, validOn).reduce(
    (current, { version, event }) => process.evolve(atVersion(current, version - 1), event), process.initial(),
  );
  return atVersion(state, known.at(-1)?.version ?? 0);
}

/** What is folded for the event of that version. */
interface Reading<Event> {
  readonly version: number;
  readonly event: Event;
}

/**
 * The events that count on a day, in order.
 * - The first event opens the case and pins the readings of the law by which the others are read. It is the frame, not a
 *   fact of the procedure, which may be older than its case: it counts on every day.
 * - Where a correction and the fact that it names both count, both are folded, as everywhere else.
 * - Otherwise the fact is left out with what it brought, and of the correction, where it counts, only what it says instead
 *   is folded. From the last to the first: a correction that was itself taken back has taken back its fact all the same.
 */
function countingOn<State, Command extends CommandBody, Event extends EventBody>(
  process: Process<State, Command, Event>, known: readonly (Event & TimedEvent)[], validOn: CivilDate,
): readonly Reading<Event>[] {
  const days = daysOf(process, known);
  const counts = (version: number): boolean => version === 1 || (days.get(version) ?? validOn) <= validOn;
  const takenBack = new Set<number>();
  const readings: Reading<Event>[] = [];
  for (const event of known.toReversed()) {
    const { version } = event;
    const isFolded = counts(version) && !takenBack.has(version);
    const correction = process.correction(event);
    const isWhole = correction === null || (isFolded && counts(correction.corrects));
    if (!isWhole) for (const gone of broughtBy(process, known, correction)) takenBack.add(gone);
    if (isFolded) readings.push({ version, event: isWhole ? event : correction.instead });
  }
  return readings.toReversed();
}

/** From which day each event counts; a correction without a day of its own from that of the fact that it names. */
function daysOf<State, Command extends CommandBody, Event extends EventBody>(
  process: Process<State, Command, Event>, known: readonly (Event & TimedEvent)[],
): ReadonlyMap<number, CivilDate> {
  const days = new Map<number, CivilDate>();
  for (const event of known) {
    const corrects = process.correction(event)?.corrects;
    days.set(event.version, event.effectiveOn ?? (corrects === undefined ? undefined : days.get(corrects)) ?? dayKnown(event));
  }
  return days;
}

/** An event without a day of its own counts from the one, in Rome, on which it was said (`at`), or else recorded. */
function dayKnown({ data, recordedAt }: TimedEvent): CivilDate {
  return civilDateOf('at' in data && typeof data.at === 'string' ? data.at : recordedAt);
}

/** The versions of the fact that a correction names and of what followed from it; what came after the correction is read by then. */
function broughtBy<State, Command extends CommandBody, Event extends EventBody>(
  process: Process<State, Command, Event>, known: readonly (Event & TimedEvent)[], { corrects, takesAlong }: Correction<Event>,
): readonly number[] {
  const brought = known.filter((event) => (
    event.version > corrects && takesAlong.includes((process.correction(event)?.instead ?? event).type)));
  return [corrects, ...brought.map(({ version }) => version)];
}

/** A fact keeps the version of its event, by which a correction names it: what is left out must not shift it. */
function atVersion<State extends object>(state: State, version: number): State {
  return { ...state, version } satisfies Pick<CaseState, 'version'>;
}
