import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { Documented } from '../openapi/schemas.ts';

/** The document of the interface, made from the schemas that judge the requests. */
export function openapiRoutes(): FastifyPluginAsyncZod {
  const tags = ['status'];
  const Any: Documented = z.looseObject({});
  const Text: Documented = z.string().max(2_000_000);
  return async (app) => {
    let json: string | null = null;
    let yaml: string | null = null;
    app.get('/openapi.json', {
      schema: { tags, operationId: 'openapi-json', summary: 'This document', querystring: z.strictObject({}), response: { 200: Any } },
    }, async (_request, reply) => {
      json ??= JSON.stringify(app.swagger());
      return reply.type('application/json; charset=utf-8').serializer(String).send(json);
    });
    app.get('/openapi.yaml', {
      schema: {
        tags, operationId: 'openapi-yaml', summary: 'This document as YAML', querystring: z.strictObject({}),
        response: { 200: { description: 'The document', content: { 'application/yaml': { schema: Text } } } },
      },
    }, async (_request, reply) => {
      yaml ??= app.swagger({ yaml: true });
      return reply.type('application/yaml; charset=utf-8').serializer(String).send(yaml);
    });
  };
}
