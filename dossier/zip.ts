import { crc32 } from 'node:zlib';

/** A file of a zip; its name is of letters, digits, dots, dashes and slashes. */
export interface ZippedFile {
  readonly name: string;
  readonly content: Buffer;
}

/** What is read is not a zip as `zip` writes it: the message names the first place. */
export class ZipError extends Error {
  override readonly name = 'ZipError';
}

/**
 * Writes files as a zip of which every byte follows from names and contents (docs/adr/0027): stored, not compressed, all of one day, without
 * attributes, nothing that is optional. One file is in memory at a time. Throws RangeError beyond 4 GiB.
 */
export async function* zip(files: AsyncIterable<ZippedFile> | Iterable<ZippedFile>): AsyncGenerator<Buffer> {
  const directory: Buffer[] = [];
  let offset = 0;
  for await (const { name, content } of files) {
    const header = Buffer.concat([LOCAL, described(name, content), Buffer.from(name, 'latin1')]);
    directory.push(directoryEntry(name, content, offset));
    offset += header.length + content.length;
    if (offset > MOST_BYTES) throw new RangeError('A zip of this kind holds 4 GiB at most');
    yield header;
    yield content;
  }
  yield directoryOf(directory, offset);
}

/**
 * Reads a zip that `zip` wrote, and no other: what is not byte for byte as it writes is refused, so that nothing stands in such a file that
 * is not looked at. Throws ZipError.
 */
export function unzip(archive: Buffer): ZippedFile[] {
  const files: ZippedFile[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  while (archive.subarray(offset, offset + LOCAL.length).equals(LOCAL)) {
    const file = fileAt(archive, offset);
    if (files.some(({ name }) => name === file.name)) throw new ZipError(`${file.name} is in it twice`);
    files.push(file);
    directory.push(directoryEntry(file.name, file.content, offset));
    offset += HEADER_BYTES + file.name.length + file.content.length;
  }
  const rest = archive.subarray(offset);
  const expected = directoryOf(directory, offset);
  if (!rest.equals(expected)) throw new ZipError(`after ${files.at(-1)?.name ?? 'its beginning'} it is not as it was written, at byte ${offset + firstDifference(rest, expected)}`);
  return files;
}

function fileAt(archive: Buffer, offset: number): ZippedFile {
  const cut = new ZipError(`it is cut off, or not as it was written, at byte ${offset}`);
  if (archive.length < offset + HEADER_BYTES) throw cut;
  const size = archive.readUInt32LE(offset + 22);
  const begin = offset + HEADER_BYTES + archive.readUInt16LE(offset + 26);
  const name = archive.toString('latin1', offset + HEADER_BYTES, begin);
  if (!NAME.test(name) || archive.length < begin + size) throw cut;
  const content = archive.subarray(begin, begin + size);
  const header = archive.subarray(offset + LOCAL.length, offset + HEADER_BYTES);
  if (!header.equals(described(name, content))) throw new ZipError(`${name} is not as it was written: its bytes are not those of its checksum`);
  return { name, content };
}

const MOST_BYTES = 0xff_ff_ff_ff;
const HEADER_BYTES = 30;
const NAME = /^(?!.*\.\.)[A-Za-z0-9][A-Za-z0-9._/-]{0,199}$/;
/** Signatures of APPNOTE.TXT 4.3: a file, its entry in the directory, the end. */
const LOCAL = Buffer.from('PK\u0003\u0004', 'latin1');
const ENTRY = Buffer.from('PK\u0001\u0002', 'latin1');
const END = Buffer.from('PK\u0005\u0006', 'latin1');
/** To read it takes version 1.0; no flags; stored; midnight of 1 January 1980, the first there is. */
const FIXED = [10, 0, 0, 0, 0x21] as const;

/** What header and directory both say of a file. */
function described(name: string, content: Buffer): Buffer {
  const bytes = Buffer.alloc(26);
  for (const [at, value] of FIXED.entries()) bytes.writeUInt16LE(value, 2 * at);
  bytes.writeUInt32LE(crc32(content), 10);
  bytes.writeUInt32LE(content.length, 14);
  bytes.writeUInt32LE(content.length, 18);
  bytes.writeUInt16LE(name.length, 22);
  return bytes;
}

function directoryEntry(name: string, content: Buffer, offset: number): Buffer {
  // Made by version 1.0 on no system; without comment, disk and attributes.
  const place = Buffer.alloc(14);
  place.writeUInt32LE(offset, 10);
  return Buffer.concat([ENTRY, Buffer.of(10, 0), described(name, content), place, Buffer.from(name, 'latin1')]);
}

function directoryOf(entries: readonly Buffer[], offset: number): Buffer {
  const bytes = Buffer.concat(entries);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(entries.length, 4);
  end.writeUInt16LE(entries.length, 6);
  end.writeUInt32LE(bytes.length, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([bytes, END, end]);
}

function firstDifference(one: Buffer, other: Buffer): number {
  const at = one.findIndex((byte, index) => byte !== other[index]);
  return at === -1 ? one.length : at;
}
