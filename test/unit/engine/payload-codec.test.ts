import { rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { defaultPayloadConverter, type Payload } from '@temporalio/common';
import { loadDataConverter } from '@temporalio/common/lib/internal-non-workflow/index.js';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openConverter } from '../../../engine/data-converter.ts';
import { EncryptingCodec } from '../../../engine/payload-codec.ts';
import { addPayloadKey, PayloadKeys } from '../../../engine/payload-keys.ts';
import { temporaryFolder } from '../../support/folders.ts';

const CASE = { workflowId: 'adhesion/c_a010-1' };
const VALUE = { reasons: 'Il sindaco è assente', votes: [9, 3] };

let folder: string;
beforeEach(() => { folder = temporaryFolder('keys'); });
afterEach(() => { rmSync(folder, { recursive: true, force: true }); });

const codecOf = async (keysDir = folder) => new EncryptingCodec(await PayloadKeys.open(keysDir));
const payloadOf = (value: unknown): Payload => defaultPayloadConverter.toPayload(value) ?? {};
const valueOf = (payload: Payload | undefined): unknown => defaultPayloadConverter.fromPayload(payload ?? {});
const metadata = (payload: Payload | undefined, name: string) => Buffer.from(payload?.metadata?.[name] ?? []).toString();

async function sealed(codec: EncryptingCodec, context?: typeof CASE): Promise<Payload> {
  const [payload] = await codec.encode([payloadOf(VALUE)], context);
  return payload ?? {};
}

describe('a payload', () => {
  it('is encrypted whole, under a fresh nonce each time, and read back', async () => {
    const codec = await codecOf();
    const [one, other] = [await sealed(codec, CASE), await sealed(codec, CASE)];
    expect(metadata(one, 'encoding')).toBe('binary/encrypted');
    expect(metadata(one, 'encryption-key-id')).toMatch(/^1-[0-9a-f]{16}$/);
    expect(Buffer.from(one.data ?? []).toString('latin1')).not.toMatch(/sindaco|reasons|json/);
    expect(Buffer.from(one.data ?? []).subarray(0, 12).equals(Buffer.from(other.data ?? []).subarray(0, 12))).toBe(false);
    expect(valueOf((await codec.decode([one], CASE))[0])).toEqual(VALUE);
  });

  it('grows by 28 bytes and the length of its metadata, not by a share of its size', async () => {
    const codec = await codecOf();
    const large = payloadOf('x'.repeat(200_000));
    const [encrypted] = await codec.encode([large], CASE);
    expect((encrypted?.data?.length ?? 0) - (large.data?.length ?? 0)).toBeLessThan(100);
  });

  it('of before the encryption is read as it is', async () => {
    expect(valueOf((await (await codecOf()).decode([payloadOf(VALUE)], CASE))[0])).toEqual(VALUE);
  });

  it.each([0, 12, 40, -1])('does not open when byte %i was changed', async (at) => {
    const codec = await codecOf();
    const payload = await sealed(codec, CASE);
    const data = Buffer.from(payload.data ?? []);
    const index = at < 0 ? data.length + at : at;
    data[index] = (data[index] ?? 0) ^ 1;
    await expect(codec.decode([{ ...payload, data }], CASE)).rejects.toThrow(/encrypted under the key 1-[0-9a-f]{16} was changed/);
  });

  it('does not open in another case, nor when it is said to be of that one', async () => {
    const codec = await codecOf();
    const payload = await sealed(codec, CASE);
    await expect(codec.decode([payload], { workflowId: 'adhesion/c_b300-1' })).rejects.toThrow('A payload of adhesion/c_a010-1 stands in adhesion/c_b300-1');
    const renamed = { ...payload, metadata: { ...payload.metadata, 'workflow-id': Buffer.from('adhesion/c_b300-1') } };
    await expect(codec.decode([renamed], { workflowId: 'adhesion/c_b300-1' })).rejects.toThrow('was changed');
    const anonymous = { ...payload, metadata: { encoding: payload.metadata?.['encoding'] ?? Buffer.of(), 'encryption-key-id': payload.metadata?.['encryption-key-id'] ?? Buffer.of() } };
    await expect(codec.decode([anonymous], { workflowId: 'adhesion/c_b300-1' })).rejects.toThrow('was changed');
  });

  it('of one run of a schedule opens in the next, which is handed what became of the one before', async () => {
    const codec = await codecOf();
    const payload = await sealed(codec, { workflowId: 'reconciler-2026-11-23T12:45:00Z' });
    expect(valueOf((await codec.decode([payload], { workflowId: 'reconciler-2026-11-23T12:46:00Z' }))[0])).toEqual(VALUE);
    for (const workflowId of ['archiver-2026-11-23T12:46:00Z', 'reconciler', 'reconciler-2026']) {
      await expect(codec.decode([payload], { workflowId })).rejects.toThrow(`stands in ${workflowId}`);
    }
  });

  it('is refused when it is too short or names no key', async () => {
    const codec = await codecOf();
    const payload = await sealed(codec);
    await expect(codec.decode([{ ...payload, data: Buffer.alloc(27) }])).rejects.toThrow('too short');
    await expect(codec.decode([{ data: payload.data ?? null, metadata: { encoding: Buffer.from('binary/encrypted') } }])).rejects.toThrow('does not name its key');
  });
});

