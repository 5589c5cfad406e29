import { randomUUID } from 'node:crypto';

/** A new random id, e.g. `sub-…`. */
export function newId(prefix: string): string {
  return `${prefix}-${randomUUID()}`;
}
