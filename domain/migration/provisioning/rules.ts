import { notInFuture } from '../../adhesion/checks.ts';
import { accepted, refused, type Refused } from '../../shared/process.ts';
import { isNotRepeatable } from '../changes/standing.ts';
import type { Command } from '../command-types.ts';
import type { MigrationEvent } from '../events.ts';
import { rule, type RulesOf } from '../rule.ts';
import { stageFault } from '../stage.ts';
import type { OpenedMigration } from '../state.ts';
import { openItems } from '../work-items/state.ts';
import { workItemOpen } from '../work-items/waiting.ts';
import { failedCalls } from './calls.ts';
import type { PROVISIONING_COMMANDS, ProvisioningEngineData } from './catalogue.ts';
import { provisioningCompleted } from './completion.ts';
import type { Call } from './state.ts';

const recordProvisioned = rule<Command<'RecordProvisioned'>['data'], object>({
  ground: (state) => stageFault(state, ['PROVISIONING'], { it: "la fine dell'attivazione si registra durante l'attivazione.", en: 'the end of provisioning is recorded while it is being provisioned.' }) ?? unfinished(state) ?? {},
  check: ({ provisionedOn }, context) => notInFuture(context, { provisionedOn }),
  decide: ({ state, data: { provisionedOn }, context }) => {
    const { migration } = state;
    const later = migration.workItems.find(({ done }) => done !== null && done.on > provisionedOn)?.done?.on;
    return later === undefined
      ? accepted<MigrationEvent>(provisioningCompleted(state, provisionedOn, context.now))
      : refused('DATE_BEFORE_GROUND', { it: `Un'attività è stata completata il ${later}; l'attivazione finisce da quel giorno in poi.`, en: `A work item was completed on ${later}; provisioning ends on that day or after it.` }, 'provisionedOn');
  },
});

function unfinished({ migration, provisioning }: OpenedMigration): Refused | null {
  if (migration.pinned?.fulfilment.kind === 'BROKER') return refused('BROKER_PROVISIONS', { it: "L'attivazione è del broker: la registra il sistema.", en: 'A broker provisions this service: the engine records it.' });
  if (provisioning.doneOn !== null) return refused('ALREADY_RECORDED', { it: "La fine dell'attivazione è già agli atti.", en: 'The end of provisioning is recorded already.' });
  const open = openItems(migration);
  return open.length === 0 ? null : {
    kind: 'refused', code: 'WORK_ITEMS_OPEN',
    reasons: [{ code: 'WORK_ITEMS_OPEN', message: { it: 'Restano attività da completare (CompleteWorkItem).', en: 'There are work items to be completed (CompleteWorkItem).' } }, ...open.map(workItemOpen)],
  };
}

/** Of a call that is not owed any more nothing is heard: it ended otherwise meanwhile. */
const concludeBrokerCall = rule<Command<'ConcludeBrokerCall'>['data'], object>({
  ground: () => ({}),
  decide: ({ state, data: { key, outcome }, context: { now: at } }) => {
    if (!state.provisioning.calls.some((call) => call.key === key && call.state === 'PENDING')) return accepted<MigrationEvent>();
    if (outcome.outcome === 'SUCCEEDED') {
      const { broker, instanceId, bindingId } = outcome;
      return accepted<MigrationEvent>({ type: 'BrokerCallSucceeded', data: { key, broker, instanceId, bindingId, at } });
    }
    const { broker, code, status, mayBeLeft } = outcome;
    return accepted<MigrationEvent>({ type: 'BrokerCallFailed', data: { key, broker, code, status, mayBeLeft, at } });
  },
});

const retryEffect = rule<Command<'RetryEffect'>['data'], readonly Call[]>({
  ground: repeatableGround,
  decide: ({ ground: failed, data: { key }, context }) => otherEffect(failed, key) ?? accepted<MigrationEvent>({ type: 'EffectRetried', data: { key, at: context.now } }),
});

const skipEffect = rule<Command<'SkipEffect'>['data'], readonly Call[]>({
  ground: failedGround,
  decide: ({ ground: failed, data: { key, reasons }, context }) => otherEffect(failed, key) ?? accepted<MigrationEvent>({ type: 'EffectSkipped', data: { key, reasons, at: context.now } }),
});

/** The calls that failed; a refusal where there is none. */
function failedGround(state: OpenedMigration): readonly Call[] | Refused {
  const failed = failedCalls(state);
  return failed.length > 0 ? failed : refused('NO_FAILED_EFFECT', {
    it: 'Nessuna chiamata a un broker è fallita e attende una decisione.', en: 'No call to a broker has failed and waits for a decision.',
  });
}

/** Of an update the broker may have said that the same would fail again. */
function repeatableGround(state: OpenedMigration): readonly Call[] | Refused {
  const failed = failedGround(state);
  if ('kind' in failed) return failed;
  const repeatable = failed.filter((call) => !isNotRepeatable(call));
  return repeatable.length > 0 ? repeatable : refused('UPDATE_NOT_REPEATABLE', {
    it: 'Il broker dice che la stessa modifica non si può ripetere: si torna a ciò che era (RevertUpdate) o si rinuncia (SkipEffect).',
    en: 'The broker says that the same update cannot be repeated: go back to what was (RevertUpdate), or give it up (SkipEffect).',
  });
}

function otherEffect(failed: readonly Call[], key: string): Refused | null {
  return failed.some((call) => call.key === key) ? null : refused('UNKNOWN_EFFECT', {
    it: `Tra le chiamate fallite non vi è ${key}: vi sono ${failed.map((call) => call.key).join(', ')}.`, en: `${key} is none of the calls that failed: there are ${failed.map((call) => call.key).join(', ')}.`,
  }, 'key');
}

/** The rule of every command of the provisioning. */
export const PROVISIONING_RULES: RulesOf<keyof typeof PROVISIONING_COMMANDS | keyof ProvisioningEngineData> = {
  RecordProvisioned: recordProvisioned, RetryEffect: retryEffect, SkipEffect: skipEffect, ConcludeBrokerCall: concludeBrokerCall,
};
