import cookie from '@fastify/cookie';
import Fastify, { type FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import type { Logger } from 'pino';
import { DEFAULT_BACKUP_RETENTION_DAYS } from '../config.ts';
import { answerProblemPage } from '../console/frame/problem.tsx';
import { consoleRoutes } from '../console/routes.ts';
import type { Db } from '../db/client.ts';
import { isDatabaseAway } from '../db/unavailable.ts';
import { registerAccess, registerAuthentication } from './auth/hook.ts';
import type { Keys } from './auth/keys.ts';
import { registerSecurityLog, SecurityLog } from './auth/security-log.ts';
import { loadBodies, type Bodies } from './bodies.ts';
import { ADHESION, CAMPAIGN, CONSTITUTION, MIGRATION } from './cases/kinds.ts';
import { registerRecordedReads } from './cases/recorded-reads.ts';
import { learnTerritory, makeContext, type Context } from './context.ts';
import { ForecastThreads } from './forecasts/threads.ts';
import { registerCodecOrigin } from './http/codec-origin.ts';
import { correlationId } from './http/correlation.ts';
import { badUrls, clientErrors, registerErrors } from './http/errors.ts';
import { parseJson } from './http/json.ts';
import { registerRequestLog } from './http/log.ts';
import { registerNotFound, type FindMissing } from './http/methods.ts';
import { registerRateLimit } from './http/rate-limit.ts';
import { checkedRequest } from './http/validation.ts';
import { registerMetrics } from './http/metrics.ts';
import { registerSecurityHeaders } from './http/security.ts';
import { registerNewestCheckpoint } from './http/newest-checkpoint.ts';
import { registerShutdown } from './http/shutdown.ts';
import { registerStrictness } from './http/strict.ts';
import { registerTracing } from './http/tracing.ts';
import { registerOpenapi } from './openapi/document.ts';
import type { EnginePort, RunsPort } from './ports.ts';
import { accessRoutes } from './routes/access.ts';
import { adhesionRoutes } from './routes/adhesions.ts';
import { brokerRoutes } from './routes/brokers.ts';
import { bodyRoutes } from './routes/bodies.ts';
import { joinDue } from './territory/joining.ts';
import { importRoutes } from './routes/imports.ts';
import { territoryRoutes } from './routes/territory.ts';
import { calendarFeedRoutes } from './routes/calendar-feeds.ts';
import { calendarRoutes } from './routes/calendar.ts';
import { campaignRoutes } from './routes/campaigns.ts';
import { caseCommands } from './routes/case-commands.ts';
import { caseReads } from './routes/case-reads.ts';
import { caseWhy } from './routes/case-why.ts';
import { catalogueRoutes } from './routes/catalogue.ts';
import { changesRoutes } from './routes/changes.ts';
import { codecRoutes } from './routes/codec.ts';
import { constitutionRoutes } from './routes/constitution.ts';
import { credentialRoutes } from './routes/credentials.ts';
import { dossierRoutes } from './routes/dossier.ts';
import { documentRoutes } from './routes/documents.ts';
import { draftRoutes } from './routes/drafts.ts';
import { erasureRoutes } from './routes/erasures.ts';
import { feedRoutes } from './routes/feed.ts';
import { inventoryRoutes } from './routes/inventories.ts';
import { logRoutes } from './routes/log.ts';
import { metricsRoutes } from './routes/metrics.ts';
import { openapiRoutes } from './routes/openapi.ts';
import { incidentRoutes } from './routes/incidents.ts';
import { forecastRoutes } from './routes/forecasts.ts';
import { portfolioRoutes } from './routes/portfolio.ts';
import { proofRoutes } from './routes/proofs.ts';
import { runRoutes } from './routes/runs.ts';
import { searchRoutes } from './routes/search.ts';
import { statusRoutes } from './routes/status.ts';
import { subjectRoutes } from './routes/subjects.ts';
import { textRoutes } from './routes/texts.ts';
import { viewRoutes } from './routes/views.ts';
import { visitRoutes } from './routes/visit.ts';
import { webhookRoutes } from './routes/webhooks.ts';
import { workOrderRoutes } from './routes/work-orders.ts';
import { registerSignOn, signOnOf, type SignOnOptions } from './sign-on.ts';

export interface AppOptions extends Pick<SignOnOptions, 'oidc' | 'pdnd' | 'session' | 'publicUrl' | 'trialRegistrationToken'> {
  readonly db: Db;
  readonly engine: EnginePort;
  readonly runs: RunsPort;
  /** From `openKeys`; the vault's keys stand in the same folder. */
  readonly keys: Keys;
  readonly log: Logger;
  /** Who prepares a change of catalogue or brokers does not approve it; false: one person changes them. */
  readonly twoPersons: boolean;
  /** 0 or absent: no limit. */
  readonly rateLimitPerMinute?: number | undefined;
  /** Days after which no backup holds what was erased; absent: what config.ts takes. */
  readonly backupRetentionDays?: number | undefined;
  /** Entries of refusals in the security log for each caller, 0: no bound; absent: what the log thinks enough. */
  readonly securityEntriesPerMinute?: number | undefined;
  /** Temporal's console, whose pages may call the codec; null or absent: none. */
  readonly temporalUiUrl?: string | null | undefined;
  /** Address of this server once it listens. */
  readonly ownUrl?: (() => string | undefined) | undefined;
  readonly bodies?: Bodies | undefined;
  /** How long a slow caller is waited for. */
  readonly patience?: Partial<typeof PATIENCE> | undefined;
}

export const API_VERSION = '0.1.0';
const MAX_BODY_BYTES = 1024 * 1024;
/** A request that trickles in holds a connection: its headers and the whole of it have their time, and so has the pause before the next; so has an answer that stays open. */
const PATIENCE = { headersMs: 10_000, requestMs: 30_000, lookEveryMs: 2_000, keepAliveMs: 10_000, streamMs: 30 * 60_000, sequencedMs: 4_000, forecastMs: 40_000 };
const SPOOL_EVERY_MS = 5_000;
/** How soon this server hears of a change of the territory that another one recorded. */
const TERRITORY_EVERY_MS = 5_000;

/** The HTTP interface; it listens nowhere until told. Closing it closes neither the database nor the engine. */
export async function buildApp(options: AppOptions): Promise<FastifyInstance> {
  const { db, engine, runs, keys, log, bodies = loadBodies(), ownUrl = () => undefined } = options;
  const patience = { ...PATIENCE, ...options.patience };
  const security = new SecurityLog(log, options.securityEntriesPerMinute);
  const made = makeContext(db, {
    engine, runs, sequencedWithinMs: patience.sequencedMs, keys, bodies, log, twoPersons: options.twoPersons,
  }, options.backupRetentionDays ?? DEFAULT_BACKUP_RETENTION_DAYS);
  const context: Context = { ...made, forecasts: new ForecastThreads(patience.forecastMs) };
  let findMissing: FindMissing = () => undefined;
  const app = Fastify({
    logger: false,
    genReqId: correlationId,
    bodyLimit: MAX_BODY_BYTES,
    requestTimeout: patience.requestMs,
    keepAliveTimeout: patience.keepAliveMs,
    // A request that says no host is refused by us, for the parser would neither say why nor note it.
    http: { headersTimeout: patience.headersMs, connectionsCheckingInterval: patience.lookEveryMs, requireHostHeader: false },
    forceCloseConnections: 'idle',
    // What arrives on a busy connection while the server stops is served, and the connection closed with the answer.
    return503OnClosing: false,
    routerOptions: { maxParamLength: 400 },
    frameworkErrors: badUrls(security),
    clientErrorHandler: clientErrors((path, method) => findMissing(path, method), security),
  }).withTypeProvider<ZodTypeProvider>();
  app.setValidatorCompiler(checkedRequest);
  app.setSerializerCompiler(() => (data) => JSON.stringify(data));
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, async (_request: unknown, body: Buffer) => parseJson(body));

  registerShutdown(app);
  registerTracing(app);
  registerMetrics(app);
  const signOn = signOnOf({ ...options, ownUrl, bodies });
  registerErrors(app, log, (request, reply, problem) => answerProblemPage(request, reply, problem, signOn.visits));
  registerCodecOrigin(app, options.temporalUiUrl ?? null);
  registerRequestLog(app, log);
  registerSecurityLog(app, security);
  await registerSecurityHeaders(app);
  await app.register(cookie);
  // The order of the hooks is the order of the refusals: 429, then 404 or 405 for a route that is not there, 401, 404, 403, then what is malformed.
  registerAuthentication(app, signOn.findCaller);
  await registerRateLimit(app, options.rateLimitPerMinute ?? 0);
  findMissing = registerNotFound(app);
  registerAccess(app, bodies);
  registerStrictness(app);

  registerRecordedReads(app, context.reads);
  registerNewestCheckpoint(app, db);

  await registerOpenapi(app, API_VERSION);
  await app.register(statusRoutes(context));
  await app.register(metricsRoutes(context));
  await app.register(openapiRoutes());
  await registerSignOn(app, signOn);
  await app.register(consoleRoutes(context, signOn.visits));
  await app.register(codecRoutes(context));
  await app.register(bodyRoutes(context));
  await app.register(territoryRoutes(context));
  await app.register(calendarRoutes(context));
  await app.register(catalogueRoutes(context));
  await app.register(portfolioRoutes(context));
  await app.register(forecastRoutes(context));
  await app.register(brokerRoutes(context));
  await app.register(credentialRoutes(context));
  await app.register(incidentRoutes(context));
  await app.register(subjectRoutes(context));
  await app.register(erasureRoutes(context));
  await app.register(searchRoutes(context));
  await app.register(adhesionRoutes(context));
  await app.register(importRoutes(context));
  await app.register(accessRoutes(context));
  await app.register(feedRoutes(context));
  await app.register(changesRoutes(context, patience.streamMs));
  await app.register(webhookRoutes(context));
  await app.register(viewRoutes(context));
  await app.register(visitRoutes(context));
  await app.register(calendarFeedRoutes(context, signOn.visits.origin));
  await app.register(documentRoutes(context));
  await app.register(inventoryRoutes(context));
  await app.register(workOrderRoutes(context));
  await app.register(draftRoutes(context));
  await app.register(logRoutes(context));
  await app.register(campaignRoutes(context));
  await app.register(constitutionRoutes(context));
  for (const kind of [ADHESION, CAMPAIGN, CONSTITUTION]) await app.register(dossierRoutes(kind, context));
  for (const kind of [ADHESION, MIGRATION, CAMPAIGN, CONSTITUTION]) {
    await app.register(caseReads(kind, context));
    await app.register(caseWhy(kind, context));
    await app.register(caseCommands(kind, context));
    await app.register(runRoutes(kind, context));
    await app.register(textRoutes(kind, context));
    await app.register(proofRoutes(kind, context));
  }
  keepTextsComing(app, context);
  keepLearning(app, context);
  return app;
}

/** Texts that came while the database was away are stored as soon as it is back. */
function keepTextsComing(app: FastifyInstance, { whole: { texts }, log }: Context): void {
  const look = () => {
    texts.storeKept().catch((error: unknown) => {
      if (!isDatabaseAway(error)) log.error({ err: error }, 'texts kept in files could not be stored');
    });
  };
  const timer = setInterval(look, SPOOL_EVERY_MS).unref();
  app.addHook('onReady', async () => { look(); });
  app.addHook('onClose', async () => { clearInterval(timer); });
}

/** Changes of the territory that another server recorded, and cases to be joined since their day has come. */
function keepLearning(app: FastifyInstance, context: Context): void {
  const joined = new Set<string>();
  const look = () => {
    learnTerritory(context).then(() => joinDue(context, joined)).catch((error: unknown) => {
      if (!isDatabaseAway(error)) context.log.error({ err: error }, 'the territory could not be read');
    });
  };
  const timer = setInterval(look, TERRITORY_EVERY_MS).unref();
  app.addHook('onReady', async () => { look(); });
  app.addHook('onClose', async () => { clearInterval(timer); });
}
