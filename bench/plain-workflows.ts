import { condition, defineUpdate, proxyLocalActivities, setHandler } from '@temporalio/workflow';

export const touchUpdate = defineUpdate<number, [number]>('touch');

const { nothing } = proxyLocalActivities<{ nothing(): Promise<void> }>({ startToCloseTimeout: '5 s', localRetryThreshold: '5 s' });

/** The measure of things: an Update that does nothing but answer. */
export async function bareWorkflow(): Promise<void> {
  let last = 0;
  setHandler(touchUpdate, (n) => {
    last = n;
    return last;
  });
  await condition(() => last < 0);
}

/** The floor of an Update that stores anything: one local activity, which does nothing. */
export async function storingWorkflow(): Promise<void> {
  let last = 0;
  setHandler(touchUpdate, async (n) => {
    await nothing();
    last = n;
    return last;
  });
  await condition(() => last < 0);
}
