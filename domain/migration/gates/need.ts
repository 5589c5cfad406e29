import type { Bilingual } from '../../shared/bilingual.ts';
import type { Party } from '../../shared/process.ts';
import type { Reason } from '../../shared/reason.ts';

/** What a gate still needs: why it is shut, who has the next word, and by which command (of this case or of the adhesion) or timer. */
export interface Need {
  readonly reason: Reason;
  readonly who: Party;
  readonly what: string;
}

/** What a migration waits for that the engine itself will tell it: another migration that goes on its own way. */
export const TOLD_BY_THE_ENGINE = 'NoteGrounds';

export function need(who: Party, what: string, code: string, message: Bilingual): Need {
  return { reason: { code, message }, who, what };
}
