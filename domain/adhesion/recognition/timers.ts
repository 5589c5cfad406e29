import type { Timer } from '../../shared/process.ts';
import type { AdhesionCommand } from '../command-types.ts';
import { timerKey } from '../timer-key.ts';
import type { RecognitionSlice } from './state.ts';

/** A validated recognition goes stale by itself on a day known before. */
export function recognitionTimers({ recognition: { validation, validationCount, stale } }: RecognitionSlice): readonly Timer<AdhesionCommand>[] {
  if (validation === null || stale !== null) return [];
  const { staleOn, staleFrom } = validation;
  return [{ key: timerKey('recognition-stale', validationCount), at: staleFrom, command: { type: 'LetRecognitionGoStale', data: { staleOn } } }];
}
