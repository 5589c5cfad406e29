import type { Bilingual } from './bilingual.ts';

/** What a schema's check says when it fails, in both languages. */
export interface Says {
  readonly error: (() => undefined) & { readonly words: Bilingual };
}

/**
 * The words of a check as the last parameter that schemas take: what the field must be, to be read after its name (`deve essere
 * una data`, `must be a date`). The library asks for a text in one language; it gets none, and who reads the fault asks the check.
 */
export function says(it: string, en: string): Says {
  return { error: Object.assign(() => undefined, { words: { it, en } }) };
}
