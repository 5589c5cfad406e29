// Installs what is missing, before anything else runs: plain JavaScript for the host's own Node, without packages.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const lockfile = join(root, 'package-lock.json');
const marker = join(root, 'node_modules', '.associa-installed');
const pinnedNode = join(root, 'node_modules', '.bin', 'node');
const OLDEST_NODE = 20;
const PATIENCE_MS = 15 * 60_000;

try {
  main();
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exit(1);
}

function main() {
  const major = Number(process.versions.node.split('.')[0]);
  if (major < OLDEST_NODE) throw new Error(`Node ${OLDEST_NODE} or later is needed to install; this is ${process.version}.`);
  const wanted = createHash('sha256').update(readFileSync(lockfile)).digest('hex');
  if (isInstalled(wanted)) return;
  alone(() => {
    if (!isInstalled(wanted)) install();
    writeFileSync(marker, `${wanted}\n`);
  });
}

/** The marker says it; without one, what npm itself wrote about the tree may say that it is the locked one. */
function isInstalled(wanted) {
  if (!existsSync(pinnedNode)) return false;
  if (existsSync(marker)) return readFileSync(marker, 'utf8').trim() === wanted;
  return isLockedTree();
}

function isLockedTree() {
  const list = join(root, 'node_modules', '.package-lock.json');
  if (!existsSync(list)) return false;
  const packagesOf = (path) => JSON.parse(readFileSync(path, 'utf8')).packages ?? {};
  const [locked, present] = [packagesOf(lockfile), packagesOf(list)];
  return Object.entries(locked).every(([path, { version, integrity, optional }]) => {
    const found = present[path];
    if (path === '') return true;
    return found === undefined ? optional === true : found.version === version && found.integrity === integrity;
  });
}

function install() {
  const startedAt = Date.now();
  console.log('Installing the packages of the lockfile (npm ci; a minute or so) …');
  const inherited = process.env['npm_execpath'] ?? '';
  const [command, first] = inherited.endsWith('npm-cli.js') ? [process.execPath, [inherited]] : ['npm', []];
  const options = ['--include=dev', '--include=optional', '--no-audit', '--no-fund', '--loglevel=error'];
  const { status, stderr, error } = spawnSync(command, [...first, 'ci', ...options], {
    cwd: root,
    encoding: 'utf8',
    stdio: ['ignore', 'ignore', 'pipe'],
    maxBuffer: 64 * 1024 * 1024,
  });
  if (error) throw new Error(`npm cannot be run: ${error.message}`);
  if (status !== 0) throw new Error(explain(stderr));
  if (!existsSync(pinnedNode)) {
    throw new Error(`There is no pinned Node for ${process.platform}-${process.arch}: Associa runs on Linux, x64 or arm64.`);
  }
  console.log(`Installed in ${Math.round((Date.now() - startedAt) / 1000)} s`);
}

function explain(stderr) {
  const lines = stderr.split('\n').filter((line) => !/^(npm (error|ERR!))?\s*$/.test(line));
  const said = lines.slice(0, 6).join('\n');
  if (/ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ETIMEDOUT|ENETUNREACH|ECONNRESET/.test(stderr)) {
    return `The npm registry cannot be reached: go online once, or set npm's registry or proxy.\n${said}`;
  }
  if (/EACCES|EPERM|EROFS/.test(stderr)) return `The folder ${root} cannot be written by this user.\n${said}`;
  return `npm ci failed:\n${said}`;
}

/** Two commands started together must not install over one another: the second waits for the first. */
function alone(act) {
  const lock = join(tmpdir(), `associa-install-${createHash('sha256').update(root).digest('hex').slice(0, 16)}.lock`);
  const deadline = Date.now() + PATIENCE_MS;
  while (!take(lock)) {
    if (Date.now() > deadline) throw new Error(`Another installation does not end; if there is none, remove ${lock}`);
    pause(300);
  }
  try {
    act();
  } finally {
    rmSync(lock, { force: true });
  }
}

/** A lock holds its taker's pid from its first moment on; one whose taker is gone is removed. */
function take(lock) {
  const draft = `${lock}.${process.pid}`;
  writeFileSync(draft, String(process.pid));
  try {
    linkSync(draft, lock);
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
    if (!isAlive(holderOf(lock))) rmSync(lock, { force: true });
    return false;
  } finally {
    rmSync(draft, { force: true });
  }
}

function holderOf(lock) {
  try {
    return Number(readFileSync(lock, 'utf8'));
  } catch {
    return process.pid; // It was given back in this moment: ask again.
  }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

function pause(ms) {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}
