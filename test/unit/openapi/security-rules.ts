import type { RuleDefinition } from '@stoplight/spectral-core';
import { everySchema, filled, member, membersOf, must, OPERATIONS, rule } from './rule.ts';
import { isObject } from './schema-walk.ts';

const SCHEMES = '$.components.securitySchemes[*]';

/** The rules of the security profile. */
export const SECURITY_RULES: Readonly<Record<string, RuleDefinition>> = {
  'sec-securitySchemes-oauth-http': rule('error', SCHEMES, (scheme) => membersOf(member(scheme, 'flows')).flatMap(([flow, given]) => (
    membersOf(given).filter(([name, url]) => name.endsWith('Url') && !String(url).startsWith('https://')).map(([name]) => ({ message: 'https', path: ['flows', flow, name] }))))),
  'sec-securitySchemes-oauth-allowed-flows': must('error', SCHEMES, 'no implicit, no password', (scheme) => membersOf(member(scheme, 'flows')).every(([flow]) => !['implicit', 'password'].includes(flow))),
  'sec-apikeys-url': must('error', SCHEMES, 'no key in the query', (scheme) => !(member(scheme, 'type') === 'apiKey' && member(scheme, 'in') === 'query')),
  'sec-apikeys-cookie': must('error', SCHEMES, 'no key in a cookie without a word on forgery across sites', (scheme) => (
    !(member(scheme, 'type') === 'apiKey' && member(scheme, 'in') === 'cookie') || /csrf/i.test(String(member(scheme, 'description'))))),
  'sec-auth-insecure-schemes': must('error', SCHEMES, 'no basic, digest, negotiate, oauth', (scheme) => !/^(?:basic|digest|negotiate|oauth)$/i.test(String(member(scheme, 'scheme')))),
  'sec-jwt-rfc8725': must('warn', SCHEMES, 'RFC8725 in the description', (scheme) => (
    !(member(scheme, 'type') === 'oauth2' || /jwt/i.test(String(member(scheme, 'bearerFormat')))) || String(member(scheme, 'description')).includes('RFC8725'))),
  'sec-credentials-parameters': must('error', `${OPERATIONS}.parameters[*]`, 'no credential in a query or path', (parameter) => (
    !(['query', 'path'].includes(String(member(parameter, 'in'))) && /^(?:password|passwd|secret|token|access_?token|api_?key|client_?secret)$/i.test(String(member(parameter, 'name')))))),
  'sec-protection-global-unsafe': must('error', '$.paths[*][post,put,patch,delete].security', 'something that changes is protected', isProtected),
  'sec-protection-stated': must('error', OPERATIONS, 'who may is said of each operation', (operation) => Array.isArray(member(operation, 'security'))),
  'sec-array-boundaries': everySchema('warn', 'minItems and maxItems', ({ type, minItems, maxItems }) => type !== 'array' || (typeof minItems === 'number' && typeof maxItems === 'number')),
  'sec-number-boundaries': everySchema('warn', 'minimum and maximum', ({ type, minimum, maximum }) => !['integer', 'number'].includes(String(type)) || (typeof minimum === 'number' && typeof maximum === 'number')),
  'sec-string-maxlength': everySchema('warn', 'maxLength or enum', ({ type, enum: options, maxLength }) => type !== 'string' || Array.isArray(options) || typeof maxLength === 'number'),
  'sec-string-form': everySchema('info', 'pattern, format or enum', ({ type, enum: options, pattern, format }) => type !== 'string' || Array.isArray(options) || filled(pattern) || filled(format)),
  'sec-additional-properties': everySchema('warn', 'additionalProperties false, or maxProperties', ({ type, additionalProperties, maxProperties }) => (
    type !== 'object' || additionalProperties === false || typeof maxProperties === 'number')),
};

function isProtected(security: unknown): boolean {
  return Array.isArray(security) && security.length > 0 && security.every((one) => isObject(one) && Object.keys(one).length > 0);
}
