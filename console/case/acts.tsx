import type { VNode } from 'preact';
import type { Context } from '../../api/context.ts';
import type { Bilingual, Language } from '../../domain/shared/bilingual.ts';
import { DOCUMENTS } from '../words/documents.ts';
import type { FormCase } from './form-case.ts';

/** What the records name, and what stands beside them. */
export interface Named {
  /** Digests of the acts, each once. */
  readonly acts: readonly string[];
  /** Ids of free texts. */
  readonly texts: readonly string[];
  /** Ids of inventories. */
  readonly inventories: readonly string[];
}

/** What the data of an event name by digest or id, wherever it stands in them. */
export function namedIn(data: object): Named {
  const acts = new Set<string>();
  const [texts, inventories]: [string[], string[]] = [[], []];
  const look = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    for (const [name, member] of Object.entries(value)) {
      if (typeof member !== 'string') look(member);
      else if (/sha256$/i.test(name)) acts.add(member);
      else if (name === 'textId') texts.push(member);
      else if (name === 'documentId') inventories.push(member);
    }
  };
  look(data);
  return { acts: [...acts], texts, inventories };
}

/** The documents of a case that are stored, by their digests. */
export type StoredActs = ReadonlyMap<string, { readonly id: string; readonly name: string | null }>;

export async function storedActs(context: Context, { stream, caller }: FormCase, digests: readonly string[]): Promise<StoredActs> {
  const found = await context.as(caller).documents.withDigests(stream, [...new Set(digests)]);
  return new Map(found.map(({ sha256, id, name }) => [sha256, { id, name }]));
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
