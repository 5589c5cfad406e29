import { readFileSync } from 'node:fs';
import { Client, Connection } from '@temporalio/client';
import type { DataConverter } from '@temporalio/common';
import type { NativeConnectionOptions } from '@temporalio/worker';
import type { Config } from '../config.ts';

/** What client and worker both take. */
export type TemporalAddress = Pick<NativeConnectionOptions, 'tls'> & { readonly address: string; readonly apiKey?: string };

/** How to reach Temporal by the configuration: address, TLS with a client certificate, API key. */
export function connectionOptions(address: string, { apiKey, tlsCert, tlsKey, tlsCa }: Config['temporal']): TemporalAddress {
  const file = (path: string | null) => (path === null ? undefined : readFileSync(path));
  const [crt, key, ca] = [file(tlsCert), file(tlsKey), file(tlsCa)];
  const tls = crt === undefined && ca === undefined && apiKey === null ? null : {
    ...(crt === undefined || key === undefined ? {} : { clientCertPair: { crt, key } }),
    ...(ca === undefined ? {} : { serverRootCACertificate: ca }),
  };
  return { address, ...(apiKey === null ? {} : { apiKey }), ...(tls === null ? {} : { tls }) };
}

/** A client that connects at its first call and again by itself: a server may start before Temporal does. */
export function openClient(options: TemporalAddress, namespace: string, dataConverter: DataConverter): Client {
  return new Client({ connection: Connection.lazy(options), namespace, dataConverter });
}
