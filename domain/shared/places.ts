/** A place of a view: the names that lead to it, and what stands there. */
export interface Place {
  /** Names of members and of entries of lists, from the outside in. */
  readonly names: readonly string[];
  /** Those of members alone, and those of entries. */
  readonly members: readonly string[];
  readonly entries: readonly string[];
  readonly value: unknown;
}

/** What names an entry of a list: the first of these that it has all members of. A change of mandate is known by its kind and day. */
const NAMING: readonly (readonly string[])[] = [['appointmentId'], ['commandId'], ['id'], ['key'], ['kind', 'on'], ['kind', 'onAmendment'], ['role'], ['actNo'], ['day'], ['code']];

/** Further ones, of entries that are told apart by what they say of themselves too. */
const ALSO_NAMING: readonly (readonly string[])[] = [
  ['gate'], ['body'], ...NAMING, ['who', 'what'], ['breachNo'], ['subprocessor'], ['dueNo'], ['duty', 'year'], ['service'], ['to'], ['on'], ['signature'], ['documentId'],
];

/** The name of an entry, and the members that make it; both empty where none of them is there. */
export function nameOf(entry: object, naming = NAMING): { readonly name: string; readonly members: readonly string[] } {
  const values = entry as Readonly<Record<string, unknown>>;
  const members = naming.find((some) => some.every((name) => name in values)) ?? [];
  return { name: members.map((member) => values[member]).filter((part) => part !== false).map(String).join(' '), members };
}

/**
 * The place of a view that a path names: members by their names, entries of lists by what names them, `.` between:
 * `deliberation.votes.for`, `referents.ref-1.state`, `migrations.c_a010-1.TRAINING.state`. The second of the same name is
 * `name (2)`. Undefined where there is no such place.
 */
export function placeIn(view: unknown, path: string): Place | undefined {
  for (const [name, value] of membersOf(view)) {
    const [members, entries] = Array.isArray(view) ? [[], [name]] : [[name], []];
    if (path === name) return { names: [name], members, entries, value };
    const inner = path.startsWith(`${name}.`) ? placeIn(value, path.slice(name.length + 1)) : undefined;
    if (inner !== undefined) return { names: [name, ...inner.names], members: [...members, ...inner.members], entries: [...entries, ...inner.entries], value: inner.value };
  }
  return undefined;
}

/** The places of a view in which something plain stands, each with the path that names it. */
export function leavesOf(view: unknown, path = ''): readonly (Omit<Place, 'names'> & { readonly path: string })[] {
  return membersOf(view).flatMap(([name, value]) => {
    const here = path === '' ? name : `${path}.${name}`;
    const [members, entries] = Array.isArray(view) ? [[], [name]] : [[name], []];
    const inner = isText(value) ? [] : leavesOf(value, here);
    const isLeaf = inner.length === 0 && value !== null && !(Array.isArray(value) && value.length === 0);
    return isLeaf ? [{ path: here, members, entries, value }] : inner.map((leaf) => ({ ...leaf, members: [...members, ...leaf.members], entries: [...entries, ...leaf.entries] }));
  });
}

/** A reference to a text beside, or a sentence in both languages: one thing, however many members it has. */
function isText(value: unknown): boolean {
  return typeof value === 'object' && value !== null && ('textId' in value || ('it' in value && 'en' in value) || ('code' in value && 'message' in value));
}

/** How far a path leads, and the names that go on from there: for who mistyped it. */
export function namesAt(view: unknown, path: string): { readonly within: string; readonly names: readonly string[] } {
  const outer = path.split('.').map((_name, index, names) => names.slice(0, index).join('.')).toReversed();
  for (const within of outer) {
    const names = membersOf(within === '' ? view : placeIn(view, within)?.value).map(([name]) => name);
    if (names.length > 0) return { within, names };
  }
  return { within: '', names: [] };
}

/** Lists of plain values have no entries: such a list changes as a whole. */
function membersOf(value: unknown): readonly (readonly [name: string, value: unknown])[] {
  if (typeof value !== 'object' || value === null) return [];
  return Array.isArray(value) ? entriesOf(value) : Object.entries(value);
}

function entriesOf(list: readonly unknown[]): readonly (readonly [name: string, value: unknown])[] {
  const seen = new Map<string, number>();
  return list.flatMap((entry, index) => {
    if (typeof entry !== 'object' || entry === null) return [];
    const name = nameOf(entry, ALSO_NAMING).name || String(index + 1);
    const times = (seen.get(name) ?? 0) + 1;
    seen.set(name, times);
    return [[times === 1 ? name : `${name} (${times})`, entry] as const];
  });
}
