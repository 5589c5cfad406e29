import { notInFuture } from '../../adhesion/checks.ts';
import { accepted, refused, type Refused } from '../../shared/process.ts';
import type { Command } from '../command-types.ts';
import type { MigrationEvent } from '../events.ts';
import { rule, type RulesOf } from '../rule.ts';
import { stageFault } from '../stage.ts';
import type { OpenedMigration } from '../state.ts';
import { openItems } from '../work-items/state.ts';
import { workItemOpen } from '../work-items/waiting.ts';
import type { PROVISIONING_COMMANDS, ProvisioningEngineData } from './catalogue.ts';

const recordProvisioned = rule<Command<'RecordProvisioned'>['data'], object>({
  ground: (state) => stageFault(state, ['PROVISIONING'], { it: "si registra la fine dell'attivazione.", en: 'the end of provisioning is recorded.' }) ?? unfinished(state) ?? {},
  check: ({ provisionedOn }, context) => notInFuture(context, { provisionedOn }),
  decide: ({ data: { provisionedOn }, context }) => accepted<MigrationEvent>({ type: 'ProvisioningCompleted', data: { provisionedOn, at: context.now }, effectiveOn: provisionedOn }),
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

const concludeBrokerCall = rule<Command<'ConcludeBrokerCall'>['data'], object>({
  ground: () => ({}),
  decide: () => accepted<MigrationEvent>(),
});

/** The rule of every command of the provisioning. */
export const PROVISIONING_RULES: RulesOf<keyof typeof PROVISIONING_COMMANDS | keyof ProvisioningEngineData> = {
  RecordProvisioned: recordProvisioned, ConcludeBrokerCall: concludeBrokerCall,
};
