import Fastify, { type FastifyInstance } from 'fastify';
import { validatorCompiler, type ZodTypeProvider } from 'fastify-type-provider-zod';
import type { Logger } from 'pino';
import type { Db } from '../db/client.ts';
import { isDatabaseAway } from '../db/unavailable.ts';
import { Documents } from '../db/vault/documents.ts';
import { Register } from '../db/vault/register.ts';
import { Spool } from '../db/vault/spool.ts';
import { Subjects } from '../db/vault/subjects.ts';
import { Texts } from '../db/vault/texts.ts';
import { Vault } from '../db/vault/vault.ts';
import { registerAccess } from './auth/hook.ts';
import type { Keys } from './auth/keys.ts';
import { DEFAULT_AUDIENCE } from './auth/tokens.ts';
import { embeddedVerifier, externalVerifier } from './auth/verify.ts';
import { loadBodies, type Bodies } from './bodies.ts';
import { CommandWay } from './cases/command-way.ts';
import { ADHESION, MIGRATION } from './cases/kinds.ts';
import type { Context } from './context.ts';
import { registerCodecOrigin } from './http/codec-origin.ts';
import { CORRELATION_HEADER, correlationId, SECURITY_HEADERS } from './http/correlation.ts';
import { answerBadUrl, clientErrors, registerErrors } from './http/errors.ts';
import { parseJson } from './http/json.ts';
import { registerRequestLog } from './http/log.ts';
import { refuseNul, registerNotFound, type FindMissing } from './http/methods.ts';
import { registerRateLimit } from './http/rate-limit.ts';
import { registerOpenapi } from './openapi/document.ts';
import type { EnginePort, RunsPort } from './ports.ts';
import { adhesionRoutes } from './routes/adhesions.ts';
import { bodyRoutes } from './routes/bodies.ts';
import { calendarRoutes } from './routes/calendar.ts';
import { caseCommands } from './routes/case-commands.ts';
import { caseReads } from './routes/case-reads.ts';
import { catalogueRoutes } from './routes/catalogue.ts';
import { codecRoutes } from './routes/codec.ts';
import { documentRoutes } from './routes/documents.ts';
import { inventoryRoutes } from './routes/inventories.ts';
import { openapiRoutes } from './routes/openapi.ts';
import { runRoutes } from './routes/runs.ts';
import { statusRoutes } from './routes/status.ts';
import { subjectRoutes } from './routes/subjects.ts';
import { textRoutes } from './routes/texts.ts';
import { wellKnownRoutes } from './routes/well-known.ts';

export interface AppOptions {
  readonly db: Db;
  readonly engine: EnginePort;
  readonly runs: RunsPort;
  /** From `openKeys`; the vault's keys stand in the same folder. */
  readonly keys: Keys;
  readonly log: Logger;
  /** An issuer elsewhere; null or absent: the embedded one. */
  readonly oidcIssuer?: string | null | undefined;
  readonly audience?: string | undefined;
  /** 0 or absent: no limit. */
  readonly rateLimitPerMinute?: number | undefined;
  /** Temporal's console, whose pages may call the codec; null or absent: none. */
  readonly temporalUiUrl?: string | null | undefined;
  /** Address of this server once it listens. */
  readonly ownUrl?: (() => string | undefined) | undefined;
  readonly bodies?: Bodies | undefined;
}

export const API_VERSION = '0.1.0';
const MAX_BODY_BYTES = 1024 * 1024;
const REQUEST_TIMEOUT_MS = 60_000;
const SPOOL_EVERY_MS = 5_000;

/** The HTTP interface; it listens nowhere until told. Closing it closes neither the database nor the engine. */
export async function buildApp(options: AppOptions): Promise<FastifyInstance> {
  const { keys, log, ownUrl = () => undefined } = options;
  const context = makeContext(options);
  let findMissing: FindMissing = () => undefined;
  const app = Fastify({
    logger: false,
    genReqId: correlationId,
    bodyLimit: MAX_BODY_BYTES,
    requestTimeout: REQUEST_TIMEOUT_MS,
    forceCloseConnections: 'idle',
    routerOptions: { maxParamLength: 400 },
    frameworkErrors: answerBadUrl,
    clientErrorHandler: clientErrors((path, method) => findMissing(path, method)),
  }).withTypeProvider<ZodTypeProvider>();
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(() => (data) => JSON.stringify(data));
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, async (_request: unknown, body: Buffer) => parseJson(body));

  app.addHook('onRequest', async (request, reply) => {
    reply.headers({ ...SECURITY_HEADERS, [CORRELATION_HEADER]: request.id });
  });
  registerErrors(app, log);
  registerCodecOrigin(app, options.temporalUiUrl ?? null);
  findMissing = registerNotFound(app);
  registerRequestLog(app, log);
  const audience = options.audience ?? DEFAULT_AUDIENCE;
  const issuer = options.oidcIssuer ?? null;
  registerAccess(app, issuer === null ? embeddedVerifier(keys, audience, ownUrl) : externalVerifier(keys, issuer, audience));
  app.addHook('onRequest', async (request) => { refuseNul(request); });
  registerRateLimit(app, options.rateLimitPerMinute ?? 0);

  await registerOpenapi(app, API_VERSION);
  await app.register(statusRoutes(context));
  await app.register(openapiRoutes());
  if (issuer === null) await app.register(wellKnownRoutes(keys, ownUrl));
  await app.register(codecRoutes(context));
  await app.register(bodyRoutes(context));
  await app.register(calendarRoutes(context));
  await app.register(catalogueRoutes());
  await app.register(subjectRoutes(context));
  await app.register(adhesionRoutes(context));
  await app.register(documentRoutes(context));
  await app.register(inventoryRoutes(context));
  for (const kind of [ADHESION, MIGRATION]) {
    await app.register(caseReads(kind, context));
    await app.register(caseCommands(kind, context));
    await app.register(runRoutes(kind, context));
    await app.register(textRoutes(kind, context));
  }
  keepTextsComing(app, context);
  return app;
}

/** Texts that came while the database was away are stored as soon as it is back. */
function keepTextsComing(app: FastifyInstance, { texts, log }: Context): void {
  const look = () => {
    texts.storeKept().catch((error: unknown) => {
      if (!isDatabaseAway(error)) log.error({ err: error }, 'texts kept in files could not be stored');
    });
  };
  const timer = setInterval(look, SPOOL_EVERY_MS).unref();
  app.addHook('onReady', async () => { look(); });
  app.addHook('onClose', async () => { clearInterval(timer); });
}

function makeContext({ db, engine, runs, keys, log, bodies = loadBodies() }: AppOptions): Context {
  const vault = new Vault(keys.folder);
  const register = new Register(db);
  const texts = new Texts(db, vault, register, new Spool(keys.folder));
  return {
    db, engine, runs, keys, bodies, texts, log,
    subjects: new Subjects(db, vault, register),
    documents: new Documents(db, vault, register),
    way: new CommandWay({ db, engine, texts, keys, log }),
  };
}
