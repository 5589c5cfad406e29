import type { CivilDate } from '../../shared/civil-date.ts';
import type { CommandEntry } from '../command-entry.ts';
import { DIMENSIONS } from './terms.ts';

/** Commands of the recognition, in the order of the path. */
export const RECOGNITION_COMMANDS = {
  InviteRecognition: { by: ['operator'], parkable: false, freeText: [] },
  BeginRecognition: { by: ['member'], parkable: false, freeText: [] },
  SubmitRecognition: {
    by: ['member'], parkable: false, freeText: DIMENSIONS.map((dimension) => `dimensions.${dimension}.evidence` as const), inventories: ['applications', 'sites'],
  },
  ReturnRecognition: { by: ['operator'], parkable: false, freeText: ['reasons'] },
  ValidateRecognition: { by: ['operator'], parkable: false, freeText: [] },
} as const satisfies Readonly<Record<string, CommandEntry>>;

/** Commands of the engine: a timer that falls due. */
export interface RecognitionEngineData {
  readonly LetRecognitionGoStale: { readonly staleOn: CivilDate };
}
