import { ArchiveDiffers, type Archive } from '../db/archive.ts';
import { openCheckpoint } from '../tlog/checkpoint.ts';
import type { Verifier } from '../tlog/note.ts';
import { bundlesIn, bundleFile, filesOf, FILES, historyFile, manifestOf, manifestText, runsIn } from './contents.ts';
import type { Gathered } from './gather.ts';
import { zip, type ZippedFile } from './zip.ts';

/** Writes what was gathered as a zip, the same bytes each time; histories and bundles are read one by one. Throws NoteError, ArchiveDiffers. */
export function dossierOf(gathered: Gathered, archive: Archive, verifiers: readonly Verifier[]): AsyncGenerator<Buffer> {
  const { contents, events } = gathered;
  const files = filesOf(contents, events);
  const manifest = manifestOf(contents.case, events, contents.events, openCheckpoint(contents.checkpoint, verifiers), files);
  return zip(inOrder([{ name: FILES.manifest, content: manifestText(manifest) }, ...[...files].map(([name, content]) => ({ name, content }))], gathered, archive));
}

async function* inOrder(small: readonly ZippedFile[], { events }: Gathered, archive: Archive): AsyncGenerator<ZippedFile> {
  yield* small;
  for (const run of runsIn(events)) yield { name: historyFile(run.runId), content: await archive.bytesOf(run) };
  for (const { hash } of bundlesIn(events)) yield { name: bundleFile(hash), content: await bundleOf(archive, hash) };
}

async function bundleOf(archive: Archive, hash: string): Promise<Buffer> {
  const bundle = await archive.bundle(hash);
  if (bundle === undefined) throw new ArchiveDiffers(`The bundle ${hash} is no longer kept.`);
  return Buffer.from(bundle.code);
}
