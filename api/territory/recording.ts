import { randomUUID } from 'node:crypto';
import { OtherContent } from '../../db/journal.ts';
import type { TerritoryRequest } from '../../db/territory.ts';
import { civilDateOf } from '../../domain/shared/civil-date.ts';
import type { KnownChange, WithdrawnChange } from '../../domain/territory/territory.ts';
import { actorOf } from '../auth/hook.ts';
import type { Caller } from '../auth/verify.ts';
import { learnTerritory, type Context } from '../context.ts';
import { Problem } from '../problems.ts';
import { decideAsk, type TerritoryAsk } from './ask.ts';
import { isAway, joinCases } from './joining.ts';

/** Enters what is asked once under its key, and joins what the change ends where its day has come; what cannot be joined now is joined later. Throws Problem. */
export async function enterAsk(context: Context, ask: TerritoryAsk, caller: Caller, key: string | undefined): Promise<KnownChange | WithdrawnChange> {
  const { territory, keys, whole: { way } } = context;
  const request: TerritoryRequest = {
    type: ask.type, actor: actorOf(caller), requestHash: way.requestHash(ask.type, ask.data), decide: (known) => decideAsk(context, known, ask),
    commandId: `change/${key === undefined ? randomUUID() : keys.digest('territory', caller.subject, key)}`,
  };
  const answer = await territory.enter(request).catch((error: unknown) => { throw error instanceof OtherContent ? otherChange() : error; });
  if (answer.outcome === 'REFUSED') throw Problem.refused(answer.refused.code, answer.refused.reasons);
  await learnTerritory(context);
  const { change } = answer;
  if (!('withdrawal' in change) && change.data.on <= civilDateOf(new Date().toISOString())) {
    await joinCases(context, change.data).catch((error: unknown) => { if (!isAway(error)) throw error; });
  }
  return change;
}

function otherChange(): Problem {
  return Problem.refused('IDEMPOTENCY_MISMATCH', [{ code: 'IDEMPOTENCY_MISMATCH', message: { it: "Con questa Idempotency-Key è stata registrata un'altra variazione: usarne una nuova.", en: 'This Idempotency-Key recorded another change; use a new one.' } }]);
}
