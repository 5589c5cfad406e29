/** Classes and codes of PostgreSQL that say "not now": connection, resources, shutdown, a standby. */
const SQL_STATES = /^(?:08|53|57P0[1-5]|25006|55P03|57014)/;
const SYSTEM = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENETUNREACH', 'ENOTFOUND', 'EAI_AGAIN']);
/** The driver's own errors carry no code. */
const MESSAGES = /connection terminated|timeout exceeded when trying to connect|client has encountered a connection error|query read timeout/i;

/** True for an error that means the database is away or overloaded, not that the statement is wrong. */
export function isDatabaseAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if (error instanceof AggregateError) return error.errors.some(isDatabaseAway);
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  return SYSTEM.has(code) || (code.length === 5 && SQL_STATES.test(code)) || MESSAGES.test(error.message);
}
