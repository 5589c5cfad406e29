import { connect, createServer, type Server } from 'node:net';
import { errorCode } from './errors.ts';

/**
 * Below the ports that Linux gives to outgoing connections (from 32768 on): who listens on one of these some seconds after it was chosen does not
 * find that a connection has it.
 */
const LOWEST = 20_000;
const COUNT = 12_000;
const ATTEMPTS = 50;

/** Free TCP ports, all different: they are held together while they are looked for. */
export async function freePorts(count: number, host = '127.0.0.1'): Promise<number[]> {
  const servers = await Promise.all(Array.from({ length: count }, () => listenAnywhere(host)));
  const ports = servers.map(portOf);
  await Promise.all(servers.map(close));
  return ports;
}

export async function freePort(host = '127.0.0.1'): Promise<number> {
  const [port = 0] = await freePorts(1, host);
  return port;
}

/** The system's code for why a port cannot be listened on (`EADDRINUSE`, `EACCES` …); null when it can. */
export async function portProblem(port: number, host: string): Promise<string | null> {
  try {
    await close(await listen(port, host));
    return null;
  } catch (error) {
    return errorCode(error);
  }
}

/** Whether something listens there now. */
export function accepts(port: number, host = '127.0.0.1'): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host, timeout: 1000 });
    const end = (isOpen: boolean): void => {
      socket.destroy();
      resolve(isOpen);
    };
    socket.once('connect', () => end(true));
    socket.once('error', () => end(false));
    socket.once('timeout', () => end(false));
  });
}

async function listenAnywhere(host: string): Promise<Server> {
  for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
    const server = await listen(LOWEST + Math.floor(Math.random() * COUNT), host).catch(() => null);
    if (server !== null) return server;
  }
  return listen(0, host);
}

function listen(port: number, host: string): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(port, host, () => resolve(server));
  });
}

function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('a TCP server without a port');
  return address.port;
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => server.close(() => resolve()));
}
