import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { Target } from '../../domain/campaign/index.ts';
import { readReason, sayReason } from '../../domain/shared/reason.ts';
import { actorOf, callerOf } from '../auth/hook.ts';
import type { Caller } from '../auth/verify.ts';
import { previewOf } from '../campaigns/preview.ts';
import { CampaignRequest, checkAction, MAX_REQUEST_BYTES, paceOf } from '../campaigns/request.ts';
import { selectAsKept, selectBodies } from '../campaigns/selection.ts';
import { findStarted, frozenTargets, goOnStarting, isPreparing, startCampaign, startingId } from '../campaigns/starting.ts';
import { findCase } from '../../db/queries/cases.ts';
import { ADHESION, CAMPAIGN, streamOf } from '../cases/kinds.ts';
import { idempotencyKey } from '../cases/request.ts';
import type { Context } from '../context.ts';
import { answerLanguage } from '../http/language.ts';
import { looseBody, parseData } from '../http/validation.ts';
import { CampaignPreview, problems, type Documented } from '../openapi/schemas.ts';
import type { Language } from '../../domain/shared/bilingual.ts';

/** A reading of so many cases at once is one entry. */
const LISTED_AT_ONCE = 1_000;

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
      const caller = callerOf(request);
      const key = idempotencyKey(request);
      const asked = parseData(CampaignRequest, received);
      const checked = checkAction(asked.action, caller);
      const language = answerLanguage(request, reply);
      const now = new Date().toISOString();
      const commandId = startingId(context, caller, key);
      const known = key === undefined || asked.dryRun === true ? undefined : await findStarted(context, commandId, received);
      let id = known;
      if (known === undefined || await isPreparing(context, known)) {
        const targets = await previewOf(context, await selectBodies(context, asked, now), checked, caller, now);
        await enterLooked(targets, caller);
        if (asked.dryRun === true) return reply.code(200).send({ state: 'PREVIEW', ...shown(targets, language) });
        const said = { name: asked.name, pace: paceOf(asked), stopAfter: asked.stopAfter ?? null, select: selectAsKept(asked.select) };
        if (known === undefined) id = await startCampaign(context, commandId, { said, checked, targets, received, caller, now });
        else await goOnStarting(context, known, targets, caller);
      }
      const started = await findCase(context.whole.db, streamOf(CAMPAIGN, String(id)));
      if (started === undefined || id === undefined) throw new Error('A campaign that was started is not there');
      const view = CAMPAIGN.line?.(started.state) ?? {};
      const { state } = view as { readonly state?: string };
      return reply.code(201).headers({ Location: `${CAMPAIGN.path}/${id}`, ETag: `"${started.version}"` })
        .send({ id, state, ...shown(await frozenTargets(context, id), language) });
    });
  };

  /** Who starts a campaign looks into each of its cases. */
  async function enterLooked(targets: readonly Target[], caller: Caller): Promise<void> {
    const streams = targets.flatMap(({ adhesion }) => (adhesion === null ? [] : [streamOf(ADHESION, adhesion)]));
    for (let from = 0; from < streams.length; from += LISTED_AT_ONCE) await context.reads.enterList(streams.slice(from, from + LISTED_AT_ONCE), actorOf(caller));
  }
}

function shown(targets: readonly Target[], language: Language): object {
  const skipped = targets.filter(({ refused }) => refused !== null).length;
  return {
    counts: { total: targets.length, done: 0, failed: 0, skipped, pending: targets.length - skipped },
    preview: targets.map(({ body, refused }) => ({ body, allowed: refused === null, reasons: (refused?.reasons ?? []).map((reason) => sayReason(readReason(reason), language)) })),
  };
}
