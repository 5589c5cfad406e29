import { randomUUID } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { requireFormToken } from '../../api/auth/csrf.ts';
import { callerOf } from '../../api/auth/hook.ts';
import { learnTerritory, type Context } from '../../api/context.ts';
import { parseData } from '../../api/http/validation.ts';
import { formOf } from '../../api/pages/forms.ts';
import { HIDDEN } from '../../api/pages/pages.ts';
import { Problem } from '../../api/problems.ts';
import { previewOf, type Preview } from '../../api/territory/preview.ts';
import { enterAsk } from '../../api/territory/recording.ts';
import { TerritoryChange } from '../../domain/territory/schemas.ts';
import { sendPage } from '../frame/page.tsx';
import type { Visits } from '../frame/visits.ts';
import { TERRITORY } from '../words/territory.ts';
import { CHANGES_WORDS as WORDS } from '../words/territory-changes.ts';
import { ChangesPage, FIELDS } from './changes.tsx';

const PATH = '/territorio/variazioni';
const KEY = /^[A-Za-z0-9._-]{1,128}$/;

interface Shown {
  readonly typed?: ReadonlyMap<string, string>;
  readonly key?: string;
  readonly faults?: readonly string[];
  readonly preview?: Preview;
}

/** The changes of the territory, and the form that records a merger once it was previewed. */
export function changePages(app: FastifyInstance, context: Context, visits: Visits): void {
  const answer = async (request: FastifyRequest, reply: FastifyReply, { typed = new Map(), key = randomUUID(), faults = [], preview }: Shown = {}): Promise<FastifyReply> => {
    const visit = await visits.of(request);
    const { language, person } = visit;
    await learnTerritory(context);
    return sendPage(reply, visit, {
      title: WORDS.title[language], section: 'territory', status: faults.length === 0 ? 200 : 400, crumbs: [{ href: '/territorio', text: TERRITORY.title[language] }],
      main: ChangesPage({ bodies: context.bodies, typed, commandKey: key, faults, preview: preview ?? null, mayRecord: callerOf(request).role === 'operator', csrf: person?.csrf ?? '', language }),
    });
  };

  app.get(PATH, HIDDEN, async (request, reply) => answer(request, reply));

  app.post(PATH, HIDDEN, async (request, reply) => {
    const form = formOf(request);
    requireFormToken(context.keys, visits.sessionId(request) ?? '', form);
    const key = form.get('key') ?? '';
    if (!KEY.test(key)) throw Problem.of('VALIDATION');
    const typed = new Map(FIELDS.map(({ name }) => [name, (form.get(name) ?? '').trim()]));
    if (form.get('step') === 'edit') return answer(request, reply, { typed, key });
    try {
      const change = parseData(TerritoryChange, mergerOf(typed));
      if (form.get('step') !== 'record') return await answer(request, reply, { typed, key, preview: await previewOf(context, { type: 'RecordChange', data: change }) });
      await enterAsk(context, { type: 'RecordChange', data: change }, callerOf(request), key);
      return await reply.redirect(PATH, 303);
    } catch (error) {
      if (!(error instanceof Problem) || error.status >= 500) throw error;
      const language = visits.languageOf(request);
      return answer(request, reply, { typed, key, faults: (error.options.reasons ?? []).map(({ message }) => message[language]) });
    }
  });
}

function mergerOf(typed: ReadonlyMap<string, string>): object {
  const text = (name: string) => typed.get(name) ?? '';
  return {
    type: 'BodiesMerged', on: text('on'), act: { title: text('actTitle') }, predecessors: text('predecessors').split(/[\s,;]+/).filter((code) => code !== ''),
    successors: [{ ipaCode: text('ipaCode').toLowerCase(), istatCode: text('istatCode'), name: text('name'), population: Number(text('population') || Number.NaN) }],
  };
}
