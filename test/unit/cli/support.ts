import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { onTestFinished } from 'vitest';
import { run } from '../../../cli/program.ts';
import { loadConfig } from '../../../config.ts';
import { writeInstance } from '../../../embedded/instance.ts';

export interface Outcome {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs a command line in this process, with an environment and a standard input of its own. */
export async function cli(args: readonly string[], env: Readonly<Record<string, string>>, stdin = ''): Promise<Outcome> {
  let out = '';
  let err = '';
  const code = await run(args, {
    out: (content) => { out += content; },
    err: (content) => { err += content; },
    stdin: async () => stdin,
    terminal: null,
    config: () => loadConfig(env),
  });
  return { code, out, err };
}

/** The environment of a home where nothing runs. */
export function emptyHome(): { readonly ASSOCIA_HOME: string } {
  const home = mkdtempSync(join(tmpdir(), 'associa-cli-'));
  onTestFinished(() => { rmSync(home, { recursive: true, force: true }); });
  return { ASSOCIA_HOME: home };
}

/** The environment of a home whose instance says that its server is at `url`. */
export function homeOf(url: string): { readonly ASSOCIA_HOME: string } {
  const env = emptyHome();
  mkdirSync(join(env.ASSOCIA_HOME, 'keys'));
  writeInstance(env.ASSOCIA_HOME, {
    url, databaseUrl: 'postgresql://app@127.0.0.1:1/associa', databaseOwnerUrl: 'postgresql://owner@127.0.0.1:1/associa',
    temporalAddress: '127.0.0.1:1', temporalNamespace: 'associa', temporalUiUrl: null, brokerUrl: null,
    pids: { supervisor: process.pid, server: null, worker: null, postgres: null, temporal: null, broker: null },
  });
  return env;
}

export interface SeenRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface FakeServer {
  readonly url: string;
  readonly seen: SeenRequest[];
}

/** A server that answers each request with what `answer` gives, and remembers it. */
export async function fakeServer(answer: (request: SeenRequest) => readonly [status: number, body: unknown]): Promise<FakeServer> {
  const seen: SeenRequest[] = [];
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      const one = { method: request.method ?? '', url: request.url ?? '', headers: request.headers, body };
      seen.push(one);
      const [status, content] = answer(one);
      response.writeHead(status, { 'Content-Type': status < 400 ? 'application/json' : 'application/problem+json', 'X-Correlation-Id': 'corr-1' });
      response.end(typeof content === 'string' ? content : JSON.stringify(content));
    });
  });
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', () => { resolve(); }); });
  onTestFinished(() => { server.closeAllConnections(); server.close(); });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The fake server has no port');
  return { url: `http://127.0.0.1:${address.port}`, seen };
}

/** A server with a home whose instance it is. */
export async function fakeInstance(answer: (request: SeenRequest) => readonly [status: number, body: unknown]): Promise<FakeServer & { readonly env: { readonly ASSOCIA_HOME: string } }> {
  const server = await fakeServer(answer);
  return { ...server, env: homeOf(server.url) };
}
