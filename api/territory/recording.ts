import { randomUUID } from 'node:crypto';
import { OtherContent } from '../../db/journal.ts';
import { civilDateOf } from '../../domain/shared/civil-date.ts';
import type { ChangeRequest } from '../../domain/territory/decide.ts';
import type { TerritoryEvent } from '../../domain/territory/territory.ts';
import { actorOf } from '../auth/hook.ts';
import type { Caller } from '../auth/verify.ts';
import { learnTerritory, type Context } from '../context.ts';
import { Problem } from '../problems.ts';
import { isAway, joinCases } from './joining.ts';

/** Records a change once under its key, and joins what it ends where its day has come; what cannot be joined now is joined later. Throws Problem. */
export async function recordChange(context: Context, change: ChangeRequest, caller: Caller, key: string | undefined): Promise<TerritoryEvent> {
  const { territory, keys, whole: { way } } = context;
  const answer = await territory.record({
    change, actor: actorOf(caller), requestHash: way.requestHash('RecordChange', change),
    commandId: `change/${key === undefined ? randomUUID() : keys.digest('territory', caller.subject, key)}`,
  }).catch((error: unknown) => { throw error instanceof OtherContent ? otherChange() : error; });
  if (answer.outcome === 'REFUSED') throw Problem.refused(answer.refused.code, answer.refused.reasons);
  await learnTerritory(context);
  const { data } = answer.event;
  if (data.on <= civilDateOf(new Date().toISOString())) {
    await joinCases(context, data).catch((error: unknown) => { if (!isAway(error)) throw error; });
  }
  return answer.event;
}

function otherChange(): Problem {
  return Problem.refused('IDEMPOTENCY_MISMATCH', [{ code: 'IDEMPOTENCY_MISMATCH', message: { it: "Con questa Idempotency-Key è stata registrata un'altra variazione: usarne una nuova.", en: 'This Idempotency-Key recorded another change; use a new one.' } }]);
}
