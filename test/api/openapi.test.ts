import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { ACCESS } from '../../api/auth/access.ts';
import { ADHESION, MIGRATION } from '../../api/cases/kinds.ts';
import { EXAMPLES } from '../../api/openapi/examples.ts';
import { RECOGNITION } from '../support/recognition.ts';
import { walk } from './path.ts';
import { bodyAt, open, startApi, type Api, type As } from './support.ts';

let api: Api;
let document: Document;

interface Document {
  readonly openapi: string;
  readonly info: Readonly<Record<string, unknown>>;
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, object>>; readonly headers: object; readonly parameters: object };
}
interface Operation {
  readonly operationId: string;
  readonly summary: string;
  readonly description: string;
  readonly tags: readonly string[];
  readonly security: readonly object[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: object; readonly example?: unknown }>> };
  readonly responses: Readonly<Record<string, { readonly description: string; readonly headers?: object; readonly content?: Readonly<Record<string, { readonly schema: object }>> }>>;
}

beforeAll(async () => {
  api = await startApi();
  document = JSON.parse((await api.call('GET', '/openapi.json', null)).text) as Document;
});
afterAll(async () => { await api.stop(); });

const operations = () => Object.entries(document.paths).flatMap(([path, item]) => Object.entries(item).map(([method, operation]) => ({ path, method, operation })));

/** A schema of the document as a validator, its references resolved. */
function validatorOf(schema: object): z.ZodType {
  const text = JSON.stringify({ ...schema, definitions: document.components.schemas }).replaceAll('#/components/schemas/', '#/definitions/');
  return z.fromJSONSchema(JSON.parse(text) as z.core.JSONSchema.JSONSchema, { defaultTarget: 'openapi-3.0' });
}

describe('the document', () => {
  test('is OpenAPI 3.0.3 with what the national rules ask of its head', () => {
    expect(document.openapi).toBe('3.0.3');
    expect(document.info).toMatchObject({ title: 'Associa', version: expect.stringMatching(/^\d+\.\d+\.\d+$/), contact: expect.anything(), termsOfService: expect.any(String), 'x-summary': expect.any(String), 'x-api-id': expect.any(String) });
  });

  test('is the same as YAML', async () => {
    const { text, headers } = await api.call('GET', '/openapi.yaml', null);
    expect(headers['content-type']).toContain('yaml');
    expect(parse(text)).toEqual(document);
  });

  test('documents each route and no other', () => {
    const documented = operations().map(({ path, method }) => `${method.toUpperCase()} ${path.replaceAll(/\{([^}]+)\}/g, ':$1')}`);
    const forPrograms = Object.keys(ACCESS).filter((route) => ACCESS[route]?.page === undefined);
    expect(documented.toSorted()).toEqual(forPrograms.toSorted());
  });

  test('every reference leads somewhere', () => {
    const references = new Set(JSON.stringify(document).match(/"#\/components\/[^"]+"/g));
    for (const reference of references) {
      const [, , kind = '', name = ''] = (JSON.parse(reference) as string).split('/');
      const components: Readonly<Record<string, object>> = { ...document.components };
      expect(Object.keys(components[kind] ?? {}), reference).toContain(name);
    }
  });

  test('every operation is named once and says what it does, who may, and how it fails', () => {
    const ids = operations().map(({ operation }) => operation.operationId);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { path, method, operation } of operations()) {
      const where = `${method} ${path}`;
      expect(operation.summary, where).toBeTruthy();
      expect(operation.description, where).toBeTruthy();
      expect(operation.tags, where).not.toEqual([]);
      const access = ACCESS[`${method.toUpperCase()} ${path.replaceAll(/\{([^}]+)\}/g, ':$1')}`];
      expect(operation.security, where).toEqual(access?.roles === 'public' ? [] : [{ bearer: [] }, ...(access?.orLoopback === true ? [{}] : [])]);
      const failures = Object.entries(operation.responses).filter(([status]) => Number(status) >= 400);
      expect(failures.map(([status]) => status), where).toEqual(expect.arrayContaining(['400', '429', '431', '503', ...(operation.security.length > 0 ? ['401', '403'] : []), ...(path.includes('{') ? ['404'] : [])]));
      for (const [status, { content, headers }] of failures) {
        expect(Object.keys(content ?? {}), `${where} ${status}`).toEqual(['application/problem+json']);
        expect('Retry-After' in { ...headers }, `${where} ${status}`).toBe(['429', '503'].includes(status));
      }
    }
  });

  test('every schema has its limits: formats, lengths, no open object in what is taken', () => {
    const faults: string[] = [];
    const look = (value: unknown, at: string): void => {
      if (typeof value !== 'object' || value === null) return;
      const { type, format, maxLength, maxItems, additionalProperties, enum: options, maxProperties } = { ...value } as Record<string, unknown>;
      if ((type === 'integer' || type === 'number') && typeof format !== 'string') faults.push(`${at}: no format`);
      if (type === 'string' && options === undefined && typeof maxLength !== 'number') faults.push(`${at}: no maxLength`);
      if (type === 'array' && typeof maxItems !== 'number') faults.push(`${at}: no maxItems`);
      if (type === 'object' && additionalProperties !== undefined && additionalProperties !== false && typeof maxProperties !== 'number') faults.push(`${at}: no maxProperties`);
      for (const [key, member] of Object.entries(value)) if (key !== 'example') look(member, `${at}/${key}`);
    };
    look(document.paths, 'paths');
    look(document.components, 'components');
    expect(faults).toEqual([]);
    const taken = operations().flatMap(({ operation }) => Object.values(operation.requestBody?.content ?? {})).map(({ schema }) => schema);
    expect(taken.filter((schema) => 'type' in schema && schema.type === 'object' && !('additionalProperties' in schema && schema.additionalProperties === false))).toEqual([]);
  });

  test('every command stands in it, with examples that its schema takes', () => {
    for (const kind of [ADHESION, MIGRATION]) {
      const schema = document.paths[`${kind.path}/{id}/commands`]?.['post']?.requestBody?.content['application/json']?.schema;
      const text = JSON.stringify(validatable(schema));
      for (const type of Object.keys(kind.commands)) expect(text).toContain(`"enum":["${type}"]`);
    }
    for (const { operation } of operations()) {
      const media = operation.requestBody?.content['application/json'];
      if (media === undefined) continue;
      expect(media.example, operation.operationId).toEqual(EXAMPLES[operation.operationId]);
      expect(validatorOf(media.schema).safeParse(media.example).error, operation.operationId).toBeUndefined();
    }
  });
});

