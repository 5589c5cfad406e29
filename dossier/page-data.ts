import { FILES } from './contents.ts';

/** The files of a dossier that its page holds: all but itself, histories and bundles. The manifest in it names no page. */
export const EMBEDDED = [FILES.manifest, FILES.checkpoint, FILES.proofs, FILES.events, FILES.commands, FILES.documents] as const;

/** Stands before the data in every page, and nowhere else in it. */
export const DATA_BEGINS = '<script type="application/json" id="dossier">';

/** Files as they stand in a page. Nothing in them ends the element that they stand in. */
export function dataOf(files: ReadonlyMap<string, Buffer>): string {
  return JSON.stringify(Object.fromEntries(EMBEDDED.map((name) => [name, files.get(name)?.toString('utf8') ?? '']))).replaceAll('<', '\\u003c');
}

/** Whether a page holds these very files. */
export function holdsData(page: Buffer, files: ReadonlyMap<string, Buffer>): boolean {
  const [, after, ...more] = page.toString('utf8').split(DATA_BEGINS);
  return more.length === 0 && after?.startsWith(`${dataOf(files)}</script>`) === true;
}
