import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { CaseVerdict } from './case.ts';
import type { SourcedRun } from './sources.ts';

/** What a verdict hangs on: the same again is the same verdict, as long as `audit verify` holds. */
export interface VerdictGround {
  readonly stream: string;
  /** Hex hash of the newest record: with the chain, of all of them. */
  readonly head: string | null;
  readonly runs: readonly Pick<SourcedRun, 'runId' | 'hash' | 'bundle'>[];
  readonly today: string;
  readonly candidate: string | null;
  readonly sdk: string;
}

/** Verdicts of cases that hold, one file each under the digest of its ground; what does not hold is looked at each time. */
export class VerdictCache {
  private readonly folder: string;

  constructor(folder: string) {
    this.folder = folder;
  }

  async find(ground: VerdictGround): Promise<CaseVerdict | null> {
    try {
      return JSON.parse(await readFile(this.fileOf(ground), 'utf8')) as CaseVerdict;
    } catch {
      return null; // not there, or cut off
    }
  }

  async keep(ground: VerdictGround, verdict: CaseVerdict): Promise<void> {
    if (verdict.findings.length > 0) return;
    const file = this.fileOf(ground);
    try {
      await mkdir(this.folder, { recursive: true });
      await writeFile(`${file}.${process.pid}`, JSON.stringify(verdict));
      await rename(`${file}.${process.pid}`, file);
    } catch {
      // A full disk or a folder of another user: the verdict stands all the same.
    }
  }

  private fileOf(ground: VerdictGround): string {
    return join(this.folder, `${createHash('sha256').update(JSON.stringify(ground)).digest('hex')}.json`);
  }
}
