import { ArchiveDiffers, type Archive } from '../db/archive.ts';
import { openCheckpoint } from '../tlog/checkpoint.ts';
import type { Verifier } from '../tlog/note.ts';
import { bundlesIn, bundleFile, filesOf, FILES, historyFile, manifestOf, manifestText, runsIn, type Manifest } from './contents.ts';
import type { Gathered } from './gather.ts';
import { pageOf } from './page/build.ts';
import { digestOf } from './records.ts';
import { zip, type ZippedFile } from './zip.ts';

/** Writes what was gathered as a zip, the same bytes each time; histories and bundles are read one by one. Throws NoteError; the generator ArchiveDiffers. */
export async function dossierOf(gathered: Gathered, archive: Archive, verifiers: readonly Verifier[]): Promise<AsyncGenerator<Buffer>> {
  const { contents, events } = gathered;
  const small = filesOf(contents, events);
  const files = await withManifest(manifestOf(contents.case, events, contents.events, openCheckpoint(contents.checkpoint, verifiers), small), small);
  return zip(inOrder(files, gathered, archive));
}

/** The page holds the manifest as it is without the page, and the file names the page too. */
export async function withManifest(manifest: Manifest, small: ReadonlyMap<string, Buffer>): Promise<ReadonlyMap<string, Buffer>> {
  const page = await pageOf(new Map([...small, [FILES.manifest, manifestText(manifest)]]));
  return new Map([[FILES.manifest, manifestText({ ...manifest, page: digestOf(page) })], ...small, [FILES.page, page]]);
}

async function* inOrder(files: ReadonlyMap<string, Buffer>, { events }: Gathered, archive: Archive): AsyncGenerator<ZippedFile> {
  for (const [name, content] of files) yield { name, content };
  for (const run of runsIn(events)) yield { name: historyFile(run.runId), content: await archive.bytesOf(run) };
  for (const { hash } of bundlesIn(events)) yield { name: bundleFile(hash), content: await bundleOf(archive, hash) };
}

async function bundleOf(archive: Archive, hash: string): Promise<Buffer> {
  const bundle = await archive.bundle(hash);
  if (bundle === undefined) throw new ArchiveDiffers(`The bundle ${hash} is no longer kept.`);
  return Buffer.from(bundle.code);
}
