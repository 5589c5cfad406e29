import http2 from 'node:http2';
import { Connection, isGrpcServiceError } from '@temporalio/client';
import type { TemporalAddress } from './connect.ts';

const PATIENCE_MS = 5_000;
const UNAUTHENTICATED = new Set([7, 16]);

/**
 * Why a Temporal that was given is not reached, as a sentence that begins with the variable to look at; undefined when
 * nothing more is known than that it does not answer. The clients themselves say "deadline" to most of it.
 */
export async function diagnoseTemporal(options: TemporalAddress): Promise<string | undefined> {
  const { address } = options;
  const own = typeof options.tls === 'object' && options.tls !== null ? options.tls : undefined;
  if (own === undefined) {
    const speaksTls = (await handshake(address, { rejectUnauthorized: false })).secured;
    return speaksTls ? `TEMPORAL_TLS_CA: ${address} speaks TLS only: set it, or TEMPORAL_API_KEY, or TEMPORAL_TLS_CERT with TEMPORAL_TLS_KEY` : undefined;
  }
  const { serverRootCACertificate: ca, clientCertPair: pair } = own;
  const { secured, ready, error } = await handshake(address, {
    ...(ca === undefined ? {} : { ca: Buffer.from(ca) }), ...(pair === undefined ? {} : { cert: Buffer.from(pair.crt), key: Buffer.from(pair.key) }),
  });
  if (ready) return refusal(options);
  if (secured) return `TEMPORAL_TLS_CERT: ${address} ${pair === undefined ? 'asks for a client certificate: set it with TEMPORAL_TLS_KEY' : 'does not take this client certificate'}`;
  const code = codeOf(error);
  if (isAboutTrust(code)) return `TEMPORAL_TLS_CA: the certificate of ${address} is not of ${ca === undefined ? 'an authority this machine trusts: set the file of its authority' : 'this authority'} (${code})`;
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID') return `TEMPORAL_ADDRESS: the certificate of ${address} is for another name`;
  if (code === 'ERR_SSL_WRONG_VERSION_NUMBER' || code === 'ERR_SSL_PACKET_LENGTH_TOO_LONG') return `TEMPORAL_ADDRESS: ${address} speaks no TLS, and TLS or an API key is set`;
  return undefined;
}

interface Handshake {
  /** TLS stands: the server's certificate was taken. */
  readonly secured: boolean;
  /** HTTP/2 stands: the server took ours too. */
  readonly ready: boolean;
  readonly error: unknown;
}

/** A client certificate is refused after the handshake: only the first frame of HTTP/2 tells that all is well. */
function handshake(address: string, options: http2.SecureClientSessionOptions): Promise<Handshake> {
  return new Promise((resolve) => {
    let secured = false;
    const session = http2.connect(`https://${address}`, options);
    const end = (ready: boolean, error?: unknown): void => {
      clearTimeout(late);
      resolve({ secured, ready, error });
      session.destroy();
    };
    const late = setTimeout(() => { end(false); }, PATIENCE_MS);
    session.on('connect', () => { secured = true; });
    session.on('remoteSettings', () => { end(true); });
    session.on('error', (error) => { end(false, error); });
    session.on('close', () => { end(false); });
  });
}

/** What a server that is reached has against the caller. */
async function refusal(options: TemporalAddress): Promise<string | undefined> {
  try {
    const connection = await Connection.connect({ ...options, connectTimeout: PATIENCE_MS });
    await connection.close();
    return undefined;
  } catch (error) {
    const cause = error instanceof Error ? error.cause : undefined;
    if (![error, cause].some((one) => isGrpcServiceError(one) && UNAUTHENTICATED.has(one.code))) return undefined;
    return `TEMPORAL_API_KEY: ${options.address} ${options.apiKey === undefined ? 'asks for an API key' : 'does not take this API key'}`;
  }
}

function isAboutTrust(code: string): boolean {
  return /^(?:UNABLE_TO_|SELF_SIGNED_CERT|DEPTH_ZERO_SELF_SIGNED_CERT|CERT_)/.test(code);
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
}
