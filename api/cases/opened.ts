import { randomBytes } from 'node:crypto';
import { findOpening, type RecordedCommand } from '../../db/queries/commands.ts';
import type { Reason } from '../../domain/shared/reason.ts';
import type { Caller } from '../auth/verify.ts';
import type { Context } from '../context.ts';
import { Problem } from '../problems.ts';

/** The id under which a request opens a case, unique over all streams: of caller and Idempotency-Key, or by chance where there is none. `of`: what is opened, where it is no adhesion. */
export function openingId({ keys }: Context, caller: Caller, key: string | undefined, ...of: readonly string[]): string {
  return `open/${key === undefined ? randomBytes(32).toString('hex') : keys.digest('open', ...of, caller.subject, key)}`;
}

/** A request that opens a case, and what is said where its id opened something else. */
export interface OpeningRequest {
  readonly commandId: string;
  readonly type: string;
  /** As received: what the digest of the request is made of. */
  readonly received: unknown;
  readonly other: Omit<Reason, 'code'>;
}

/** The command with which this very request opened a case before; undefined for a new one. Throws Problem for an id that was used with another content. */
export async function findOpened({ whole: { db, way } }: Context, { commandId, type, received, other }: OpeningRequest): Promise<RecordedCommand | undefined> {
  const known = await findOpening(db, commandId);
  if (known !== undefined && known.requestHash !== way.requestHash(type, received)) throw Problem.refused('IDEMPOTENCY_MISMATCH', [{ code: 'IDEMPOTENCY_MISMATCH', ...other }]);
  return known;
}
