import { afterAll, beforeAll, expect, test } from 'vitest';
import { ACCESS } from '../../api/auth/access.ts';
import { Boundaries, type Schema } from '../support/fuzz/boundaries.ts';
import { prepareCases } from '../support/fuzz/roles.ts';
import { bodyAt, startApi, type Api, type As, type CallOptions, type Method } from './support.ts';

/**
 * Every operation of the document as every role, with each value at the edges of what it takes, one at a time: no answer is one that
 * the document does not know, and none is a fault of ours. Schemathesis beside it (fuzz.test.ts) makes up what nobody thought of.
 */
interface Operation {
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: Schema; readonly example?: unknown }>> };
  readonly responses: Readonly<Record<string, unknown>>;
}

interface Parameter {
  readonly $ref?: string;
  readonly in: string;
  readonly name: string;
  readonly required?: boolean;
  readonly schema: Schema;
}

interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>>; readonly parameters: Readonly<Record<string, Parameter>> };
}

/** Header by header, what the schemas say too generally. */
const HEADERS: Readonly<Record<string, readonly string[]>> = {
  'If-None-Match': ['*', '"1"', 'W/"1", "2"'], 'If-Match': ['*', '"1"', '"1", "2147483648"'], Prefer: ['respond-async', 'wait=1'], 'Idempotency-Key': ['a', 'a'.repeat(128)],
};
const HIDDEN = /\/(?:oidc|login|logout|assets|calendario|lingua)\b/;
/** Requests under way at once. */
const AT_ONCE = 4;

let api: Api;
let document: Document;
let ids: ReadonlyMap<string, string>;
let operations: readonly (readonly [path: string, method: Method, operation: Operation])[];

beforeAll(async () => {
  // An open answer ends soon, for its end is waited for.
  api = await startApi({ patience: { streamMs: 20 } });
  const known = await prepareCases(api);
  document = JSON.parse((await api.call('GET', '/openapi.json', null)).text) as Document;
  operations = Object.entries(document.paths).flatMap(([path, item]) => Object.entries(item).map(([method, operation]) => [path, method.toUpperCase() as Method, operation] as const));
  const add = async (url: string, body: unknown, headers = {}) => String((await api.call('POST', url, 'operator', { body, headers })).body['id']);
  const [adhesion = '', migration = ''] = known.map(({ parameters }) => parameters['id'] ?? '');
  ids = new Map([
    ['adhesions {id}', adhesion], ['migrations {id}', migration], ['bodies {ipaCode}', bodyAt(api, 0)], ['catalogue {service}', 'TRAINING'], ['calendar {date}', '2026-10-04'], ['adhesions {command}', 'RecordOpinion'],
    ['constitution {id}', await add('/v1/constitution', {})],
    ['campaigns {id}', await add('/v1/campaigns', { name: 'Prova', select: { bodies: [bodyAt(api, 0)] }, action: { kind: 'OPEN_ADHESION' } })],
    ['adhesions {documentId}', await add(`/v1/adhesions/${adhesion}/documents`, Buffer.from('%PDF-1.7'), { 'content-type': 'application/pdf' })],
    ['webhooks {id}', await add('/v1/webhooks', { url: 'https://uno.example.org/x' })], ['subjects {id}', await add('/v1/subjects', { body: 'agency', name: 'Ada', email: 'a@example.org' })],
  ]);
});
afterAll(async () => { await api.stop(); });

/** What was sent and what came back, where the two do not fit the document. */
type Misfit = readonly [role: string, method: string, url: string, sent: string, status: number];

function* requestsOf(path: string, operation: Operation): Generator<readonly [url: string, options: CallOptions]> {
  const boundaries = new Boundaries(document.components.schemas);
  const parameters = (operation.parameters ?? []).map((one) => (one.$ref === undefined ? one : document.components.parameters[one.$ref.split('/').at(-1) ?? ''] ?? one));
  const url = path.replaceAll(/\{\w+\}/g, (place) => ids.get(`${path.split('/')[2] ?? ''} ${place}`) ?? 'none');
  const query = parameters.filter((one) => one.in === 'query');
  const needed = query.filter(({ required }) => required === true).map(({ name, schema }): [string, string] => [name, String(boundaries.valuesOf(schema)[0])]);
  const asked = (more: Readonly<Record<string, string>> = {}) => {
    const text = new URLSearchParams({ ...Object.fromEntries(needed), ...more }).toString();
    return text === '' ? url : `${url}?${text}`;
  };
  const content = Object.entries(operation.requestBody?.content ?? {});
  const [type = '', media] = content[0] ?? [];
  const isJson = type === 'application/json';
  const usual: CallOptions = media === undefined ? {} : isJson ? { body: media.example ?? boundaries.valuesOf(media.schema)[0] } : { body: Buffer.from('%PDF-1.7'), headers: { 'content-type': type } };
  yield [asked(), usual];
  // Nothing is what people send most often where something is asked for.
  for (const { name, schema } of query) for (const value of ['', ...boundaries.valuesOf(schema)]) yield [asked({ [name]: String(value) }), usual];
  for (const { name } of parameters.filter((one) => one.in === 'header')) {
    for (const value of HEADERS[name] ?? []) yield [asked(), { ...usual, headers: { ...usual.headers, [name.toLowerCase()]: value } }];
  }
  if (media !== undefined && isJson) for (const body of boundaries.valuesOf(media.schema)) yield [asked(), { body }];
}

/** A command that is not for a role is refused before its data are looked at. */
const kindOf = ({ body }: CallOptions): string => (typeof body === 'object' && body !== null && 'type' in body ? String(body.type) : '');

async function misfits(path: string, method: Method, operation: Operation, as: As, role: string): Promise<Misfit[]> {
  const found: Misfit[] = [];
  const notFor = new Set<string>();
  const requests = requestsOf(path, operation);
  await Promise.all(Array.from({ length: AT_ONCE }, async () => {
    for (const [url, options] of requests) {
      if (notFor.has(kindOf(options))) continue;
      const { status } = await api.call(method, url, as, options);
      if (status === 403) notFor.add(kindOf(options));
      // 502, where it is documented: the broker that was named does not answer, which is no fault of ours.
      const isFault = status >= 500 && status !== 502;
      if (isFault || !Object.hasOwn(operation.responses, String(status))) found.push([role, method, url, JSON.stringify(options).slice(0, 500), status]);
    }
  }));
  return found;
}

/** What the document tells of: neither pages nor what stands behind the sign-on. */
const ROUTES = Object.entries(ACCESS).filter(([route, { page }]) => page === undefined && !HIDDEN.test(route)).map(([route]) => route);

test('there is a scenario for every operation of the document', () => {
  expect(ROUTES.toSorted()).toEqual(operations.map(([path, method]) => `${method} ${path.replaceAll(/\{(\w+)\}/g, ':$1')}`).toSorted());
});

test.each(ROUTES)('%s, at the edges of what it takes', { timeout: 180_000 }, async (route) => {
  const [path, method, operation] = operations.find(([its, by]) => `${by} ${its.replaceAll(/\{(\w+)\}/g, ':$1')}` === route) ?? [];
  if (path === undefined || method === undefined || operation === undefined) throw new Error('no such operation');
  const roles = [['operator', 'operator'], ['member', bodyAt(api, 0)], ['auditor', 'auditor']] as const;
  const found: Misfit[] = [];
  for (const [role, as] of roles) found.push(...await misfits(path, method, operation, as, role));
  expect(found).toEqual([]);
});
