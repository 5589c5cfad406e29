import { turn } from '../../adhesion/turn.ts';
import type { Waiting } from '../../shared/process.ts';
import type { FullMigration } from '../state.ts';
import { CHANGEABLE } from './follow.ts';
import { isRevocable } from './rules.ts';

/** The end of a rotation: that the former credentials are revoked. Calls to the broker are told of with the others. */
export function changesWaiting(state: FullMigration): readonly Waiting[] {
  const { change } = state.provisioning;
  if (change?.kind !== 'ROTATION' || !CHANGEABLE.includes(state.migration.state) || !isRevocable(state, change)) return [];
  return [turn('MEMBER', 'RevokeFormerCredentials', change.since, null, [{
    code: 'FORMER_CREDENTIALS_STAND',
    message: { it: 'Le nuove credenziali ci sono: quando sono in uso si revocano le precedenti.', en: 'The new credentials are there: once they are in use the former ones are revoked.' },
  }])];
}
