import { civilDateOf, type CivilDate } from '../../shared/civil-date.ts';
import type { TextRef } from '../../shared/text-ref.ts';
import type { RecognitionEventData } from './events.ts';
import { scoreInWords, type ScoreInWords } from './score.ts';
import { isRecognitionValid, openInvitation, openReturn, recognitionState } from './standing.ts';
import type { RecognitionSlice } from './state.ts';
import type { RecognitionState } from './terms.ts';

type Submitted = RecognitionEventData['RecognitionSubmitted'];

/** What readers see of the recognition: the newest submission, and the validation that stands. */
export interface RecognitionPart {
  readonly recognition: {
    readonly state: RecognitionState;
    /** Whether full-track services may be planned; a recognition that is refreshed counts until it goes stale. */
    readonly valid: boolean;
    readonly dueOn: CivilDate | null;
    readonly submittedOn: CivilDate | null;
    readonly signedOffBy: string | null;
    /** Why the newest submission was returned, until it is submitted anew. */
    readonly returned: { readonly on: CivilDate; readonly reasons: TextRef } | null;
    readonly validatedOn: CivilDate | null;
    readonly staleOn: CivilDate | null;
    readonly score: ScoreInWords | null;
    readonly dimensions: Submitted['dimensions'] | null;
    readonly resources: Submitted['resources'] | null;
    readonly inventories: Pick<Submitted, 'applications' | 'sites'> | null;
  };
}

/** The part of the view that the recognition gives. */
export function viewRecognition(slice: RecognitionSlice): RecognitionPart {
  const { submission, validation } = slice.recognition;
  const returned = openReturn(slice.recognition);
  return {
    recognition: {
      state: recognitionState(slice.recognition),
      valid: isRecognitionValid(slice),
      dueOn: openInvitation(slice.recognition)?.dueOn ?? null,
      submittedOn: submission?.submittedOn ?? null,
      signedOffBy: submission?.signedOffBy ?? null,
      returned: returned !== null ? { on: civilDateOf(returned.at), reasons: returned.reasons } : null,
      validatedOn: validation?.validatedOn ?? null,
      staleOn: validation?.staleOn ?? null,
      score: submission === null ? null : scoreInWords(submission.score, submission),
      dimensions: submission?.dimensions ?? null,
      resources: submission?.resources ?? null,
      inventories: submission === null ? null : { applications: submission.applications, sites: submission.sites },
    },
  };
}
