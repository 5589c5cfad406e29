import type { FastifyReply, FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { PUBLIC_CACHE } from '../http/cache.ts';
import { contentTag, hasAlready, sendUnchanged } from '../http/conditional.ts';
import type { Documented } from '../openapi/schemas.ts';

/** The document of the interface, made from the schemas that judge the requests. */
export function openapiRoutes(): FastifyPluginAsyncZod {
  const tags = ['status'];
  const Any: Documented = z.looseObject({});
  return async (app) => {
    let json: string | null = null;
    let yaml: string | null = null;
    app.get('/openapi.json', {
      schema: { tags, operationId: 'openapi-json', summary: 'This document', querystring: z.strictObject({}), response: { 200: Any } },
    }, async (request, reply) => {
      json ??= JSON.stringify(app.swagger());
      return answer(request, reply.type('application/json; charset=utf-8'), json);
    });
    app.get('/openapi.yaml', {
      schema: {
        tags, operationId: 'openapi-yaml', summary: 'This document as YAML', querystring: z.strictObject({}),
        response: { 200: { description: 'The document', content: { 'application/yaml': { schema: Any } } } },
      },
    }, async (request, reply) => {
      yaml ??= app.swagger({ yaml: true });
      return answer(request, reply.type('application/yaml; charset=utf-8'), yaml);
    });
  };
}

/** It changes with a release only. */
function answer(request: FastifyRequest, reply: FastifyReply, text: string): FastifyReply {
  const tag = contentTag(text);
  reply.headers({ ...PUBLIC_CACHE, ETag: tag });
  return hasAlready(request, tag) ? sendUnchanged(reply) : reply.serializer(String).send(text);
}
