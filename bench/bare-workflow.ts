import { condition, defineUpdate, setHandler } from '@temporalio/workflow';

export const touchUpdate = defineUpdate<number, [number]>('touch');

/** The measure of things: an Update that does nothing but answer. */
export async function bareWorkflow(): Promise<void> {
  let last = 0;
  setHandler(touchUpdate, (n) => {
    last = n;
    return last;
  });
  await condition(() => last < 0);
}
