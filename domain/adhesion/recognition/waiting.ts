import type { Reason } from '../../shared/reason.ts';
import type { Waiting } from '../../shared/process.ts';
import { endOf } from '../membership/standing.ts';
import type { OpenedCase } from '../state.ts';
import { turn } from '../turn.ts';
import { openInvitation, openReturn, recognitionState } from './standing.ts';

const RETURNED: Reason = { code: 'RETURNED', message: { it: "L'Agenzia ha restituito la ricognizione.", en: 'The Agency returned the recognition.' } };

/** What is owed for the recognition, beside the deliberation; of a comune that was never invited nothing is, nor after the end of the convention. */
export function recognitionWaiting(state: OpenedCase): readonly Waiting[] {
  if (endOf(state) !== null) return [];
  const { opening, recognition } = state;
  const { begun, submission, returned, stale } = recognition;
  const invitation = openInvitation(recognition);
  const dueOn = invitation?.dueOn ?? null;
  switch (recognitionState(recognition)) {
    case 'INVITED': return [turn('MEMBER', 'SubmitRecognition', invitation?.at ?? opening.at, dueOn)];
    case 'IN_PROGRESS': return [turn('MEMBER', 'SubmitRecognition', begun?.at ?? opening.at, dueOn, openReturn(recognition) === null ? [] : [RETURNED])];
    case 'SUBMITTED': return [turn('OPERATOR', 'ValidateRecognition', submission?.at ?? opening.at)];
    case 'RETURNED': return [turn('MEMBER', 'SubmitRecognition', returned?.at ?? opening.at, dueOn, [RETURNED])];
    case 'STALE': {
      const reasons = [{
        code: 'RECOGNITION_STALE',
        message: {
          it: 'La ricognizione non è più attuale; i servizi del percorso completo si pianificano su una nuova.',
          en: 'The recognition is stale; full-track services are planned on a new one.',
        },
      }];
      return [turn('MEMBER', 'SubmitRecognition', stale?.at ?? opening.at, null, reasons)];
    }
    case 'NOT_STARTED':
    case 'VALIDATED': return [];
  }
}
