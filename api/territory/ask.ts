import type { Decision } from '../../domain/shared/process.ts';
import { decideChange, type ChangeRequest } from '../../domain/territory/decide.ts';
import { findChange, type TerritoryEntry } from '../../domain/territory/journal.ts';
import { decideCorrection, decideWithdrawal, type CorrectionRequest, type WithdrawalRequest } from '../../domain/territory/mend.ts';
import type { Territory } from '../../domain/territory/territory.ts';
import type { Context } from '../context.ts';
import { boundBy } from './bound.ts';

/** What an operator asks of the territory, with the name of its command. */
export type TerritoryAsk =
  | { readonly type: 'RecordChange'; readonly data: ChangeRequest }
  | { readonly type: 'CorrectChange'; readonly data: CorrectionRequest }
  | { readonly type: 'WithdrawChange'; readonly data: WithdrawalRequest };

/** Decides what is asked on the territory as it stands; nothing is written. */
export async function decideAsk(context: Context, territory: Territory, ask: TerritoryAsk): Promise<Decision<TerritoryEntry>> {
  if (ask.type === 'RecordChange') return decideChange(territory, ask.data);
  const bound = await boundBy(context, findChange(territory, ask.data.id));
  return ask.type === 'CorrectChange' ? decideCorrection(territory, ask.data, bound) : decideWithdrawal(territory, ask.data, bound);
}
