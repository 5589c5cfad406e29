import type { CivilDate, Instant } from '../../shared/civil-date.ts';
import type { TextRef } from '../../shared/text-ref.ts';
import type { EventOf } from '../event.ts';
import type { Basis } from '../terms.ts';
import type { CountedInventories } from './inventory.ts';
import type { ReadinessScore } from './score.ts';
import type { Dimension } from './terms.ts';

/** What happened to the recognition, by type (`at`, `effectiveOn` and `basis`: see `AdhesionEventData`). */
export interface RecognitionEventData {
  readonly RecognitionInvited: { readonly dueOn: CivilDate | null; readonly at: Instant };
  /** The comune works on its answer. */
  readonly RecognitionBegun: { readonly at: Instant };
  readonly RecognitionSubmitted: CountedInventories & {
    readonly dimensions: Readonly<Record<Dimension, DimensionAnswer>>;
    readonly resources: Resources;
    readonly signedOffBy: string;
    /** The RTD's appointment, where the case knew it. */
    readonly rtdAppointment: string | null;
    readonly score: ReadinessScore;
    readonly submittedOn: CivilDate;
    readonly at: Instant;
  };
  readonly RecognitionReturned: { readonly reasons: TextRef; readonly at: Instant };
  readonly RecognitionValidated: {
    readonly validatedOn: CivilDate;
    /** First day on which it does not count any more. */
    readonly staleOn: CivilDate;
    readonly staleFrom: Instant;
    readonly basis: Basis;
    readonly at: Instant;
  };
  readonly RecognitionWentStale: { readonly staleOn: CivilDate; readonly at: Instant };
}

/** One answer, 0 (worst) to 4 (best), and what it rests on; who gave it and when, where that was said. */
interface DimensionAnswer {
  readonly score: number;
  readonly evidence: TextRef;
  readonly assessedBy: string | null;
  readonly assessedOn: CivilDate | null;
}

/** Money and staff for ICT, where they were said; small comuni pay the most per head. */
interface Resources {
  readonly ictSpendCents: number | null;
  /** Whole cents, rounded down, by the population that the case was opened with. */
  readonly ictSpendPerHeadCents: number | null;
  readonly ictStaffFte: number | null;
}

export type RecognitionEvent = EventOf<RecognitionEventData>;

/** Each event of the recognition, for the dispatch: total by its type. */
const TYPES: { readonly [Type in keyof RecognitionEventData]: true } = {
  RecognitionInvited: true, RecognitionBegun: true, RecognitionSubmitted: true, RecognitionReturned: true, RecognitionValidated: true, RecognitionWentStale: true,
};

/** True for an event of the recognition. */
export function isRecognitionEvent(event: { readonly type: string }): event is RecognitionEvent {
  return event.type in TYPES;
}
