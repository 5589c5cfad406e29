/** The ledger's tables. The index lets one operation at a time run on an instance, whoever asks and from whatever process. */
export const LEDGER_SCHEMA = `
  CREATE SCHEMA IF NOT EXISTS broker;
  CREATE TABLE IF NOT EXISTS broker.instances (
    id text PRIMARY KEY,
    service_id text NOT NULL,
    plan_id text NOT NULL,
    organization text NOT NULL,
    space text NOT NULL,
    parameters jsonb NOT NULL,
    state text NOT NULL CHECK (state IN ('creating', 'ready', 'updating', 'deleting', 'failed')),
    secret bytea,
    created timestamptz NOT NULL DEFAULT clock_timestamp(),
    changed timestamptz NOT NULL DEFAULT clock_timestamp()
  );
  CREATE TABLE IF NOT EXISTS broker.bindings (
    instance_id text NOT NULL REFERENCES broker.instances (id) DEFERRABLE INITIALLY DEFERRED,
    id text NOT NULL,
    predecessor text,
    parameters jsonb NOT NULL,
    bind_resource jsonb NOT NULL,
    state text NOT NULL CHECK (state IN ('creating', 'ready', 'deleting', 'failed')),
    secret bytea NOT NULL,
    created timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (instance_id, id)
  );
  CREATE TABLE IF NOT EXISTS broker.operations (
    id uuid PRIMARY KEY,
    instance_id text NOT NULL,
    binding_id text,
    kind text NOT NULL CHECK (kind IN ('provision', 'update', 'deprovision', 'bind', 'unbind')),
    target jsonb,
    state text NOT NULL CHECK (state IN ('in progress', 'succeeded', 'failed')),
    description text,
    flags jsonb,
    began timestamptz NOT NULL DEFAULT clock_timestamp(),
    ended timestamptz
  );
  CREATE UNIQUE INDEX IF NOT EXISTS one_operation_at_a_time ON broker.operations (instance_id) WHERE state = 'in progress';
  CREATE INDEX IF NOT EXISTS operations_of_an_instance ON broker.operations (instance_id, began);
  CREATE TABLE IF NOT EXISTS broker.faults (name text PRIMARY KEY, times integer NOT NULL);
`;
