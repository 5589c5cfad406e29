import type { Waiting } from '../../shared/process.ts';
import { endOf } from '../membership/standing.ts';
import type { OpenedCase } from '../state.ts';
import { turn } from '../turn.ts';
import { openInvitation, recognitionState } from './standing.ts';

/** What is owed for the recognition, beside the deliberation; of a comune that was never invited nothing is, nor after the end of the convention. */
export function recognitionWaiting(state: OpenedCase): readonly Waiting[] {
  if (endOf(state) !== null) return [];
  const { opening, recognition } = state;
  const { submission, returned, stale } = recognition;
  const invitation = openInvitation(recognition);
  const dueOn = invitation?.dueOn ?? null;
  switch (recognitionState(recognition)) {
    case 'INVITED': return [turn('MEMBER', 'SubmitRecognition', invitation?.at ?? opening.at, dueOn)];
    case 'SUBMITTED': return [turn('OPERATOR', 'ValidateRecognition', submission?.at ?? opening.at)];
    case 'RETURNED': {
      const reasons = [{ code: 'RETURNED', message: { it: "L'Agenzia ha restituito la ricognizione.", en: 'The Agency returned the recognition.' } }];
      return [turn('MEMBER', 'SubmitRecognition', returned?.at ?? opening.at, dueOn, reasons)];
    }
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
