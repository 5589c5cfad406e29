import type { Bilingual, Language } from './bilingual.ts';

/** One reason of a refusal, in words; `path` points into the command's data. */
export interface Reason {
  readonly code: string;
  readonly message: Bilingual;
  readonly path?: string;
}

/** A reason in one language, as an answer shows it. */
export interface SaidReason extends Omit<Reason, 'message'> {
  readonly message: string;
}

/**
 * A reason as events and messages between programs hold it: `message` is Italian. What was written before reasons had two
 * languages has English in it and no `messageEn`.
 */
export interface KeptReason extends SaidReason {
  readonly messageEn?: string;
}

export function keepReason({ message, ...reason }: Reason): KeptReason {
  return { ...reason, message: message.it, messageEn: message.en };
}

/** What was kept in one language only is said in that one, whatever is asked for. */
export function readReason({ message, messageEn = message, ...reason }: KeptReason): Reason {
  return { ...reason, message: { it: message, en: messageEn } };
}

export function sayReason({ message, ...reason }: Reason, language: Language): SaidReason {
  return { ...reason, message: message[language] };
}
