import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { EVENTS } from './words/events.ts';
import { bilingual } from './words/say.ts';

/** A file that pages ask for, under a name that changes with its content: a browser may keep it for ever. */
interface Asset {
  readonly path: string;
  readonly type: string;
  readonly content: Buffer;
  /** What shrinks, shrunk; null for what does not. */
  readonly zipped: Buffer | null;
}

const ITALIA = new URL('../node_modules/bootstrap-italia/dist/', import.meta.url);
const IDIOMORPH = new URL('../node_modules/idiomorph/dist/idiomorph.min.js', import.meta.url);
const FONTS = ['regular', '600', '700'] as const;
const SCRIPT = 'text/javascript; charset=utf-8';
const FOLDER = '/assets/';

let made: ReadonlyMap<string, Asset> | null = null;

/** The address of an asset by its plain name. Throws on a name that there is not. */
export function assetPath(name: string): string {
  const asset = assets().get(name);
  if (asset === undefined) throw new Error(`There is no asset ${name}`);
  return asset.path;
}

/** The asset at an address, or undefined. */
export function findAsset(path: string): Asset | undefined {
  return [...assets().values()].find((asset) => asset.path === path);
}

/** Read and shrunk once, when the first page is asked for. */
function assets(): ReadonlyMap<string, Asset> {
  if (made !== null) return made;
  const map = new Map<string, Asset>();
  const add = (name: string, type: string, content: Buffer, shrinks: boolean): Asset => {
    const digest = createHash('sha256').update(content).digest('hex').slice(0, 16);
    const asset = { path: `${FOLDER}${name.replace('.', `-${digest}.`)}`, type, content, zipped: shrinks ? gzipSync(content, { level: 9 }) : null };
    map.set(name, asset);
    return asset;
  };
  for (const weight of FONTS) {
    add(`titillium-web-${weight}.woff2`, 'font/woff2', readFileSync(new URL(`fonts/Titillium_Web/titillium-web-v10-latin-ext_latin-${weight}.woff2`, ITALIA)), false);
  }
  add('icon.svg', 'image/svg+xml', readFileSync(ownFile('icon.svg')), true);
  add('bootstrap-italia.css', 'text/css; charset=utf-8', withoutMap(readFileSync(new URL('css/bootstrap-italia.min.css', ITALIA), 'utf8')), true);
  const style = readFileSync(ownFile('console.css'), 'utf8').replaceAll(/url\("([\w.-]+)"\)/g, (_whole, name: string) => `url("${map.get(name)?.path ?? name}")`);
  add('console.css', 'text/css; charset=utf-8', Buffer.from(style), true);
  for (const name of ['storia.js', 'upload.js']) add(name, SCRIPT, readFileSync(ownFile(`scripts/${name}`)), true);
  // The script of open pages, after the library by which it changes them.
  add('live.js', SCRIPT, Buffer.concat([readFileSync(IDIOMORPH), Buffer.from('\n'), readFileSync(ownFile('scripts/live.js'))]), true);
  for (const language of ['it', 'en'] as const) {
    const words = Object.entries(EVENTS).map(([type, pair]) => [type, bilingual(pair)[language]] as const);
    add(`events-${language}.json`, 'application/json; charset=utf-8', Buffer.from(JSON.stringify(Object.fromEntries(words))), true);
  }
  made = map;
  return map;
}

function ownFile(name: string): string {
  return fileURLToPath(new URL(name, import.meta.url));
}

/** The map of the source is not served. */
function withoutMap(css: string): Buffer {
  return Buffer.from(css.replace(/\/\*# sourceMappingURL=[^*]*\*\/\s*$/, ''));
}
