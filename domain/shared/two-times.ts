import type { CaseState } from './case.ts';
import { civilDateOf, type CivilDate, type Instant } from './civil-date.ts';
import type { CommandBody, EventBody, Process } from './process.ts';

/** An event with both its times: when it was recorded, and from which civil day it counts. */
export interface TimedEvent extends EventBody {
  readonly version: number;
  /** The store's instant. */
  readonly recordedAt: Instant;
}

/**
 * The state of a case as it was in force on a civil day, by the events of its stream that are known: in order, from the
 * first on. Nothing is decided again and no date computed: events are only left out.
 * - The first event opens the case and pins the readings of the law by which the others are read. It is the frame, not a
 *   fact of the procedure, which may be older than its case: it counts on every day.
 * - A correction that is known takes back the fact it names, on every day, with all that had followed from it by itself;
 *   what it says instead counts from its own day, or from that of the fact where it has none.
 */
export function foldInForce<State extends object, Command extends CommandBody, Event extends EventBody>(
  process: Process<State, Command, Event>, known: readonly (Event & TimedEvent)[], validOn: CivilDate,
): State {
  const days = new Map<number, CivilDate>();
  let state = process.initial();
  for (const event of known) {
    const { version } = event;
    const corrected = correctedVersion(event);
    const before = corrected === null ? undefined : days.get(corrected);
    if (before !== undefined && before <= validOn) state = process.takeBack(state, event);
    const day = event.effectiveOn ?? before ?? dayKnown(event);
    days.set(version, day);
    if (version === 1 || day <= validOn) state = process.evolve(atVersion(state, version - 1), event);
  }
  return atVersion(state, known.at(-1)?.version ?? 0);
}

/** An event without a day of its own counts from the one, in Rome, on which it was said (`at`), or else recorded. */
function dayKnown({ data, recordedAt }: TimedEvent): CivilDate {
  return civilDateOf('at' in data && typeof data.at === 'string' ? data.at : recordedAt);
}

/** The version that a correction stands for; null for any other event. */
function correctedVersion({ data }: EventBody): number | null {
  return 'corrects' in data && typeof data.corrects === 'number' ? data.corrects : null;
}

/** A fact keeps the version of its event, by which a correction names it: what is left out must not shift it. */
function atVersion<State extends object>(state: State, version: number): State {
  return { ...state, version } satisfies Pick<CaseState, 'version'>;
}
