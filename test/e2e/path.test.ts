import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { verify } from '../../audit/verify.ts';
import { readLogVerifiers } from '../../db/log/keys.ts';
import { findCommand } from '../../db/event-store/read.ts';
import { allComuni, carry, type Comune } from './journey.ts';
import { System, WorkerKiller } from './system.ts';

let system: System;
let comuni: Comune[];
beforeAll(async () => {
  system = await System.start();
  comuni = await allComuni(system);
}, 120_000);
afterAll(async () => { await system.stop(); });

const view = async (ipaCode: string) => (await system.call('GET', `/v1/adhesions/${ipaCode}-1`, 'auditor')).body;

async function expectDelivered({ ipaCode }: Comune): Promise<void> {
  await expect.poll(async () => (await view(ipaCode))['migrations'], { timeout: 60_000 }).toMatchObject([{ id: `${ipaCode}-1.TRAINING`, service: 'TRAINING', state: 'OPERATING' }]);
  expect(await view(ipaCode)).toMatchObject({ body: ipaCode, phase: 'MANAGEMENT', deliberation: { state: 'ACCEPTED', executivity: 'EXECUTIVE', executiveOn: '2026-07-24' }, parked: [] });
}

/** As many at a time as clients of a small office would send. */
async function inParallel<T>(items: readonly T[], width: number, work: (item: T) => Promise<void>): Promise<void> {
  const queue = [...items];
  await Promise.all(Array.from({ length: width }, async () => {
    for (let item = queue.shift(); item !== undefined; item = queue.shift()) await work(item);
  }));
}

describe('the path of a comune over HTTP', () => {
  it('Abbiategrasso, from the opening to a case in management with its first service', async () => {
    const abbiategrasso = comuni.find(({ ipaCode }) => ipaCode === 'c_a010');
    if (abbiategrasso === undefined) throw new Error('Abbiategrasso is not in the data');
    await carry(system, abbiategrasso);
    await expectDelivered(abbiategrasso);
  });

  it('twenty comuni, with the worker killed at random', async () => {
    const twenty = comuni.filter(({ ipaCode }) => ipaCode !== 'c_a010').slice(0, 20);
    const acknowledged: { stream: string; commandId: string }[] = [];
    const killer = new WorkerKiller(system, 5);
    try {
      await inParallel(twenty, 10, async (comune) => { acknowledged.push(...await carry(system, comune)); });
    } finally {
      await killer.stop();
    }
    expect(killer.kills).toBeGreaterThan(2);
    for (const { stream, commandId } of acknowledged) expect(await findCommand(system.db, stream, commandId)).toBeDefined();
    for (const comune of twenty) await expectDelivered(comune);
  });

  it('all the other comuni of the Città metropolitana in parallel', async () => {
    const { body } = await system.call('GET', '/v1/adhesions?limit=100', 'operator');
    const begun = new Set((body['items'] as { body: string }[]).map((item) => item.body));
    const others = comuni.filter(({ ipaCode }) => !begun.has(ipaCode));
    expect(others.length + begun.size).toBe(comuni.length);
    await inParallel(others, 40, async (comune) => { await carry(system, comune); });
    for (const comune of others) await expectDelivered(comune);
  });

  it('leaves a whole record: chains, columns, read models', async () => {
    // The worker has signed all that was recorded, but for what came just now.
    const { findings, checked } = await verify(system.db, {}, { logKeys: await readLogVerifiers(join(system.home, 'keys')) });
    expect(findings).toEqual([]);
    expect(checked['leaves']).toBeGreaterThan(10);
  });
});
