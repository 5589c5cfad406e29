import spectralCore from '@stoplight/spectral-core';
import { describe, expect, test } from 'vitest';
import { unconnectedApp } from '../../support/unconnected.ts';
import { NATIONAL_RULES, OWN_RULES } from './national-rules.ts';
import { smallDocument, type SmallDocument } from './small-document.ts';

const spectral = new spectralCore.Spectral();
spectral.setRuleset(new spectralCore.Ruleset(NATIONAL_RULES));

/** What the rules find, as `rule at/the/place: sentence`. */
async function findings(document: object): Promise<string[]> {
  // As it is read: members that are undefined are not there.
  const found = await spectral.run(JSON.parse(JSON.stringify(document)) as Record<string, unknown>);
  return found.map(({ code, path, message }) => `${code} ${path.join('/')}: ${message}`);
}

/** The document of our interface, without any server: nothing of it is connected to. */
async function ownDocument(): Promise<object> {
  const { app, stop } = await unconnectedApp();
  try {
    return (await app.inject('/openapi.json')).json<object>();
  } finally {
    await stop();
  }
}

test('the rules find nothing wrong, not the least, in our document', async () => {
  expect(await findings(await ownDocument())).toEqual([]);
});

type Plant = (document: SmallDocument) => void;
/** Anything may be planted. */
const loose = (value: object): Record<string, unknown> => value as Record<string, unknown>;
const thing = (document: SmallDocument) => document.paths['/things/{id}'];
const properties = (document: SmallDocument) => loose(document.components.schemas.Thing.properties);
const rename = (object: object, from: string, to: string) => {
  loose(object)[to] = loose(object)[from];
  delete loose(object)[from];
};
const parameter = (given: object) => ({ description: 'A word', required: false, schema: { type: 'string', maxLength: 9, format: 'byte' }, ...given });

