import type { RuleDefinition, RulesetDefinition } from '@stoplight/spectral-core';
import { oas } from '@stoplight/spectral-rulesets';
import { everySchema, filled, member, membersOf, must, OPERATIONS, RESPONSES, rule, type Fault } from './rule.ts';
import { isObject } from './schema-walk.ts';
import { SECURITY_RULES } from './security-rules.ts';

/** What the national checker of interfaces asks of a document (profile "full" with security), by the names of its public rules. */
export const OWN_RULES: Readonly<Record<string, RuleDefinition>> = {
  'no-swagger-2': must('error', '$', 'OpenAPI 3 is wanted', (document) => /^3\.\d+\.\d+$/.test(String(member(document, 'openapi')))),
  'has-contact': must('error', '$.info', 'contact with name and url or email', (info) => filled(member(info, 'contact', 'name')) && (filled(member(info, 'contact', 'url')) || filled(member(info, 'contact', 'email')))),
  'has-x-summary': must('error', '$.info', 'x-summary', (info) => filled(member(info, 'x-summary'))),
  'use-semver': must('error', '$.info.version', 'a version x.y.z', (version) => /^\d+\.\d+\.\d+$/.test(String(version))),
  'servers-description': must('error', '$.servers[*]', 'a server is described', (server) => filled(member(server, 'description'))),
  'servers-use-https': must('error', '$.servers[*]', 'https, or x-sandbox: true', (server) => String(member(server, 'url')).startsWith('https://') || member(server, 'x-sandbox') === true),
  'paths-status': must('error', '$.paths', 'GET /status', (paths) => isObject(member(paths, '/status', 'get'))),
  'paths-status-return-json': must('error', "$.paths['/status'].get.responses['200'].content", 'application/json or application/problem+json', (content) => {
    const types = membersOf(content).map(([type]) => type);
    return types.length > 0 && types.every((type) => ['application/json', 'application/problem+json'].includes(type));
  }),
  'paths-status-problem-schema': must('warn', "$.paths['/status'].get.responses[*].content['application/problem+json'].schema.properties", 'status, title, detail', (properties) => (
    ['status', 'title', 'detail'].every((name) => isObject(member(properties, name))))),
  'use-problem-json-for-errors': rule('error', RESPONSES, (responses) => failuresOf(responses).flatMap(([status, response]) => {
    const types = membersOf(member(response, 'content')).map(([type]) => type);
    const good = types.length > 0 && types.every((type) => ['application/problem+json', 'application/problem+xml'].includes(type));
    return good ? [] : [{ message: `${status} is a problem by RFC 9457`, path: [status] }];
  })),
  'http-request-GET-no-body': must('error', '$.paths[*][get,head]', 'no body', (operation) => member(operation, 'requestBody') === undefined),
  'http-request-DELETE-no-body': must('warn', '$.paths[*].delete', 'no body', (operation) => member(operation, 'requestBody') === undefined),
  'http-response-no-content-204-205': must('error', `${RESPONSES}[204,205]`, 'no content', (response) => member(response, 'content') === undefined),
  'number-format': everySchema('error', 'a number has a format', ({ type, format }) => type !== 'number' || ['float', 'double', 'decimal', 'decimal128'].includes(String(format))),
  'integer-format': everySchema('error', 'an integer has a format', ({ type, format }) => type !== 'integer' || ['int32', 'int64'].includes(String(format))),
  'no-forbidden-headers': rule('error', OPERATIONS, (operation) => [...headerParameters(operation), ...responseHeaders(operation)]
    .filter((name) => /^(?:accept|content-type|authorization)$/i.test(name)).map((name) => ({ message: `${name} is not declared` }))),
  'patch-media-type': must('error', '$.paths[*].patch.requestBody.content', 'merge-patch+json or json-patch+json', (content) => membersOf(content).every(([type]) => /^application\/(?:merge|json)-patch\+json$/.test(type))),
  'patch-without-request-body': must('error', '$.paths[*].patch', 'a body that is required', (operation) => member(operation, 'requestBody', 'required') === true),
  'ratelimit-429-completeness': rule('error', `${RESPONSES}[429]`, incompleteRateLimit),
  'ratelimit-429-presence': must('warn', RESPONSES, 'a 429', (responses) => isObject(member(responses, '429'))),
  'missing-ratelimit': rule('warn', RESPONSES, (responses) => membersOf(responses).filter(([status]) => /^[24]/.test(status) && status !== '429').flatMap(([status, response]) => (
    rateLimitNames(response).length === 3 ? [] : [{ message: 'Limit, Remaining, Reset', path: [status] }]))),
  'missing-retry-after': rule('warn', RESPONSES, (responses) => membersOf(responses).filter(([status]) => ['429', '503'].includes(status))
    .filter(([, response]) => !isObject(member(response, 'headers', 'Retry-After'))).map(([status]) => ({ message: 'Retry-After', path: [status] }))),
  'has-termsOfService': must('warn', '$.info', 'termsOfService', (info) => filled(member(info, 'termsOfService'))),
  'has-x-api-id': must('warn', '$.info', 'x-api-id', (info) => filled(member(info, 'x-api-id'))),
  'paths-kebab-case': must('warn', '$.paths[*]~', 'kebab-case', (path) => String(path).split('/').every((part) => part === '' || /^\{[a-z][A-Za-z]*\}$/.test(part) || /^\.?[a-z0-9]+(?:[-.][a-z0-9]+)*$/.test(part))),
  'paths-no-verb': must('warn', '$.paths[*]~', 'no verb', (path) => !String(path).split('/').some((part) => VERBS.test(part))),
  'operation-id-no-verb': must('warn', `${OPERATIONS}.operationId`, 'begins with no verb', (id) => !VERBS.test(String(id))),
  'no-x-headers': rule('warn', OPERATIONS, (operation) => [...headerParameters(operation), ...responseHeaders(operation)]
    .filter((name) => /^x-/i.test(name) && !/^x-(?:ratelimit-|correlation-id|replyto)/i.test(name)).map((name) => ({ message: `${name} begins with X-` }))),
  'headers-train-case': rule('warn', OPERATIONS, (operation) => [...headerParameters(operation), ...responseHeaders(operation)]
    .filter((name) => !/^(?:[A-Z][A-Za-z]*)(?:-[A-Z][A-Za-z]*)*$/.test(name)).map((name) => ({ message: `${name} is not in Train-Case` }))),
  'response-with-json-object': must('warn', `${RESPONSES}[*].content['application/json'].schema`, 'an object, lists wrapped', (schema) => member(schema, 'type') !== 'array'),
  'patch-json-patch-mediatype': must('warn', "$.paths[*].patch.requestBody.content['application/json-patch+json'].schema", 'an array', (schema) => member(schema, 'type') === 'array'),
  'cache-headers-described': rule('warn', RESPONSES, (responses) => membersOf(responses).filter(([status, response]) => (
    status.startsWith('2') && !filled(member(response, 'headers', 'Cache-Control', 'description')))).map(([status]) => ({ message: 'Cache-Control is described', path: [status] }))),
  'cache-control-or-expires': must('warn', `${RESPONSES}[*].headers`, 'Cache-Control or Expires, not both', (headers) => !(isObject(member(headers, 'Cache-Control')) && isObject(member(headers, 'Expires')))),
  'schemas-pascal-case': must('warn', '$.components.schemas[*]~', 'PascalCase', (name) => /^[A-Z][A-Za-z0-9]*$/.test(String(name))),
  'common-names': everySchema('warn', 'given_name, family_name, tax_code', ({ properties }) => membersOf(properties).every(([name]) => !/^(?:nome|cognome|surname|cf|codice_?fiscale)$/i.test(name))),
  'success-has-content': rule('warn', RESPONSES, (responses) => membersOf(responses).filter(([status]) => status.startsWith('2') && !['204', '205'].includes(status))
    .filter(([, response]) => membersOf(member(response, 'content')).length === 0).map(([status]) => ({ message: 'content', path: [status] }))),
  'problem-schema': must('warn', `${RESPONSES}[*].content['application/problem+json'].schema.properties`, 'no message, code of the wire or msg in place of title and detail', (properties) => (
    !['message', 'msg', 'error'].some((name) => isObject(member(properties, name))) && isObject(member(properties, 'title')) && isObject(member(properties, 'detail')))),
  'operation-complete': rule('error', OPERATIONS, (operation) => ['summary', 'description', 'operationId'].filter((name) => !filled(member(operation, name))).map((name) => ({ message: name }))),
  'parameter-described': rule('error', `${OPERATIONS}.parameters[*]`, (parameter) => (filled(member(parameter, 'description')) ? [] : [{ message: 'a description' }])),
  'response-described': must('error', `${RESPONSES}[*]`, 'a description of its own', (response) => filled(member(response, 'description')) && member(response, 'description') !== 'Default Response'),
  ...SECURITY_RULES,
};

