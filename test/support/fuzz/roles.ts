import type { AddressInfo } from 'node:net';
import { walk } from '../../api/path.ts';
import { bodyAt, open, startApi, tokenFor, type Api, type As } from '../../api/support.ts';
import { fuzz, type FuzzOptions, type FuzzResult, type KnownParameters } from './run.ts';
import { findSchemathesis } from './schemathesis.ts';

/** A listening server with a case of each kind, to be fuzzed as each role. */
export interface Target {
  fuzzAs(role: Role, options: Pick<FuzzOptions, 'examples' | 'phases'>): Promise<FuzzResult>;
  stop(): Promise<void>;
}

export type Role = 'operator' | 'member' | 'auditor';

export async function startTarget(): Promise<Target> {
  // Where it is not there yet it is made meanwhile, once for all roles; what goes wrong is said where it is asked for.
  const program = findSchemathesis();
  program.catch(() => undefined);
  // An open answer ends soon, and a forecast with the runs that it has by then, for their end is waited for.
  const api = await startApi({ patience: { streamMs: 200, forecastMs: 100 } });
  const known = await prepareCases(api);
  await api.app.listen({ host: '127.0.0.1', port: 0 });
  const { port } = api.app.server.address() as AddressInfo;
  return {
    async fuzzAs(role, options) {
      const as: As = role === 'member' ? bodyAt(api, 0) : role;
      return fuzz({ ...options, program: await program, url: `http://127.0.0.1:${port}`, token: await tokenFor(api.keys, as), known });
    },
    stop: () => api.stop(),
  };
}

/**
 * An adhesion with a convention in force and a migration: what the paths of the document are to be asked with. Persons are found
 * by following the links of those that it adds, for one that is known would be erased on the way.
 */
export async function prepareCases(api: Api): Promise<readonly KnownParameters[]> {
  const body = bodyAt(api, 0);
  const id = await open(api, body);
  await walk(api, body);
  await api.call('POST', `/v1/adhesions/${id}/migrations`, body, { body: { service: 'TRAINING' } });
  return [
    { paths: '^/v1/adhesions/', parameters: { id } },
    { paths: '^/v1/migrations/', parameters: { id: `${id}.TRAINING` } },
  ];
}
