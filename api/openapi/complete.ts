import { ACCESS } from '../auth/access.ts';
import type { Access } from '../auth/access-kinds.ts';
import { IF_NONE_MATCH } from '../http/conditional.ts';
import { DOCUMENT_TYPES, MAX_DOCUMENT_BYTES } from '../cases/document-types.ts';
import { EXAMPLES } from './examples.ts';
import { problems } from './schemas.ts';
import { strictSchemas } from './strict.ts';

/** What is looked at of the document; the rest of it goes through as it is. */
interface Document {
  readonly paths?: Readonly<Record<string, Readonly<Record<string, Operation | undefined>>>>;
  readonly components?: object;
}

interface Operation {
  readonly operationId?: string;
  readonly summary?: string;
  readonly description?: string;
  readonly parameters?: readonly object[];
  readonly requestBody?: { readonly content: Readonly<Record<string, object>> };
  readonly responses?: Readonly<Record<string, Response>>;
}

interface Response {
  readonly description: string;
  readonly headers?: object;
  readonly content?: object;
}

const METHODS: ReadonlySet<string> = new Set(['get', 'post', 'put', 'delete']);
const PROBLEM = { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } };

/** What every operation has by the plugins' doing and no route can say: security, common answers, headers, examples. */
export function completeDocument<Given extends object>(given: Given): Given {
  const document: Document = given;
  const paths = Object.fromEntries(Object.entries(document.paths ?? {}).map(([path, item]) => [path, Object.fromEntries(
    Object.entries(item).map(([method, operation]) => [
      method, operation !== undefined && METHODS.has(method) ? completeOperation(path, method, operation) : operation,
    ]),
  )]));
  const completed = strictSchemas({ ...document, paths, components: { ...document.components, headers: HEADERS, parameters: PARAMETERS } });
  dropUnused(completed);
  // Members were added, none was taken away.
  return completed as Given;
}

/** Every shape comes in two forms, as taken and as given; those that nothing names say nothing. */
function dropUnused(document: unknown): void {
  if (!hasSchemas(document)) return;
  const { schemas } = document.components;
  for (let before = -1; before !== Object.keys(schemas).length;) {
    before = Object.keys(schemas).length;
    const text = JSON.stringify(document);
    for (const name of Object.keys(schemas)) {
      if (!text.includes(`"#/components/schemas/${name}"`)) delete schemas[name];
    }
  }
}

function hasSchemas(document: unknown): document is { readonly components: { readonly schemas: Record<string, unknown> } } {
  const components: unknown = typeof document === 'object' && document !== null && 'components' in document ? document.components : undefined;
  return typeof components === 'object' && components !== null && 'schemas' in components && typeof components.schemas === 'object';
}

function completeOperation(path: string, method: string, operation: Operation): object {
  const access = accessOf(path, method);
  const example = operation.operationId === undefined ? undefined : EXAMPLES[operation.operationId];
  const content = operation.operationId === 'documents-add' ? DOCUMENT_BODY : operation.requestBody?.content;
  const withExample = content === undefined ? {} : {
    requestBody: {
      required: true,
      content: Object.fromEntries(Object.entries(content).map(([type, media]) => [type, { ...media, ...(example === undefined ? {} : { example }) }])),
    },
  };
  return {
    ...operation,
    ...withExample,
    description: operation.description ?? describe(operation, access),
    security: access?.roles === 'public' ? [] : [{ bearer: [] }, ...(access?.orLoopback === true ? [{}] : [])],
    parameters: [...(operation.parameters ?? []), ...headersTaken(path, method, operation)],
    responses: completeResponses(operation, access),
  };
}

function describe({ summary = '' }: Operation, access: Access | undefined): string {
  const who = access === undefined || access.roles === 'public' ? 'Without a token.' : `For: ${access.roles.join(', ')}.`;
  return `${summary}. ${who}`;
}

function completeResponses(operation: Operation, access: Access | undefined): object {
  const common = [400, 429, 431, 503, ...(access?.roles === 'public' ? [] : [401, 403])];
  const body = operation.requestBody === undefined && operation.operationId !== 'documents-add' ? [] : [413, 415];
  const described = problems(...common, ...body);
  const added: Record<string, Response> = Object.fromEntries(Object.entries(described).map(([status, { description }]) => [status, { description, content: PROBLEM }]));
  const unchanged = REVALIDATED.has(operation.operationId ?? '') ? { 304: { description: 'The caller has it already' } } : {};
  const all: Record<string, Response> = { ...added, ...unchanged, ...operation.responses };
  return Object.fromEntries(Object.entries(all).map(([status, response]) => [status, completeResponse(status, response, operation, access?.roles !== 'public')]));
}

function completeResponse(status: string, response: Response, { operationId, summary = '' }: Operation, isForCallers: boolean): Response {
  const names = ['Cache-Control', 'X-Correlation-Id', 'X-RateLimit-Limit', 'X-RateLimit-Remaining', 'X-RateLimit-Reset'];
  if (isForCallers && status !== '401') names.push('Log-Checkpoint');
  if (status === '503' || status === '429') names.push('Retry-After');
  if (status === '201' || status === '202') names.push('Location');
  if (['200', '304'].includes(status) && (TAGGED.has(operationId ?? '') || REVALIDATED.has(operationId ?? ''))) names.push('ETag');
  const headers = Object.fromEntries(names.map((name) => [name, { $ref: `#/components/headers/${name}` }]));
  const description = response.description === 'Default Response' || response.description === '' ? summary : response.description;
  if (status === '204' || status === '304') return { description, headers };
  const stream = operationId?.endsWith('-events') === true && status === '200'
    // One of these a line.
    ? { 'application/x-ndjson': { schema: { $ref: '#/components/schemas/Event' } } }
    : {};
  return { ...response, description, headers: { ...response.headers, ...headers }, content: { ...response.content, ...stream } };
}

