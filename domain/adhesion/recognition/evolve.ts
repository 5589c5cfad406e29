import type { AdhesionState } from '../state.ts';
import type { RecognitionEvent } from './events.ts';
import type { Recognition } from './state.ts';

/** Folds one event of the recognition; `state.version` is already its version. */
export function evolveRecognition(state: AdhesionState, event: RecognitionEvent): AdhesionState {
  const { version, recognition } = state;
  switch (event.type) {
    case 'RecognitionInvited':
      return recognitionWith(state, { invitation: { ...event.data, version }, invitationCount: recognition.invitationCount + 1 });
    case 'RecognitionBegun':
      return recognitionWith(state, { begun: { ...event.data, version } });
    case 'RecognitionSubmitted':
      return recognitionWith(state, { submission: { ...event.data, version } });
    case 'RecognitionReturned':
      return recognitionWith(state, { returned: { ...event.data, version } });
    case 'RecognitionValidated':
      return recognitionWith(state, { validation: { ...event.data, version }, validationCount: recognition.validationCount + 1, stale: null });
    case 'RecognitionWentStale':
      return recognitionWith(state, { stale: { ...event.data, version } });
    default: {
      const unknown: never = event;
      return unknown;
    }
  }
}

function recognitionWith(state: AdhesionState, changes: Partial<Recognition>): AdhesionState {
  return { ...state, recognition: { ...state.recognition, ...changes } };
}
