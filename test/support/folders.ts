import { chmodSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A folder that PostgreSQL's own account reaches too when the tests run as root; the caller removes it. */
export function temporaryFolder(purpose: string): string {
  const folder = mkdtempSync(join(tmpdir(), `associa-${purpose}-`));
  chmodSync(folder, 0o755);
  return folder;
}