/** Bytes have no schema to be checked by; the types are those of the route. */
const DOCUMENT_BODY = Object.fromEntries(DOCUMENT_TYPES.map((type) => [type, { schema: { type: 'string', format: 'binary', maxLength: MAX_DOCUMENT_BYTES } }]));

const TAGGED: ReadonlySet<string> = new Set(['adhesion-commands', 'migration-commands', 'campaign-commands', 'constitution-commands', 'adhesions-open', 'campaigns-start', 'constitutions-start', 'draft-get', 'draft-save', 'catalogue-put', 'catalogue-preparation-get']);
/** Those that answer 304 to who has it already. */
const REVALIDATED: ReadonlySet<string> = new Set([
  'adhesion-get', 'migration-get', 'campaign-get', 'constitution-get', 'adhesion-allowed', 'migration-allowed', 'campaign-allowed', 'constitution-allowed', 'document-get', 'openapi-json', 'openapi-yaml', 'catalogue-list', 'catalogue-get',
]);

/** Those that replace or take away what If-Match names. */
const MATCHED: ReadonlySet<string> = new Set(['draft-save', 'draft-discard', 'catalogue-preparation-withdraw']);

/** POSTs outside the way of commands that start something. */
const KEYED: ReadonlySet<string> = new Set(['adhesions-open', 'campaigns-start', 'constitutions-start', 'subjects-add', 'webhooks-add', 'webhook-replay', 'documents-add', 'calendar-feeds-add', 'brokers-add', 'territory-change-record', 'territory-change-correct', 'territory-change-withdraw', 'adhesions-import']);

function accessOf(path: string, method: string): Access | undefined {
  return ACCESS[`${method.toUpperCase()} ${path.replaceAll(/\{([^}]+)\}/g, ':$1')}`];
}

function headersTaken(path: string, method: string, { operationId = '' }: Operation): object[] {
  if (REVALIDATED.has(operationId)) return [{ $ref: '#/components/parameters/IfNoneMatch' }];
  if (operationId === 'catalogue-put') return [{ $ref: '#/components/parameters/IdempotencyKey' }, { $ref: '#/components/parameters/IfMatch' }];
  if (MATCHED.has(operationId)) return [{ $ref: '#/components/parameters/IfMatch' }];
  if (method !== 'post') return [];
  const names = /commands$|\/migrations$/.test(path) ? ['IdempotencyKey', 'IfMatch'] : KEYED.has(operationId) ? ['IdempotencyKey'] : [];
  if (path.endsWith('/commands')) names.push('Prefer');
  if (operationId === 'documents-add') names.push('DocumentName');
  return names.map((name) => ({ $ref: `#/components/parameters/${name}` }));
}

const text = (maxLength: number) => ({ type: 'string', maxLength });
const count = { type: 'integer', format: 'int32', minimum: 0, maximum: 1_000_000 };

const HEADERS = {
  'Cache-Control': { description: 'no-store, but public for five minutes for this document, the keys and partial tiles of the log, private for an hour for the calculator, and public for good for full tiles of the log', schema: text(100) },
  'X-Correlation-Id': { description: "The request's own correlation id, or a new one", schema: text(128) },
  'X-RateLimit-Limit': { description: 'Requests a minute', schema: count },
  'X-RateLimit-Remaining': { description: 'Requests left', schema: count },
  'X-RateLimit-Reset': { description: 'Seconds until the count begins anew', schema: count },
  'Retry-After': { description: 'Seconds after which to try again', schema: count },
  Location: { description: 'Where it is', schema: text(300) },
  'Log-Checkpoint': { description: 'To members: the newest checkpoint of the transparency log, a signed note in Base64', schema: text(2000) },
  ETag: { description: 'Version of the case or draft in quotes; elsewhere a digest of the content', schema: text(100) },
};

const PARAMETERS = {
  IdempotencyKey: {
    name: 'Idempotency-Key', in: 'header', description: 'Id of the command: the same key with the same content gives the same answer',
    schema: { type: 'string', minLength: 1, maxLength: 128, pattern: '^[A-Za-z0-9._-]+$' }, example: 'protocollo-2026-1234',
  },
  IfMatch: {
    name: 'If-Match', in: 'header', description: 'ETag of the case, or of the draft, as the caller saw it; 412 when it has changed',
    schema: { type: 'string', maxLength: 200, pattern: String.raw`^(\*|\s*"\d{1,10}"\s*(,\s*"\d{1,10}"\s*)*)$` }, example: '"17"',
  },
  DocumentName: {
    name: 'Content-Disposition', in: 'header', description: 'Name of the document, for people (RFC 6266); stored as encrypted as the document', required: false,
    schema: { type: 'string', maxLength: 1000 }, example: 'attachment; filename="delibera-42.pdf"',
  },
  IfNoneMatch: {
    name: 'If-None-Match', in: 'header', description: 'ETags that the caller has: 304 without a body when it is one of them', required: false,
    schema: { type: 'string', maxLength: 8000, pattern: IF_NONE_MATCH }, example: '"17"',
  },
  Prefer: {
    name: 'Prefer', in: 'header', description: 'respond-async: a fact that may not be lost is taken with 202, and decided when its turn comes',
    schema: { type: 'string', maxLength: 200 }, example: 'respond-async',
  },
};
