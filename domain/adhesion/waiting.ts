import type { Waiting } from '../shared/process.ts';
import { isClosed } from './closing.ts';
import { conventionWaiting } from './convention/waiting.ts';
import { deliberationWaiting } from './deliberation/waiting.ts';
import { dpaWaiting } from './dpa/waiting.ts';
import { duesWaiting } from './dues/waiting.ts';
import { mandatesWaiting } from './mandates/waiting.ts';
import { membershipWaiting } from './membership/waiting.ts';
import { processingWaiting } from './processing/waiting.ts';
import { recognitionWaiting } from './recognition/waiting.ts';
import { referentsWaiting } from './referents/waiting.ts';
import { isOpened, type AdhesionState } from './state.ts';

/** Whose turn it is: commands that the parties owe, and days that the clock owes. Nothing in it depends on the present. */
export function waiting(state: AdhesionState): readonly Waiting[] {
  if (!isOpened(state) || isClosed(state)) return [];
  return [
    ...deliberationWaiting(state), ...conventionWaiting(state), ...dpaWaiting(state), ...processingWaiting(state), ...referentsWaiting(state),
    ...mandatesWaiting(state), ...membershipWaiting(state), ...duesWaiting(state), ...recognitionWaiting(state),
  ];
}
