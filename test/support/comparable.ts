import type { StoredEvent } from '../../domain/shared/store.ts';

/** What must be the same in two shells: everything but stamps of time and what hashes make of them. */
export function comparable(events: readonly StoredEvent[]): unknown[] {
  return events.map(({ type, version, data, effectiveOn, commandId }) => {
    const copy = structuredClone(data) as { at?: string; fact?: { receivedAt?: string } };
    delete copy.at;
    delete copy.fact?.receivedAt;
    return { type, version, data: copy, effectiveOn: effectiveOn ?? null, commandId };
  });
}
