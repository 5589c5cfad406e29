import type { AdhesionState } from '../../domain/adhesion/index.ts';
import { addDays, type Instant } from '../../domain/shared/civil-date.ts';
import type { Throw } from './throw.ts';

/** Seldom of before the signature: it takes everything back. */
export function revocationData({ convention: { signature, countersignature, addendum, amendments }, dpa }: AdhesionState, at: Instant, { pick, twist }: Throw): object {
  const concluded = amendments.flatMap((amendment) => (amendment.kind === 'ESSENTIAL' ? [amendment.conclusion] : []));
  const signed = [dpa.signature, dpa.countersignature, addendum?.signature ?? null, ...concluded, signature, countersignature].filter((fact) => fact !== null);
  const fact = signed[pick % Math.max(1, signed.length)];
  return { signature: fact?.version ?? 1 + pick, revokedAt: fact !== undefined && twist % 3 === 0 ? `${addDays(fact.signedAt.slice(0, 10), -1)}T08:00:00Z` : at };
}
