import { sql } from 'kysely';
import type { Db } from '../db/client.ts';
import { compareCursors, START, type Cursor } from '../db/event-store/read.ts';
import { GrowingTree, type CompletedSubtree } from '../tlog/growing-tree.ts';
import { leafHash } from '../tlog/merkle.ts';
import type { Verifier } from '../tlog/note.ts';
import { TILE_HEIGHT } from '../tlog/tiles.ts';
import type { Progress } from './chain.ts';
import { readByKeys } from './records.ts';
import { FirstFindings, type Finding } from './report.ts';
import { SignedTrees } from './signed-trees.ts';

const PAGE = 1_000;
const WINDOW = 50_000;
/** An event is in the log within two seconds; a minute is more than any hiccup. */
const SEQUENCED_WITHIN = '1 minute';

/**
 * The transparency log against the records: each leaf is the record at its place in the global order, each hash of the tiles is that of its
 * leaves, each checkpoint is signed and is of the tree as it was at its size (and so each extends the one before), and no event is
 * missing. Reads all of it once, in pages, as it was at one moment; of the tree only the right edge is kept.
 */
export async function verifyLog(db: Db, verifiers: readonly Verifier[], progress: Progress = () => undefined): Promise<{ leaves: number; checkpoints: number; findings: Finding[] }> {
  return db.transaction().setIsolationLevel('repeatable read').setAccessMode('read only').execute(async (snapshot) => {
    await readByKeys(snapshot);
    const findings = new FirstFindings();
    const signed = new SignedTrees(snapshot, verifiers, findings);
    const tree = new GrowingTree();
    let [next, before]: [number, Cursor] = [0, START];
    await signed.compare(tree);
    for (let page = await leavesFrom(snapshot, next); page.length > 0; page = await leavesFrom(snapshot, next)) {
      const completed: CompletedSubtree[] = [];
      for (const leaf of page) {
        checkLeaf(leaf, next, before, findings);
        completed.push(...tree.add(leaf.hash).filter(({ level }) => level > 0 && level % TILE_HEIGHT === 0));
        [next, before] = [leaf.leaf + 1, leaf];
        signed.pass(leaf, tree.size);
        await signed.compare(tree);
      }
      await checkNodes(snapshot, completed, findings);
      progress(tree.size);
    }
    await signed.finish(tree.size);
    await checkCount(snapshot, tree.size, findings);
    await findUnlogged(snapshot, before, findings);
    return { leaves: tree.size, checkpoints: signed.count, findings: findings.all };
  });
}

interface Leaf extends Cursor {
  readonly leaf: number;
  readonly stream: string;
  readonly version: number;
  readonly hash: Buffer;
  /** Null: the event is gone. */
  readonly record: Buffer | null;
  readonly eventTx: string | null;
  readonly eventPosition: number | null;
}

/** Leaves by their number, each with the event that it names. */
function leavesFrom(db: Db, from: number): Promise<Leaf[]> {
  return db.selectFrom('log_leaves as l').leftJoin('events as e', (join) => join.onRef('e.stream', '=', 'l.stream').onRef('e.version', '=', 'l.version'))
    .select(['l.leaf', 'l.tx', 'l.position', 'l.stream', 'l.version', 'l.hash', 'e.record', 'e.tx as eventTx', 'e.position as eventPosition'])
    .where('l.leaf', '>=', from).orderBy('l.leaf').limit(PAGE).execute();
}

function checkLeaf({ leaf, tx, position, stream, version, hash, record, eventTx, eventPosition }: Leaf, expected: number, before: Cursor, findings: FirstFindings): void {
  const add = (code: string, message: string): void => { findings.add({ code, message, stream, version, position }); };
  if (leaf !== expected) add('LEAF_GAP', `Leaf ${expected} is missing: leaf ${leaf} comes in its place.`);
  if (record === null) add('LEAF_WITHOUT_EVENT', `The event of leaf ${leaf} is not stored any more.`);
  else if (!leafHash(record).equals(hash)) add('LEAF_DIFFERS', `The record is not the one that leaf ${leaf} of the log is made of.`);
  if (record !== null && (eventTx !== tx || eventPosition !== position)) add('LEAF_MOVED', `The event has another place in the global order than it had as leaf ${leaf}.`);
  if (compareCursors(before, { tx, position }) >= 0) add('LEAF_ORDER', `Leaf ${leaf} stands after one that it comes before in the global order.`);
}

/** The stored hashes above the leaves, against those that the leaves give. */
async function checkNodes(db: Db, completed: readonly CompletedSubtree[], findings: FirstFindings): Promise<void> {
  for (const { level, index, hash } of completed) {
    const tiles = level / TILE_HEIGHT;
    const stored = await db.selectFrom('log_nodes').select('hash').where('level', '=', tiles).where('index', '=', index).executeTakeFirst();
    if (stored?.hash.equals(hash) !== true) findings.add({ code: 'TILE_DIFFERS', message: `Hash ${index} of the tiles of level ${tiles} is ${stored === undefined ? 'missing' : 'not that of its leaves'}.` });
  }
}

async function checkCount(db: Db, size: number, findings: FirstFindings): Promise<void> {
  const levels = await db.selectFrom('log_nodes').select(['level', (eb) => eb.fn.countAll<number>().as('hashes')]).groupBy('level').execute();
  for (const { level, hashes } of levels) {
    if (hashes > Math.floor(size / 2 ** (TILE_HEIGHT * level))) findings.add({ code: 'TILE_DIFFERS', message: `The tiles of level ${level} have more hashes than ${size} leaves give.` });
  }
}

/** Events that should be leaves by now: a leaf comes after them, or they are not of this minute, by what they say of themselves. */
async function findUnlogged(db: Db, lastLeaf: Cursor, findings: FirstFindings): Promise<void> {
  const { most } = await db.selectFrom('events').select((eb) => eb.fn.max<number | null>('position').as('most')).executeTakeFirstOrThrow();
  for (let from = 0; from < (most ?? 0); from += WINDOW) {
    const rows = await db.selectFrom('events as e').select(['e.stream', 'e.version', 'e.position'])
      .where('e.position', '>', from).where('e.position', '<=', from + WINDOW)
      .where((eb) => eb.not(eb.exists(eb.selectFrom('log_leaves as l').select('l.leaf').whereRef('l.stream', '=', 'e.stream').whereRef('l.version', '=', 'e.version'))))
      .where(sql<boolean>`((e.tx, e.position) < (${lastLeaf.tx}::xid8, ${lastLeaf.position}::bigint)
        OR e.recorded_at NOT BETWEEN now() - ${SEQUENCED_WITHIN}::interval AND now() + ${SEQUENCED_WITHIN}::interval)`)
      .orderBy('e.position').execute();
    for (const row of rows) findings.add({ code: 'EVENT_NOT_IN_LOG', message: 'The event is no leaf of the log, and should be one by now.', ...row });
  }
}
