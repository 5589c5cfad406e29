import type { Bilingual } from '../../../shared/bilingual.ts';
import { refused, type Refused } from '../../../shared/process.ts';
import type { OpenedCase } from '../../state.ts';
import { RECOGNITION_STATES } from '../../words.ts';
import { recognitionState } from '../standing.ts';
import type { RecognitionState } from '../terms.ts';

/** Ground of a command that is in turn in some states of the recognition only; `right` says when that is. */
export function inTurn(command: string, states: readonly RecognitionState[], right: Bilingual): (state: OpenedCase) => object | Refused {
  return ({ recognition }) => {
    const state = recognitionState(recognition);
    if (states.includes(state)) return {};
    const { it, en } = RECOGNITION_STATES[state];
    return refused('OUT_OF_TURN', {
      it: `${command} non è ora al suo turno (ricognizione ${it}); ${right.it}`, en: `${command} is not in turn now (recognition ${en}); ${right.en}`,
    });
  };
}
