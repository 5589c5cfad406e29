import { ScheduleAlreadyRunning, ScheduleOverlapPolicy, type Client } from '@temporalio/client';
import type * as workflows from '../workflows/index.ts';

interface Routine {
  readonly id: string;
  readonly workflowType: keyof typeof workflows;
  readonly every: '1 minute' | '6 hours';
}

/** What runs by the clock of Temporal, with nobody asking for it. */
export const ROUTINES: readonly Routine[] = [
  { id: 'reconciler', workflowType: 'reconcilerWorkflow', every: '1 minute' },
  { id: 'archiver', workflowType: 'archiverWorkflow', every: '6 hours' },
];

/** Makes the schedules of the routines, where they are not there yet. */
export async function ensureRoutines(client: Client, taskQueue: string): Promise<void> {
  for (const { id, workflowType, every } of ROUTINES) {
    try {
      await client.schedule.create({
        scheduleId: id,
        spec: { intervals: [{ every }] },
        policies: { overlap: ScheduleOverlapPolicy.SKIP, catchupWindow: every },
        action: { type: 'startWorkflow', workflowType, workflowId: id, taskQueue },
      });
    } catch (error) {
      if (!(error instanceof ScheduleAlreadyRunning)) throw error;
    }
  }
}
