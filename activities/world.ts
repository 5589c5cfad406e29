import type { Archiver } from '../engine/archive/archiver.ts';
import type { Engine } from '../engine/engine.ts';
import type { WorldActivities } from './ports.ts';

export function worldActivities(engine: Engine, archiver: Archiver): WorldActivities {
  return {
    tell: (input) => engine.tell(input),
    callBroker: async () => ({ outcome: 'FAILED', broker: null, code: 'BROKER_UNKNOWN', status: null, mayBeLeft: false }),
    archiveRun: async (workflowId, runId) => { await archiver.archiveRun(workflowId, runId); },
  };
}
