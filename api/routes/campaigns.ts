import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { Target } from '../../domain/campaign/index.ts';
import type { Language } from '../../domain/shared/bilingual.ts';
import { readReason, sayReason } from '../../domain/shared/reason.ts';
import { callerOf } from '../auth/hook.ts';
import { askCampaign } from '../campaigns/ask.ts';
import { CampaignRequest, MAX_REQUEST_BYTES } from '../campaigns/request.ts';
import { CAMPAIGN } from '../cases/kinds.ts';
import { idempotencyKey } from '../cases/request.ts';
import type { Context } from '../context.ts';
import { answerLanguage } from '../http/language.ts';
import { looseBody } from '../http/validation.ts';
import { CampaignPreview, problems, type Documented } from '../openapi/schemas.ts';

/** What starts a campaign; the rest of its routes are those of every kind of case. */
export function campaignRoutes(context: Context): FastifyPluginAsyncZod {
  const Preview: Documented = CampaignPreview;
  return async (app) => {
    app.setValidatorCompiler(looseBody);
    app.post(CAMPAIGN.path, {
      bodyLimit: MAX_REQUEST_BYTES,
      schema: {
        tags: ['campaigns'], operationId: 'campaigns-start', summary: 'Starts one act on many cases; a dry run only says what would become of it', querystring: z.strictObject({}),
        body: CampaignRequest, response: { 200: Preview, 201: Preview, ...problems(400, 409, 413, 415, 503) },
      },
    }, async (request, reply) => {
      const received: unknown = request.body;
      const { targets, campaign } = await askCampaign(context, received, callerOf(request), idempotencyKey(request));
      const language = answerLanguage(request, reply);
      if (campaign === null) return reply.code(200).send({ state: 'PREVIEW', ...shown(targets, language) });
      const { id, state, version } = campaign;
      return reply.code(201).headers({ Location: `${CAMPAIGN.path}/${id}`, ETag: `"${version}"` }).send({ id, state, ...shown(targets, language) });
    });
  };
}

function shown(targets: readonly Target[], language: Language): object {
  const skipped = targets.filter(({ refused }) => refused !== null).length;
  return {
    counts: { total: targets.length, done: 0, failed: 0, skipped, pending: targets.length - skipped },
    preview: targets.map(({ body, refused }) => ({ body, allowed: refused === null, reasons: (refused?.reasons ?? []).map((reason) => sayReason(readReason(reason), language)) })),
  };
}
