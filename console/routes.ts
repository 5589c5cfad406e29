import type { FastifyPluginAsync } from 'fastify';
import type { Context } from '../api/context.ts';
import { acceptForms } from '../api/pages/forms.ts';
import { Problem } from '../api/problems.ts';
import { HIDDEN, ownPath } from '../api/pages/pages.ts';
import { findAsset } from './assets.ts';
import { auditRoutes } from './audit/routes.ts';
import { catalogueRoutes } from './catalogue/routes.tsx';
import { documentPages } from './case/documents.tsx';
import { inventoryFiles } from './case/recognition/routes.tsx';
import { campaignPages } from './campaigns/routes.ts';
import { constitutionPages } from './constitution/routes.ts';
import { caseRoutes } from './case/routes.ts';
import { shrinkAnswers } from './frame/shrunk.ts';
import type { Visits } from './frame/visits.ts';
import { brokerPages } from './brokers/routes.ts';
import { forecastPages } from './forecast/routes.ts';
import { incidentPages } from './incidents/routes.ts';
import { infoRoutes } from './info/routes.tsx';
import { credentialPages } from './migrations/credentials.tsx';
import { migrationRoutes } from './migrations/routes.ts';
import { portfolioPages } from './portfolio/routes.tsx';
import { territoryRoutes } from './territory/routes.tsx';
import { workOrderPages } from './work-orders/routes.ts';
import { todayRoutes } from './today/routes.ts';

/** Several free texts of 4,000 characters, each of which may take several bytes and three signs a byte. */
const MAX_FORM_BYTES = 256 * 1024;
const YEAR_S = 365 * 24 * 3600;

/** The console: pages over what the interface reads and sends, for people with a browser. */
export function consoleRoutes(context: Context, visits: Visits): FastifyPluginAsync {
  return async (app) => {
    await shrinkAnswers(app);
    acceptForms(app, MAX_FORM_BYTES);
    todayRoutes(app, context, visits);
    territoryRoutes(app, context, visits);
    workOrderPages(app, context, visits);
    portfolioPages(app, context, visits);
    catalogueRoutes(app, context, visits);
    caseRoutes(app, context, visits);
    await migrationRoutes(app, context, visits);
    campaignPages(app, context, visits);
    constitutionPages(app, context, visits);
    forecastPages(app, context, visits);
    credentialPages(app, context, visits);
    brokerPages(app, context, visits);
    incidentPages(app, context, visits);
    await app.register(documentPages(context, visits));
    await app.register(inventoryFiles(context, visits));
    auditRoutes(app, context, visits);
    infoRoutes(app, visits);

    app.get('/lingua', HIDDEN, async (request, reply) => {
      const { lang, to } = request.query as { readonly lang?: unknown; readonly to?: unknown };
      visits.keepLanguage(reply, lang === 'en' ? 'en' : 'it');
      return reply.redirect(ownPath(typeof to === 'string' ? to : null), 302);
    });

    app.get('/assets/:name', HIDDEN, async (request, reply) => {
      const asset = findAsset(request.url);
      if (asset === undefined) throw Problem.of('NOT_FOUND');
      const zipped = /\bgzip\b/.test(request.headers['accept-encoding'] ?? '') ? asset.zipped : null;
      if (zipped !== null) reply.header('Content-Encoding', 'gzip');
      return reply.headers({ 'Cache-Control': `public, max-age=${YEAR_S}, immutable`, Vary: 'Accept-Encoding' }).type(asset.type).serializer((content: unknown) => content as string).send(zipped ?? asset.content);
    });
  };
}
