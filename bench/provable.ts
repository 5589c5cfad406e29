import { setTimeout as delay } from 'node:timers/promises';
import { loadBodies } from '../api/bodies.ts';
import { pathOf } from '../test/api/path.ts';
import { startService, type Service } from './service.ts';

/** Cases whose commands are in flight at once. */
const CASES = 20;
const LOOK_EVERY_MS = 25;
const GIVE_UP_MS = 30_000;

/** How long after the answer to a command (its events are stored by then) an event can be proven to be in the transparency log, under load; over HTTP. */
export async function benchProvable(): Promise<void> {
  const service = await startService();
  try {
    const bodies = loadBodies().all.filter(({ population }) => population > 3_000 && population < 10_000).slice(0, CASES).map(({ ipaCode }) => ipaCode);
    const millis = (await Promise.all(bodies.map((body) => provenPath(service, body)))).flat().toSorted((a, b) => a - b);
    const at = (share: number): string => String(Math.round(millis[Math.min(millis.length - 1, Math.floor(share * millis.length))] ?? Number.NaN));
    console.log(`From stored to provable, ${millis.length} commands of ${CASES} cases in flight:\n`);
    console.log('| measure | median | 95 % | max | aim |\n|---|---|---|---|---|');
    console.log(`| milliseconds until the proof of the last event is answered | ${at(0.5)} | ${at(0.95)} | ${at(1)} | under 2000 |`);
  } finally {
    await service.stop();
  }
}

/** Takes a case along the path; the milliseconds of each of its commands. */
async function provenPath(service: Service, body: string): Promise<readonly number[]> {
  const { token, post } = service;
  const [operator, member] = await Promise.all([token('operator'), token('member', body)]);
  await post('/v1/adhesions', operator, { body });
  const { id: signer } = await post('/v1/subjects', operator, { body, name: 'Ada Prova', email: 'sindaco@example.org' });
  const proofs: Promise<number>[] = [];
  for (const [as, type, data] of pathOf(body as Parameters<typeof pathOf>[0], signer)) {
    const answer = await fetch(`${service.url}/v1/adhesions/${body}-1/commands`, {
      method: 'POST', headers: { authorization: `Bearer ${as === 'operator' ? operator : member}`, 'content-type': 'application/json' }, body: JSON.stringify({ type, data }),
    });
    const version = /^"(\d+)"$/.exec(answer.headers.get('etag') ?? '')?.[1];
    if (answer.status !== 200 || version === undefined) throw new Error(`${type}: ${await answer.text()}`);
    proofs.push(untilProven(`${service.url}/v1/adhesions/${body}-1/events/${version}/proof`, operator));
  }
  return Promise.all(proofs);
}

async function untilProven(url: string, bearer: string): Promise<number> {
  const start = performance.now();
  for (;;) {
    const { status } = await fetch(url, { headers: { authorization: `Bearer ${bearer}` } });
    const passed = performance.now() - start;
    if (status === 200) return passed;
    if (status !== 404 || passed > GIVE_UP_MS) throw new Error(`${url}: ${status} after ${Math.round(passed)} ms`);
    await delay(LOOK_EVERY_MS);
  }
}
