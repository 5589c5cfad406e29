/** Ends of a request after which the broker's resources are as before it, by the standard, or after which nothing was asked. */
const REFUSALS: ReadonlySet<string> = new Set([
  'BROKER_UNKNOWN', 'BROKER_PLAN_NOT_UPDATEABLE', 'BROKER_CATALOGUE_MISMATCH', 'BROKER_REFUSED', 'BROKER_UNAUTHORIZED', 'BROKER_CONFLICT', 'BROKER_VERSION_REFUSED', 'BROKER_ASYNC_REQUIRED', 'BROKER_APP_REQUIRED',
  'BROKER_MAINTENANCE_CONFLICT', 'BROKER_BUSY', 'BROKER_TLS', 'BROKER_ADDRESS_REFUSED', 'BROKER_REDIRECTED', 'BROKER_CIRCUIT_OPEN',
]);

/** True for a code that says of its own request that it changed nothing; what an earlier try did it does not know. */
export function isRefusal(code: string | null): boolean {
  return REFUSALS.has(code ?? '');
}