/** On top of the whole of Spectral's own rules for OpenAPI. */
export const NATIONAL_RULES = {
  extends: [[oas, 'all']],
  rules: {
    ...OWN_RULES,
    // The office is reached by its site: an e-mail address would be a person's.
    'contact-properties': 'off',
    // The tags stand in the order in which a reader meets them.
    'openapi-tags-alphabetical': 'off',
  },
} as unknown as RulesetDefinition;

const VERBS = /^(?:get|post|put|patch|delete|list|create|add|update|remove|set|fetch|read|send|open|start|erase|record|make|do|show|find|search)(?:$|[-_A-Z])/;

function failuresOf(responses: unknown): [string, unknown][] {
  return membersOf(responses).filter(([status]) => /^(?:[45]|default)/.test(status));
}

function headerParameters(operation: unknown): string[] {
  const parameters = member(operation, 'parameters');
  return (Array.isArray(parameters) ? parameters : []).filter((parameter) => member(parameter, 'in') === 'header').map((parameter) => String(member(parameter, 'name')));
}

function responseHeaders(operation: unknown): string[] {
  return membersOf(member(operation, 'responses')).flatMap(([, response]) => membersOf(member(response, 'headers')).map(([name]) => name));
}

const RATE_LIMIT = /^((?:X-)?RateLimit)-(?:Limit|Remaining|Reset)$/;

function rateLimitNames(response: unknown): string[] {
  return membersOf(member(response, 'headers')).map(([name]) => name).filter((name) => RATE_LIMIT.test(name));
}

function incompleteRateLimit(response: unknown): Fault[] {
  const names = rateLimitNames(response);
  const prefixes = new Set(names.map((name) => RATE_LIMIT.exec(name)?.[1]));
  return names.length === 3 && prefixes.size === 1 ? [] : [{ message: 'all of Limit, Remaining, Reset with one prefix' }];
}
