interface Explained<Reason> {
  readonly reasons: readonly Reason[];
}

/** Those with the same reasons, together. */
export interface Alike<Reason, Item> extends Explained<Reason> {
  readonly items: readonly Item[];
}

/** Groups what has the same reasons, in the order in which it comes. */
export function alike<Reason, Item>(items: readonly (Item & Explained<Reason>)[]): readonly Alike<Reason, Item>[] {
  const groups = new Map<string, Explained<Reason> & { readonly items: Item[] }>();
  for (const item of items) {
    const key = JSON.stringify(item.reasons);
    const group = groups.get(key) ?? { reasons: item.reasons, items: [] };
    groups.set(key, group);
    group.items.push(item);
  }
  return [...groups.values()];
}
