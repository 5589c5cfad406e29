import { expect, test } from 'vitest';
import { cli, fakeInstance } from './support.ts';

const NEVER = { state: 'UNKNOWN', answeredAt: null, failedAt: null, failure: null, failures: 0, openUntil: null };
const OPEN = { state: 'OPEN', answeredAt: '2026-11-20T10:00:00Z', failedAt: '2026-11-20T11:00:00Z', failure: 'BROKER_UNREACHABLE', failures: 5, openUntil: '2026-11-20T11:00:15Z' };
const broker = (name: string, contact: object) => ({ name, url: 'https://b.example.it', local: false, services: { FIBRE: { serviceId: 's', planIds: {} } }, by: 'x', at: OPEN.failedAt, instances: 2, contact });

test('brokers list shows how each broker was last heard, and until when it is left alone', async () => {
  const { env } = await fakeInstance(() => [200, { items: [broker('hosting', OPEN), broker('identity', NEVER)], nextCursor: null }]);
  const { code, out } = await cli(['brokers', 'list'], env);
  expect([code, out.trimEnd().split('\n').map((line) => line.trim().split(/ {2,}/))]).toEqual([0, [
    ['broker', 'address', 'local', 'services', 'instances', 'circuit', 'last answer', 'last failure'],
    ['hosting', 'https://b.example.it', 'no', 'FIBRE', '2', 'open until 2026-11-20T11:00:15Z', '2026-11-20T10:00:00Z', '2026-11-20T11:00:00Z BROKER_UNREACHABLE'],
    ['identity', 'https://b.example.it', 'no', 'FIBRE', '2', 'unknown'],
  ]]);
});
