import { Context } from '@temporalio/activity';
import type { BrokerCaller } from '../brokers/caller.ts';
import type { Progress } from '../brokers/progress.ts';
import type { WorldActivities } from './ports.ts';

/** Well under the time after which a worker that does not beat counts as dead (`workflows/shell.ts`). */
const BEAT_EVERY_MS = 5_000;

/** Calls to brokers as activities: each beat holds how far the call has come, so that another worker goes on from there. */
export function brokerActivities(caller: Pick<BrokerCaller, 'call'>): Pick<WorldActivities, 'callBroker'> {
  return {
    async callBroker(input) {
      const context = Context.current();
      const { cancellationSignal: signal, info: { attempt, heartbeatDetails } } = context;
      // What a beat of this very activity told, if one came through before its worker died.
      let progress = (heartbeatDetails as Progress | undefined) ?? { startedAt: Date.now() };
      context.heartbeat(progress);
      const beating = setInterval(() => { context.heartbeat(progress); }, BEAT_EVERY_MS);
      try {
        return await caller.call(input, { signal, isRepeated: attempt > 1, progress, note: (noted) => { progress = noted; context.heartbeat(noted); } });
      } finally {
        clearInterval(beating);
      }
    },
  };
}
