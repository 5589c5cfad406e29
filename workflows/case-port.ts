import type { Refused } from '../domain/shared/process.ts';
import type { AppendAnswer, AppendRequest, EventPage, LoadAnswer, RecallAnswer, StampedCommand } from '../domain/shared/store.ts';

/** What the loop needs of the store; the Temporal shell gives it local activities, the memory shell arrays. */
export interface StorePort {
  append(request: AppendRequest): Promise<AppendAnswer | TooLarge>;
  load(stream: string, version: number, hash: string | null): Promise<LoadAnswer>;
  readAfter(stream: string, version: number): Promise<EventPage>;
  recall(stream: string, command: StampedCommand): Promise<RecallAnswer>;
  alarm(code: string, stream: string, detail: string): Promise<void>;
}

export interface TooLarge {
  readonly outcome: 'TOO_LARGE';
  readonly detail: string;
}

/** Where a run begins: the snapshot of the run before it. */
export interface CaseSnapshot {
  readonly version: number;
  readonly headHash: string | null;
  readonly stateSchema: number;
  readonly state: object;
}

/** What a command came to: the version after it and what was due then, and how many events were its own. */
export type Outcome = { readonly kind: 'done'; readonly version: number } | Refused;
