import { appendFileSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * Hashes of the histories that a bundle was found to replay, on one version of the SDK: a line each in a file of their own, so
 * that several processes may write it. What does not replay is looked at each time.
 */
export class KnownToReplay {
  private readonly file: string;
  private readonly hashes: Set<string>;

  constructor(folder: string, bundle: string, sdk: string) {
    this.file = join(folder, `${bundle}.${sdk}`);
    this.hashes = new Set(linesOf(this.file));
  }

  has(hash: string): boolean {
    return this.hashes.has(hash);
  }

  add(hash: string): void {
    this.hashes.add(hash);
    try {
      mkdirSync(dirname(this.file), { recursive: true });
      appendFileSync(this.file, `${hash}\n`);
    } catch {
      // A full disk or a folder of another user: it is rehearsed again the next time.
    }
  }
}

function linesOf(file: string): string[] {
  try {
    return readFileSync(file, 'utf8').split('\n');
  } catch {
    return []; // none yet
  }
}
