import { mkdirSync, writeFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { PROJECT_DIR } from '../config.ts';
import { buildBundle, withoutSourceMap } from '../engine/bundle.ts';

/**
 * `npm run bundle [-- <folder>]`: writes the workflow code of this version into a file that is named by its content, the
 * same bytes from every folder and machine. Its hash is the build id of the workers that run it.
 */
async function main(folder: string): Promise<void> {
  const { code, hash } = await buildBundle();
  const file = join(folder, `${hash}.js`);
  mkdirSync(folder, { recursive: true });
  writeFileSync(file, withoutSourceMap(code));
  const shown = relative(process.cwd(), file);
  console.log(`sha256 ${hash}\n${shown.startsWith('..') ? file : shown}`);
}

const [folder = join(PROJECT_DIR, 'bundles')] = process.argv.slice(2);
await main(resolve(folder));
