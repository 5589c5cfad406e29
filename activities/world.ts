import type { Archiver } from '../engine/archive/archiver.ts';
import type { Engine } from '../engine/engine.ts';
import type { WorldActivities } from './ports.ts';

export function worldActivities(engine: Engine, archiver: Archiver): Omit<WorldActivities, 'callBroker'> {
  return {
    tell: (input) => engine.tell(input),
    archiveRun: async (workflowId, runId) => { await archiver.archiveRun(workflowId, runId); },
  };
}