/** One fault for each rule; the rule that must find it. */
const FAULTS: Readonly<Record<string, Plant>> = {
  'no-swagger-2': (d) => { d.openapi = '3.1'; },
  'oas3-schema': (d) => { loose(d.info)['title'] = 5; },
  'has-contact': (d) => { loose(d.info)['contact'] = { name: 'Office' }; },
  'has-x-summary': (d) => { d.info['x-summary'] = ' '; },
  'has-x-api-id': (d) => { d.info['x-api-id'] = ''; },
  'use-semver': (d) => { d.info.version = 'v1'; },
  'has-termsOfService': (d) => { loose(d.info)['termsOfService'] = undefined; },
  'servers-description': (d) => { d.servers[0] = { url: 'https://example.org', description: '' }; },
  'servers-use-https': (d) => { d.servers[0] = { url: 'http://example.org', description: 'Plain' }; },
  'paths-status': (d) => { rename(d.paths, '/status', '/health'); },
  'paths-status-return-json': (d) => { rename(d.paths['/status'].get.responses[200].content, 'application/problem+json', 'text/plain'); },
  'paths-status-problem-schema': (d) => { loose(d.components.schemas.Problem.properties)['detail'] = undefined; },
  'use-problem-json-for-errors': (d) => { rename(thing(d).get.responses[400].content, 'application/problem+json', 'application/json'); },
  'http-request-GET-no-body': (d) => { loose(thing(d).get)['requestBody'] = thing(d).patch.requestBody; },
  'http-request-DELETE-no-body': (d) => { loose(thing(d).delete)['requestBody'] = thing(d).patch.requestBody; },
  'http-response-no-content-204-205': (d) => { loose(thing(d).delete.responses[204])['content'] = thing(d).get.responses[200].content; },
  'number-format': (d) => { properties(d)['weight'] = { type: 'number', minimum: 0, maximum: 9 }; },
  'integer-format': (d) => { properties(d)['size'] = { type: 'integer', minimum: 0, maximum: 9 }; },
  'no-forbidden-headers': (d) => { thing(d).get.parameters.push(parameter({ name: 'Authorization', in: 'header' })); },
  'patch-media-type': (d) => { rename(thing(d).patch.requestBody.content, 'application/merge-patch+json', 'application/json'); },
  'patch-without-request-body': (d) => { thing(d).patch.requestBody.required = false; },
  'patch-json-patch-mediatype': (d) => { loose(thing(d).patch.requestBody.content)['application/json-patch+json'] = { schema: { $ref: '#/components/schemas/Thing' } }; },
  'ratelimit-429-presence': (d) => { loose(thing(d).get.responses)['429'] = undefined; },
  'ratelimit-429-completeness': (d) => { rename(loose(thing(d).get.responses[429].headers = { ...thing(d).get.responses[429].headers }), 'X-RateLimit-Reset', 'RateLimit-Reset'); },
  'missing-ratelimit': (d) => { loose(thing(d).get.responses[400])['headers'] = undefined; },
  'missing-retry-after': (d) => { thing(d).get.responses[503].headers = thing(d).get.responses[400].headers; },
  'paths-kebab-case': (d) => { rename(d.paths, '/things/{id}', '/thingList/{id}'); },
  'paths-no-verb': (d) => { rename(d.paths, '/things/{id}', '/get-things/{id}'); },
  'operation-id-no-verb': (d) => { thing(d).get.operationId = 'getThing'; },
  'no-x-headers': (d) => { thing(d).get.parameters.push(parameter({ name: 'X-Tenant', in: 'header' })); },
  'headers-train-case': (d) => { thing(d).get.parameters.push(parameter({ name: 'tenant_id', in: 'header' })); },
  'response-with-json-object': (d) => { loose(thing(d).get.responses[200].content['application/json'])['schema'] = { type: 'array', minItems: 0, maxItems: 1, items: { $ref: '#/components/schemas/Thing' } }; },
  'cache-headers-described': (d) => { loose(thing(d).get.responses[200].headers)['Cache-Control'] = undefined; },
  'cache-control-or-expires': (d) => { loose(thing(d).get.responses[200].headers)['Expires'] = thing(d).get.responses[200].headers['Cache-Control']; },
  'schemas-pascal-case': (d) => { rename(d.components.schemas, 'Thing', 'the_thing'); },
  'common-names': (d) => { properties(d)['codiceFiscale'] = properties(d)['id']; },
  'success-has-content': (d) => { loose(thing(d).get.responses[200])['content'] = undefined; },
  'problem-schema': (d) => { rename(d.components.schemas.Problem.properties, 'detail', 'message'); },
  'operation-complete': (d) => { thing(d).get.description = ''; },
  'parameter-described': (d) => { thing(d).get.parameters.push(parameter({ name: 'word', in: 'query', description: undefined })); },
  'response-described': (d) => { thing(d).get.responses[200].description = 'Default Response'; },
  'operation-tag-defined': (d) => { thing(d).get.tags = ['other']; },
  'path-params': (d) => { thing(d).parameters = []; },
  'operation-operationId-unique': (d) => { thing(d).get.operationId = 'status'; },
  'oas3-unused-component': (d) => { loose(d.components.schemas)['Other'] = d.components.schemas.Problem; },
  'oas3-valid-media-example': (d) => { thing(d).get.responses[200].content['application/json'].example = { id: 7 }; },
  'oas3-valid-schema-example': (d) => { properties(d)['id'] = { type: 'string', maxLength: 9, format: 'byte', example: 5 }; },
  'sec-securitySchemes-oauth-http': (d) => { loose(d.components.securitySchemes)['people'] = { type: 'oauth2', description: 'RFC8725', flows: { clientCredentials: { tokenUrl: 'http://example.org', scopes: {} } } }; },
  'sec-securitySchemes-oauth-allowed-flows': (d) => { loose(d.components.securitySchemes)['people'] = { type: 'oauth2', description: 'RFC8725', flows: { password: { tokenUrl: 'https://example.org', scopes: {} } } }; },
  'sec-apikeys-url': (d) => { loose(d.components.securitySchemes)['key'] = { type: 'apiKey', in: 'query', name: 'k' }; },
  'sec-apikeys-cookie': (d) => { loose(d.components.securitySchemes)['key'] = { type: 'apiKey', in: 'cookie', name: 'k' }; },
  'sec-auth-insecure-schemes': (d) => { d.components.securitySchemes.bearer.scheme = 'basic'; },
  'sec-jwt-rfc8725': (d) => { d.components.securitySchemes.bearer.description = 'A token'; },
  'sec-credentials-parameters': (d) => { thing(d).get.parameters.push(parameter({ name: 'api_key', in: 'query' })); },
  'sec-protection-global-unsafe': (d) => { thing(d).delete.security = []; },
  'sec-protection-stated': (d) => { loose(thing(d).get)['security'] = undefined; },
  'sec-array-boundaries': (d) => { properties(d)['parts'] = { type: 'array', maxItems: 9, items: properties(d)['id'] }; },
  'sec-number-boundaries': (d) => { properties(d)['size'] = { type: 'integer', format: 'int32', minimum: 0 }; },
  'sec-string-maxlength': (d) => { properties(d)['id'] = { type: 'string', format: 'byte' }; },
  'sec-string-form': (d) => { properties(d)['id'] = { type: 'string', maxLength: 9 }; },
  'sec-additional-properties': (d) => { loose(d.components.schemas.Thing)['additionalProperties'] = true; },
};

describe('each rule finds the fault it is there for', () => {
  test('and nothing where there is none', async () => {
    expect(await findings(smallDocument())).toEqual([]);
  });

  test('no rule of ours is without a planted fault', () => {
    expect(Object.keys(OWN_RULES).filter((name) => !Object.hasOwn(FAULTS, name))).toEqual([]);
  });

  test.each(Object.entries(FAULTS))('%s', async (name, plant) => {
    const document = structuredClone(smallDocument());
    plant(document);
    expect((await findings(document)).map((finding) => finding.split(' ')[0])).toContain(name);
  });
});
