import type { Actor } from '../shared/actor.ts';
import type { KeptReason } from '../shared/reason.ts';

export type SaidData = Readonly<Record<string, unknown>>;

/** What a campaign does on each of its targets: one act, the same on all. */
export type CampaignAction =
  | { readonly kind: 'OPEN_ADHESION' }
  /** A command of the adhesion that is open; free texts in the data are references into the campaign. */
  | { readonly kind: 'COMMAND'; readonly command: { readonly type: string; readonly data: SaidData } }
  | { readonly kind: 'REQUEST_MIGRATION'; readonly service: string; readonly plan?: string; readonly parameters?: SaidData }
  /** The histories of a closed adhesion and of its services, into the archive beside their events. */
  | { readonly kind: 'ARCHIVE' };

export interface Pace {
  /** Acts that begin in any sixty seconds, at most. */
  readonly perMinute: number;
  /** Acts under way at once, at most. */
  readonly parallel: number;
}

/** What was asked for when a campaign was started. */
export interface CampaignTerms {
  readonly id: string;
  readonly name: string;
  readonly action: CampaignAction;
  readonly pace: Pace;
  /** Failures after which it stops by itself; null: never. */
  readonly stopAfter: number | null;
  /** How the targets were chosen, as it was said: a filter, or a list. */
  readonly select: SaidData;
}

/** A body that the campaign acts on, as it stood when the set was frozen. */
export interface Target {
  /** IPA code. */
  readonly body: string;
  /** Its adhesion; null where there is none (yet). */
  readonly adhesion: string | null;
  /** What the act would have been refused with: it is skipped. */
  readonly refused: { readonly code: string; readonly reasons: readonly KeptReason[] } | null;
}

/** How an act ended. */
export type ActOutcome =
  | { readonly outcome: 'DONE'; readonly adhesion: string; readonly version: number }
  | { readonly outcome: 'FAILED'; readonly code: string; readonly reasons: readonly KeptReason[] };

/** One act of a campaign on one target: what the engine is asked to do, and how it went is told to the campaign. */
export interface ActInput {
  readonly campaign: string;
  readonly body: string;
  readonly adhesion: string | null;
  readonly action: CampaignAction;
  /** The operator who started the campaign: it is this person's act. */
  readonly actor: Actor;
}

/** States of an item; `UNDER_WAY` until its outcome is known. */
export type ItemState = 'PENDING' | 'UNDER_WAY' | 'DONE' | 'FAILED' | 'SKIPPED';

export interface Item {
  readonly body: string;
  readonly adhesion: string | null;
  readonly state: ItemState;
  /** Why it was skipped, or failed. */
  readonly code: string | null;
}

/** More bodies than Italy has comuni are no campaign. */
export const MAX_TARGETS = 10_000;
/** What a campaign does where nothing is said. */
export const DEFAULT_PACE: Pace = { perMinute: 600, parallel: 5 };
export const MAX_PACE: Pace = { perMinute: 6_000, parallel: 20 };