describe('the keys', () => {
  it('are made at the first start, for their owner only, one for all who start at once', async () => {
    const codecs = await Promise.all([codecOf(), codecOf(), codecOf()]);
    const ids = new Set(await Promise.all(codecs.map(async (codec) => metadata(await sealed(codec), 'encryption-key-id'))));
    expect(ids.size).toBe(1);
    expect(statSync(join(folder, 'payloads', '1.key')).mode & 0o777).toBe(0o600);
    expect(statSync(join(folder, 'payloads')).mode & 0o777).toBe(0o700);
  });

  it('rotate: the newest encrypts after the next start, all decrypt', async () => {
    const before = await codecOf();
    const old = await sealed(before, CASE);
    const id = await addPayloadKey(folder);
    expect(id).toMatch(/^2-[0-9a-f]{16}$/);
    expect(metadata(await sealed(before), 'encryption-key-id')).toMatch(/^1-/);

    const after = await codecOf();
    const young = await sealed(after, CASE);
    expect(metadata(young, 'encryption-key-id')).toBe(id);
    expect(valueOf((await after.decode([old], CASE))[0])).toEqual(VALUE);
    // A process from before the rotation reads what a newer one wrote.
    expect(valueOf((await before.decode([young], CASE))[0])).toEqual(VALUE);
  });

  it('have numbers that are ordered as numbers, the tenth after the ninth', async () => {
    await codecOf();
    for (let number = 2; number <= 10; number += 1) expect(await addPayloadKey(folder)).toMatch(new RegExp(`^${number}-`));
    expect(metadata(await sealed(await codecOf()), 'encryption-key-id')).toMatch(/^10-/);
  });

  it('are two when two are added at once', async () => {
    await codecOf();
    const added = await Promise.all([addPayloadKey(folder), addPayloadKey(folder)]);
    expect(new Set(added.map((id) => id[0]))).toEqual(new Set(['2', '3']));
  });

  it('of another installation are not known, and the message names the key', async () => {
    const elsewhere = temporaryFolder('keys');
    try {
      const payload = await sealed(await codecOf(elsewhere));
      const id = metadata(payload, 'encryption-key-id');
      await expect((await codecOf()).decode([payload])).rejects.toThrow(`A payload is encrypted under the key "${id}", which is not in ${join(folder, 'payloads')}`);
    } finally {
      rmSync(elsewhere, { recursive: true });
    }
  });

  it('that are unknown have the folder read once a second at most', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    try {
      const codec = await codecOf();
      const later = await addPayloadKey(folder);
      const strange: Payload = { metadata: { encoding: Buffer.from('binary/encrypted'), 'encryption-key-id': Buffer.from('7-0') }, data: Buffer.alloc(40) };
      await expect(codec.decode([strange])).rejects.toThrow('under the key "7-0"');
      const newest = await sealed(await codecOf());
      expect(metadata(newest, 'encryption-key-id')).toBe(later);
      const third = await addPayloadKey(folder);
      const young = await sealed(await codecOf());
      await expect(codec.decode([young])).rejects.toThrow(third);
      vi.advanceTimersByTime(1_000);
      expect(valueOf((await codec.decode([young]))[0])).toEqual(VALUE);
    } finally {
      vi.useRealTimers();
    }
  });

  it('of a wrong length are refused by name', async () => {
    await codecOf();
    writeFileSync(join(folder, 'payloads', '2.key'), 'short');
    await expect(codecOf()).rejects.toThrow('2.key does not hold a key of 32 bytes');
  });
});

it('message and stack of a failure go into its payload, and an older failure is read as well', async () => {
  const { failureConverter, payloadConverter } = loadDataConverter(await openConverter(folder));
  const failure = failureConverter.errorToFailure(new Error('Il sindaco è assente'), payloadConverter);
  expect({ ...failure, encodedAttributes: undefined }).toMatchObject({ message: 'Encoded failure', stackTrace: '' });
  expect(failureConverter.failureToError(failure, payloadConverter).message).toBe('Il sindaco è assente');
  const older = { message: 'Il sindaco è assente', applicationFailureInfo: { type: 'X', nonRetryable: true } };
  expect(failureConverter.failureToError(older, payloadConverter)).toMatchObject({ message: 'Il sindaco è assente', type: 'X' });
});
