import type { Waiting } from '../../shared/process.ts';
import { endOf } from '../membership/standing.ts';
import type { OpenedCase } from '../state.ts';
import { turn } from '../turn.ts';
import { signatureFault } from './rules/ground.ts';
import { dpaState } from './standing.ts';
import { dpaTimers } from './timers.ts';

/** What is owed for the data processing agreement once it was drafted. */
export function dpaWaiting(state: OpenedCase): readonly Waiting[] {
  const { draft, signature, countersignature } = state.dpa;
  switch (dpaState(state)) {
    case 'DRAFT':
      return draft === null || signatureFault(state) !== null ? [] : [turn('MEMBER', 'SignDpa', draft.at)];
    case 'SIGNED':
      if (countersignature !== null) return dpaTimers(state).map(({ key }) => turn('CLOCK', key, countersignature.at, countersignature.inForceOn));
      return signature === null || signatureFault(state) !== null ? [] : [turn('OPERATOR', 'CountersignDpa', signature.at)];
    case 'ENDING': {
      const reasons = [{
        code: 'DATA_NOT_RETURNED',
        message: {
          it: 'La convenzione è terminata; i dati si restituiscono o si cancellano, a scelta del titolare.',
          en: 'The convention has ended; the data are returned or deleted, as the controller chooses.',
        },
      }];
      return [turn('MEMBER', 'ConfirmDataReturn', endOf(state)?.at ?? state.opening.at, null, reasons)];
    }
    case 'NOT_STARTED':
    case 'IN_FORCE':
    case 'DATA_RETURNED':
    case 'CLOSED': return [];
  }
}
