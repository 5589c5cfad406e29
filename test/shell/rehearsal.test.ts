import { rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Group } from '../../audit/rehearsal/groups.ts';
import { KnownToReplay } from '../../audit/rehearsal/known.ts';
import { rehearse, stopsPolling, type Rehearsal } from '../../audit/rehearsal/rehearse.ts';
import { keptRuns } from '../../audit/rehearsal/runs.ts';
import { Archive } from '../../db/archive.ts';
import { Archiver } from '../../engine/archive/archiver.ts';
import { sdkVersion } from '../../engine/archive/running-bundle.ts';
import { hashOf, withoutSourceMap } from '../../engine/bundle.ts';
import { LiveRuns } from '../../engine/live-runs.ts';
import { testBundle } from '../support/bundle.ts';
import { temporaryFolder } from '../support/folders.ts';
import { ABBIATEGRASSO, open, stamped } from '../support/procedure.ts';
import { untilPublished } from '../support/published.ts';
import { startStack, type Stack } from '../support/stack.ts';

const STREAM = 'adhesion/c_a010-1';
const OTHERS = ['c_f205', 'c_a001'];

let stack: Stack;
let archive: Archive;
const folder = temporaryFolder('rehearsals');
/** One case over three runs, the first two archived; two cases with a run each. */
beforeAll(async () => {
  stack = await startStack({ continueAfter: 4 });
  archive = new Archive(stack.db);
  await untilPublished(stack.engine, '2026-11-10');
  for (const body of OTHERS) await stack.engine.execute(`adhesion/${body}-1`, stamped(open({ ...ABBIATEGRASSO, body })), 0);
  await vi.waitFor(async () => {
    const [archived, listed] = [await archive.runsOf(STREAM), await new LiveRuns(stack.client).listed(true)];
    if (archived.length < 2 || listed.length < 3) throw new Error('not yet');
  }, { timeout: 20_000 });
});
afterAll(async () => {
  await stack.stop();
  rmSync(folder, { recursive: true, force: true });
});

const runs = (from: 'both' | 'archive' | 'temporal' = 'both') => keptRuns(from === 'temporal' ? null : archive, from === 'archive' ? null : new LiveRuns(stack.client));
const bundleOf = (code: string) => ({ code, hash: hashOf(code) });
const rehearsed = async (code = testBundle().code, from: Parameters<typeof runs>[0] = 'both') => rehearse({ bundle: bundleOf(code), known: null, patience: null }, await runs(from));
const changed = (from: string, to: string): string => {
  const { code } = testBundle();
  expect(withoutSourceMap(code).indexOf(from), `${from} in the bundle`).toBeGreaterThan(0);
  return code.replaceAll(from, to);
};
const brief = ({ groups }: Rehearsal) => groups.map(({ code, cause: { command, field, recorded, replayed }, runs: n, open: underWay }) => [code, command, field, recorded, replayed, n, underWay]);

describe('the bundle that ran the cases', () => {
  it('replays every run, those under way and those that are archived', async () => {
    expect(await rehearsed()).toEqual({ checked: { runs: 5, open: 3, known: 0, left: 0 }, groups: [] });
    expect(await rehearsed(undefined, 'temporal')).toEqual({ checked: { runs: 3, open: 3, known: 0, left: 0 }, groups: [] });
    expect(await rehearsed(undefined, 'archive')).toEqual({ checked: { runs: 2, open: 0, known: 0, left: 0 }, groups: [] });
  });

  it('is rehearsed on each history once, on a change again', async () => {
    const again = async (bundle = testBundle(), sdk = sdkVersion()) => (await rehearse({ bundle, known: new KnownToReplay(folder, bundle.hash, sdk), patience: null }, await runs())).checked;
    expect(await again()).toMatchObject({ runs: 5, known: 0 });
    expect(await again()).toMatchObject({ runs: 5, known: 5 });
    expect(await again(testBundle(), '0.0.0')).toMatchObject({ known: 0 });
    await stack.engine.execute('adhesion/c_f205-1', stamped({ type: 'SendProposal', data: { } }), 1);
    await stack.engine.catchUp('adhesion/c_f205-1');
    await vi.waitFor(async () => { expect(await again()).toMatchObject({ runs: 5, known: 4 }); }, { timeout: 10_000 });
    const other = bundleOf(changed("startToCloseTimeout: '30 s'", "startToCloseTimeout: '31 s'"));
    expect(await again(other)).toMatchObject({ known: 0 });
    // What differs is never known.
    expect((await rehearse({ bundle: other, known: new KnownToReplay(folder, other.hash, sdkVersion()), patience: null }, await runs())).groups).toHaveLength(1);
  });

  it('leaves closed runs for another time when there is none, never those under way', async () => {
    expect((await rehearse({ bundle: testBundle(), known: null, patience: -1 }, await runs())).checked).toEqual({ runs: 3, open: 3, known: 0, left: 2 });
  });
});

