import { randomUUID } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { requireFormToken } from '../../api/auth/csrf.ts';
import { callerOf } from '../../api/auth/hook.ts';
import type { Context } from '../../api/context.ts';
import { formOf } from '../../api/pages/forms.ts';
import { HIDDEN } from '../../api/pages/pages.ts';
import { Problem } from '../../api/problems.ts';
import { makeCalendarFeed } from '../../api/personal.ts';
import { sendPage } from '../frame/page.tsx';
import type { Visits } from '../frame/visits.ts';
import { CALENDAR, TODAY } from '../words/today.ts';
import { CalendarPage, type CalendarPageParts } from './calendar-page.tsx';

const KEY = /^[A-Za-z0-9-]{1,64}$/;

/** The private addresses of a person's calendar. */
export function calendarPages(app: FastifyInstance, context: Context, visits: Visits): void {
  const answer = async (request: FastifyRequest, reply: FastifyReply, more: Pick<CalendarPageParts, 'made' | 'notice'> = {}, status = 200): Promise<FastifyReply> => {
    const visit = await visits.of(request);
    const { language, person } = visit;
    const feeds = await context.calendarFeeds.list(callerOf(request).subject);
    return sendPage(reply, visit, {
      title: CALENDAR.title[language], section: 'today', crumbs: [{ href: '/', text: TODAY.title[language] }], status,
      main: CalendarPage({ feeds, csrf: person?.csrf ?? '', key: randomUUID(), language, ...more }),
    });
  };
  const formIn = (request: FastifyRequest): URLSearchParams => {
    const form = formOf(request);
    requireFormToken(context.keys, visits.sessionId(request) ?? '', form);
    return form;
  };

  app.get('/oggi/calendario', HIDDEN, async (request, reply) => {
    const { revocato } = request.query as { readonly revocato?: unknown };
    const text = CALENDAR.revoked[visits.languageOf(request)];
    return answer(request, reply, revocato === undefined ? {} : { notice: { text, isFault: false } });
  });

  app.post('/oggi/calendario', HIDDEN, async (request, reply) => {
    const key = formIn(request).get('key') ?? '';
    if (!KEY.test(key)) throw Problem.of('VALIDATION');
    try {
      // Not led on to another page: the address is in this answer alone. Sent again, it is the same one.
      const { url } = await makeCalendarFeed(context, callerOf(request), key, visits.origin());
      return await answer(request, reply, { made: url });
    } catch (error) {
      if (!(error instanceof Problem) || error.status !== 409) throw error;
      return answer(request, reply, { notice: { text: error.options.detail?.[visits.languageOf(request)] ?? '', isFault: true } }, 409);
    }
  });

  app.post('/oggi/calendario/revoca', HIDDEN, async (request, reply) => {
    await context.calendarFeeds.revoke(callerOf(request).subject, formIn(request).get('id') ?? '');
    // Of one that was revoked already there is nothing else to say.
    return reply.redirect('/oggi/calendario?revocato', 303);
  });
}
