import { expect, test } from 'vitest';
import { CODES, PARTIES, PHASES } from '../../../console/words/codes.ts';
import { EVENTS } from '../../../console/words/events.ts';
import type { Pair } from '../../../console/words/say.ts';
import * as adhesion from '../../../domain/adhesion/words.ts';
import * as migration from '../../../domain/migration/words.ts';
import type { Bilingual } from '../../../domain/shared/bilingual.ts';

const isTable = (value: unknown): value is Readonly<Record<string, Bilingual>> => typeof value === 'object' && value !== null;
const isPair = (word: Pair | Bilingual): word is Pair => Array.isArray(word);
const TABLES: Readonly<Record<string, Readonly<Record<string, Pair | Bilingual>>>> = {
  CODES, EVENTS, PARTIES, PHASES, ...Object.fromEntries(Object.entries({ ...adhesion, ...migration }).flatMap(([name, value]) => (isTable(value) ? [[name, value]] : []))),
};
/** A name that programs type. */
const CODE = /^(?:[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+|[A-Z]{6,}|[A-Z][a-z]+(?:[A-Z][a-z]+)+)$/;

test.each(Object.keys(TABLES))('%s: each code has a word in Italian and one in English, which are no codes', (name) => {
  const words = Object.values(TABLES[name] ?? {}).flatMap((word) => (isPair(word) ? word : [word.it, word.en]));
  expect(words.length).toBeGreaterThan(0);
  expect(words.filter((word) => word.trim() === '' || CODE.test(word))).toEqual([]);
});

test('what the register of offices and a recognition say', () => {
  expect([EVENTS.RecognitionBegun, EVENTS.MandateChanged]).toEqual([['Ricognizione in corso', 'Recognition under way'], ['Cambio di mandato', 'Mandate changed']]);
  expect([CODES['ACTING_MAYOR'], CODES['SECRETARY_CHANGED'], CODES['ASSEMBLY_DELEGATE']]).toEqual([
    ['Vicesindaco che sostituisce il sindaco', 'Deputy mayor acting for the mayor'], ['Nuovo segretario', 'New secretary'], ['Delegato in assemblea', 'Delegate in the assembly'],
  ]);
});
