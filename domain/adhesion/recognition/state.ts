import type { Fact } from '../event.ts';
import type { RecognitionEventData } from './events.ts';

/** What the recognition keeps in the state of the case. */
export interface RecognitionSlice {
  readonly recognition: Recognition;
}

type RecognitionFact<Type extends keyof RecognitionEventData> = Fact<RecognitionEventData[Type]>;

/** The newest fact of each kind. A validation stands until the next one, whatever is invited or submitted meanwhile. */
export interface Recognition {
  readonly invitation: RecognitionFact<'RecognitionInvited'> | null;
  /** How often was invited, and validated: name the timers. */
  readonly invitationCount: number;
  /** Left out until the comune began an answer for the first time, so that older states stay as they are kept. */
  readonly begun?: RecognitionFact<'RecognitionBegun'>;
  readonly submission: RecognitionFact<'RecognitionSubmitted'> | null;
  readonly returned: RecognitionFact<'RecognitionReturned'> | null;
  readonly validation: RecognitionFact<'RecognitionValidated'> | null;
  readonly validationCount: number;
  /** Of the validation that stands. */
  readonly stale: RecognitionFact<'RecognitionWentStale'> | null;
}

const NO_RECOGNITION: Recognition = {
  invitation: null, invitationCount: 0, submission: null, returned: null, validation: null, validationCount: 0, stale: null,
};

export const EMPTY_RECOGNITION: RecognitionSlice = { recognition: NO_RECOGNITION };
