import { refused, type Refused } from '../../../shared/process.ts';
import type { OpenedCase } from '../../state.ts';
import { recognitionState } from '../standing.ts';
import type { RecognitionState } from '../terms.ts';

/** Ground of a command that is in turn in some states of the recognition only; `right` says when that is. */
export function inTurn(command: string, states: readonly RecognitionState[], right: string): (state: OpenedCase) => object | Refused {
  return ({ recognition }) => {
    const state = recognitionState(recognition);
    return states.includes(state) ? {} : refused('OUT_OF_TURN', `${command} is not in turn while the recognition is ${state}; ${right}`);
  };
}
