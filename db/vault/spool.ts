import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Insertable } from 'kysely';
import type { TextsTable } from '../schema.ts';
import { namesIn, readOrCreate } from './files.ts';

export type TextRow = Insertable<TextsTable>;

/** Rows of texts, as encrypted as they will be stored, that wait in files for a database that is away. */
export class Spool {
  private readonly folder: string;
  private tail: Promise<unknown> = Promise.resolve();

  constructor(keysDir: string) {
    this.folder = join(keysDir, 'spool');
  }

  async keep(row: TextRow): Promise<void> {
    await readOrCreate(join(this.folder, `${row.id}.json`), () => Buffer.from(JSON.stringify({ ...row, cipher: row.cipher.toString('base64') })));
  }

  /** Hands each row over and forgets it. Throws with the first that could not be stored; the rest waits on. */
  bringHome(store: (row: TextRow) => Promise<void>): Promise<void> {
    const turn = this.tail.then(async () => {
      for (const file of await this.files()) {
        await store(await this.read(file));
        await rm(file, { force: true });
      }
    });
    this.tail = turn.catch(() => undefined);
    return turn;
  }

  private async files(): Promise<string[]> {
    return (await namesIn(this.folder)).filter((name) => name.endsWith('.json')).map((name) => join(this.folder, name));
  }

  private async read(file: string): Promise<TextRow> {
    // What `keep` wrote.
    const row = JSON.parse(await readFile(file, 'utf8')) as Omit<TextRow, 'cipher'> & { readonly cipher: string };
    return { ...row, cipher: Buffer.from(row.cipher, 'base64') };
  }
}
