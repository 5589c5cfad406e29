import * as crypto from 'node:crypto';
import * as zlib from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FILES } from '../../../dossier/contents.ts';
import { dataOf } from '../../../dossier/page-data.ts';
import { Buffer as PageBuffer } from '../../../dossier/page/node-buffer.ts';
import * as pageCrypto from '../../../dossier/page/node-crypto.ts';
import * as pageZlib from '../../../dossier/page/node-zlib.ts';
import { pageOf } from '../../../dossier/page/build.ts';
import { OTHER_SIGNER, TEST_SIGNER } from '../../independent/ours.ts';
import { madeFiles } from './made.ts';

/** What stands for Node in the page says what Node says. */
describe('in the page of a dossier', () => {
  test('digests and checksums are those of Node', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
      expect(pageCrypto.hash('sha256', bytes)).toBe(crypto.hash('sha256', bytes));
      expect(Buffer.from(pageCrypto.hash('sha256', bytes, 'buffer')).equals(crypto.hash('sha256', bytes, 'buffer'))).toBe(true);
      expect(pageZlib.crc32(bytes)).toBe(zlib.crc32(bytes));
    }));
    expect([pageCrypto.hash('sha256', 'è'), pageZlib.crc32(Buffer.from('123456789'))]).toEqual([crypto.hash('sha256', 'è'), 0xcb_f4_39_26]);
  });

  test('a signature holds where it holds for Node: not of another text, key, or with a bit changed', () => {
    const key = (text: string) => Buffer.from(text.replace(/^[^+]+\+[0-9a-f]{8}\+/, ''), 'base64').subarray(1);
    const der = (bytes: Uint8Array) => ({ key: Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), bytes]), format: 'der', type: 'spki' } as const);
    const [own, other] = [TEST_SIGNER, OTHER_SIGNER].map(({ verifier }) => der(key(verifier.text)));
    const both = (text: string, by: typeof own, signature: Buffer) => {
      if (by === undefined) throw new RangeError('no key');
      const page = pageCrypto.verify(null, Buffer.from(text), pageCrypto.createPublicKey(by), signature);
      expect(page).toBe(crypto.verify(null, Buffer.from(text), crypto.createPublicKey(by), signature));
      return page;
    };
    fc.assert(fc.property(fc.string(), fc.nat(63), fc.integer({ min: 1, max: 255 }), (text, at, by) => {
      const signature = TEST_SIGNER.sign(text);
      expect([both(text, own, signature), both(`${text}.`, own, signature), both(text, other, signature)]).toEqual([true, false, false]);
      signature[at] = (signature[at] ?? 0) ^ by;
      expect([both(text, own, signature), both(text, own, signature.subarray(1))]).toEqual([false, false]);
    }), { numRuns: 50 });
  });

  test('bytes are written and read as Node does', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme' }), (text) => { expect([...PageBuffer.from(text)]).toEqual([...Buffer.from(text)]); expect(PageBuffer.from(text).toString()).toBe(text); }));
    fc.assert(fc.property(fc.uint8Array({ minLength: 8, maxLength: 60 }), fc.nat(0xff_ff_ff_ff), (bytes, number) => {
      const [page, node] = [PageBuffer.from(bytes), Buffer.from(bytes)];
      for (const buffer of [page, node]) buffer.writeUInt32LE(number, 2);
      for (const encoding of ['hex', 'base64', 'latin1'] as const) expect(page.toString(encoding)).toBe(node.toString(encoding));
      expect([page.readUInt32LE(2), page.indexOf(PageBuffer.from('\n')), PageBuffer.from(page.subarray(1)).equals(PageBuffer.from(node.subarray(1)))]).toEqual([number, node.indexOf('\n'), true]);
    }));
  });
});

test('the page lets nothing in but itself: its policy, and its data where they end', async () => {
  const page = String(await pageOf(await madeFiles()));
  const [, policy = ''] = /http-equiv="Content-Security-Policy" content="([^"]+)"/.exec(page) ?? [];
  expect(policy.replaceAll(/sha256-[A-Za-z0-9+/=]{44}/g, 'sha256-…')).toBe("default-src 'none'; script-src 'sha256-…'; style-src 'sha256-…'; font-src data:; base-uri 'none'; form-action 'none'");
  // Names of formats, and a licence, are no address that is asked.
  expect([page.match(/<script/g)?.length, page.match(/<\/script>/g)?.length, page.match(/https?:\/\/(?!www\.w3\.org\/|feross\.org)[^\s"]*/g) ?? []]).toEqual([2, 2, []]);
  expect(page).not.toMatch(/\beval\(|new Function/);
});

test('data end no element: what is embedded comes out as it was', () => {
  const hostile = Buffer.from('{"name":"</script><script>alert(1)</script><!--"}\n');
  const data = dataOf(new Map([[FILES.events, hostile]]));
  expect(data).not.toContain('<');
  expect((JSON.parse(data) as Record<string, string>)[FILES.events]).toBe(String(hostile));
});
