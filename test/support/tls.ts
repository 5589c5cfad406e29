import { execFileSync } from 'node:child_process';
import { writeFileSync, readFileSync } from 'node:fs';
import http2 from 'node:http2';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';

export interface Certificates {
  /** Paths of PEM files. */
  readonly ca: string;
  readonly cert: string;
  readonly key: string;
}

/** A certificate authority of its own in a folder, and one certificate of it, for 127.0.0.1 and for a client. */
export function makeCertificates(folder: string, name: string): Certificates {
  const path = (file: string) => join(folder, `${name}-${file}`);
  const openssl = (...args: string[]) => execFileSync('openssl', args, { stdio: 'pipe' });
  const [ca, caKey, cert, key, request, extensions] = ['ca.pem', 'ca.key', 'cert.pem', 'cert.key', 'cert.csr', 'extensions'].map(path) as [string, string, string, string, string, string];
  const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];
  openssl('req', '-x509', ...newKey, '-keyout', caKey, '-out', ca, '-days', '2', '-subj', `/CN=${name} authority`, '-addext', 'basicConstraints=critical,CA:TRUE');
  openssl('req', ...newKey, '-keyout', key, '-out', request, '-subj', `/CN=${name}`);
  writeFileSync(extensions, 'subjectAltName=IP:127.0.0.1,DNS:localhost\nextendedKeyUsage=serverAuth,clientAuth\n');
  openssl('x509', '-req', '-in', request, '-CA', ca, '-CAkey', caKey, '-CAcreateserial', '-days', '2', '-extfile', extensions, '-out', cert);
  return { ca, cert, key };
}

export interface TlsTemporal {
  readonly address: string;
  /** How many calls came through. */
  readonly calls: () => number;
  stop(): Promise<void>;
}

export interface TlsOptions {
  readonly upstream: string;
  readonly server: Certificates;
  /** Authority of the clients' certificates; absent: none is asked for. */
  readonly clientCa?: string | undefined;
  readonly apiKey?: string | undefined;
}

/** A Temporal behind TLS, as managed ones are: a gRPC proxy that ends TLS, asks for a client certificate and for an API key. */
export async function startTlsTemporal({ upstream, server: { cert, key }, clientCa, apiKey }: TlsOptions): Promise<TlsTemporal> {
  let calls = 0;
  const inner = http2.connect(`http://${upstream}`);
  inner.on('error', () => undefined);
  const outer = http2.createSecureServer({
    cert: readFileSync(cert), key: readFileSync(key),
    ...(clientCa === undefined ? {} : { ca: readFileSync(clientCa), requestCert: true, rejectUnauthorized: true }),
  });
  const sessions = new Set<http2.Http2Session>();
  outer.on('session', (session) => { sessions.add(session); session.on('error', () => undefined); });
  outer.on('stream', (stream, headers) => {
    stream.on('error', () => undefined);
    if (apiKey !== undefined && headers['authorization'] !== `Bearer ${apiKey}`) {
      stream.respond({ ':status': 200, 'content-type': 'application/grpc', 'grpc-status': '16', 'grpc-message': 'Request unauthorized.' }, { endStream: true });
      return;
    }
    calls += 1;
    forward(inner, stream, headers);
  });
  await new Promise<void>((resolve) => { outer.listen(0, '127.0.0.1', resolve); });
  return {
    address: `127.0.0.1:${(outer.address() as AddressInfo).port}`,
    calls: () => calls,
    async stop() {
      for (const session of sessions) session.destroy();
      inner.destroy();
      await new Promise<void>((resolve) => { outer.close(() => { resolve(); }); });
    },
  };
}

function forward(inner: http2.ClientHttp2Session, stream: http2.ServerHttp2Stream, headers: http2.IncomingHttpHeaders): void {
  const onward = Object.fromEntries(Object.entries(headers).filter(([name]) => !['connection', 'host', 'authorization'].includes(name)));
  const request = inner.request({ ...onward, ':scheme': 'http' });
  let trailers: http2.OutgoingHttpHeaders = {};
  request.on('error', () => { stream.close(); });
  stream.on('close', () => { request.close(); });
  request.on('response', (answer, flags) => {
    if (stream.destroyed) return;
    // An answer of trailers only ends where it begins.
    const endStream = (flags & http2.constants.NGHTTP2_FLAG_END_STREAM) !== 0;
    stream.respond(answer, endStream ? { endStream } : { waitForTrailers: true });
  });
  request.on('trailers', (given) => { trailers = given; });
  stream.on('wantTrailers', () => { stream.sendTrailers(trailers); });
  stream.pipe(request);
  request.pipe(stream);
}
