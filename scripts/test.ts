import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runChecks, runStep } from './run.ts';

/** `npm test`: the checks, then every test layer on real servers; exit 0 only when all ran and passed. */
const failed = runChecks();
const folder = mkdtempSync(join(tmpdir(), 'associa-report-'));
// PostgreSQL's own account reaches what the tests make in it; what they leave goes with it.
chmodSync(folder, 0o755);
const outputFile = join(folder, 'report.json');
if (!runStep({ name: 'tests of all layers', run: ['vitest', 'run', '--project', '!fuzz', '--reporter', 'default', '--reporter', 'json', '--outputFile.json', outputFile], env: { ASSOCIA_TEST_FOLDERS: folder } })) failed.push('tests');
const { numPassedTests, numTotalTests } = counts(outputFile);
rmSync(folder, { recursive: true, force: true });
if (failed.length > 0) console.error(`npm test: ${failed.join(', ')} failed`);
console.log(`${numPassedTests} passed, ${numTotalTests - numPassedTests} failed`);
process.exit(failed.length > 0 || numPassedTests === 0 || numPassedTests < numTotalTests ? 1 : 0);

function counts(file: string): { numPassedTests: number; numTotalTests: number } {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as { numPassedTests: number; numTotalTests: number };
  } catch {
    return { numPassedTests: 0, numTotalTests: 0 };
  }
}
