export type Role = 'operator' | 'member' | 'auditor' | 'engine';

/**
 * Who acts. `subject` is our own random id, never a name or mail (those stand beside, erasable);
 * `body` is the IPA code of the body acted for, `agency` for the Agency, null for the engine.
 */
export interface Actor {
  readonly subject: string;
  readonly role: Role;
  readonly body: string | null;
}

/** The engine itself: timers, results of effects, messages between processes. */
export const ENGINE: Actor = { subject: 'engine', role: 'engine', body: null };
