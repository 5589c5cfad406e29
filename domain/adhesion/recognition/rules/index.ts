import type { RulesOf } from '../../rule.ts';
import type { RECOGNITION_COMMANDS, RecognitionEngineData } from '../catalogue.ts';
import { inviteRecognition } from './invitation.ts';
import { beginRecognition, submitRecognition } from './submission.ts';
import { letRecognitionGoStale, returnRecognition, validateRecognition } from './validation.ts';

/** The rule of every command of the recognition. */
export const RECOGNITION_RULES: RulesOf<keyof typeof RECOGNITION_COMMANDS | keyof RecognitionEngineData> = {
  InviteRecognition: inviteRecognition,
  BeginRecognition: beginRecognition,
  SubmitRecognition: submitRecognition,
  ReturnRecognition: returnRecognition,
  ValidateRecognition: validateRecognition,
  LetRecognitionGoStale: letRecognitionGoStale,
};
