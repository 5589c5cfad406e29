import { rename, rm, writeFile } from 'node:fs/promises';
import { z } from 'zod';
import type { CallerRole } from '../api/auth/tokens.ts';
import type { Config } from '../config.ts';
import type { Language } from '../domain/shared/bilingual.ts';
import { readInstance, type Instance } from '../embedded/instance.ts';
import { runningInstance } from './backends.ts';
import type { Io } from './io.ts';
import { CannotRun, isFailure } from './outcome.ts';
import type { GlobalOptions } from './options.ts';
import { failureOf, readAnswer, type Answer } from './problems.ts';
import { embeddedToken } from './tokens.ts';

/** A command has ten seconds at the server; this is for networks. */
const TIMEOUT_MS = 30_000;

export interface Call {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly path: string;
  readonly query?: Readonly<Record<string, string | number | boolean | undefined>> | undefined;
  /** JSON text; or bytes, whose type the headers say. */
  readonly body?: string | Uint8Array<ArrayBuffer> | undefined;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** Whose token is issued when none is given; `public`: none is sent. Default: operator. */
  readonly role?: CallerRole | 'public' | undefined;
  /** The body whose case this is about, for a member's token. */
  readonly caseBody?: string | undefined;
  /** For an answer that is long in coming. */
  readonly timeoutMs?: number | undefined;
  /** The sentence for a 404. */
  readonly missing?: string | undefined;
}

/** The server of the running instance, or the one that `--url` names. */
export class Server {
  readonly url: string;
  /** Of what people read. */
  readonly language: Language;
  readonly instance: Instance | null;
  private readonly config: Config;
  private readonly options: GlobalOptions;

  /** Throws CannotRun when there is none. */
  constructor(io: Io, options: GlobalOptions) {
    this.config = io.config();
    this.options = options;
    this.language = options.lang ?? this.config.language;
    this.instance = options.url === undefined ? runningInstance(this.config, 'give --url and --token') : ownInstance(this.config, options.url);
    this.url = (options.url ?? this.instance?.url ?? '').replace(/\/$/, '');
  }

  /** Calls and reads the answer by a schema. Throws DoesNotHold or CannotRun for all but success. */
  async call<Output>(call: Call, schema: z.ZodType<Output>): Promise<Output> {
    return readAnswer(schema, (await this.send(call)).json);
  }

  /** Calls and gives the answer as it is. Throws DoesNotHold or CannotRun for all but success. */
  async send(call: Call): Promise<Answer> {
    const answer = await this.ask(call);
    if (answer.status >= 200 && answer.status < 300) return answer;
    throw failureOf(answer, this.url, call.missing);
  }

  /** Calls and writes the answer to a file, which is there when it is whole. Throws DoesNotHold or CannotRun for all but success. */
  async download(call: Call, file: string): Promise<void> {
    await this.fetched(call, async (response) => {
      if (!response.ok || response.body === null) throw failureOf(await answerOf(response), this.url, call.missing);
      const unfinished = `${file}.${process.pid}`;
      try {
        await writeFile(unfinished, response.body);
        await rename(unfinished, file);
      } catch (cause) {
        await rm(unfinished, { force: true });
        throw isFileError(cause) ? new CannotRun(`The file ${file} can't be written: ${cause.message}.`, { cause }) : cause;
      }
    });
  }

  /** Calls and hears the answer line by line, as it comes. Throws DoesNotHold or CannotRun for all but success. */
  async follow(call: Call, hear: (line: unknown) => void): Promise<void> {
    await this.fetched(call, async (response) => {
      if (!response.ok || response.body === null) throw failureOf(await answerOf(response), this.url, call.missing);
      let left = '';
      for await (const part of response.body.pipeThrough(new TextDecoderStream())) {
        const lines = `${left}${part}`.split('\n');
        left = lines.pop() ?? '';
        for (const line of lines) hear(JSON.parse(line));
      }
    });
  }

  /** Calls and gives the answer, whatever its status. Throws CannotRun when there is none. */
  async ask(call: Call): Promise<Answer> {
    return this.fetched(call, answerOf);
  }

  private async fetched<T>(call: Call, read: (response: Response) => Promise<T>): Promise<T> {
    const token = await this.tokenFor(call);
    const target = new URL(`${this.url}${call.path}`);
    for (const [name, value] of Object.entries(call.query ?? {})) {
      if (value !== undefined) target.searchParams.set(name, String(value));
    }
    try {
      const response = await fetch(target, {
        method: call.method ?? 'GET',
        headers: {
          'Accept-Language': this.language,
          ...(token === undefined ? {} : { Authorization: `Bearer ${token}` }),
          ...(call.body === undefined ? {} : { 'Content-Type': 'application/json' }),
          ...call.headers,
        },
        ...(call.body === undefined ? {} : { body: call.body }),
        redirect: 'error',
        signal: AbortSignal.timeout(call.timeoutMs ?? TIMEOUT_MS),
      });
      return await read(response);
    } catch (cause) {
      if (isFailure(cause)) throw cause;
      const right = this.options.url === undefined ? `the instance of ${this.config.home} does not run any more, start it with npm start` : 'check --url';
      throw new CannotRun(`No answer from ${this.url} (${reasonOf(cause)}): ${right}.`, { cause });
    }
  }

  private async tokenFor({ role = 'operator', caseBody }: Call): Promise<string | undefined> {
    const { token, as, body } = this.options;
    if (token !== undefined && as !== undefined) throw new CannotRun('--token says already who calls: leave --as out.');
    if (role === 'public') return undefined;
    if (token !== undefined) return token;
    if (this.instance === null) throw new CannotRun(`Give --token with --url: ${this.url} is not the instance running in ${this.config.home}.`);
    return embeddedToken(this.config, this.instance, { role: as ?? role, body: body ?? caseBody });
  }
}

/** All items of a list, page by page, up to a number of them. */
export async function listAll<Item>(server: Server, call: Call, item: z.ZodType<Item>, limit: number): Promise<{ items: Item[]; nextCursor: string | null }> {
  const page: z.ZodType<{ items: Item[]; nextCursor: string | null }> = z.object({ items: z.array(item), nextCursor: z.string().nullable() });
  const items: Item[] = [];
  let cursor: string | undefined;
  for (;;) {
    const query = { ...call.query, limit: Math.min(100, limit - items.length), cursor };
    const { items: more, nextCursor } = await server.call({ ...call, query }, page);
    items.push(...more);
    if (nextCursor === null || items.length >= limit) return { items, nextCursor };
    cursor = nextCursor;
  }
}

/** The instance of this home when `--url` names it: its keys are then the right ones. */
function ownInstance(config: Config, url: string): Instance | null {
  const instance = readInstance(config.home);
  return instance !== null && new URL(instance.url).origin === new URL(url).origin ? instance : null;
}

async function answerOf(response: Response): Promise<Answer> {
  const bytes = Buffer.from(await response.arrayBuffer());
  const text = bytes.toString('utf8');
  return { status: response.status, text, bytes, json: parse(text), correlationId: response.headers.get('x-correlation-id') };
}

function isFileError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'syscall' in error && 'path' in error;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The fetch of Node says `fetch failed` and keeps the reason in the cause. */
function reasonOf(error: unknown): string {
  const cause = error instanceof Error && error.cause !== undefined ? error.cause : error;
  if (cause instanceof AggregateError) return reasonOf(cause.errors[0]);
  return cause instanceof Error ? cause.message : String(cause);
}
