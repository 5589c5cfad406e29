import { expect, it } from 'vitest';
import { encodeHistory, readHistory } from '../../../engine/archive/encoding.ts';
import { runOf } from '../../../engine/archive/run-of.ts';

const eventTime = { seconds: 1_780_000_000, nanos: 0 };
const [own, other] = ['a'.repeat(64), 'b'.repeat(64)];
/** Through the archive's own encoding, which gives numbers the form that they have in life. */
const bundlesOf = (...events: object[]) => runOf(readHistory(encodeHistory({ events }))).bundles;
const task = (attributes: object) => ({ eventTime, workflowTaskCompletedEventAttributes: attributes });

it.each([
  ['a worker without a deployment', { workerVersion: { buildId: own } }, [own]],
  ['a version of a deployment, which a server names in both ways', { workerVersion: { buildId: own }, deploymentVersion: { deploymentName: 'associa', buildId: own } }, [own]],
  ['a version of a deployment alone', { deploymentVersion: { deploymentName: 'associa', buildId: own } }, [own]],
  ['a worker from before histories named bundles', { workerVersion: { buildId: '@temporalio/worker@1.24.0' } }, []],
])('a history names the bundle of each task: %s', (_name, attributes, bundles) => {
  expect(bundlesOf({ eventTime }, task(attributes))).toEqual(bundles);
});

it('in order of their first task', () => {
  const [first, second] = [task({ workerVersion: { buildId: other } }), task({ deploymentVersion: { buildId: own } })];
  expect(bundlesOf(first, second, first)).toEqual([other, own]);
});
