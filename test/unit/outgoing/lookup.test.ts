import dns, { type LookupAddress } from 'node:dns';
import { createServer, type Server } from 'node:http';
import { syncBuiltinESMExports } from 'node:module';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { exchange, type Exchanged } from '../../../outgoing/exchange.ts';

/** A server on the loopback that nobody outside is to be led to, and a name that resolves as told. */
let server: Server;
let heard = 0;
let asked: string[] = [];

beforeEach(async () => {
  [heard, asked] = [0, []];
  server = createServer((_request, response) => { heard += 1; response.end('secret'); });
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
});

afterEach(async () => {
  vi.restoreAllMocks();
  syncBuiltinESMExports();
  await new Promise((resolve) => { server.close(resolve); });
});

/** Each look-up of a name answers the next of these; the last one stands. */
function resolving(...answers: readonly (readonly string[])[]): void {
  const lookup = (name: string, options: { readonly all?: boolean }, answered: (error: null, found: LookupAddress[] | string, family?: number) => void) => {
    const addresses = answers[Math.min(asked.length, answers.length - 1)] ?? [];
    asked.push(name);
    if (options.all === true) answered(null, addresses.map((address) => ({ address, family: 4 })));
    else answered(null, addresses[0] ?? '', 4);
  };
  vi.spyOn(dns, 'lookup').mockImplementation(lookup as unknown as typeof dns.lookup);
  syncBuiltinESMExports();
}

const ask = (local = false): Promise<Exchanged> => exchange({
  method: 'GET', url: `http://broker.example.org:${(server.address() as AddressInfo).port}/v2/catalog`, headers: {}, local, timeoutMs: 2_000, mostBytes: 1_000,
});

test('a name that leads to a private address is refused as it is connected to', async () => {
  resolving(['127.0.0.1']);
  expect(await ask()).toEqual({ fault: 'ADDRESS_REFUSED', sent: false, status: null });
  expect([heard, asked]).toEqual([0, ['broker.example.org']]);
});

test('a name with one private address among public ones is refused', async () => {
  resolving(['203.0.113.7', '127.0.0.1'], ['8.8.8.8', '127.0.0.1']);
  expect(await ask()).toMatchObject({ fault: 'ADDRESS_REFUSED', sent: false });
  expect(await ask()).toMatchObject({ fault: 'ADDRESS_REFUSED', sent: false });
  expect(heard).toBe(0);
});

test('each request judges anew: what a name was permitted to lead to before counts for nothing', async () => {
  resolving(['127.0.0.1']);
  expect(await ask(true)).toMatchObject({ status: 200 });
  expect(await ask()).toMatchObject({ fault: 'ADDRESS_REFUSED', sent: false });
  expect(heard).toBe(1);
});

test('the address that was judged is the one that is connected to: the name is not looked up a second time', async () => {
  resolving(['127.0.0.1'], ['10.255.255.1']);
  expect(await ask(true)).toMatchObject({ status: 200 });
  expect([heard, asked]).toEqual([1, ['broker.example.org']]);
});
