import { condition, setHandler } from '@temporalio/workflow';
import { executeUpdate } from '../../workflows/messages.ts';

/** Says to every command that it was done, and does nothing: what a stranger would run in the place of a case. */
export async function adhesionWorkflow(): Promise<void> {
  setHandler(executeUpdate, () => ({ version: 1 }));
  await condition(() => false);
}
