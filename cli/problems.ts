import { z } from 'zod';
import { CannotRun, DoesNotHold } from './outcome.ts';
import { printable } from './text.ts';

/** What a server answered. */
export interface Answer {
  readonly status: number;
  readonly text: string;
  readonly bytes: Buffer;
  /** Undefined where the text is no JSON. */
  readonly json: unknown;
  /** Names the request in the server's log. */
  readonly correlationId: string | null;
}

export const Reason = z.object({ code: z.string(), message: z.string(), path: z.string().optional() });

const Problem = z.object({
  code: z.string().optional(),
  title: z.string(),
  detail: z.string().optional(),
  reasons: z.array(Reason).optional(),
  commandId: z.string().optional(),
});

/**
 * What an answer other than success means: a refusal (exit 1), or that nothing could be done (exit 2). `missing` is the
 * sentence for a 404 that says no more than that.
 */
export function failureOf({ status, json, correlationId }: Answer, url: string, missing?: string): DoesNotHold | CannotRun {
  const parsed = Problem.safeParse(json);
  if (!parsed.success) return new CannotRun(`${url} answers ${status} and not as an Associa does: check --url.`);
  const problem = parsed.data;
  const lines = describe(problem);
  if (status === 401) return new CannotRun(`${url} does not take this token (${problem.code ?? status}): associa token prints one of the instance that runs here.`, { json });
  if (status === 404 && (problem.detail ?? problem.title) === problem.title) return new DoesNotHold(missing ?? lines, { json });
  if (status === 500) return new CannotRun(`${lines}\nThe server's log names the cause, under correlation id ${correlationId ?? 'unknown'}.`, { json });
  if (status === 429 || status >= 500) return new CannotRun(`${lines}${again(problem)}`, { json });
  return new DoesNotHold(lines, { json });
}

/** What the command line reads of an answer. Throws CannotRun when it is not there. */
export function readAnswer<Output>(schema: z.ZodType<Output>, json: unknown): Output {
  const parsed = schema.safeParse(json);
  if (parsed.success) return parsed.data;
  throw new CannotRun('The server answers what this version of the command line does not read: use that of its own version.', { cause: parsed.error });
}

function describe({ code, title, detail, reasons = [] }: z.output<typeof Problem>): string {
  const head = `${code ?? 'REFUSED'}: ${printable(detail ?? title)}`;
  // One reason that only says the same again is not a second line.
  const [only] = reasons;
  if (reasons.length === 1 && only?.code === code && only?.message === detail && only?.path === undefined) return head;
  return [reasons.length > 0 ? `${code ?? 'REFUSED'}: ${title}` : head, ...reasons.map((reason) => reasonLine(reason, code))].join('\n');
}

/** `CODE: message (path)`, indented; without the code where the line above said it. */
export function reasonLine({ code, message, path }: z.output<typeof Reason>, said?: string): string {
  return printable(`  ${code === said ? '' : `${code}: `}${message}${path === undefined || path === '' ? '' : ` (${path})`}`);
}

function again({ code, commandId }: z.output<typeof Problem>): string {
  if (code === 'OUTCOME_UNKNOWN' && commandId !== undefined) return `\nSend the same command again with --key ${commandId}: it is done once.`;
  return '\nTry again in a moment; associa status says what is away.';
}
