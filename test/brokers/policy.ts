import { BROKER_POLICY, type BrokerPolicy } from '../../brokers/policy.ts';

/** As in service, a hundred times as fast. */
export const QUICK: BrokerPolicy = {
  ...BROKER_POLICY, requestMs: 400, retryForMs: 1_500, retryEveryMs: [20, 60], pollForMs: { unsaid: 1_200, most: 5_000 }, pollEveryMs: { unsaid: 25, least: 10, most: 150 }, mitigateForMs: 2_500, settleMs: 900,
  catalogFreshMs: 50, circuit: { failures: 1_000, restMs: 100 },
};
