import type { Actor } from '../shared/actor.ts';
import type { Instant } from '../shared/civil-date.ts';
import type { KeptReason } from '../shared/reason.ts';
import type { TextRef } from '../shared/text-ref.ts';
import type { CampaignTerms, Target } from './terms.ts';

/** `at` is when we knew. A target is named by its place in the frozen set, from 0, and its body. */
export type CampaignEvent =
  | {
      readonly type: 'CampaignPrepared';
      readonly data: CampaignTerms & { readonly startedBy: Actor; readonly at: Instant };
    }
  /** A part of the frozen set, in order: a record has its bound, the set of a whole country is several parts. */
  | { readonly type: 'TargetsFrozen'; readonly data: { readonly targets: readonly Target[]; readonly at: Instant } }
  | { readonly type: 'CampaignStarted'; readonly data: { readonly total: number; readonly at: Instant } }
  | {
      readonly type: 'ActsBegun';
      readonly data: {
        readonly targets: readonly number[];
        /** The earliest moment at which the next one may begin, by the pace. */
        readonly nextAt: Instant;
        readonly at: Instant;
      };
    }
  | {
      readonly type: 'ActDone';
      readonly data: { readonly target: number; readonly body: string; readonly adhesion: string; readonly version: number; readonly key: string; readonly at: Instant };
    }
  | {
      readonly type: 'ActFailed';
      readonly data: { readonly target: number; readonly body: string; readonly code: string; readonly reasons: readonly KeptReason[]; readonly key: string; readonly at: Instant };
    }
  | { readonly type: 'CampaignPaused'; readonly data: { readonly at: Instant } }
  | { readonly type: 'CampaignResumed'; readonly data: { readonly at: Instant } }
  /** By itself, after so many failures. */
  | { readonly type: 'CampaignStopped'; readonly data: { readonly failures: number; readonly at: Instant } }
  | { readonly type: 'FailedRetried'; readonly data: { readonly count: number; readonly at: Instant } }
  | { readonly type: 'CampaignCancelled'; readonly data: { readonly reasons: TextRef | null; readonly at: Instant } }
  | { readonly type: 'CampaignCompleted'; readonly data: { readonly at: Instant } };
