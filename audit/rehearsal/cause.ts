import type { History } from '@temporalio/common/lib/proto-utils.js';
import { runOf } from '../../engine/archive/run-of.ts';
import type { Recording } from '../../engine/recorder.ts';
import type { Asked } from '../deep-replay/asked.ts';
import { firstDifference, type Difference } from '../deep-replay/compare.ts';
import { shownIn } from '../deep-replay/from-history.ts';
import { askedInReplay } from '../deep-replay/from-recording.ts';
import { endedItself, inWords } from '../deep-replay/run.ts';
import { asInHistory } from '../deep-replay/tasks.ts';

/**
 * CANNOT_GO_ON: Temporal would refuse the run on this bundle, and the case would stand still. ASKS_OTHERWISE: it would go on, and has asked
 * something else than it would ask now. OPTIONS_DIFFER: the same, under other timeouts or retries.
 */
export type Weight = 'CANNOT_GO_ON' | 'ASKS_OTHERWISE' | 'OPTIONS_DIFFER';

/** Why a run does not replay on a bundle; runs with the same cause differ by the same change of code. */
export interface Cause {
  readonly code: Weight;
  readonly workflowType: string;
  /** `timer`, `activity archiveRun`, `update answered` … */
  readonly command: string;
  /** `presence`, `order`, `millis`, `arguments` … */
  readonly field: string;
  /** What each side has, where runs of one cause have the same: a kind, a code, an option. Empty where each has its own. */
  readonly recorded: string;
  readonly replayed: string;
}

/** Lays what a bundle asked of a history beside what the history shows; null: the run replays. */
export function causeOf(history: History, recording: Recording): { cause: Cause; words: string } | null {
  const { error } = recording;
  const shown = shownIn(history);
  const { workflowType } = shown;
  const closed = endedItself(runOf(history).state);
  const asked = asInHistory(askedInReplay(recording.activations, shown.taskQueue, shown.through), shown);
  const weighty = firstDifference(shown.asked.map(withoutOptions), asked.map(withoutOptions), closed);
  const difference = weighty ?? firstDifference(shown.asked, asked, closed);
  // Code that throws does so wherever a run happens to be.
  if (error !== null && (difference === null || !/nondeterminism/i.test(error))) return { cause: { code: 'CANNOT_GO_ON', workflowType, command: 'replay', field: 'error', recorded: '', replayed: withoutNames(error) }, words: error };
  if (difference === null) return null;
  const code = error !== null ? 'CANNOT_GO_ON' : weighty !== null ? 'ASKS_OTHERWISE' : 'OPTIONS_DIFFER';
  return { cause: { code, workflowType, ...changeIn(difference, shown.asked, asked) }, words: `${inWords(difference)}${inItsPlace(difference, asked)}` };
}

const OPTIONS = new Set(['scheduleToClose', 'scheduleToStart', 'startToClose', 'heartbeat', 'retry', 'runTimeout']);

function withoutOptions(asked: Asked): Asked {
  return { ...asked, what: Object.fromEntries(Object.entries(asked.what).filter(([name]) => !OPTIONS.has(name))) };
}

function changeIn({ key, field, recorded, replayed }: Difference, shown: readonly Asked[], asked: readonly Asked[]): Omit<Cause, 'code' | 'workflowType'> {
  const kindIn = (side: readonly Asked[]): string => kindOf(side.find((one) => one.key === key));
  const command = kindIn(shown) || kindIn(asked);
  if (field === 'presence') return { command, field, recorded: recorded === undefined ? '' : command, replayed: replayed === undefined ? '' : command };
  return { command, field, recorded: codeOf(field, recorded), replayed: codeOf(field, replayed) };
}

/** Activities and local ones are numbered together: what the bundle asks in the place of one that is missing is often the cause. */
function inItsPlace({ key, replayed }: Difference, asked: readonly Asked[]): string {
  const number = /^(?:local )?activity (\d+)$/.exec(key)?.[1];
  const other = replayed !== undefined || number === undefined ? undefined : asked.find((one) => one.key !== key && (one.key === `activity ${number}` || one.key === `local activity ${number}`));
  return other === undefined ? '' : `; in its place ${kindOf(other)}`;
}

/** A key without its number, with the type of what it is: runs differ in numbers. */
function kindOf(asked: Asked | undefined): string {
  if (asked === undefined) return '';
  const { key, what } = asked;
  const kind = /^(timer) \S+( cancelled)?$|^(update) \S+( accepted| answered)$|^(local activity|activity) \S+$/.exec(key);
  const type = what['type'] ?? what['how'];
  return `${kind === null ? key : kind.slice(1).join('')}${typeof type === 'string' ? ` ${type}` : ''}`;
}

/** Of fields that have few values, the value; of a failure its code. */
function codeOf(field: string, value: unknown): string {
  if (field === 'failure') return (value as { type?: string } | undefined)?.type ?? 'none';
  return OPTIONS.has(field) || ['type', 'how', 'taskQueue', 'deprecated'].includes(field) ? JSON.stringify(value ?? null) : '';
}

/** A sentence of the SDK without what is of one run only: ids and numbers. */
function withoutNames(error: string): string {
  return error.replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}|\d+/g, '…').slice(0, 300);
}
