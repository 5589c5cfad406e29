import { Readable } from 'node:stream';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { callerOf } from '../auth/hook.ts';
import type { Context } from '../context.ts';
import { answerOf } from '../forecasts/answer.ts';
import { askForecast } from '../forecasts/ask.ts';
import { ForecastRequest } from '../forecasts/request.ts';
import type { Heard } from '../forecasts/threads.ts';
import { answerLanguage } from '../http/language.ts';
import { NDJSON } from '../http/ndjson.ts';
import { Forecast } from '../openapi/forecast-schemas.ts';
import { problems, type Documented } from '../openapi/schemas.ts';

/** What becomes of the Agency's path, by runs of copies of the cases. It writes nothing but who looked. */
export function forecastRoutes(context: Context): FastifyPluginAsyncZod {
  const Found: Documented = Forecast;
  return async (app) => {
    app.post('/v1/forecasts', {
      schema: {
        tags: ['forecasts'], operationId: 'forecasts-ask', summary: 'The probability of each gate by date, the comuni that decide, and what if',
        description: 'For: operator, auditor. Seeded Monte Carlo on copies of the cases as they stand; nothing is stored and no case is touched. With Accept: application/x-ndjson lines with `progress` come first, and one with `forecast` at the end.',
        querystring: z.strictObject({}), body: ForecastRequest, response: { 200: Found, ...problems(400, 415, 429, 503) },
      },
    }, async (request, reply) => {
      const caller = callerOf(request);
      const language = answerLanguage(request, reply);
      const gone = new AbortController();
      reply.raw.once('close', () => { gone.abort(); });
      const ask = async (heard: Heard) => answerOf(await askForecast(context, request.body, caller, heard, gone.signal), context.bodies, language);
      if (request.headers.accept?.includes('application/x-ndjson') !== true) return reply.send(await ask(() => undefined));
      return reply.type(NDJSON).send(await told(ask));
    });
  };
}

/** Lines with how far it is, and the last with the answer. What ends before the first line is a problem as everywhere. */
async function told(ask: (heard: Heard) => Promise<object>): Promise<Readable> {
  const lines = new Readable({ read: () => undefined });
  let isBegun = false;
  await new Promise<void>((begun, failed) => {
    const say = (line: object): void => {
      lines.push(`${JSON.stringify(line)}\n`);
      isBegun = true;
      begun();
    };
    ask((done, all) => { say({ progress: { done, all } }); }).then((forecast) => {
      say({ forecast });
      lines.push(null);
    }, (error: unknown) => {
      // An answer that has begun breaks off: it was not whole.
      if (isBegun) lines.destroy(error instanceof Error ? error : undefined);
      else failed(error);
    });
  });
  return lines;
}
