import type { FastifyInstance } from 'fastify';
import { callerOf } from '../../api/auth/hook.ts';
import type { Context } from '../../api/context.ts';
import { answerOf } from '../../api/forecasts/answer.ts';
import { askForecast } from '../../api/forecasts/ask.ts';
import { HIDDEN } from '../../api/pages/pages.ts';
import { Problem } from '../../api/problems.ts';
import { sendPage } from '../frame/page.tsx';
import type { Visits } from '../frame/visits.ts';
import { FORECAST } from '../words/forecast.ts';
import { saySentence } from '../words/sentences.ts';
import { askedIn, requestOf } from './asked.ts';
import { ForecastPage, type ForecastPageParts } from './page.tsx';

/** The forecast: a question by a form, and its answer as a plot and tables; the address holds the question, so it can be kept. */
export function forecastPages(app: FastifyInstance, context: Context, visits: Visits): void {
  app.get('/previsione', HIDDEN, async (request, reply) => {
    const visit = await visits.of(request);
    const { language } = visit;
    const asked = askedIn(request.query);
    const send = (parts: Pick<ForecastPageParts, 'answer' | 'faults'>) => sendPage(reply, visit, {
      title: FORECAST.title[language], section: 'forecast', status: parts.faults.length === 0 ? 200 : 400, main: ForecastPage({ ...parts, asked, language }),
    });
    if (!('calcola' in (request.query as object))) return send({ answer: null, faults: [] });
    const gone = new AbortController();
    reply.raw.once('close', () => { gone.abort(); });
    try {
      const forecast = await askForecast(context, requestOf(asked), callerOf(request), () => undefined, gone.signal);
      return send({ answer: answerOf(forecast, context.bodies, language), faults: [] });
    } catch (error) {
      if (!(error instanceof Problem) || error.status !== 400) throw error;
      return send({ answer: null, faults: (error.options.reasons ?? []).map(({ message }) => saySentence(message[language], language)) });
    }
  });
}