/** Submits a recognition; answers the id of its inventory of applications. */
async function submitRecognition(body: As, id: string): Promise<string> {
  const send = (as: As, type: string, data: object) => api.call('POST', `/v1/adhesions/${id}/commands`, as, { body: { type, data } });
  const { body: rtd } = await api.call('POST', '/v1/subjects', body, { body: { body, name: 'Responsabile', email: 'rtd@example.org' } });
  await send('operator', 'InviteRecognition', {});
  const submitted = await send(body, 'SubmitRecognition', { ...RECOGNITION, signedOffBy: String(rtd['id']) });
  return String(submitted.body['adhesion']?.['recognition']?.['inventories']?.['applications']?.['documentId']);
}

/** The schema behind a reference. */
function validatable(schema: object | undefined): object | undefined {
  const name = schema !== undefined && '$ref' in schema ? String(schema.$ref).split('/').at(-1) : undefined;
  return name === undefined ? schema : document.components.schemas[name];
}

test('answers are what the document says', async () => {
  const body = bodyAt(api, 0);
  const id = await open(api, body);
  await walk(api, body);
  await api.call('POST', `/v1/adhesions/${id}/migrations`, body, { body: { service: 'TRAINING' } });
  const commandId = String((await api.call('GET', `/v1/adhesions/${id}/events?limit=2`, body)).body['items']?.[1]?.['commandId']);
  const asked: readonly (readonly [string, string, string])[] = [
    ['/status', '/status', '200'],
    ['/v1/bodies', '/v1/bodies', '200'],
    ['/v1/bodies/{ipaCode}', `/v1/bodies/${body}`, '200'],
    ['/v1/calendar/days/{date}', '/v1/calendar/days/2026-10-04?istat=015900', '200'],
    ['/v1/calendar/publication', '/v1/calendar/publication?firstDay=2026-06-25&outages=2026-06-26', '200'],
    ['/v1/calendar/term', '/v1/calendar/term?kind=ACT_DAYS&from=2026-11-28&n=10', '200'],
    ['/v1/calendar/majority', '/v1/calendar/majority?councillors=12&councillorsPresent=8&for=7&against=0', '200'],
    ['/v1/catalogue', '/v1/catalogue', '200'],
    ['/v1/catalogue/{service}', '/v1/catalogue/TRAINING', '200'],
    ['/v1/adhesions', '/v1/adhesions', '200'],
    ['/v1/adhesions/{id}', `/v1/adhesions/${id}`, '200'],
    ['/v1/adhesions/{id}/allowed', `/v1/adhesions/${id}/allowed`, '200'],
    ['/v1/adhesions/{id}/events', `/v1/adhesions/${id}/events`, '200'],
    ['/v1/adhesions/{id}/commands/{commandId}', `/v1/adhesions/${id}/commands/${commandId}`, '200'],
    ['/v1/adhesions/{id}/inventories/{documentId}', `/v1/adhesions/${id}/inventories/${await submitRecognition(body, id)}`, '200'],
    ['/v1/adhesions/{id}', `/v1/adhesions/${id}`, '200'],
    ['/v1/adhesions/{id}/runs', `/v1/adhesions/${id}/runs`, '200'],
    ['/v1/migrations', '/v1/migrations', '200'],
    ['/v1/migrations/{id}', `/v1/migrations/${id}.TRAINING`, '200'],
    ['/v1/migrations/{id}/allowed', `/v1/migrations/${id}.TRAINING/allowed`, '200'],
    ['/v1/adhesions/{id}', '/v1/adhesions/c_q999-1', '404'],
    ['/v1/adhesions', '/v1/adhesions?nope=1', '400'],
  ];
  for (const [path, url, status] of asked) {
    const answer = await api.call('GET', url, 'operator');
    expect([url, answer.status]).toEqual([url, Number(status)]);
    const [media] = Object.values(document.paths[path]?.['get']?.responses[status]?.content ?? {});
    const verdict = validatorOf(media?.schema ?? {}).safeParse(answer.body);
    expect(verdict.error?.issues ?? [], url).toEqual([]);
  }
});
