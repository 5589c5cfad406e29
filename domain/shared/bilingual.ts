/** A text for people: Italian is the language of the offices, English the second one. */
export interface Bilingual {
  readonly it: string;
  readonly en: string;
}

export type Language = keyof Bilingual;

/** The same text with its first letter large, to begin a sentence with. */
export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
