import type { Bilingual, Language } from '../../domain/shared/bilingual.ts';

/** A pair of texts, Italian first: tables of words stay short with it. */
export type Pair = readonly [it: string, en: string];

export function bilingual([it, en]: Pair): Bilingual {
  return { it, en };
}

export function pair(it: string, en: string): Bilingual {
  return { it, en };
}

/** A name within a sentence. */
export function quoted(name: string, language: Language): string {
  return language === 'it' ? `«${name}»` : `“${name}”`;
}

/** The word of a table for a code; the code itself where there is none, so that nothing is ever hidden. */
export function wordOf(table: Readonly<Record<string, Pair | Bilingual>>, code: string, language: Language): string {
  const word = Object.hasOwn(table, code) ? table[code] : undefined;
  if (word === undefined) return code;
  return 'it' in word ? word[language] : bilingual(word)[language];
}
