import type { VNode } from 'preact';
import type { Beside } from '../../api/cases/named.ts';
import type { Context } from '../../api/context.ts';
import type { Bilingual, Language } from '../../domain/shared/bilingual.ts';
import { DOCUMENTS, ERASING } from '../words/documents.ts';
import { fieldWords, hasWords } from '../words/fields.ts';
import { quoted } from '../words/say.ts';
import type { FormCase } from './form-case.ts';

/** The documents of a case that are stored, by their digests. */
export type StoredActs = ReadonlyMap<string, { readonly id: string; readonly name: string | null }>;

export async function storedActs(context: Context, { stream, caller }: FormCase, digests: readonly string[]): Promise<StoredActs> {
  const found = await context.as(caller).documents.withDigests(stream, [...new Set(digests)]);
  return new Map(found.map(({ sha256, id, name }) => [sha256, { id, name }]));
}

/** Which of the texts and inventories are still there. */
export async function storedTexts(context: Context, { stream, caller }: FormCase, named: readonly Beside[]): Promise<ReadonlySet<string>> {
  const { texts } = context.as(caller);
  const found = await Promise.all(named.map(async ({ id }) => ((await texts.find(stream, id)) === undefined ? [] : [id])));
  return new Set(found.flat());
}

export interface ActsParts {
  /** Address of the page of the case. */
  readonly path: string;
  readonly digests: readonly string[];
  readonly stored: StoredActs;
  readonly language: Language;
  /** Only the beginning of a digest, where nobody compares it. */
  readonly short?: boolean;
}

const WORDS = {
  act: { it: 'Atto', en: 'Act' },
  text: { it: 'Testo libero', en: 'Free text' },
  inventory: { it: 'Elenco', en: 'List' },
  beside: { it: 'conservato a parte, cifrato', en: 'kept beside, encrypted' },
  erased: { it: 'cancellato', en: 'erased' },
  digestOnly: { it: 'qui se ne conserva solo l’impronta SHA-256', en: 'only its SHA-256 digest is kept here' },
} as const satisfies Readonly<Record<string, Bilingual>>;

/** Each act as a link to its document; where none is stored, that there is only its digest. */
export function Acts({ path, digests, stored, language, short = false }: ActsParts): VNode | null {
  if (digests.length === 0) return null;
  return (
    <ul class="plain small fw-normal mb-0">
      {digests.map((digest) => {
        const document = stored.get(digest);
        return (
          <li key={digest}>
            {WORDS.act[language]}: {document === undefined
              ? <>{WORDS.digestOnly[language]} <span class="code">{short ? `${digest.slice(0, 12)}…` : digest}</span></>
              : <a href={`${path}/documenti/${document.id}`} download>{document.name ?? `${DOCUMENTS.unnamed[language]} (${digest.slice(0, 12)})`}</a>}
          </li>
        );
      })}
    </ul>
  );
}

/** Texts and inventories that an event names: whether they are still there, and for who may erase them the way to it. */
export function Texts({ path, named, stored, mayErase, language }: {
  readonly path: string; readonly named: readonly Beside[]; readonly stored: ReadonlySet<string>; readonly mayErase: boolean; readonly language: Language;
}): VNode | null {
  if (named.length === 0) return null;
  return (
    <ul class="plain small mb-0">
      {named.map(({ kind, id, field }) => (
        <li key={id}>
          {WORDS[kind][language]}{hasWords('', field) ? ` ${quoted(fieldWords('', field).label[language], language)}` : ''}: {stored.has(id) ? WORDS.beside[language] : WORDS.erased[language]}
          {stored.has(id) && mayErase ? <> · <a href={`${path}/${kind === 'text' ? 'testi' : 'elenchi'}/${id}/cancella`}>{ERASING.link[language]}<span class="visually-hidden"> {id}</span></a></> : null}
        </li>
      ))}
    </ul>
  );
}
