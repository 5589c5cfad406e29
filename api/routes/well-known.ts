import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { SIGNING_ALGORITHM, type Keys } from '../auth/keys.ts';
import { TRIAL_PATHS } from '../auth/trial-provider.ts';
import { PUBLIC_CACHE } from '../http/cache.ts';
import type { Documented } from '../openapi/schemas.ts';

/** The embedded issuer to who verifies its tokens; with an issuer elsewhere there is none of this. */
export function wellKnownRoutes(keys: Keys, origin: () => string): FastifyPluginAsyncZod {
  const tags = ['status'];
  const Any: Documented = z.looseObject({});
  return async (app) => {
    app.get('/.well-known/jwks.json', {
      config: { takesNoTurn: true },
      schema: { tags, operationId: 'jwks', summary: 'Public keys of the tokens', querystring: z.strictObject({}), response: { 200: Any } },
    }, async (_request, reply) => reply.headers(PUBLIC_CACHE).send({ keys: [keys.signing.publicJwk] }));

    app.get('/.well-known/openid-configuration', {
      config: { takesNoTurn: true },
      schema: { tags, operationId: 'openid-configuration', summary: 'The embedded issuer', querystring: z.strictObject({}), response: { 200: Any } },
    }, async (_request, reply) => {
      reply.headers(PUBLIC_CACHE);
      const issuer = origin();
      return {
        issuer, jwks_uri: `${issuer}/.well-known/jwks.json`,
        authorization_endpoint: `${issuer}${TRIAL_PATHS.authorization}`, token_endpoint: `${issuer}${TRIAL_PATHS.token}`,
        response_types_supported: ['code'], grant_types_supported: ['authorization_code'], scopes_supported: ['openid'], subject_types_supported: ['public'],
        code_challenge_methods_supported: ['S256'], id_token_signing_alg_values_supported: [SIGNING_ALGORITHM],
        token_endpoint_auth_methods_supported: ['client_secret_basic'], authorization_response_iss_parameter_supported: true,
      };
    });
  };
}
