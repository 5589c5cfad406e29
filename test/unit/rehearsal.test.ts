import { expect, it } from 'vitest';
import { Groups } from '../../audit/rehearsal/groups.ts';
import type { Cause } from '../../audit/rehearsal/cause.ts';
import { rehearse } from '../../audit/rehearsal/rehearse.ts';
import { withHashes, type KeptRun } from '../../audit/rehearsal/runs.ts';

const bundle = { code: '', hash: '' };
const run = (read: KeptRun['read'], open = true): KeptRun => ({ workflowId: 'adhesion/c_a010-1', runId: 'run-1', open, hash: null, read });
const rehearsed = (...runs: KeptRun[]) => rehearse({ bundle, known: null, patience: null }, runs);

it('a history that can not be read could not be gone on with', async () => {
  const { checked, groups } = await rehearsed(run(() => Promise.reject(new Error('A payload was altered.'))));
  expect(checked).toEqual({ runs: 1, open: 1, known: 0, left: 0 });
  expect(groups).toMatchObject([{ code: 'CANNOT_GO_ON', message: 'its history can not be read', open: 1, examples: [{ message: 'A payload was altered.' }] }]);
});

it('while Temporal is away nothing is said of any history', async () => {
  const away = Object.assign(new Error('14 UNAVAILABLE'), { code: 14, details: 'No connection', metadata: {} });
  await expect(rehearsed(run(() => Promise.reject(away)))).rejects.toBe(away);
});

it('a history that is past its retention by now is no run', async () => {
  expect((await rehearsed(run(() => Promise.resolve(undefined)))).checked.runs).toBe(0);
});

it('a run that no worker has answered yet goes on with any code', async () => {
  const { checked, groups } = await rehearsed(run(() => Promise.resolve({ hash: 'h', history: { events: [{ workflowExecutionStartedEventAttributes: {} }] } })));
  expect([checked.runs, groups]).toEqual([1, []]);
}, 20_000);

it('hashes are looked up for all but those that can not be read', async () => {
  const runs = Array.from({ length: 25 }, (_unused, n) => run(() => (n === 7 ? Promise.reject(new Error('no')) : Promise.resolve({ hash: `hash ${n}`, history: {} as never }))));
  expect((await withHashes(runs)).map(({ hash }) => hash)).toEqual(runs.map((_run, n) => (n === 7 ? null : `hash ${n}`)));
});

it('groups of parts are brought together: counts added, the first examples kept, the heaviest first', () => {
  const cause = (code: Cause['code'], command: string): Cause => ({ code, workflowType: 'adhesionWorkflow', command, field: 'millis', recorded: '', replayed: '' });
  const example = (n: number) => ({ stream: `adhesion/${n}`, runId: `run-${n}`, message: '' });
  const [one, other] = [new Groups(), new Groups()];
  for (let n = 0; n < 5; n += 1) one.add(cause('ASKS_OTHERWISE', 'timer'), n === 0, example(n));
  other.add(cause('ASKS_OTHERWISE', 'timer'), true, example(5));
  other.add(cause('OPTIONS_DIFFER', 'activity tell'), true, example(6));
  other.add(cause('CANNOT_GO_ON', 'activity tell'), false, example(7));
  for (const group of other.all) one.merge(group);
  expect(one.all.map(({ code, runs, open, examples }) => [code, runs, open, examples.map(({ runId }) => runId)])).toEqual([
    ['CANNOT_GO_ON', 1, 0, ['run-7']], ['ASKS_OTHERWISE', 6, 2, ['run-0', 'run-1', 'run-2']], ['OPTIONS_DIFFER', 1, 1, ['run-6']],
  ]);
});
