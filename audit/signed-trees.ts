import type { Db } from '../db/client.ts';
import type { LogCheckpointRow } from '../db/log/tables.ts';
import { openCheckpoint } from '../tlog/checkpoint.ts';
import type { GrowingTree } from '../tlog/growing-tree.ts';
import { NoteError, type Verifier } from '../tlog/note.ts';
import type { Finding, FirstFindings } from './report.ts';

const PAGE = 1_000;

type Place = Pick<Finding, 'stream' | 'version' | 'position'>;

/** All stored checkpoints in the order of their signing, compared with the tree while it grows past their sizes. */
export class SignedTrees {
  count = 0;
  private readonly db: Db;
  private readonly verifiers: readonly Verifier[];
  private readonly findings: FirstFindings;
  private page: LogCheckpointRow[] = [];
  private lastRead = 0;
  private hasMore = true;
  /** Leaves up to where the tree is the one that was signed, and the leaf after them. */
  private held = 0;
  private firstBeyond: Place = {};
  private differs = false;

  constructor(db: Db, verifiers: readonly Verifier[], findings: FirstFindings) {
    this.db = db;
    this.verifiers = verifiers;
    this.findings = findings;
  }

  /** Hears of the leaf that made the tree so large. */
  pass({ stream, version, position }: Required<Place>, size: number): void {
    if (size === this.held + 1) this.firstBeyond = { stream, version, position };
  }

  /** Compares those of the size that the tree has now. */
  async compare(tree: GrowingTree): Promise<void> {
    for (let next = await this.next(); next !== undefined && next.size <= tree.size; next = await this.next()) {
      this.page.shift();
      this.checkNote(next);
      if (next.size < tree.size) this.findings.add({ code: 'CHECKPOINT_ORDER', message: `Checkpoint ${next.number} is of ${next.size} leaves, and was signed after one of more.` });
      else if (tree.root.equals(next.root)) this.held = next.size;
      else this.noteDiffers(next);
    }
  }

  /** What is left is of trees that are not there. */
  async finish(size: number): Promise<void> {
    for (let next = await this.next(); next !== undefined; next = await this.next()) {
      this.page.shift();
      this.checkNote(next);
      this.findings.add({ code: 'CHECKPOINT_BEYOND_LOG', message: `Checkpoint ${next.number} is of ${next.size} leaves, and the log has ${size}: its tail was cut.` });
    }
    if (this.held < size && !this.differs) this.findings.add({ code: 'LEAF_NOT_SIGNED', message: `The log has ${size} leaves, of which ${this.held} were signed.`, ...this.firstBeyond });
  }

  /** All that follow differ too: the first says where. */
  private noteDiffers({ number, size }: LogCheckpointRow): void {
    if (this.differs) return;
    this.differs = true;
    const message = `The tree of ${size} leaves is not the one that was signed as checkpoint ${number}; of ${this.held} leaves it is.`;
    this.findings.add({ code: 'CHECKPOINT_DIFFERS', message, ...(size > this.held ? this.firstBeyond : {}) });
  }

  private checkNote({ number, size, root, note }: LogCheckpointRow): void {
    this.count += 1;
    try {
      const opened = openCheckpoint(note, this.verifiers);
      if (opened.size === size && opened.root.equals(root)) return;
      this.findings.add({ code: 'CHECKPOINT_COLUMN_DIFFERS', message: `The columns of checkpoint ${number} do not say what was signed.` });
    } catch (error) {
      if (!(error instanceof NoteError)) throw error;
      this.findings.add({ code: 'CHECKPOINT_NOT_SIGNED', message: `Checkpoint ${number}, of ${size} leaves: ${error.message}.` });
    }
  }

  private async next(): Promise<LogCheckpointRow | undefined> {
    if (this.page.length === 0 && this.hasMore) {
      this.page = await this.db.selectFrom('log_checkpoints').selectAll().where('number', '>', this.lastRead).orderBy('number').limit(PAGE).execute();
      this.lastRead = this.page.at(-1)?.number ?? this.lastRead;
      this.hasMore = this.page.length === PAGE;
    }
    return this.page[0];
  }
}
