import { setTimeout as sleep } from 'node:timers/promises';
import { errorText, StartupError } from './errors.ts';
import { freePort, portProblem } from './ports.ts';
import type { Service } from './service.ts';

const PATIENCE_MS = 120_000;
/** A program that died this often before it was ready will not get there. */
const DEATHS = 3;

/** The port the server will listen on: the one that was asked for, looked at first, or any free one. */
export async function choosePort(port: number, host: string): Promise<number> {
  if (port === 0) return freePort(host);
  const problem = await portProblem(port, host);
  if (problem === null) return port;
  if (problem === 'EADDRINUSE') {
    throw new StartupError(`PORT ${port} is taken on ${host}: stop what uses it, or choose another with PORT (0 means any free one).`);
  }
  throw new StartupError(`PORT ${port} on HOST ${host} cannot be listened on (${problem}): choose others with PORT and HOST.`);
}

/** The address of the server for who is on this machine. */
export function serverUrl(host: string, port: number): string {
  const reachable = { '0.0.0.0': '127.0.0.1', '::': '[::1]' }[host] ?? (host.includes(':') ? `[${host}]` : host);
  return `http://${reachable}:${port}`;
}

/** Waits until `GET /status` answers 200, or until it is plain that it never will. */
export async function untilReady(
  url: string,
  services: readonly Service[],
  lastWords: (service: string) => string,
  signal: AbortSignal,
): Promise<void> {
  const deadline = Date.now() + PATIENCE_MS;
  let answer = 'no answer';
  while (Date.now() < deadline && !signal.aborted) {
    const dying = services.find((service) => service.restarts() >= DEATHS);
    if (dying) throw new StartupError(`The ${dying.name} does not stay up: ${lastWords(dying.name)}`);
    answer = await status(url);
    if (answer === '200') return;
    await sleep(150, undefined, { signal }).catch(() => undefined);
  }
  signal.throwIfAborted();
  throw new StartupError(`The server is not ready after ${PATIENCE_MS / 1000} s (${url}/status: ${answer}): ${lastWords('server')}`);
}

async function status(url: string): Promise<string> {
  try {
    const response = await fetch(`${url}/status`, { signal: AbortSignal.timeout(5000) });
    const body = await response.text();
    return response.status === 200 ? '200' : `${response.status} ${body.slice(0, 300)}`;
  } catch (error) {
    return errorText(error);
  }
}
