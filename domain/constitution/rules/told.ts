import { saysTheSame, isNewer } from '../account.ts';
import type { CommandData } from '../command-types.ts';
import type { ConstitutionEvent } from '../events.ts';
import { endOfGate } from '../follow.ts';
import { endOf, isMissed } from '../gates.ts';
import { ownWindow } from '../members.ts';
import { factsOf, type Constitution } from '../state.ts';
import type { Instant } from '../../shared/civil-date.ts';
import { sameJson } from '../../shared/same-json.ts';

type Told = CommandData['TakeAccount' | 'TakeTerritory' | 'EndGate'];

/** What the engine tells: an adhesion of itself, the data of the territory, the clock of a day. What is known already changes nothing. */
export function told(constitution: Constitution, data: Told, at: Instant): readonly ConstitutionEvent[] {
  if (constitution.stoppedAt !== null) return [];
  if ('account' in data) return account(constitution, data.account, at);
  if ('territory' in data) return sameJson(data.territory.bodies, constitution.territory.bodies) ? [] : [{ type: 'TerritoryChanged', data: { territory: data.territory, at } }];
  return isAwaited(constitution, data) ? endOfGate(constitution, data.gate, data.to, at) : [];
}

function account(constitution: Constitution, said: CommandData['TakeAccount']['account'], at: Instant): readonly ConstitutionEvent[] {
  const known = factsOf(constitution.members, said.body).account ?? undefined;
  if (!isNewer(said, known) || (known !== undefined && saysTheSame(said, known))) return [];
  return [{ type: 'AdhesionTold', data: { account: said, window: ownWindow(constitution, said.receivedOn), at } }];
}

/** The day that the clock tells of is still the one by which the gate is awaited. */
function isAwaited(constitution: Constitution, { gate, to }: CommandData['EndGate']): boolean {
  return constitution.reached[gate] === undefined && endOf(constitution, gate) === to && !isMissed(constitution, gate);
}
