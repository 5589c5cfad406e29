import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod';
import type { Logger } from 'pino';
import type { Reason } from '../../domain/shared/process.ts';
import { isDatabaseAway } from '../../db/unavailable.ts';
import { languageOf, Problem, problemBody, PROBLEM_JSON } from '../problems.ts';
import { CORRELATION_HEADER, correlationId, SECURITY_HEADERS } from './correlation.ts';

/** Every way a request can fail ends here, as problem+json; what broke inside goes to the log and nowhere else. */
export function registerErrors(app: FastifyInstance, log: Logger): void {
  app.setErrorHandler((error, request, reply) => {
    const problem = toProblem(error);
    if (problem.status >= 500 && problem.status !== 503) log.error({ err: error, correlationId: request.id, route: request.routeOptions.url }, 'request failed');
    else if (problem.status === 503) log.warn({ err: problem.options.cause ?? error, correlationId: request.id, code: problem.code }, 'request could not be served');
    return sendProblem(request, reply, problem);
  });
}

/** Answers a problem in the language of the caller. */
export function sendProblem(request: FastifyRequest, reply: FastifyReply, problem: Problem): FastifyReply {
  const language = languageOf(request.headers['accept-language']);
  return reply.code(problem.status).headers({ ...problem.options.headers, 'Content-Language': language }).type(PROBLEM_JSON)
    .send(JSON.stringify(problemBody(problem, pathOf(request.url), language)));
}

/** What could not even be read as HTTP: answered on the bare socket. */
export function answerClientError(error: Error & { code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const problem = error.code === 'HPE_HEADER_OVERFLOW' ? Problem.of('HEADERS_TOO_LARGE') : Problem.of('VALIDATION', { detail: 'Not a request by HTTP/1.1.' });
  const body = JSON.stringify(problemBody(problem, '/', 'it'));
  const headers = {
    ...SECURITY_HEADERS, [CORRELATION_HEADER]: correlationId({ headers: {} }), 'Content-Type': PROBLEM_JSON,
    'Content-Length': String(Buffer.byteLength(body)), Connection: 'close',
  };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  socket.end([`HTTP/1.1 ${problem.status} ${STATUS_CODES[problem.status] ?? ''}`, ...lines, '', body].join('\r\n'));
}

/** The path alone: queries may hold what people typed. */
export function pathOf(url: string): string {
  return url.split('?', 1)[0] ?? url;
}

const FRAMEWORK: Readonly<Record<string, () => Problem>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: () => Problem.of('PAYLOAD_TOO_LARGE'),
  FST_ERR_CTP_INVALID_MEDIA_TYPE: () => Problem.of('UNSUPPORTED_MEDIA_TYPE'),
  FST_ERR_CTP_EMPTY_JSON_BODY: () => Problem.of('MALFORMED_JSON', { detail: 'The body is empty.' }),
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: () => Problem.of('VALIDATION', { detail: 'The body has not the length that Content-Length says.' }),
  FST_ERR_BAD_URL: () => Problem.of('NOT_FOUND'),
};

function toProblem(error: unknown): Problem {
  if (error instanceof Problem) return error;
  if (hasZodFastifySchemaValidationErrors(error)) {
    const where = (error as FastifyError).validationContext ?? 'body';
    return Problem.validation(error.validation.map(({ instancePath, keyword, message }) => reason(keyword, message, `${where}${instancePath}`)));
  }
  if (isDatabaseAway(error)) return Problem.of('STORE_UNAVAILABLE', { cause: error });
  const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
  const known = FRAMEWORK[code];
  if (known !== undefined) return known();
  const status = error instanceof Error && 'statusCode' in error && typeof error.statusCode === 'number' ? error.statusCode : 500;
  return status === 400 ? Problem.of('VALIDATION') : Problem.of('INTERNAL', { cause: error });
}

function reason(keyword: string, message: string | undefined, place: string): Reason {
  const path = place.split('/').filter((part) => part !== '' && part !== 'body').join('.');
  return { code: keyword.toUpperCase(), message: message ?? 'Not valid', ...(path === '' ? {} : { path }) };
}
