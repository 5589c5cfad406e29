import { request as httpRequest, type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import { request as httpsRequest, type RequestOptions } from 'node:https';
import { useAgent } from 'request-filtering-agent';

export interface Outgoing {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | undefined;
  /** Permits addresses of private networks; for servers of the Agency itself. */
  readonly local: boolean;
  /** For the whole of it: a server that trickles has no longer. */
  readonly timeoutMs: number;
  /** Bytes of the answer's body that are read at most; 0: none is looked at. */
  readonly mostBytes: number;
  /** Ends it; what it was aborted with is thrown. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * UNREACHABLE: no connection, or one that broke. NOT_HTTP: something answered that is no HTTP. TLS: the certificate or the handshake.
 * ADDRESS_REFUSED: a private address that is not permitted.
 */
export type Fault = 'UNREACHABLE' | 'TIMEOUT' | 'ADDRESS_REFUSED' | 'TLS' | 'NOT_HTTP' | 'TOO_LARGE';

/** What came back; or why nothing did, and whether the server may have got the request all the same. */
export type Exchanged =
  | { readonly status: number; readonly headers: IncomingHttpHeaders; readonly body: Buffer }
  | { readonly fault: Fault; readonly sent: boolean; /** Where an answer had begun. */ readonly status: number | null };

/**
 * One request to a server that is not ours, each on a connection of its own. The address is judged as it is connected to, after the name was
 * resolved, so that a name that changes its address in between gains nothing; redirects are answers like others and are not followed.
 */
export function exchange({ method, url, headers, body, local, timeoutMs, mostBytes, signal }: Outgoing): Promise<Exchanged> {
  signal?.throwIfAborted();
  const timeout = AbortSignal.timeout(timeoutMs);
  const options: RequestOptions = {
    method,
    agent: useAgent(url, { allowPrivateIPAddress: local, allowMetaIPAddress: local }),
    signal: signal === undefined ? timeout : AbortSignal.any([signal, timeout]),
    headers: { ...headers, ...(body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) }) },
  };
  return new Promise((resolve, reject) => {
    const isSecure = url.startsWith('https:');
    let sent = false;
    let status: number | null = null;
    const fail = (error: Error) => {
      if (signal?.aborted === true) reject(signal.reason instanceof Error ? signal.reason : error);
      else resolve({ fault: timeout.aborted ? 'TIMEOUT' : faultOf(error), sent, status });
    };
    const request = (isSecure ? httpsRequest : httpRequest)(url, options, (response) => {
      status = response.statusCode ?? 0;
      const { headers: given } = response;
      if (mostBytes === 0) {
        resolve({ status, headers: given, body: Buffer.alloc(0) });
        response.destroy();
        return;
      }
      readAtMost(response, mostBytes).then((read) => {
        resolve(read === null ? { fault: 'TOO_LARGE', sent, status } : { status: status ?? 0, headers: given, body: read });
      }, fail);
    });
    request.on('socket', (socket) => { socket.once(isSecure ? 'secureConnect' : 'connect', () => { sent = true; }); });
    request.on('error', fail);
    request.end(body);
  });
}

/** The body; null when it is longer, and then no more of it is read. */
async function readAtMost(response: IncomingMessage, most: number): Promise<Buffer | null> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    // Leaving the loop destroys the stream, and with it the connection.
    if (bytes > most) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function faultOf(error: Error & { readonly code?: string }): Fault {
  if (/ is not allowed\. /.test(error.message)) return 'ADDRESS_REFUSED';
  const { code = '' } = error;
  if (code.startsWith('HPE_')) return 'NOT_HTTP';
  return /^(?:ERR_TLS|ERR_SSL|EPROTO|CERT_|CRL_|UNABLE_TO_|SELF_SIGNED|DEPTH_ZERO|HOSTNAME_MISMATCH|INVALID_CA|PATH_LENGTH|ERROR_IN_C)/.test(code) ? 'TLS' : 'UNREACHABLE';
}
