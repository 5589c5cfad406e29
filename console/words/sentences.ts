import type { Language } from '../../domain/shared/bilingual.ts';
import { CODES } from './codes.ts';
import { commandTitle } from './commands.ts';
import { sayDatesIn, sayInstant } from './dates.ts';
import { fieldWords, hasWords } from './fields.ts';
import { quoted, wordOf } from './say.ts';
import { shippedWorkItems } from './services.ts';

/** What a program would call something, with its place in a list: no part of an id, an address or a longer word. */
const NAME = /(?<![\p{L}\d_.@/-])[A-Za-z][A-Za-z0-9_]*(?:\.\d+)?(?![\p{L}\d_@/]|[.-][\p{L}\d])/gu;
const INSTANT = /(?<![\d-])\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}:\d{2})/g;

/**
 * A sentence of a process as a page says it. Sentences name commands, fields and codes as programs type them; here stands what
 * the forms call them, by the very tables of the forms, and dates are in words. `command`: whose fields are meant, where it is known.
 */
export function saySentence(sentence: string, language: Language, command = ''): string {
  const named = sentence.replaceAll(INSTANT, (instant) => sayInstant(instant, language)).replaceAll(NAME, (name) => {
    const word = wordFor(name, language, command);
    return word === undefined || word === name ? name : quoted(word, language);
  });
  // A field in brackets is named as such, whatever word it would be elsewhere.
  const told = named.replaceAll(/\(([a-z]+)\)/g, (whole, name: string) => (command !== '' && hasWords(command, name) ? `(${quoted(fieldWords(command, name).label[language], language)})` : whole));
  return sayDatesIn(sayWorkItems(told, language), language);
}

const WORK_ITEMS = shippedWorkItems();

/** A work item is called by its title: alone where the sentence says both. */
function sayWorkItems(sentence: string, language: Language): string {
  return WORK_ITEMS.reduce((said, { id, title }) => {
    const name = new RegExp(String.raw`(?<![\p{L}\d_.@/-])${id}(?![\p{L}\d_@/]|[.-][\p{L}\d])`, 'gu');
    return said.replaceAll(`${id}: ${title[language]}`, title[language]).replaceAll(name, quoted(title[language], language));
  }, sentence);
}

/** Undefined for a word like any other. */
function wordFor(name: string, language: Language, command: string): string | undefined {
  const title = commandTitle(name)[language];
  if (title !== name) return title;
  // `on` and `by` are fields too, and words of English.
  if (/^[a-z]+[A-Z]/.test(name)) return hasWords(command, name) ? fieldWords(command, name).label[language] : undefined;
  return /^[A-Z][A-Z0-9_]{3,}$/.test(name) && Object.hasOwn(CODES, name) ? wordOf(CODES, name, language) : undefined;
}
