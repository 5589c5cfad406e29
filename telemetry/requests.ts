import type { IncomingHttpHeaders } from 'node:http';
import { context, propagation, ROOT_CONTEXT, SpanKind, SpanStatusCode, trace, type Context, type Span } from '@opentelemetry/api';

export interface RequestSpan {
  readonly span: Span;
  readonly context: Context;
}

const tracer = trace.getTracer('associa');

/** Opens the span of an HTTP request by its route (a template, no address), below the caller's `traceparent` if it sent one. */
export function startRequest(method: string, route: string | undefined, headers: IncomingHttpHeaders): RequestSpan {
  const parent = propagation.extract(ROOT_CONTEXT, headers);
  const span = tracer.startSpan(`${method} ${route ?? 'unknown'}`, {
    kind: SpanKind.SERVER, attributes: { 'http.request.method': method, ...(route === undefined ? {} : { 'http.route': route }) },
  }, parent);
  return { span, context: trace.setSpan(parent, span) };
}

/** Goes on within the request's span. */
export function withinRequest(request: RequestSpan | null, next: () => void): void {
  if (request === null) next();
  else context.with(request.context, next);
}

/** Ends it once; a second end is none. */
export function endRequest(request: RequestSpan | null, status: number): void {
  if (request === null || !request.span.isRecording()) return;
  request.span.setAttribute('http.response.status_code', status);
  if (status >= 500) request.span.setStatus({ code: SpanStatusCode.ERROR });
  request.span.end();
}
