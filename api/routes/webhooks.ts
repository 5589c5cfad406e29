import type { FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { Reason } from '../../domain/shared/reason.ts';
import { START } from '../../db/event-store/read.ts';
import { says } from '../../domain/shared/says.ts';
import type { WebhookRow } from '../../feed/webhooks.ts';
import { callerOf } from '../auth/hook.ts';
import type { Caller } from '../auth/verify.ts';
import { idempotencyKey } from '../cases/request.ts';
import type { Context } from '../context.ts';
import { checkAddress } from '../http/address.ts';
import { feedCursor, parseFeedCursor, writeFeedCursor } from '../http/feed-cursor.ts';
import { decodeCursor, DEFAULT_LIMIT, pageOf, paging } from '../http/paging.ts';
import { page, problems, Webhook, type Documented } from '../openapi/schemas.ts';
import { Problem } from '../problems.ts';

const PATH = '/v1/webhooks';
const params = z.strictObject({ id: z.string().max(64).describe('Id of the webhook') });
const noQuery = z.strictObject({});

const NewWebhook = z.strictObject({
  url: z.url({ protocol: /^https?$/, ...says('deve essere un indirizzo, ad esempio https://comune.example.it/associa', 'must be an address like https://comune.example.it/associa') }).max(1_000).describe('Where the events are sent, by POST'),
  types: z.array(z.string().max(60).regex(/^[A-Z][A-Za-z]+$/, says('deve essere un tipo di evento, ad esempio ProposalSent', 'must be a type of event, like ProposalSent'))).max(100).default([]).describe('Types of events; none: all'),
  local: z.boolean().default(false).describe('Permits a private address and plain http; operators only'),
  after: feedCursor.optional().describe('Cursor of the feed to begin after; none: from the first event'),
});
const NewState = z.strictObject({ state: z.enum(['ACTIVE', 'PAUSED']).describe('PAUSED stops the deliveries, ACTIVE goes on where they stand') });
const NewReplay = z.strictObject({ after: feedCursor.optional().describe('Everything after it is sent again; none: from the first event') });

/** Programs that are told of events: a member's of its own cases, the Agency's of all. */
export function webhookRoutes(context: Context): FastifyPluginAsyncZod {
  const One: Documented = Webhook;
  const tags = ['events'];

  /** A webhook that the caller may see: a member its body's, operators those of the Agency. */
  const get = async (id: string, caller: Caller): Promise<WebhookRow> => {
    const row = await context.as(caller).webhooks.find(id);
    if (row !== undefined && row.body === bodyOf(caller)) return row;
    // The database shows nothing of another body's; that it is there is for the security log alone.
    throw Problem.of('NOT_FOUND', { ofAnotherBody: await context.whole.webhooks.find(id) !== undefined });
  };
  /** Digest of the caller's Idempotency-Key for one kind of request. */
  const keyOf = (request: FastifyRequest, kind: 'webhook' | 'replay'): string | undefined => {
    const key = idempotencyKey(request);
    return key === undefined ? undefined : context.keys.digest('register', kind, callerOf(request).subject, key).slice(0, 32);
  };
  const show = async (row: WebhookRow) => {
    const target = await context.whole.webhooks.target(row);
    return {
      id: row.id, url: target?.url ?? null, types: row.types, local: target?.local ?? false, state: row.state, pausedFor: row.reason, cursor: writeFeedCursor(row), failures: row.failures,
      lastAttempt: row.last_at === null ? null : { at: row.last_at, status: row.last_status, error: row.last_error },
      nextAttemptAt: row.state === 'ACTIVE' && row.failures > 0 ? row.due_at : null, createdAt: row.created_at,
    };
  };

  return async (app) => {
    app.post(PATH, {
      schema: {
        tags, operationId: 'webhooks-add', summary: 'Has events sent to an address, signed by Standard Webhooks', querystring: noQuery, body: NewWebhook,
        description: 'The secret is in this answer only. Deliveries are in order, at least once (same webhook-id), tried again for three days, then paused.',
        response: { 201: z.object({ id: z.string().max(64), secret: z.string().max(100).describe('whsec_…, shown once') }), ...problems(400, 403, 409, 413, 415, 503) },
      },
    }, async (request, reply) => {
      const { url, types, local, after } = request.body;
      const caller = callerOf(request);
      if (local && caller.role !== 'operator') throw Problem.validation([LOCAL_NOT_PERMITTED]);
      checkAddress(url, local);
      const key = keyOf(request, 'webhook');
      const id = key === undefined ? undefined : `wh-${key}`;
      const added = await context.as(caller).webhooks.add({ id, body: bodyOf(caller), url, types, local, from: after === undefined ? START : parseFeedCursor(after) });
      if (added === undefined) throw Problem.refused('IDEMPOTENCY_MISMATCH', [OTHER_WEBHOOK]);
      return reply.code(201).header('Location', `${PATH}/${added.id}`).send(added);
    });

    app.get(PATH, {
      schema: { tags, operationId: 'webhooks-list', summary: "The caller's webhooks", querystring: z.strictObject(paging), response: { 200: page(Webhook), ...problems(400, 503) } },
    }, async (request) => {
      const { limit = DEFAULT_LIMIT, cursor } = request.query;
      const caller = callerOf(request);
      const rows = await context.as(caller).webhooks.list(bodyOf(caller), decodeCursor(cursor, /^wh-[\w-]{1,60}$/), limit + 1);
      const { items, nextCursor } = pageOf(rows, limit, ({ id }) => id, show);
      return { items: await Promise.all(items), nextCursor };
    });

    app.get(`${PATH}/:id`, {
      schema: { tags, operationId: 'webhook-get', summary: 'A webhook and how its deliveries go', params, querystring: noQuery, response: { 200: One, ...problems(404, 503) } },
    }, async (request) => show(await get(request.params.id, callerOf(request))));

    app.put(`${PATH}/:id/state`, {
      schema: {
        tags, operationId: 'webhook-state', summary: 'Pauses a webhook or lets it go on', params, querystring: noQuery, body: NewState, response: { 200: One, ...problems(400, 404, 413, 415, 503) },
      },
    }, async (request) => {
      const caller = callerOf(request);
      const { webhooks } = context.as(caller);
      const { id } = await get(request.params.id, caller);
      await (request.body.state === 'PAUSED' ? webhooks.pause(id) : webhooks.resume(id));
      return show(await get(id, caller));
    });

    app.post(`${PATH}/:id/replays`, {
      schema: {
        tags, operationId: 'webhook-replay', summary: 'Sends events again, from a cursor on', params, querystring: noQuery, body: NewReplay, response: { 200: One, ...problems(400, 404, 409, 413, 415, 503) },
        description: 'Under an Idempotency-Key that came before, nothing is sent again anew: the answer shows where the webhook stands.',
      },
    }, async (request) => {
      const caller = callerOf(request);
      const { id } = await get(request.params.id, caller);
      const { after } = request.body;
      const isSame = await context.as(caller).webhooks.replay(id, after === undefined ? START : parseFeedCursor(after), keyOf(request, 'replay'));
      if (!isSame) throw Problem.refused('IDEMPOTENCY_MISMATCH', [OTHER_REPLAY]);
      return show(await get(id, caller));
    });

    app.delete(`${PATH}/:id`, {
      schema: { tags, operationId: 'webhook-remove', summary: 'Ends a webhook', params, querystring: noQuery, response: { 204: z.null().describe('Ended'), ...problems(404, 503) } },
    }, async (request, reply) => {
      const caller = callerOf(request);
      await context.as(caller).webhooks.remove((await get(request.params.id, caller)).id);
      return reply.code(204).send(null);
    });
  };
}

const OTHER_WEBHOOK: Reason = {
  code: 'IDEMPOTENCY_MISMATCH',
  message: { it: 'Con questa Idempotency-Key è stato registrato un altro webhook: usarne una nuova.', en: 'This Idempotency-Key added another webhook; use a new one.' },
};
const OTHER_REPLAY: Reason = {
  code: 'IDEMPOTENCY_MISMATCH',
  message: { it: 'Con questa Idempotency-Key è stato chiesto un altro reinvio: usarne una nuova.', en: 'This Idempotency-Key asked for another replay; use a new one.' },
};

const LOCAL_NOT_PERMITTED: Reason = {
  code: 'LOCAL_NOT_PERMITTED', message: { it: "Solo l'Agenzia può far inviare eventi a un indirizzo privato.", en: 'Only the Agency may have events sent to a private address.' }, path: 'local',
};

/** Whose cases a caller's webhooks tell of. */
function bodyOf(caller: Caller): string | null {
  return caller.role === 'member' ? caller.body : null;
}
