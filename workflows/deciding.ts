import { processOf } from '../domain/processes.ts';
import { factRefused } from '../domain/shared/case.ts';
import type { EventBody } from '../domain/shared/process.ts';
import type { StampedCommand } from '../domain/shared/store.ts';
import { tooLarge } from './case-loop.ts';

/** What is handed to the store for a command, and what in its place when the store answers that a record would be too large. */
export interface Decided {
  readonly events: readonly EventBody[];
  readonly ifTooLarge: readonly EventBody[];
}

/**
 * The rules of this code, for audits: in every bundle from here on, so that years later a command that no history shows can be
 * decided again by the code of its day. A fact that is refused is answered by an event; a decision that is refused leaves none.
 */
export const deciding = {
  initial: (stream: string): object => processOf(stream).initial(),
  evolve: (stream: string, state: object, event: EventBody): object => processOf(stream).evolve(state, event),
  decide(stream: string, state: object, { id, type, data, actor, receivedAt }: StampedCommand): Decided {
    const decision = processOf(stream).decide(state, { type, data }, { actor, now: receivedAt, commandId: id });
    return {
      events: decision.kind === 'refused' ? [factRefused(id, type, decision)] : decision.events,
      ifTooLarge: [factRefused(id, type, tooLarge())],
    };
  },
};

export type Deciding = typeof deciding;
