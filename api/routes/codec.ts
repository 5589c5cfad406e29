import { JSONToPayload, payloadToJSON } from '@temporalio/common/lib/proto-utils.js';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { BrokenPayload } from '../../engine/payload-codec.ts';
import { UnknownPayloadKey } from '../../engine/payload-keys.ts';
import { callerOf } from '../auth/hook.ts';
import { SecurityLog } from '../auth/security-log.ts';
import type { Context } from '../context.ts';
import { Payloads, problems, type Documented } from '../openapi/schemas.ts';
import { Problem } from '../problems.ts';

/** Decrypts payloads for those who look at Temporal's own console, by the protocol that its tools call a codec server. */
export function codecRoutes({ runs, log }: Context): FastifyPluginAsyncZod {
  const PayloadsBody: Documented = Payloads;
  const security = new SecurityLog(log);
  return async (app) => {
    app.post('/codec/decode', {
      schema: {
        tags: ['codec'], operationId: 'codec-decode', summary: 'Payloads of a history, decrypted', body: Payloads,
        querystring: z.strictObject({}), response: { 200: PayloadsBody, ...problems(413, 415, 422) },
      },
    }, async (request) => {
      const caller = callerOf(request);
      const given = request.body.payloads.map(({ metadata = null, data = null }) => JSONToPayload({ metadata, data }));
      const payloads = await runs.decode(given).catch((cause: unknown) => { throw unreadable(cause); });
      security.note('PAYLOADS_DECODED', request, { count: payloads.length, subject: caller.subject, role: caller.role });
      return { payloads: payloads.map((payload) => payloadToJSON(payload)) };
    });
  };
}

function unreadable(cause: unknown): unknown {
  if (cause instanceof UnknownPayloadKey) return Problem.of('PAYLOAD_UNREADABLE', { detail: keyMissing(JSON.stringify(cause.keyId)), cause });
  return cause instanceof BrokenPayload ? Problem.of('PAYLOAD_UNREADABLE', { detail: { it: 'Un payload è stato modificato o troncato.', en: 'A payload was changed, or cut.' }, cause }) : cause;
}

const keyMissing = (key: string) => ({ it: `La chiave ${key} non è nella cartella delle chiavi di questo server.`, en: `The key ${key} is not in the keys folder of this server.` });
