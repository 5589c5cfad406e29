import { randomUUID } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { callerOf } from '../../api/auth/hook.ts';
import { learnTerritory, type Context } from '../../api/context.ts';
import { parseData } from '../../api/http/validation.ts';
import { HIDDEN } from '../../api/pages/pages.ts';
import type { TerritoryAsk } from '../../api/territory/ask.ts';
import { previewOf, type Preview } from '../../api/territory/preview.ts';
import { enterAsk } from '../../api/territory/recording.ts';
import { TerritoryChange } from '../../domain/territory/schemas.ts';
import { checkTexts } from '../case/refusal.ts';
import type { Fault } from '../forms/form.tsx';
import type { Typed } from '../forms/read.ts';
import { sendPage } from '../frame/page.tsx';
import type { Visits } from '../frame/visits.ts';
import { TERRITORY } from '../words/territory.ts';
import { CHANGES_WORDS as WORDS } from '../words/territory-changes.ts';
import { changeFields, changeFormOf, contentOf, type ChangeForm } from './change-form.ts';
import { changePage } from './change-routes.tsx';
import { keyOf, refusedIn, sentForm, typedFor } from './change-sent.ts';
import { CHANGES_PATH, ChangesPage } from './changes.tsx';

interface Shown {
  readonly form: ChangeForm;
  readonly typed?: Typed;
  readonly key?: string;
  readonly faults?: readonly Fault[];
  readonly status?: number;
  readonly preview?: Preview;
}

/** The changes of the territory, and the form that records one once it was previewed. */
export function changePages(app: FastifyInstance, context: Context, visits: Visits): void {
  const answer = async (request: FastifyRequest, reply: FastifyReply, { form, typed = new Map(), key = randomUUID(), faults = [], status = 200, preview }: Shown): Promise<FastifyReply> => {
    const visit = await visits.of(request);
    const { language, person } = visit;
    await learnTerritory(context);
    return sendPage(reply, visit, {
      title: WORDS.title[language], section: 'territory', status, crumbs: [{ href: '/territorio', text: TERRITORY.title[language] }],
      main: ChangesPage({ bodies: context.bodies, form, typed, commandKey: key, faults, preview: preview ?? null, mayRecord: callerOf(request).role === 'operator', csrf: person?.csrf ?? '', language }),
    });
  };

  app.get(CHANGES_PATH, HIDDEN, async (request, reply) => answer(request, reply, { form: changeFormOf((request.query as { readonly tipo?: unknown }).tipo, 0) }));

  app.post(CHANGES_PATH, HIDDEN, async (request, reply) => {
    const sent = sentForm(context, visits, request);
    const form = changeFormOf(sent.get('tipo'), sent.get('rows'));
    const fields = changeFields(form);
    const [typed, key] = [typedFor(sent, fields), keyOf(sent)];
    if (sent.get('step') === 'more') return answer(request, reply, { form: changeFormOf(form.kind, form.rows + 1), typed, key });
    if (sent.get('step') === 'edit') return answer(request, reply, { form, typed, key });
    try {
      checkTexts(fields, typed);
      const ask: TerritoryAsk = { type: 'RecordChange', data: parseData(TerritoryChange, { type: form.kind, ...contentOf(form, typed, context.bodies) }) };
      if (sent.get('step') !== 'record') return await answer(request, reply, { form, typed, key, preview: await previewOf(context, ask) });
      await enterAsk(context, ask, callerOf(request), key);
      return await reply.redirect(CHANGES_PATH, 303);
    } catch (error) {
      const { faults, status } = refusedIn(error, form.kind, fields, typed, visits.languageOf(request));
      return answer(request, reply, { form, typed, key, faults, status });
    }
  });

  changePage(app, context, visits);
}
