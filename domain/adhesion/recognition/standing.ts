import type { Recognition, RecognitionSlice } from './state.ts';
import type { RecognitionState } from './terms.ts';

/** How the recognition stands: by its newest fact, but that a validation may have gone stale since. */
export function recognitionState({ invitation, begun, submission, returned, validation, stale }: Recognition): RecognitionState {
  const facts = [
    { state: 'INVITED', version: invitation?.version ?? 0 },
    { state: 'IN_PROGRESS', version: begun?.version ?? 0 },
    { state: 'SUBMITTED', version: submission?.version ?? 0 },
    { state: 'RETURNED', version: returned?.version ?? 0 },
    { state: stale === null ? 'VALIDATED' : 'STALE', version: validation?.version ?? 0 },
  ] as const;
  const newest = facts.reduce((last, fact) => (fact.version > last.version ? fact : last));
  return newest.version === 0 ? 'NOT_STARTED' : newest.state;
}

/**
 * True while a validated recognition counts: what the planning of a full-track migration needs (joining needs none). It
 * counts through a refresh, until the new one is validated or the old one goes stale.
 */
export function isRecognitionValid({ recognition: { validation, stale } }: RecognitionSlice): boolean {
  return validation !== null && stale === null;
}

/** The invitation that is not answered by a validation yet, with its due date. */
export function openInvitation({ invitation, validation }: Recognition): Recognition['invitation'] {
  return invitation !== null && invitation.version > (validation?.version ?? 0) ? invitation : null;
}

/** The return that no submission has answered yet. */
export function openReturn({ returned, submission }: Recognition): Recognition['returned'] {
  return returned !== null && returned.version > (submission?.version ?? 0) ? returned : null;
}
