import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface FuzzOptions {
  /** Path of schemathesis. */
  readonly program: string;
  /** Where a real server listens. */
  readonly url: string;
  readonly token: string;
  /** Cases an operation and phase, at most. */
  readonly examples: number;
  readonly phases: readonly ('examples' | 'coverage' | 'fuzzing' | 'stateful')[];
  /** Ids that there are, by the paths that take them. */
  readonly known: readonly KnownParameters[];
}

export interface KnownParameters {
  /** Regular expression of the paths. */
  readonly paths: string;
  readonly parameters: Readonly<Record<string, string>>;
}

export interface FuzzResult {
  readonly passed: boolean;
  /** What it printed: each failure with a request that shows it. */
  readonly report: string;
}

/** Lets schemathesis try every operation of the document with all its checks. */
export async function fuzz({ program, url, token, examples, phases, known }: FuzzOptions): Promise<FuzzResult> {
  const folder = mkdtempSync(join(tmpdir(), 'associa-fuzz-'));
  try {
    const config = join(folder, 'schemathesis.toml');
    writeFileSync(config, configOf(known));
    const args = [
      '--config-file', config, 'run', `${url}/openapi.json`, '--phases', phases.join(','), '--checks', 'all', '--max-examples', String(examples), '--seed', '7',
      '--request-timeout', '15', '--workers', '1', '--continue-on-failure', '--no-color', '--warnings', 'off',
      // Values that are hard to make up say nothing of the interface.
      '--suppress-health-check', 'filter_too_much', '-H', `Authorization: Bearer ${token}`,
    ];
    const { passed, output } = await ended(program, args, folder);
    return { passed, report: output };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Values that are there beside made-up ones: without them every question about a case would end at 404. */
function configOf(known: readonly KnownParameters[]): string {
  const base = readFileSync(new URL('schemathesis.toml', import.meta.url), 'utf8');
  const tables = known.map(({ paths, parameters }) => [
    '[[operations]]', `include-path-regex = ${JSON.stringify(paths)}`, '[operations.parameters]',
    ...Object.entries(parameters).map(([name, value]) => `${JSON.stringify(`path.${name}`)} = ${JSON.stringify(value)}`),
  ].join('\n'));
  return [base, ...tables, ''].join('\n\n');
}

function ended(program: string, args: readonly string[], cwd: string): Promise<{ passed: boolean; output: string }> {
  return new Promise((resolve, reject) => {
    execFile(program, args, { cwd, maxBuffer: 256 * 1024 * 1024, encoding: 'utf8' }, (error, stdout, stderr) => {
      if (error !== null && typeof error.code !== 'number') reject(error);
      else resolve({ passed: error === null, output: `${stdout}${stderr}` });
    });
  });
}