describe('a bundle that would not go on with what ran before', () => {
  it('groups its runs by what it does otherwise: an activity that is no longer asked for', async () => {
    const found = await rehearsed(changed('void world.archiveRun(workflowId, runId)', 'void Promise.resolve()'));
    expect(brief(found)).toEqual([['CANNOT_GO_ON', 'activity archiveRun', 'presence', 'activity archiveRun', '', 2, 1]]);
    expect(found.groups[0]?.message).toBe('adhesionWorkflow, activity archiveRun: the histories have it, the bundle does not ask for it');
    expect(found.groups[0]?.examples.map(({ stream }) => stream)).toEqual([STREAM, STREAM]);
  });

  it('and one more', async () => {
    const found = await rehearsed(changed('this.archiveRunBefore();', "this.archiveRunBefore(); void world.tell({ to: 'nobody' });"));
    expect(found.checked.runs).toBe(5);
    expect(found.groups.reduce((sum, { runs: n }) => sum + n, 0)).toBe(5);
    expect(found.groups.every(({ code }) => code === 'CANNOT_GO_ON')).toBe(true);
    expect(found.groups.flatMap(({ examples }) => examples).map(({ message }) => message).join('\n')).toMatch(/^local activity 2, presence: the history has .*, the replay nothing; in its place activity tell$/m);
  });

  it('a timer that moves: the runs have each their own length, the cause is one', async () => {
    const found = await rehearsed(changed('sleep)(at - Date.now())', 'sleep)(at - Date.now() + 1)'));
    expect(found.groups.map(({ code, cause: { command, field } }) => [code, command, field])).toEqual([['ASKS_OTHERWISE', 'timer', 'millis']]);
    expect(found.groups[0]?.examples[0]?.message).toMatch(/^timer \d+, millis: the history has \d+, the replay \d+$/);
  });

  it('an answer', async () => {
    expect(brief(await rehearsed(changed('version: outcome.version', 'version: outcome.version + 1')))).toEqual([['ASKS_OTHERWISE', 'update answered', 'answer', '', '', 5, 3]]);
  });

  it('code that throws: one cause wherever it throws', async () => {
    expect(brief(await rehearsed(changed('await host.live()', "throw new TypeError('broken in ' + (0,_temporalio_workflow__WEBPACK_IMPORTED_MODULE_0__.workflowInfo)().runId)"))))
      .toEqual([['CANNOT_GO_ON', 'replay', 'error', '', 'broken in …', 5, 3]]);
  });

  it('two causes in two groups, the heavier first', async () => {
    const code = changed('void world.archiveRun(workflowId, runId)', 'void Promise.resolve()').replaceAll('version: outcome.version', 'version: outcome.version + 1');
    const found = brief(await rehearsed(code));
    expect(found.map(([weight, command, , , , n]) => [weight, command, n])).toEqual([['CANNOT_GO_ON', 'activity archiveRun', 2], ['ASKS_OTHERWISE', 'update answered', 3]]);
  });
});

describe('a change that keeps what ran before', () => {
  it('by patched: the new way for runs from now on', async () => {
    const patched = '(0,_temporalio_workflow__WEBPACK_IMPORTED_MODULE_0__.patched)';
    const to = `void (${patched}('tells-first') ? world.tell({}) : world.archiveRun(workflowId, runId))`;
    expect((await rehearsed(changed('void world.archiveRun(workflowId, runId)', to))).groups).toEqual([]);
    // The same without its patch is found.
    expect((await rehearsed(changed('void world.archiveRun(workflowId, runId)', 'void world.tell({})'))).groups).toMatchObject([{ code: 'CANNOT_GO_ON', runs: 2 }]);
  });

  it('a refactor, and a rule that decides otherwise: the case moves by what was stored', async () => {
    expect((await rehearsed(changed('spokenTo', 'alreadySpokenTo'))).groups).toEqual([]);
    expect((await rehearsed(changed('sendingOf(state, data.template,', "sendingOf(state, 'another',"))).groups).toEqual([]);
  });
});

describe('workers may not poll', () => {
  const group = (code: Group['code'], underWay: number) => ({ code, open: underWay }) as Group;

  it.each<[Group['code'], number, boolean]>([
    ['CANNOT_GO_ON', 1, true], ['CANNOT_GO_ON', 0, false], ['ASKS_OTHERWISE', 1, true], ['ASKS_OTHERWISE', 0, false], ['OPTIONS_DIFFER', 1, false],
  ])('because of %s with %i under way: %s', (code, underWay, stops) => {
    expect(stopsPolling(group(code, underWay))).toBe(stops);
  });

  it('other timeouts are told, and weigh least', async () => {
    expect(brief(await rehearsed(changed("startToCloseTimeout: '30 s'", "startToCloseTimeout: '31 s'")))).toEqual([['OPTIONS_DIFFER', 'activity archiveRun', 'startToClose', '30000', '31000', 2, 1]]);
  });
});

it('what a history shows of an archived run that was swept while it was open is of the open run', async () => {
  await new Archiver(stack.client, stack.db, async () => undefined, 0).sweep();
  expect((await rehearsed()).checked).toEqual({ runs: 5, open: 3, known: 0, left: 0 });
  expect((await rehearsed(undefined, 'archive')).checked).toEqual({ runs: 5, open: 3, known: 0, left: 0 });
});
