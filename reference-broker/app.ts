import { createHash, timingSafeEqual } from 'node:crypto';
import Fastify, { type FastifyBaseLogger, type FastifyError, type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import type { Answer } from './answer.ts';
import type { Bindings } from './bindings.ts';
import type { Catalogue } from './catalogue.ts';
import { dashboardRoute } from './dashboard.ts';
import { badRequest, BrokerError } from './errors.ts';
import type { Faults, Request } from './faults.ts';
import { RETRY_AFTER_S, type Instances } from './instances.ts';
import type { Ledger } from './ledger.ts';
import { Async, BindBody, BindingId, DeleteQuery, Hints, InstanceId, OriginatingIdentity, parse, PollQuery, ProvisionBody, UpdateBody } from './wire.ts';

export interface AppOptions {
  readonly catalogue: Catalogue;
  readonly instances: Instances;
  readonly bindings: Bindings;
  readonly faults: Faults;
  readonly ledger: Ledger;
  readonly username: string;
  readonly password: string;
  readonly log: FastifyBaseLogger;
}

const BODY_LIMIT = 256 * 1024;
/** Identifiers are 500 characters at most, each of which may be written as nine. */
const PARAM_LIMIT = 4_500;
const VERSION = /^(\d{1,4})\.(\d{1,4})$/;
/** Older ones had no way to fetch or to bind asynchronously. */
const OLDEST_MINOR = 13;

/** The broker's interface: the Open Service Broker API 2.17, and nothing else. */
export function buildApp(options: AppOptions): FastifyInstance {
  const { faults, log } = options;
  const app: FastifyInstance = Fastify({
    loggerInstance: log, disableRequestLogging: true, bodyLimit: BODY_LIMIT, routerOptions: { maxParamLength: PARAM_LIMIT },
    // A path that cannot be decoded.
    frameworkErrors: (error, request, reply) => { refuse(error, request, reply); },
  });
  app.setErrorHandler<FastifyError>((error, request, reply) => { refuse(error, request, reply); });
  app.setNotFoundHandler((_request, reply) => reply.code(404).send({ error: 'NotFound', description: 'There is no such resource in the Open Service Broker API.' }));
  const isAllowed = basicAuthentication(options.username, options.password);
  app.addHook('onRequest', async (request, reply) => {
    const identity = request.headers['x-broker-api-request-identity'];
    if (typeof identity === 'string' && identity !== '') reply.header('X-Broker-API-Request-Identity', identity);
    if (!isAllowed(request.headers.authorization)) {
      reply.header('WWW-Authenticate', 'Basic realm="broker"');
      throw new BrokerError(401, 'Unauthorized', 'Authentication by user name and password is required.');
    }
    // A browser at a dashboard knows nothing of versions.
    if (!request.url.startsWith('/dashboard/')) checkVersion(request.headers['x-broker-api-version']);
    const originating = request.headers['x-broker-api-originating-identity'];
    if (originating !== undefined && !OriginatingIdentity.safeParse(originating).success) throw badRequest('X-Broker-API-Originating-Identity is not a platform and a JSON object in Base64.');
  });

  const answering = (name: Request, handle: (request: FastifyRequest) => Promise<Answer>) => async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    if (await faults.before(name, reply)) return reply;
    const { status, body } = await handle(request);
    reply.code(status);
    if (name === 'poll' && 'state' in body && body.state === 'in progress') reply.header('Retry-After', String(RETRY_AFTER_S));
    if (await faults.after(name, reply)) return reply;
    return reply.send(body);
  };
  catalogueRoute(app, options);
  instanceRoutes(app, options, answering);
  bindingRoutes(app, options, answering);
  dashboardRoute(app, options.ledger);
  return app;
}

type Answering = (name: Request, handle: (request: FastifyRequest) => Promise<Answer>) => (request: FastifyRequest, reply: FastifyReply) => Promise<FastifyReply>;

