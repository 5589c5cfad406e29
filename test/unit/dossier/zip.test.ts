import { hash } from 'node:crypto';
import fc from 'fast-check';
import { unzipSync } from 'fflate';
import { expect, test } from 'vitest';
import { unzip, ZipError } from '../../../dossier/zip.ts';
import { zipped } from '../../support/dossier.ts';

const FILES = new Map([['manifest.json', Buffer.from('{"a":1}\n')], ['histories/run-1.pb', Buffer.from([0, 255, 80, 75, 3, 4])], ['empty', Buffer.alloc(0)]]);

test('what it writes is read by other tools and by itself', async () => {
  const archive = await zipped(FILES);
  expect(Object.entries(unzipSync(archive)).map(([name, content]) => [name, Buffer.from(content)])).toEqual([...FILES]);
  expect(unzip(archive).map(({ name, content }) => [name, content])).toEqual([...FILES]);
});

test('the bytes follow from names and contents alone: these for ever', async () => {
  expect(hash('sha256', await zipped(FILES))).toBe('c36dd2c9a53e43b17f46b144ecbd0147fefc90011714b06c607b39bd57566a2a');
});

test('any byte changed, left out or put in is refused', async () => {
  const archive = await zipped(FILES);
  const refused = (bytes: Buffer) => { expect(() => unzip(bytes)).toThrow(ZipError); };
  for (const at of archive.keys()) {
    for (const bit of [1, 32, 255]) refused(Buffer.from(archive.map((byte, index) => (index === at ? byte ^ bit : byte))));
    refused(archive.subarray(0, at));
    refused(Buffer.concat([archive.subarray(0, at), archive.subarray(at + 1)]));
  }
  fc.assert(fc.property(fc.nat(archive.length), fc.uint8Array({ minLength: 1, maxLength: 40 }), (at, bytes) => { refused(Buffer.concat([archive.subarray(0, at), bytes, archive.subarray(at)])); }));
});

test('a file of which there are two, a name that leads out of the folder, or that steers a terminal, is refused, and the place is named', async () => {
  const one = { name: 'events.ndjson', content: Buffer.from('x') };
  await expect(zipped([one, one]).then(unzip)).rejects.toThrow('events.ndjson is in it twice');
  for (const name of ['../x', 'a/../../x', '/x', 'a\u001b[2J']) await expect(zipped([{ ...one, name }]).then(unzip)).rejects.toThrow('at byte 0');
  const archive = await zipped(FILES);
  archive[archive.indexOf('{"a"')] = 0;
  expect(() => unzip(archive)).toThrow('manifest.json is not as it was written: its bytes are not those of its checksum');
  expect(() => unzip(Buffer.concat([archive.subarray(0, 0), Buffer.from('no zip')]))).toThrow('after its beginning it is not as it was written, at byte 0');
});
