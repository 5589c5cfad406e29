import { z } from 'zod';
import type { Db } from '../../db/client.ts';
import {
  adhesionsOf, commandsWithId, documentsWithDigest, eventsWithHash, eventsWithTerm, findEvent, isCase, type FoundCommand, type FoundEvent,
} from '../../db/queries/search.ts';
import { caseId, processName } from '../../domain/processes.ts';
import { says } from '../../domain/shared/says.ts';
import { actorOf } from '../auth/hook.ts';
import type { Caller } from '../auth/verify.ts';
import type { Bodies } from '../bodies.ts';
import type { Context } from '../context.ts';
import { isRecorded } from './recorded-reads.ts';

/** By what a case was found; results are grouped by it, in this order. */
export const SEARCH_GROUPS = ['BODY', 'CASE', 'ACT', 'EVENT', 'COMMAND', 'DIGEST'] as const;
export type SearchGroup = (typeof SEARCH_GROUPS)[number];

export interface SearchHit {
  readonly group: SearchGroup;
  readonly body: string;
  readonly name: string;
  /** Null: the comune has no case. */
  readonly case: string | null;
  readonly process: 'adhesion' | 'migration' | null;
  /** The event; null where a case, a document or a command without events was found. */
  readonly version: number | null;
  /** Of the event or of the command. */
  readonly type: string | null;
  readonly at: string | null;
  readonly documentId: string | null;
}

export interface SearchResult {
  readonly items: readonly SearchHit[];
  /** Groups of which there is more than is shown. */
  readonly more: readonly SearchGroup[];
}

/** Of each group. */
export const MOST_HITS = 20;

const SOMETHING = says('deve contenere almeno una lettera o una cifra', 'must hold at least a letter or a digit');

export const searchQuery = z.strictObject({
  q: z.string().trim().min(2, says('deve avere almeno 2 caratteri', 'must have at least 2 characters')).max(300, says('deve avere al massimo 300 caratteri', 'must have at most 300 characters'))
    .refine((text) => /[\p{L}\p{N}]/u.test(text), SOMETHING)
    .describe('Part of the name or code of a comune, or in full: id of a case, number of an act, id of an event or command, SHA-256 of a text, a document or an event'),
});

/**
 * Finds cases by what somebody has in hand. Names and codes of comuni are found by a part of them, everything else only in full.
 * A member finds its own, whatever it looks for; what operators and auditors are shown is recorded as for any list.
 */
export async function searchCases(context: Context, caller: Caller, text: string): Promise<SearchResult> {
  const { db } = context.as(caller);
  const own = caller.role === 'member' ? caller.body ?? '' : null;
  const groups = await Promise.all([
    findBodies(db, context.bodies, text, own), findCases(db, context.bodies, text, own), findByTerm(db, context.bodies, text, own),
    findEvents(db, context.bodies, text, own), findCommands(db, context.bodies, text, own), findDocuments(db, context.bodies, text, own),
  ]);
  const found = groups.flat();
  const byGroup = SEARCH_GROUPS.map((group) => found.filter((hit) => hit.group === group));
  const items = byGroup.flatMap((hits) => hits.slice(0, MOST_HITS));
  if (isRecorded(caller)) {
    await context.reads.enterList([...new Set(items.flatMap((hit) => (hit.case === null ? [] : [`${hit.process}/${hit.case}`])))], actorOf(caller));
  }
  return { items, more: SEARCH_GROUPS.filter((_group, index) => (byGroup[index]?.length ?? 0) > MOST_HITS) };
}

type Find = (db: Db, bodies: Bodies, text: string, own: string | null) => Promise<readonly SearchHit[]>;

const NOTHING = { case: null, process: null, version: null, type: null, at: null, documentId: null } as const;
const DIGEST = /^[0-9a-f]{64}$/i;
/** `c_a010-1`, `c_a010-1.FIBRE`; with or without the process before, with the version of an event behind. */
const CASE_OR_EVENT = /^(?:(adhesion|migration)\/)?([a-z][a-z0-9_]{1,29}-[1-9]\d{0,3})(\.[a-z0-9_-]{1,60})?(?:@([1-9]\d{0,8}))?$/i;

const findBodies: Find = async (db, bodies, text, own) => {
  const found = bodies.search(text).filter(({ ipaCode }) => own === null || ipaCode === own)
    .toSorted((one, other) => one.name.localeCompare(other.name, 'it')).slice(0, MOST_HITS + 1);
  const cases = await adhesionsOf(db, found.map(({ ipaCode }) => ipaCode));
  return found.flatMap((body): SearchHit[] => {
    const ids = cases.filter((one) => one.body === body.ipaCode).map(({ id }) => id);
    const hit = { ...NOTHING, group: 'BODY', body: body.ipaCode, name: body.name } as const;
    return ids.length === 0 ? [hit] : ids.map((id) => ({ ...hit, case: id, process: 'adhesion' }));
  });
};

const findCases: Find = async (db, bodies, text, own) => {
  const id = idIn(text);
  return id === null || id.version !== null || !(await isCase(db, id.case, own)) ? [] : [{ ...ofStream(bodies, id.stream), group: 'CASE' }];
};

/** Numbers of acts, and digests that stand in an event. */
const findByTerm: Find = async (db, bodies, text, own) => {
  const group = DIGEST.test(text) ? 'DIGEST' : 'ACT';
  return (await eventsWithTerm(db, text, own, MOST_HITS + 1)).map((event) => ({ ...ofEvent(bodies, event), group }));
};

const findEvents: Find = async (db, bodies, text, own) => {
  const id = idIn(text);
  const events = DIGEST.test(text) ? await eventsWithHash(db, text, own) : id === null || id.version === null ? [] : await findEvent(db, id.stream, id.version, own);
  return events.map((event) => ({ ...ofEvent(bodies, event), group: 'EVENT' }));
};

const findCommands: Find = async (db, bodies, text, own) => (
  (await commandsWithId(db, text, own, MOST_HITS + 1)).map((command) => ({ ...ofEvent(bodies, command), group: 'COMMAND' })));

const findDocuments: Find = async (db, bodies, text, own) => {
  if (!DIGEST.test(text)) return [];
  const documents = await documentsWithDigest(db, text.toLowerCase(), own, MOST_HITS + 1);
  return documents.map(({ stream, id, addedAt }) => ({ ...ofStream(bodies, stream), group: 'DIGEST', at: addedAt, documentId: id }));
};

function idIn(text: string): { readonly case: string; readonly stream: string; readonly version: number | null } | null {
  const [, , adhesion, service = '', version] = CASE_OR_EVENT.exec(text) ?? [];
  if (adhesion === undefined) return null;
  const id = `${adhesion.toLowerCase()}${service.toUpperCase()}`;
  return { case: id, stream: `${service === '' ? 'adhesion' : 'migration'}/${id}`, version: version === undefined ? null : Number(version) };
}

function ofEvent(bodies: Bodies, { stream, version, type, recordedAt }: FoundEvent | FoundCommand): Omit<SearchHit, 'group'> {
  return { ...ofStream(bodies, stream), version, type, at: recordedAt };
}

function ofStream(bodies: Bodies, stream: string): Omit<SearchHit, 'group'> {
  const id = caseId(stream);
  const ipaCode = id.slice(0, id.indexOf('-'));
  const { name = ipaCode } = bodies.find(ipaCode) ?? {};
  return { ...NOTHING, body: ipaCode, name, case: id, process: processName(stream) === 'adhesion' ? 'adhesion' : 'migration' };
}
