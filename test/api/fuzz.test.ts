import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { fuzzAs, prepareCases } from '../support/fuzz/roles.ts';
import type { KnownParameters } from '../support/fuzz/run.ts';
import { bodyAt, startApi, type Api, type As } from './support.ts';

/** Schemathesis against a listening server, bounded by the number of cases; `npm run fuzz` tries many more. */
let api: Api;
let url: string;
let known: readonly KnownParameters[];

beforeAll(async () => {
  api = await startApi();
  known = await prepareCases(api);
  await api.app.listen({ host: '127.0.0.1', port: 0 });
  const address = api.app.server.address() as AddressInfo;
  url = `http://127.0.0.1:${address.port}`;
});
afterAll(async () => { await api.stop(); });

const ROLES: readonly (readonly [string, () => As])[] = [['operator', () => 'operator'], ['member', () => bodyAt(api, 0)], ['auditor', () => 'auditor']];

test.each(ROLES)('nothing that schemathesis finds: %s', { timeout: 300_000 }, async (_role, as) => {
  const { passed, report } = await fuzzAs(api, url, as(), known, { examples: 5, phases: ['examples', 'coverage', 'fuzzing', 'stateful'] });
  expect(passed, report).toBe(true);
});
