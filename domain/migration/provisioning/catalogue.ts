import type { BrokerOutcome } from '../broker-call.ts';
import type { CommandEntry } from '../command-entry.ts';

/** Commands of the provisioning, in the order of the way. */
export const PROVISIONING_COMMANDS = {
  RecordProvisioned: { by: ['operator'], freeText: [] },
  RetryEffect: { by: ['operator'], freeText: [] },
  SkipEffect: { by: ['operator'], freeText: ['reasons'] },
} as const satisfies Readonly<Record<string, CommandEntry>>;

/** Command of the engine: what a call to a broker came to. */
export interface ProvisioningEngineData {
  readonly ConcludeBrokerCall: { readonly key: string; readonly outcome: BrokerOutcome };
}
