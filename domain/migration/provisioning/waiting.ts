import { turn } from '../../adhesion/turn.ts';
import type { Waiting } from '../../shared/process.ts';
import { isNotRepeatable } from '../changes/standing.ts';
import type { FullMigration } from '../state.ts';
import { openItems } from '../work-items/state.ts';
import { AT_BROKER, failedCalls } from './calls.ts';
import type { Call } from './state.ts';

/** The end of a provisioning by people once their work items are done; of a broker its answer, or a decision on a call that failed. */
export function provisioningWaiting(state: FullMigration): readonly Waiting[] {
  const { migration, provisioning: { calls, doneOn } } = state;
  if (!AT_BROKER.has(migration.state)) return [];
  const isOver = migration.state === 'PROVISIONING' && doneOn === null && migration.pinned.fulfilment.kind === 'MANUAL' && openItems(migration).length === 0;
  return [
    ...(isOver ? [turn('OPERATOR', 'RecordProvisioned', migration.since)] : []),
    ...calls.filter((call) => call.state === 'PENDING').map((call) => turn('PROVIDER', 'ConcludeBrokerCall', call.since, null, [underWay(call)])),
    ...failedCalls(state).map((call) => turn('OPERATOR', isNotRepeatable(call) ? 'SkipEffect' : 'RetryEffect', call.since, null, [failure(call)])),
  ];
}

function underWay({ key, input: { service } }: Call) {
  return { code: 'BROKER_CALL_UNDER_WAY', message: { it: `${key}: il broker di ${service} non ha ancora finito.`, en: `${key}: the broker of ${service} has not finished yet.` } };
}

function failure({ key, code, status }: Call) {
  const answer = `${code ?? 'BROKER_FAILED'}${status === null ? '' : ` (HTTP ${status})`}`;
  return {
    code: code ?? 'BROKER_FAILED',
    message: { it: `${key} è fallita: ${answer}. Si riprova (RetryEffect), o si prosegue senza, motivando (SkipEffect).`, en: `${key} failed: ${answer}. Try again (RetryEffect), or go on without it, with reasons (SkipEffect).` },
  };
}
