import type { ColumnType } from 'kysely';

type Fixed<T> = ColumnType<T, T, never>;
type Instant = ColumnType<string, string, string>;

/** How a broker is signed on to: encrypted, named by an event of the journal `brokers`. */
export interface BrokerSecretsTable {
  id: Fixed<string>;
  cipher: Fixed<Buffer>;
  created_at: Fixed<string>;
}

/** An instance that was asked of a broker. ASKED: it may be there. */
export interface BrokerInstancesTable {
  id: Fixed<string>;
  migration: Fixed<string>;
  body: Fixed<string>;
  broker: string;
  service_id: string;
  plan_id: string;
  state: 'ASKED' | 'THERE' | 'GONE';
  asked_at: Instant;
  changed_at: Instant;
}

/** What a binding gave; null once it was shown. `expires_at`: null where the broker did not say it, or was not listened to yet. */
export interface BrokerCredentialsTable {
  binding_id: Fixed<string>;
  instance_id: Fixed<string>;
  migration: Fixed<string>;
  body: Fixed<string>;
  binding: Fixed<number>;
  cipher: Buffer | null;
  kept_at: Fixed<string>;
  shown_at: Instant | null;
  expires_at: Fixed<string | null>;
}

/** How a broker was last heard. `failures`: in a row; `open_until`: the circuit is open, until then nothing is sent. */
export interface BrokerContactsTable {
  broker: Fixed<string>;
  answered_at: Instant | null;
  failed_at: Instant | null;
  failure: string | null;
  failures: number;
  open_until: Instant | null;
}
