import { sql } from 'kysely';
import type { Db } from '../client.ts';

/** An event that a search found. */
export interface FoundEvent {
  readonly stream: string;
  readonly version: number;
  readonly type: string;
  readonly recordedAt: string;
}

/** A command that a search found; one that changed nothing has no event. */
export interface FoundCommand extends Omit<FoundEvent, 'version'> {
  readonly version: number | null;
}

export interface FoundDocument {
  readonly stream: string;
  readonly id: string;
  readonly addedAt: string;
}

/** Which case a search looks for, whatever else: null is the whole territory. */
type Body = string | null;

const EVENT = ['events.stream', 'events.version', 'events.type', 'events.recorded_at as recordedAt'] as const;

/** Rows of cases, of one body or of all; journals are of nobody. */
const ofBody = (body: Body, stream: string) => (
  body === null ? sql<boolean>`body_of_stream(${sql.ref(stream)}) IS NOT NULL` : sql<boolean>`body_of_stream(${sql.ref(stream)}) = ${body}`);

/** Events in whose data an act has that number, or something that digest; newest first. */
export async function eventsWithTerm(db: Db, text: string, body: Body, limit: number): Promise<FoundEvent[]> {
  return db.selectFrom('event_terms').where('event_terms.term', '=', sql<string>`search_term(${text})`).where(ofBody(body, 'event_terms.stream'))
    .innerJoin('events', (join) => join.onRef('events.stream', '=', 'event_terms.stream').onRef('events.version', '=', 'event_terms.version'))
    .select(EVENT).orderBy('events.position', 'desc').limit(limit).execute();
}

export async function eventsWithHash(db: Db, hash: string, body: Body): Promise<FoundEvent[]> {
  return db.selectFrom('events').select(EVENT).where('events.hash', '=', Buffer.from(hash, 'hex')).where(ofBody(body, 'events.stream')).execute();
}

export async function findEvent(db: Db, stream: string, version: number, body: Body): Promise<FoundEvent[]> {
  return db.selectFrom('events').select(EVENT).where('events.stream', '=', stream).where('events.version', '=', version).where(ofBody(body, 'events.stream')).execute();
}

/** Commands of that id: an id counts within its case, so several cases may have one. */
export async function commandsWithId(db: Db, id: string, body: Body, limit: number): Promise<FoundCommand[]> {
  return db.selectFrom('commands').select(['stream', 'first_version as version', 'type', 'recorded_at as recordedAt'])
    .where('command_id', '=', id).where(ofBody(body, 'stream')).orderBy('recorded_at', 'desc').orderBy('stream').limit(limit).execute();
}

export async function documentsWithDigest(db: Db, sha256: string, body: Body, limit: number): Promise<FoundDocument[]> {
  return db.selectFrom('documents').select(['stream', 'id', 'created_at as addedAt']).where('sha256', '=', sha256).where(ofBody(body, 'stream'))
    .orderBy('created_at', 'desc').orderBy('id').limit(limit).execute();
}

/** The adhesions of some bodies, newest first within each. */
export async function adhesionsOf(db: Db, bodies: readonly string[]): Promise<{ readonly id: string; readonly body: string }[]> {
  if (bodies.length === 0) return [];
  return db.selectFrom('cases').select(['id', 'body']).where('process', '=', 'adhesion').where('body', 'in', [...bodies])
    .orderBy('body').orderBy(sql`length(id)`, 'desc').orderBy('id', 'desc').execute();
}

/** True when there is a case of that id, and it is of that body. */
export async function isCase(db: Db, id: string, body: Body): Promise<boolean> {
  const row = await db.selectFrom('cases').select('id').where('id', '=', id).where(ofBody(body, 'stream')).executeTakeFirst();
  return row !== undefined;
}
