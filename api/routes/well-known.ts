import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { SIGNING_ALGORITHM, type Keys } from '../auth/keys.ts';
import { PUBLIC_CACHE } from '../http/cache.ts';
import type { Documented } from '../openapi/schemas.ts';

/** The embedded issuer to who verifies its tokens; with an issuer elsewhere there is none of this. */
export function wellKnownRoutes(keys: Keys, ownUrl: () => string | undefined): FastifyPluginAsyncZod {
  const tags = ['status'];
  const Any: Documented = z.looseObject({});
  return async (app) => {
    app.get('/.well-known/jwks.json', {
      schema: { tags, operationId: 'jwks', summary: 'Public keys of the tokens', querystring: z.strictObject({}), response: { 200: Any } },
    }, async (_request, reply) => reply.headers(PUBLIC_CACHE).send({ keys: [keys.signing.publicJwk] }));

    app.get('/.well-known/openid-configuration', {
      schema: { tags, operationId: 'openid-configuration', summary: 'The embedded issuer', querystring: z.strictObject({}), response: { 200: Any } },
    }, async (request, reply) => {
      reply.headers(PUBLIC_CACHE);
      const issuer = ownUrl() ?? `${request.protocol}://${request.host}`;
      return {
        issuer, jwks_uri: `${issuer}/.well-known/jwks.json`, response_types_supported: ['none'], subject_types_supported: ['public'],
        id_token_signing_alg_values_supported: [SIGNING_ALGORITHM], token_endpoint_auth_methods_supported: [],
      };
    });
  };
}
