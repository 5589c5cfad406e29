import type { Instant } from '../shared/civil-date.ts';
import type { TextRef } from '../shared/text-ref.ts';
import type { CorrectableType } from './catalogue.ts';
import type { Competence } from './competence.ts';
import type { ConventionEventData } from './convention/events.ts';
import type { DeliberationEventData } from './deliberation/events.ts';
import type { DpaEventData } from './dpa/events.ts';
import type { DuesEventData } from './dues/events.ts';
import type { LineageEventData } from './lineage/events.ts';
import type { EventOf } from './event.ts';
import type { MandatesEventData } from './mandates/events.ts';
import type { MembershipEventData } from './membership/events.ts';
import type { NisEventData } from './nis/events.ts';
import type { AdhesionPolicies } from './policies.ts';
import type { ProcessingEventData } from './processing/events.ts';
import type { RecognitionEventData } from './recognition/events.ts';
import type { ReferentsEventData } from './referents/events.ts';
import type { RemindersEventData } from './reminders/events.ts';
import type { ServicesEventData } from './services/events.ts';

/**
 * What happened, by type. `at` is when we knew (the command's receipt); the civil day on which a fact counted is the
 * event's `effectiveOn`. Every due date was computed once, by the policies and calendar of `basis`.
 */
export interface AdhesionEventData
  extends RecognitionEventData, DeliberationEventData, ConventionEventData, DpaEventData, ProcessingEventData, ReferentsEventData, MandatesEventData, ServicesEventData,
  MembershipEventData, RemindersEventData, NisEventData, DuesEventData, LineageEventData {
  readonly AdhesionOpened: {
    readonly id: string;
    readonly body: string;
    readonly istatCode: string;
    readonly name: string | null;
    readonly population: number;
    readonly policies: AdhesionPolicies;
    /** Of a body that is no comune. */
    readonly competence?: Competence;
    readonly at: Instant;
  };
  readonly FactCorrected: Correction;
  readonly AdhesionClosed: { readonly reasons: TextRef; readonly at: Instant };
}

/**
 * A correction: `corrects` is the version of the event it stands for, `data` are that event's data as they should have been, `reasons`
 * why, where it was said.
 */
type Correction = {
  readonly [Type in CorrectableType]: { readonly corrects: number; readonly reasons?: TextRef; readonly type: Type; readonly data: AdhesionEventData[Type] };
}[CorrectableType];

export type AdhesionEvent = EventOf<AdhesionEventData>;
