import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import type { SecurityLog } from '../auth/security-log.ts';
import { Problem, problemBody, PROBLEM_JSON } from '../problems.ts';
import { CORRELATION_HEADER, correlationId } from './correlation.ts';
import { answerLanguage } from './language.ts';
import { pathOf, type FindMissing } from './methods.ts';
import { problemOf } from './problem-of.ts';
import { BARE_HEADERS } from './security.ts';

/** Answers a person who came by browser with a page; undefined for a program. */
export type AnswerPage = (request: FastifyRequest, reply: FastifyReply, problem: Problem) => Promise<FastifyReply | undefined>;

/** Every way a request can fail ends here, as problem+json or, for people, as a page; what broke inside goes to the log and nowhere else. */
export function registerErrors(app: FastifyInstance, log: Logger, answerPage: AnswerPage): void {
  app.setErrorHandler(async (error, request, reply) => {
    const problem = problemOf(error);
    if (problem.status >= 500 && problem.status !== 503) log.error({ err: error, correlationId: request.id, route: request.routeOptions.url }, 'request failed');
    else if (problem.status === 503) log.warn({ err: problem.options.cause ?? error, correlationId: request.id, code: problem.code }, 'request could not be served');
    return await answerPage(request, reply, problem) ?? sendProblem(request, reply, problem);
  });
}

/** Answers a problem in the language of the caller. */
export function sendProblem(request: FastifyRequest, reply: FastifyReply, problem: Problem): FastifyReply {
  const language = answerLanguage(request, reply);
  return reply.code(problem.status).headers({ ...problem.options.headers }).type(PROBLEM_JSON)
    .send(JSON.stringify(problemBody(problem, pathOf(request.url), language)));
}

/** A request that no route can be looked up for: before any hook, so the headers of every answer are set here. */
export function badUrls(security: SecurityLog) {
  return (_error: unknown, request: FastifyRequest, reply: FastifyReply): void => {
    const problem = Problem.of('NOT_FOUND');
    security.unreadable(problem, request.id, request.ip);
    void sendProblem(request, reply.headers({ ...BARE_HEADERS, [CORRELATION_HEADER]: request.id }), problem);
  };
}

interface ClientError extends Error {
  readonly code?: string;
  /** Fastify's types say what it looks like as JSON; it is a Buffer. */
  readonly rawPacket?: unknown;
}

/** What the parser could not read as HTTP is answered on the bare socket; a method it never heard of as any other wrong one. */
export function clientErrors(findMissing: FindMissing, security: SecurityLog) {
  return (error: ClientError, socket: Socket): void => {
    if (error.code === 'ECONNRESET' || !socket.writable) {
      socket.destroy();
      return;
    }
    const problem = problemOfPacket(error, findMissing);
    const body = JSON.stringify(problemBody(problem, '/', 'it'));
    const id = correlationId({ headers: {} });
    security.unreadable(problem, id, socket.remoteAddress);
    const headers = {
      ...BARE_HEADERS, ...problem.options.headers, [CORRELATION_HEADER]: id, 'Content-Type': PROBLEM_JSON,
      'Content-Length': String(Buffer.byteLength(body)), Connection: 'close',
    };
    const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
    socket.end([`HTTP/1.1 ${problem.status} ${STATUS_CODES[problem.status] ?? ''}`, ...lines, '', body].join('\r\n'));
  };
}

function problemOfPacket({ code, rawPacket }: ClientError, findMissing: FindMissing): Problem {
  if (code === 'HPE_HEADER_OVERFLOW') return Problem.of('HEADERS_TOO_LARGE');
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') return Problem.of('REQUEST_TIMEOUT');
  const [, method, path] = /^([A-Z]+) (\/[^ ?]*)[^ ]* HTTP\/1/.exec(Buffer.isBuffer(rawPacket) ? rawPacket.subarray(0, 2_000).toString('latin1') : '') ?? [];
  const missing = code === 'HPE_INVALID_METHOD' && method !== undefined && path !== undefined ? findMissing(path, method) : undefined;
  return missing ?? Problem.of('VALIDATION', { detail: { it: 'Non è una richiesta HTTP/1.1.', en: 'Not a request by HTTP/1.1.' } });
}
