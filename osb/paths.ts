type Query = Readonly<Record<string, string | undefined>>;

export const CATALOG_PATH = '/v2/catalog';

/** Path of an instance, with its query. */
export function instancePath(instanceId: string, query: Query = {}): string {
  return withQuery(`/v2/service_instances/${encodeURIComponent(instanceId)}`, query);
}

/** Path of a binding of an instance, with its query. */
export function bindingPath(instanceId: string, bindingId: string, query: Query = {}): string {
  return withQuery(`/v2/service_instances/${encodeURIComponent(instanceId)}/service_bindings/${encodeURIComponent(bindingId)}`, query);
}

/** Where the last operation of an instance, or of a binding of it, is asked after. */
export function lastOperationPath(instanceId: string, bindingId: string | null, query: Query): string {
  const path = bindingId === null ? instancePath(instanceId) : bindingPath(instanceId, bindingId);
  return withQuery(`${path}/last_operation`, query);
}

function withQuery(path: string, query: Query): string {
  const given = Object.entries(query).flatMap(([name, value]) => (value === undefined ? [] : [`${name}=${encodeURIComponent(value)}`]));
  return given.length === 0 ? path : `${path}?${given.join('&')}`;
}
