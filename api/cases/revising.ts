import { randomUUID } from 'node:crypto';
import type { RevisionAnswer } from '../../db/catalogue.ts';
import { OtherContent } from '../../db/journal.ts';
import type { ServiceEntry } from '../../domain/catalogue/schemas.ts';
import { actorOf } from '../auth/hook.ts';
import type { Caller } from '../auth/verify.ts';
import type { Context } from '../context.ts';
import { Problem } from '../problems.ts';

/** An event holds the whole entry, and has its own limit. */
const MOST_BYTES = 40_000;

export interface WantedRevision {
  readonly service: string;
  readonly entry: ServiceEntry;
  readonly caller: Caller;
  /** Idempotency-Key; under it the change is made once. */
  readonly key: string | undefined;
  /** Versions that it may replace; undefined: any. */
  readonly ifMatch: readonly number[] | undefined;
}

/** What became of a change. */
export type Revised = Extract<RevisionAnswer, { outcome: 'REVISED' | 'UNCHANGED' | 'PREPARED' }>;

/** Changes a service of the catalogue, or prepares the change where it takes two persons. Throws Problem for what is refused. */
export async function reviseService({ catalogue, keys, whole: { way }, twoPersons }: Context, { service, entry, caller, key, ifMatch }: WantedRevision): Promise<Revised> {
  if (Buffer.byteLength(JSON.stringify(entry)) > MOST_BYTES) throw tooLarge();
  const answer = await catalogue.revise({
    service, entry, actor: actorOf(caller), twoPersons, ifMatch,
    // A key is its caller's own: who approves sends the same as who prepares, and means something else.
    commandId: `revise/${key === undefined ? randomUUID() : keys.digest('catalogue', caller.subject, key)}`,
    requestHash: way.requestHash('ReviseService', { service, entry }),
  }).catch((error: unknown) => { throw error instanceof OtherContent ? otherChange() : error; });
  if (answer.outcome === 'CONFLICT') throw revisionConflict({ version: answer.version });
  if (answer.outcome === 'REFUSED') throw Problem.refused(answer.refused.code, answer.refused.reasons);
  return answer;
}

export function revisionConflict(extra?: { readonly version: number }): Problem {
  return Problem.of('CATALOGUE_CONFLICT', {
    detail: { it: 'Altri hanno cambiato questo servizio: si rilegga, poi si invii indicandone la versione in If-Match.', en: 'Somebody else has changed this service: read it again, then send with its version in If-Match.' }, extra,
  });
}

function otherChange(): Problem {
  return Problem.refused('IDEMPOTENCY_MISMATCH', [{ code: 'IDEMPOTENCY_MISMATCH', message: { it: "Con questa Idempotency-Key è stata inviata un'altra modifica del catalogo: usarne una nuova.", en: 'This Idempotency-Key sent another change of the catalogue; use a new one.' } }]);
}

function tooLarge(): Problem {
  return Problem.refused('RECORD_TOO_LARGE', [{ code: 'RECORD_TOO_LARGE', message: { it: `La voce supera ${MOST_BYTES} byte.`, en: `The entry is over ${MOST_BYTES} bytes.` } }]);
}
