import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defaultPayloadConverter } from '@temporalio/common';
import { openConverter } from '../engine/data-converter.ts';

const TIMES = 5_000;
const ROUNDS = 5;

/** What encryption costs a payload, there and back; microseconds, the median of some rounds. */
export async function benchCodec(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'associa-bench-keys-'));
  try {
    const { payloadCodecs: [codec] } = await openConverter(folder);
    const context = { workflowId: 'adhesion/c_a010-1' };
    for (const bytes of [600, 40_000]) {
      const payload = defaultPayloadConverter.toPayload('x'.repeat(bytes)) ?? {};
      const rounds: number[] = [];
      for (let round = 0; round < ROUNDS; round += 1) {
        const start = performance.now();
        for (let time = 0; time < TIMES; time += 1) await codec.decode(await codec.encode([payload], context), context);
        rounds.push(((performance.now() - start) * 1_000) / TIMES);
      }
      const median = rounds.toSorted((a, b) => a - b)[Math.floor(ROUNDS / 2)] ?? 0;
      console.log(`codec: a payload of ${bytes} bytes, encrypted and decrypted: ${median.toFixed(0)} µs`);
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
}
