import type { VNode } from 'preact';
import type { Language } from '../../domain/shared/bilingual.ts';
import { isCivilDate } from '../../domain/shared/civil-date.ts';
import { isInstant } from '../../domain/shared/instant.ts';
import { placeIn } from '../../domain/shared/places.ts';
import { DIFFERENCES, filled } from '../words/audit.ts';
import { commandTitle, whatInWords } from '../words/commands.ts';
import { sayDate, sayInstant } from '../words/dates.ts';
import { saySentence } from '../words/sentences.ts';
import { codeInWords, wordsPath } from '../words/view-fields.ts';
import { WHY } from '../words/why.ts';
import type { Value } from './differences.ts';

/** `MEMBER RecordOpinion`, `TECHNICAL`, `ref-1`: each part in words where it has some. */
export function entryInWords(path: string, entry: string, language: Language): string {
  if (/^(?:timers|reminders)\b/.test(path)) return whatInWords(entry)[language];
  return entry.split(' ').map((part) => {
    if (isCivilDate(part)) return sayDate(part, language);
    if (/^[A-Z][a-z]/.test(part)) return commandTitle(part)[language];
    return codeInWords(path.startsWith('waitingFor') ? 'waitingFor.who' : path.startsWith('recognition.') ? path : path.replace(/\.\w+$/, '.role'), part, language);
  }).join(' · ');
}

/** Members that name a person. */
const PERSON = /\.(?:signer|subject|signedOffBy|preparedBy|assessedBy)$/;
const DIGEST = /^[0-9a-f]{64}$/;

/** Whatever stands at a place of a view, in words: of what has many parts how many. */
export function Shown({ view, field, value, persons, language }: {
  readonly view: object; readonly field: string; readonly value: unknown; readonly persons: ReadonlyMap<string, string>; readonly language: Language;
}): VNode {
  const place = placeIn(view, field);
  const path = place === undefined ? field : wordsPath(view, place.members);
  if (Array.isArray(value) && value.some((one) => typeof one === 'object')) return <>{filled(WHY.entries[language], { n: value.length })}</>;
  const plain = plainOf(value);
  return plain === undefined ? <>{WHY.many[language]}</> : <Said path={path} value={plain} persons={persons} language={language} />;
}

function plainOf(value: unknown): Value | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value as Value;
  if ('textId' in value) return String(value.textId);
  if ('message' in value) return plainOf(value.message);
  return 'it' in value && 'en' in value ? { it: String(value.it), en: String(value.en) } : undefined;
}

/** What stands at a place, in words. */
export function Said({ path, value, persons, language }: { readonly path: string; readonly value: Value; readonly persons: ReadonlyMap<string, string>; readonly language: Language }): VNode {
  if (value === null || (Array.isArray(value) && value.length === 0)) return <span class="muted">{DIFFERENCES.nothing[language]}</span>;
  if (typeof value === 'object') return <>{'it' in value ? saySentence(value[language], language) : value.map((one) => textOf(path, one, persons, language)).join(', ')}</>;
  if (typeof value === 'boolean') return <>{(value ? DIFFERENCES.yes : DIFFERENCES.no)[language]}</>;
  const text = textOf(path, value, persons, language);
  return typeof value === 'string' && (DIGEST.test(value) || (text === value && /^(?:txt|sub|doc|inv)-/.test(value))) ? <span class="code">{text}</span> : <>{text}</>;
}

function textOf(path: string, value: string | number, persons: ReadonlyMap<string, string>, language: Language): string {
  if (typeof value === 'number') return String(value);
  if (PERSON.test(path)) return persons.get(value) ?? value;
  if (value.startsWith('txt-')) return `${DIFFERENCES.apart[language]} (${value})`;
  if (isCivilDate(value)) return sayDate(value, language);
  if (isInstant(value)) return sayInstant(value, language);
  if (/^parked\.type$/.test(path)) return whatInWords(value)[language];
  return /^[A-Z][A-Z0-9_]*$/.test(value) ? codeInWords(path, value, language) : value;
}
