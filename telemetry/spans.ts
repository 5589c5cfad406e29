import { context, propagation, ROOT_CONTEXT, SpanKind, SpanStatusCode, trace, type Attributes, type Span } from '@opentelemetry/api';

/** What has no tracer behind it (no OTEL_EXPORTER_OTLP_ENDPOINT) costs nothing: the API of OpenTelemetry does nothing then. */
const tracer = trace.getTracer('associa');

export interface SpanSpec {
  readonly name: string;
  readonly kind?: 'client' | 'internal' | undefined;
  /** Names of things and codes only: never a text, a person or a parameter of a statement. */
  readonly attributes?: Attributes | undefined;
}

/** Runs `work` as a span below the one that is open; what it throws marks the span, without its message. */
export function inSpan<T>({ name, kind, attributes = {} }: SpanSpec, work: (span: Span) => Promise<T>): Promise<T> {
  return tracer.startActiveSpan(name, { kind: kind === 'client' ? SpanKind.CLIENT : SpanKind.INTERNAL, attributes }, async (span) => {
    try {
      return await work(span);
    } catch (error) {
      span.setStatus({ code: SpanStatusCode.ERROR });
      if (error instanceof Error) span.setAttribute('error.type', error.name);
      throw error;
    } finally {
      span.end();
    }
  });
}

/** How a statement of SQL is shown: its text has `$1` where the parameters go, and so nothing of a case. */
export function statement(sql: string): SpanSpec {
  const verb = /\b(insert|update|delete|select|begin|commit|rollback|set)\b/i.exec(sql)?.[1]?.toUpperCase() ?? 'SQL';
  return { name: verb, kind: 'client', attributes: { 'db.system.name': 'postgresql', 'db.operation.name': verb, 'db.query.text': sql } };
}

/** A statement that has just ended after so many milliseconds, as a span below the one that is open. */
export function recordStatement(sql: string, milliseconds: number, failed: boolean): void {
  if (trace.getActiveSpan()?.isRecording() !== true) return;
  const { name, attributes = {} } = statement(sql);
  const endTime = Date.now();
  const span = tracer.startSpan(name, { kind: SpanKind.CLIENT, startTime: endTime - milliseconds, attributes });
  if (failed) span.setStatus({ code: SpanStatusCode.ERROR });
  span.end(endTime);
}

/** The open span as a W3C traceparent, to go with a command; undefined when nothing is traced. */
export function traceparent(): string | undefined {
  if (trace.getActiveSpan()?.isRecording() !== true) return undefined;
  const carrier: { traceparent?: string } = {};
  propagation.inject(context.active(), carrier);
  return carrier.traceparent;
}

/** Runs `work` below the span that a traceparent names, wherever that was opened. */
export function below<T>(parent: string | undefined, work: () => Promise<T>): Promise<T> {
  if (parent === undefined) return work();
  return context.with(propagation.extract(ROOT_CONTEXT, { traceparent: parent }), work);
}
