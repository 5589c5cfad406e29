import { hash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { FILES, manifestText, type Manifest } from '../contents.ts';
import { DATA_BEGINS, dataOf } from '../page-data.ts';

/** What stands before and after the data in the page of every dossier. */
interface Template {
  readonly before: string;
  readonly after: string;
}

const FONTS = new URL('../../node_modules/bootstrap-italia/dist/fonts/Titillium_Web/', import.meta.url);
const WEIGHTS = [['regular', 400], ['600', 600], ['700', 700]] as const;
let made: Promise<Template> | null = null;

/**
 * The page of a dossier: one file that asks nobody for anything. It holds the small files as text, and the very code of `audit check`, which
 * verifies them when it is opened; what it shows is what it verified.
 */
export async function pageOf(files: ReadonlyMap<string, Buffer>): Promise<Buffer> {
  made ??= makeTemplate();
  const { before, after } = await made;
  return Buffer.from(before + dataOf(files) + after);
}

/** Whether the page of a dossier that was checked is the one that this version makes: then its program is this one too. */
export async function isOwnPage(files: ReadonlyMap<string, Buffer>): Promise<boolean> {
  const { page: _, ...manifest } = JSON.parse(String(files.get(FILES.manifest))) as Manifest;
  return (await pageOf(new Map([...files, [FILES.manifest, manifestText(manifest)]]))).equals(files.get(FILES.page) ?? Buffer.alloc(0));
}

async function makeTemplate(): Promise<Template> {
  const [script, style] = [await scriptOf('main.tsx'), styleOf('page.css')];
  const policy = `default-src 'none'; script-src ${sourceOf(script)}; style-src ${sourceOf(style)}; font-src data:; base-uri 'none'; form-action 'none'`;
  return {
    before: `<!doctype html>
<html lang="it">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>Fascicolo verificabile · Associa</title>
<style>${style}</style>
</head>
<body>
<div id="page"><p class="container">Questa pagina verifica il fascicolo con un programma che è al suo interno: per leggerla occorre consentire gli script. Lo stesso fa <code>npx associa audit check</code>.</p></div>
${DATA_BEGINS}`,
    after: `</script>
<script>${script}</script>
</body>
</html>
`,
  };
}

/** The same text in every folder and on every machine, by the pinned version of the bundler. */
async function scriptOf(name: string): Promise<string> {
  const folder = fileURLToPath(new URL('.', import.meta.url));
  const { outputFiles: [file] } = await build({
    entryPoints: [`${folder}${name}`], absWorkingDir: folder, bundle: true, minify: true, write: false, format: 'iife', platform: 'browser', target: 'es2022', charset: 'ascii', legalComments: 'inline',
    jsx: 'automatic', jsxImportSource: 'preact', tsconfigRaw: {}, logLevel: 'silent', inject: [`${folder}node-buffer.ts`],
    alias: { 'node:crypto': `${folder}node-crypto.ts`, 'node:zlib': `${folder}node-zlib.ts` },
  });
  // In its texts nothing may end the element that it stands in, or look like the element of the data.
  return (file?.text ?? '').replaceAll(/<(?=\/?script|!--)/g, '\\x3c');
}

function styleOf(name: string): string {
  const faces = WEIGHTS.map(([file, weight]) => {
    const font = readFileSync(new URL(`titillium-web-v10-latin-ext_latin-${file}.woff2`, FONTS)).toString('base64');
    return `@font-face { font-family: "Titillium Web"; font-weight: ${weight}; src: url("data:font/woff2;base64,${font}") format("woff2"); }\n`;
  });
  return faces.join('') + readFileSync(new URL(name, import.meta.url), 'utf8');
}

function sourceOf(text: string): string {
  return `'sha256-${hash('sha256', text, 'base64')}'`;
}
