import { z } from 'zod';
import type { TextRef } from '../shared/text-ref.ts';
import { COMMAND_ROLES } from './roles.ts';
import type { ActOutcome, CampaignTerms, Target } from './terms.ts';

const reasons = z.string().trim().min(1).max(4000);

export const Pause = z.strictObject({}).describe('Begins nothing new; what is under way comes to its end');
export const Resume = z.strictObject({}).describe('Goes on where it was paused, or where it stopped after its failures');
export const RetryFailed = z.strictObject({}).describe('Tries again each item that failed');
export const Cancel = z.strictObject({
  reasons: reasons.optional().describe('Why it is given up'),
}).describe('Gives up what has not begun: what was done stays done');

/** What callers may send, each with its schema, who may send it, and the paths of free text that the edge puts beside. */
export const CampaignCommands = {
  Pause: { schema: Pause, by: COMMAND_ROLES.Pause, freeText: [] },
  Resume: { schema: Resume, by: COMMAND_ROLES.Resume, freeText: [] },
  RetryFailed: { schema: RetryFailed, by: COMMAND_ROLES.RetryFailed, freeText: [] },
  Cancel: { schema: Cancel, by: COMMAND_ROLES.Cancel, freeText: ['reasons'] },
} as const;

/** What the interface makes of a request: the first part of the targets, and whether more follow. */
export interface StartCampaign extends CampaignTerms {
  readonly targets: readonly Target[];
  readonly more: boolean;
}

export type CampaignCommand =
  | { readonly type: 'StartCampaign'; readonly data: StartCampaign }
  | { readonly type: 'FreezeTargets'; readonly data: Pick<StartCampaign, 'targets' | 'more'> }
  | { readonly type: 'Pause' | 'Resume' | 'RetryFailed'; readonly data: Readonly<Record<string, never>> }
  | { readonly type: 'Cancel'; readonly data: { readonly reasons?: TextRef | undefined } }
  /** The pace lets the next acts begin. */
  | { readonly type: 'BeginActs'; readonly data: Readonly<Record<string, never>> }
  /** How an act went that the campaign owed under this key. */
  | { readonly type: 'ConcludeAct'; readonly data: { readonly key: string; readonly outcome: ActOutcome } };