function catalogueRoute(app: FastifyInstance, { catalogue, faults }: AppOptions): void {
  app.get('/v2/catalog', async (request, reply) => {
    if (await faults.before('catalogue', reply)) return reply;
    reply.header('ETag', catalogue.etag);
    if (await faults.after('catalogue', reply)) return reply;
    const known = (request.headers['if-none-match'] ?? '').split(',').map((tag) => tag.trim().replace(/^W\//, ''));
    if (known.includes(catalogue.etag) || known.includes('*')) return reply.code(304).send();
    return reply.type('application/json').send(catalogue.body);
  });
}

function instanceRoutes(app: FastifyInstance, { instances }: AppOptions, answering: Answering): void {
  const path = '/v2/service_instances/:instance';
  const idOf = ({ params }: FastifyRequest): string => parse(InstanceId, params).instance;
  app.put(path, answering('provision', async (request) => instances.provision(idOf(request), parse(ProvisionBody, request.body), isAsync(request))));
  app.get(path, { exposeHeadRoute: false }, answering('fetch', async (request) => {
    parse(Hints, request.query);
    return instances.fetch(idOf(request));
  }));
  app.patch(path, answering('update', async (request) => instances.update(idOf(request), parse(UpdateBody, request.body), isAsync(request))));
  app.delete(path, answering('deprovision', async (request) => instances.deprovision(idOf(request), parse(DeleteQuery, request.query), isAsync(request))));
  app.get(`${path}/last_operation`, { exposeHeadRoute: false }, answering('poll', async (request) => instances.lastOperation(idOf(request), null, parse(PollQuery, request.query).operation)));
}

function bindingRoutes(app: FastifyInstance, { instances, bindings }: AppOptions, answering: Answering): void {
  const path = '/v2/service_instances/:instance/service_bindings/:binding';
  const idsOf = ({ params }: FastifyRequest): [string, string] => {
    const { instance, binding } = parse(BindingId, params);
    return [instance, binding];
  };
  app.put(path, answering('bind', async (request) => bindings.bind(...idsOf(request), parse(BindBody, request.body), isAsync(request))));
  app.get(path, { exposeHeadRoute: false }, answering('fetch', async (request) => {
    parse(Hints, request.query);
    return bindings.fetch(...idsOf(request));
  }));
  app.delete(path, answering('unbind', async (request) => bindings.unbind(...idsOf(request), parse(DeleteQuery, request.query), isAsync(request))));
  app.get(`${path}/last_operation`, { exposeHeadRoute: false }, answering('poll', async (request) => instances.lastOperation(...idsOf(request), parse(PollQuery, request.query).operation)));
}

function isAsync({ query }: FastifyRequest): boolean {
  return parse(Async, query).accepts_incomplete === 'true';
}

/** Compared by digests: neither where a guess is wrong nor how long the password is can be told from the time it takes. */
function basicAuthentication(username: string, password: string): (header: string | undefined) => boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  const expected = digest(`${username}:${password}`);
  return (header) => {
    const [, given] = /^Basic ([A-Za-z0-9+/=]{1,2000})$/i.exec(header ?? '') ?? [];
    return given !== undefined && timingSafeEqual(digest(Buffer.from(given, 'base64').toString('utf8')), expected);
  };
}

/** Section API Version Header: 400 without one, 412 for one that this broker does not speak. */
function checkVersion(header: string | string[] | undefined): void {
  if (header === undefined || header === '') throw badRequest('The header X-Broker-API-Version is required; this broker speaks 2.17.');
  const [, major, minor] = VERSION.exec(String(header)) ?? [];
  if (Number(major) === 2 && Number(minor) >= OLDEST_MINOR) return;
  throw new BrokerError(412, 'PreconditionFailed', `This broker speaks version 2.17 of the Open Service Broker API, and those from 2.${OLDEST_MINOR} on.`);
}

function refuse(error: unknown, request: FastifyRequest, reply: FastifyReply): void {
  const known = error instanceof BrokerError ? error : fromFramework(error);
  if (known === null) request.log.error({ err: error }, 'request failed');
  const { status, error: code, message, flags } = known ?? new BrokerError(500, 'InternalError', 'This broker could not answer; its operators know why.');
  reply.code(status).send({ error: code, description: message, ...flags });
}

/** What Fastify refuses before a route sees it: no JSON, another type, too large. */
function fromFramework(error: unknown): BrokerError | null {
  if (!(error instanceof Error) || !('statusCode' in error)) return null;
  if (error.statusCode === 413) return new BrokerError(413, 'PayloadTooLarge', `A body has ${BODY_LIMIT} bytes at most.`);
  const isClients = typeof error.statusCode === 'number' && error.statusCode >= 400 && error.statusCode < 500;
  return isClients ? badRequest(error.message) : null;
}
