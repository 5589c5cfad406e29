/** A document that no rule finds anything wrong in, small enough to plant faults in. */
export function smallDocument() {
  const limits = { 'X-RateLimit-Limit': count('Requests a minute'), 'X-RateLimit-Remaining': count('Left'), 'X-RateLimit-Reset': count('Seconds') };
  const cache = { 'Cache-Control': header('Not kept') };
  const problem = (description: string, more: object = {}) => ({
    description, headers: { ...limits, ...more }, content: { 'application/problem+json': { schema: ref('Problem') } },
  });
  const failures = {
    429: problem('Too many requests', { 'Retry-After': count('Seconds') }), 503: problem('Away', { 'Retry-After': count('Seconds') }), 400: problem('Malformed'),
  };
  const answer = { description: 'Found', headers: { ...limits, ...cache }, content: { 'application/json': { schema: ref('Thing'), example: { id: 'a', size: 1 } as object } } };
  const about = { description: 'What it does.', tags: ['things'], security: [{ bearer: [] as string[] }] };
  const id = { name: 'id', in: 'path', required: true, description: 'Id', schema: text(20) };
  return {
    openapi: '3.0.3',
    info: {
      title: 'Things', version: '1.0.0', description: 'Things.', termsOfService: 'https://example.org/terms', contact: { name: 'Office', url: 'https://example.org' },
      license: { name: 'EUPL-1.2', url: 'https://eupl.eu' }, 'x-summary': 'Things', 'x-api-id': 'things',
    },
    servers: [{ url: 'https://api.example.org/v1', description: 'Things' }],
    tags: [{ name: 'things', description: 'Things' }],
    paths: {
      '/status': {
        get: {
          ...about, operationId: 'status', summary: 'Health', security: [],
          responses: { 200: { description: 'Up', headers: { ...limits, ...cache }, content: { 'application/problem+json': { schema: ref('Problem') } } }, ...failures },
        },
      },
      '/things/{id}': {
        parameters: [id],
        get: { ...about, operationId: 'thing', summary: 'A thing', parameters: [] as object[], responses: { 200: answer, ...failures } },
        patch: {
          ...about, operationId: 'thing-change', summary: 'Changes it',
          requestBody: { required: true, content: { 'application/merge-patch+json': { schema: ref('Thing') }, 'application/json-patch+json': { schema: list(ref('Thing')) } } },
          responses: { 200: answer, ...failures },
        },
        delete: { ...about, operationId: 'thing-end', summary: 'Ends it', responses: { 204: { description: 'Gone', headers: { ...limits, ...cache } }, ...failures } },
      },
    },
    components: {
      securitySchemes: { bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT', description: 'By RFC8725' } },
      schemas: {
        Thing: {
          type: 'object', additionalProperties: false, required: ['id'],
          properties: { id: text(20), size: { type: 'integer', format: 'int32', minimum: 0, maximum: 9 }, weight: { type: 'number', format: 'double', minimum: 0, maximum: 9 }, parts: list(text(9)) },
        },
        Problem: { type: 'object', additionalProperties: false, properties: { status: { type: 'integer', format: 'int32', minimum: 100, maximum: 599 }, title: text(200), detail: text(2000) } },
      },
    },
  };
}

export type SmallDocument = ReturnType<typeof smallDocument>;

function ref(name: 'Thing' | 'Problem') {
  return { $ref: `#/components/schemas/${name}` };
}
function text(maxLength: number) {
  return { type: 'string', maxLength, pattern: '^[a-z]*$' };
}
function list(items: object) {
  return { type: 'array', minItems: 0, maxItems: 9, items };
}
function header(description: string) {
  return { description, schema: text(100) };
}
function count(description: string) {
  return { description, schema: { type: 'integer', format: 'int32', minimum: 0, maximum: 9 } };
}
