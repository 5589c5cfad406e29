/** What the records name, and what stands beside them. */
export interface Named {
  /** Digests of the acts, each once. */
  readonly acts: readonly string[];
  /** Numbers of acts, of the notice board, of protocol: by the member of the data. */
  readonly numbers: readonly { readonly field: string; readonly value: string }[];
  /** Free texts and inventories, by id and salted digest. */
  readonly texts: readonly Beside[];
}

/** What stands beside the records, encrypted and erasable. */
export interface Beside {
  readonly kind: 'text' | 'inventory';
  readonly id: string;
  readonly digest: string;
  /** The member of the data that names it. */
  readonly field: string;
}

/** What the data of an event name by digest, number or id, wherever it stands in them. */
export function namedIn(data: object): Named {
  const acts = new Set<string>();
  const numbers: Named['numbers'][number][] = [];
  const texts: Beside[] = [];
  const look = (value: unknown, field = ''): void => {
    if (typeof value !== 'object' || value === null) return;
    const digest = 'digest' in value ? String(value.digest) : '';
    if ('textId' in value) texts.push({ kind: 'text', id: String(value.textId), digest, field });
    if ('documentId' in value) texts.push({ kind: 'inventory', id: String(value.documentId), digest, field });
    for (const [name, member] of Object.entries(value)) {
      if (typeof member !== 'string') look(member, name);
      else if (/sha256$/i.test(name)) acts.add(member);
      else if (name.endsWith('No')) numbers.push({ field: name, value: member });
    }
  };
  look(data);
  return { acts: [...acts], numbers, texts };
}
