import { chmodSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A folder that PostgreSQL's own account reaches too when the tests run as root; the caller removes it, or `npm test` at its end. */
export function temporaryFolder(purpose: string): string {
  const folder = mkdtempSync(join(process.env['ASSOCIA_TEST_FOLDERS'] ?? tmpdir(), `associa-${purpose}-`));
  chmodSync(folder, 0o755);
  return folder;
}
