import { walk } from '../../api/path.ts';
import { bodyAt, open, tokenFor, type Api, type As } from '../../api/support.ts';
import { fuzz, type FuzzOptions, type FuzzResult } from './run.ts';

/** Fuzzes a listening server as one of the roles, with a case of each kind to ask about. */
export async function fuzzAs(api: Api, url: string, as: As, known: FuzzOptions['known'], options: Pick<FuzzOptions, 'examples' | 'phases'>): Promise<FuzzResult> {
  return fuzz({ ...options, url, token: await tokenFor(api.keys, as), known });
}

/** An adhesion with a convention in force and a migration; what the paths of the document are to be asked with. */
export async function prepareCases(api: Api): Promise<FuzzOptions['known']> {
  const body = bodyAt(api, 0);
  const id = await open(api, body);
  await walk(api, body);
  await api.call('POST', `/v1/adhesions/${id}/migrations`, body, { body: { service: 'TRAINING' } });
  const { body: subject } = await api.call('POST', '/v1/subjects', 'operator', { body: { body, name: 'Ada Prova', email: 'prova@example.org' } });
  return [
    { paths: '^/v1/adhesions/', parameters: { id } },
    { paths: '^/v1/migrations/', parameters: { id: `${id}.TRAINING` } },
    { paths: '^/v1/subjects/', parameters: { id: String(subject['id']) } },
  ];
}
