import { Writable } from 'node:stream';

export type SecurityEntry = Readonly<Record<string, unknown>>;

/** Where a test's server logs: `entries` are the lines of the security log, `lines` all of them as they were written. */
export interface SecurityLines {
  readonly entries: SecurityEntry[];
  readonly lines: string[];
  readonly stream: Writable;
}

export function securityLines(): SecurityLines {
  const entries: SecurityEntry[] = [];
  const lines: string[] = [];
  const stream = new Writable({
    write(chunk: Buffer, _encoding, done) {
      for (const line of String(chunk).split('\n').filter(Boolean)) {
        lines.push(line);
        const entry = JSON.parse(line) as SecurityEntry;
        if (entry['log'] === 'security') entries.push(entry);
      }
      done();
    },
  });
  return { entries, lines, stream };
}
