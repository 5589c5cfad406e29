import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { History } from '@temporalio/common/lib/proto-utils.js';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { decideAgain } from '../../audit/deep-replay/adopted.ts';
import { VerdictCache } from '../../audit/deep-replay/cache.ts';
import { replayCases } from '../../audit/deep-replay/report.ts';
import { readCase } from '../../audit/deep-replay/stored.ts';
import { Archive } from '../../db/archive.ts';
import type { Actor } from '../../domain/shared/actor.ts';
import { factRefused } from '../../domain/shared/case.ts';
import { append } from '../../db/event-store/append.ts';
import { headOf } from '../../db/event-store/read.ts';
import { encodeHistory, readHistory } from '../../engine/archive/encoding.ts';
import { Archiver } from '../../engine/archive/archiver.ts';
import { keepRunningBundle } from '../../engine/archive/running-bundle.ts';
import { hashOf, withoutSourceMap } from '../../engine/bundle.ts';
import { rulesIn } from '../../engine/bundled-rules.ts';
import { LiveRuns } from '../../engine/live-runs.ts';
import { tooLarge } from '../../workflows/case-loop.ts';
import { testBundle } from '../support/bundle.ts';
import { asOwner } from '../support/database.ts';
import { temporaryFolder } from '../support/folders.ts';
import { memberOf, OPERATOR, stamped } from '../support/procedure.ts';
import { untilPublished } from '../support/published.ts';
import { startStack, type Stack } from '../support/stack.ts';

const STREAM = 'adhesion/c_a010-1';
/** A fact that waits for its turn when it comes too early. */
const PARKED = 'AcceptAppointment';
const EARLY = { appointmentId: 'ref-1', acceptedAt: '2026-11-22T09:00:00+01:00' };
const MEMBER = memberOf('c_a010');

let stack: Stack;
let archive: Archive;
beforeAll(async () => {
  stack = await startStack({ continueAfter: 4 });
  archive = new Archive(stack.db);
  await keepRunningBundle(stack.db, testBundle());
  const seen = await untilPublished(stack.engine, '2026-11-10');
  // A fact that is refused is an event; one decision is refused after it was taken up.
  await stack.engine.submitFact(STREAM, stamped({ type: 'AcceptResolution', data: {} }, OPERATOR, 'refused-fact'), seen);
  await vi.waitFor(async () => { if (await stack.engine.version(STREAM) !== seen + 1) throw new Error('not yet'); }, { timeout: 15_000 });
  await vi.waitFor(async () => { if ((await archive.runsOf(STREAM)).length < 2) throw new Error('not yet'); }, { timeout: 15_000 });
});
afterAll(async () => { await stack.stop(); });

const replay = (options: { live?: boolean; candidate?: string; cache?: VerdictCache } = {}) => replayCases({
  db: stack.db, archive, live: options.live === true ? new LiveRuns(stack.client) : null, today: testBundle(),
  candidate: options.candidate === undefined ? null : { code: options.candidate, hash: hashOf(options.candidate) },
  cache: options.cache ?? null,
}, [STREAM]);

describe('deep replay of a case', () => {
  it('holds every event against the run that stored it, from the archive and from Temporal', async () => {
    const { version } = await headOf(stack.db, STREAM);
    const { ok, checked, findings } = await replay({ live: true });
    expect({ ok, findings }).toEqual({ ok: true, findings: [] });
    expect(checked).toEqual({ cases: 1, runs: 3, events: version, replayed: version, adopted: 0, unproven: 0 });
  });

  it('finds that the archive alone does not explain what its newest run stored, until that is archived too', async () => {
    const { checked } = await replay();
    expect(checked['runs']).toBe(2);
    expect(checked['adopted']).toBeGreaterThan(0);
    await new Archiver(stack.client, stack.db, async () => undefined, 0).sweep();
    expect(await replay()).toMatchObject({ ok: true, checked: { runs: 3, adopted: 0 } });
  });

  it('does not replay again what held, until a run or a record is another', async () => {
    const folder = temporaryFolder('verdicts');
    const cache = new VerdictCache(folder);
    const first = await replay({ cache });
    expect(first).toMatchObject({ ok: true, checked: { runs: 3 } });
    const [file = '', ...more] = readdirSync(folder);
    expect(more).toEqual([]);
    writeFileSync(join(folder, file), readFileSync(join(folder, file), 'utf8').replace('"runs":3', '"runs":33'));
    expect(await replay({ cache })).toMatchObject({ ok: true, checked: { runs: 33 } });
    expect(await replay({ cache, live: true })).toMatchObject({ ok: true, checked: { runs: 33 } });
    const { code } = testBundle();
    expect(await replay({ cache, candidate: code.replace("startToCloseTimeout: '5 s'", "startToCloseTimeout: '6 s'") })).toMatchObject({ ok: false, checked: { runs: 3 } });
    expect(readdirSync(folder)).toHaveLength(1);
    const restore = await alter(has('activityTaskScheduledEventAttributes'), ({ activityTaskScheduledEventAttributes: activity }) => { Object.assign(activity?.startToCloseTimeout ?? {}, { nanos: 1_000_000 }); });
    expect(await replay({ cache }).finally(restore)).toMatchObject({ ok: false, checked: { runs: 3 } });
    rmSync(folder, { recursive: true });
  });

  it('replays what is archived when Temporal has nothing', async () => {
    expect(await replayCases({ db: stack.db, archive, live: null, today: testBundle(), candidate: null, cache: null }, ['adhesion/c_f205-1']))
      .toMatchObject({ ok: false, findings: [{ code: 'NO_HISTORY', stream: 'adhesion/c_f205-1' }] });
  });
});

/** The event of a history that a change is made to: the first of its kind, in any run, or the test is wrong. */
type Event = NonNullable<History['events']>[number];
const payload = (value: unknown) => ({ metadata: { encoding: Buffer.from('json/plain') }, data: Buffer.from(JSON.stringify(value)) });
const read = <T>(from: { data?: Uint8Array | null } | null | undefined) => JSON.parse(Buffer.from(from?.data ?? []).toString()) as T;
const has = (kind: keyof Event) => (event: Event) => (event[kind] ?? null) !== null;
const local = (type: string) => (event: Event) => {
  const data = event.markerRecordedEventAttributes?.details?.['data']?.payloads?.[0];
  return data !== undefined && read<{ activity_type: string }>(data).activity_type === type;
};
const answerOf = (event: Event) => event.markerRecordedEventAttributes?.details?.['result']?.payloads?.[0] ?? {};
const setAnswer = <T>(event: Event, change: (answer: T) => unknown) => { Object.assign(answerOf(event), payload(change(read<T>(answerOf(event))))); };

interface Answered { outcome: string; events: { hash: string; data: object; type: string }[] }

/** One thing that is another in a history than it was, and what an auditor is told. */
const ALTERED: readonly (readonly [what: string, at: (event: Event) => boolean, change: (event: Event, events: Event[]) => void, told: RegExp])[] = [
  ['the data of an event that the store answered', local('append'), (event) => { setAnswer<Answered>(event, (answer) => ({ ...answer, events: answer.events.map((one) => ({ ...one, data: { ...one.data, forged: true } })) })); }, /another data than the record|REPLAY/],
  ['the hash of an event that the store answered', local('append'), (event) => { setAnswer<Answered>(event, (answer) => ({ ...answer, events: answer.events.map((one) => ({ ...one, hash: 'f'.repeat(64) })) })); }, /another hash than the record/],
  ['the outcome of an append', local('append'), (event) => { setAnswer<Answered>(event, () => ({ outcome: 'MISMATCH' })); }, /answered|nondeterminism|Nondeterminism|presence/i],
  ['what the store answered to a load', (event) => local('load')(event) && read<{ known: boolean }>(answerOf(event)).known, (event) => { setAnswer(event, () => ({ known: false, version: 3 })); }, /Run/],
  ['the name of a local activity', local('append'), (event) => { Object.assign(event.markerRecordedEventAttributes?.details?.['data']?.payloads?.[0] ?? {}, payload({ ...read<object>(event.markerRecordedEventAttributes?.details?.['data']?.payloads?.[0]), activity_type: 'alarm' })); }, /Run/],
  ['the length of a timer', has('timerStartedEventAttributes'), ({ timerStartedEventAttributes: timer }) => { Object.assign(timer?.startToFireTimeout ?? {}, { nanos: 1_000_000 }); }, /timer 1, millis: the history has \d+001, the replay \d+/],
  ['the number of a timer', has('timerStartedEventAttributes'), ({ timerStartedEventAttributes: timer }) => { Object.assign(timer ?? {}, { timerId: '7' }); }, /timer 7, presence|timer/i],
  ['an argument of an activity', has('activityTaskScheduledEventAttributes'), ({ activityTaskScheduledEventAttributes: activity }) => { Object.assign(activity?.input?.payloads?.[0] ?? {}, payload('adhesion/c_f205-1')); }, /activity 2, arguments: the history has \["adhesion\/c_f205-1"/],
  ['the timeout of an activity', has('activityTaskScheduledEventAttributes'), ({ activityTaskScheduledEventAttributes: activity }) => { Object.assign(activity?.startToCloseTimeout ?? {}, { nanos: 1_000_000 }); }, /activity 2, startToClose: the history has 30001, the replay 30000/],
  ['how an activity is tried again', has('activityTaskScheduledEventAttributes'), ({ activityTaskScheduledEventAttributes: activity }) => { Object.assign(activity?.retryPolicy ?? {}, { backoffCoefficient: 3 }); }, /activity 2, retry: .*"backoff":3/],
  ['the limit of attempts of an activity', has('activityTaskScheduledEventAttributes'), ({ activityTaskScheduledEventAttributes: activity }) => { Object.assign(activity?.retryPolicy ?? {}, { maximumAttempts: 1 }); }, /activity 2, retry: .*"attempts":1/],
  ['the kind of an activity', has('activityTaskScheduledEventAttributes'), ({ activityTaskScheduledEventAttributes: activity }) => { Object.assign(activity?.activityType ?? {}, { name: 'tell' }); }, /Run/],
  ['where an activity was sent', has('activityTaskScheduledEventAttributes'), ({ activityTaskScheduledEventAttributes: activity }) => { Object.assign(activity?.taskQueue ?? {}, { name: 'elsewhere' }); }, /activity 2, taskQueue: the history has "elsewhere"/],
  ['what an Update was answered', has('workflowExecutionUpdateCompletedEventAttributes'), ({ workflowExecutionUpdateCompletedEventAttributes: update }) => { Object.assign(update?.outcome?.success?.payloads?.[0] ?? {}, payload({ version: 99 })); }, /answered, answer: the history has \{"version":99\}/],
  ['what an Update asked', has('workflowExecutionUpdateAcceptedEventAttributes'), ({ workflowExecutionUpdateAcceptedEventAttributes: update }) => {
    const argument = update?.acceptedRequest?.input?.args?.payloads?.[0];
    const message = read<{ command: object }>(argument);
    Object.assign(argument ?? {}, payload({ ...message, command: { ...message.command, actor: { subject: 'op-2', role: 'operator', body: 'agency' } } }));
  }, /hands over another actor/],
  ['what a signal said', has('workflowExecutionSignaledEventAttributes'), ({ workflowExecutionSignaledEventAttributes: signal }) => {
    const argument = signal?.input?.payloads?.[0];
    const message = read<{ command: object }>(argument);
    Object.assign(argument ?? {}, payload({ ...message, command: { ...message.command, id: 'another' } }));
  }, /hands over another (data|command)/],
  ['the snapshot that the next run is begun with', has('workflowExecutionContinuedAsNewEventAttributes'), ({ workflowExecutionContinuedAsNewEventAttributes: next }) => {
    const argument = next?.input?.payloads?.[0];
    Object.assign(argument ?? {}, payload({ ...read<object>(argument), continueAfter: 5 }));
  }, /end, arguments: the history has/],
  ['the snapshot that a run was begun with', (event) => has('workflowExecutionStartedEventAttributes')(event) && (event.workflowExecutionStartedEventAttributes?.continuedExecutionRunId ?? '') !== '', ({ workflowExecutionStartedEventAttributes: started }) => {
    const argument = started?.input?.payloads?.[0];
    const input = read<{ snapshot: { state: object } }>(argument);
    Object.assign(argument ?? {}, payload({ ...input, snapshot: { ...input.snapshot, state: { ...input.snapshot.state, late: true } } }));
  }, /begun with something else|not the fold|end, arguments/],
  ['the type of the next run', has('workflowExecutionContinuedAsNewEventAttributes'), ({ workflowExecutionContinuedAsNewEventAttributes: next }) => { Object.assign(next?.workflowType ?? {}, { name: 'migrationWorkflow' }); }, /end, type: the history has "migrationWorkflow"/],
  ['the tail, cut', has('workflowExecutionContinuedAsNewEventAttributes'), (_event, events) => { events.splice(-8); }, /REPLAY_DIFFERS|ended|presence/],
  ['an Update, left out', has('workflowExecutionUpdateAcceptedEventAttributes'), (event, events) => {
    const id = String(event.eventId);
    const without = events.filter((one) => one !== event && String(one.workflowExecutionUpdateCompletedEventAttributes?.acceptedEventId) !== id);
    events.splice(0, events.length, ...without);
  }, /Run/],
  ['the mark of a patch, left out', (event) => event.markerRecordedEventAttributes?.markerName === 'core_patch', (event, events) => { events.splice(events.indexOf(event), 1); }, /Run/],
];

describe('a history that was altered behind its hash is found', () => {
  it.each(ALTERED)('%s', async (_what, at, change, told) => {
    const restore = await alter(at, change);
    const { ok, findings } = await replay().finally(restore);
    expect(ok).toBe(false);
    expect(findings.map(({ code, message }) => `${code} ${message}`).join('\n')).toMatch(told);
  });

  it('and one whose bytes are not those of its hash', async () => {
    const [run] = await archive.runsOf(STREAM);
    const bytes = await archive.bytesOf(run ?? { workflowId: '', runId: '', length: 0, hash: '' });
    const restore = await rewrite(run?.runId ?? '', Buffer.concat([bytes, Buffer.from([0])]), run?.hash ?? '');
    expect(await replay().finally(restore)).toMatchObject({ ok: false, findings: expect.arrayContaining([expect.objectContaining({ code: 'ARCHIVE_DIFFERS' })]) });
  });

  it('while the histories as they were hold', async () => {
    expect(await replay()).toMatchObject({ ok: true, findings: [] });
  });
});

/** Alters the first event of a kind in what is archived, with a hash that fits, as who has all rights on the database could. */
async function alter(at: (event: Event) => boolean, change: (event: Event, events: Event[]) => void): Promise<() => Promise<void>> {
  for (const run of await archive.runsOf(STREAM)) {
    const history = readHistory(await archive.bytesOf(run));
    const events = history.events ?? [];
    const event = events.find(at);
    if (event === undefined) continue;
    change(event, events);
    const bytes = encodeHistory({ events });
    return rewrite(run.runId, bytes, createHash('sha256').update(bytes).digest('hex'));
  }
  throw new Error('No event of this kind in any run');
}

async function rewrite(runId: string, bytes: Buffer, hash: string): Promise<() => Promise<void>> {
  const { history: before, hash: hashBefore } = await stack.db.selectFrom('archived_histories').select(['history', 'hash']).where('run_id', '=', runId).executeTakeFirstOrThrow();
  const write = async (content: Buffer, digest: string) => {
    await asOwner(stack.ownerUrl, `ALTER TABLE archived_histories DISABLE TRIGGER USER;
      UPDATE archived_histories SET history = '\\x${content.toString('hex')}', hash = '${digest}' WHERE run_id = '${runId}';
      ALTER TABLE archived_histories ENABLE TRIGGER USER`);
  };
  await write(gzipSync(bytes), hash);
  return () => write(before, hashBefore);
}

/** One thing that is another in the code than in the bundle that ran the case. */
const CHANGED: readonly (readonly [what: string, from: string, to: string, told: RegExp])[] = [
  ['the timeout of a local activity', "startToCloseTimeout: '5 s'", "startToCloseTimeout: '6 s'", /local activity 1, startToClose: the history has 5000, the replay 6000/],
  ['how long a local activity is tried within a task', "localRetryThreshold: '5 s'", "localRetryThreshold: '7 s'", /localRetryThreshold/],
  ['how a local activity is tried again', "initialInterval: '100 ms'", "initialInterval: '200 ms'", /local activity 1, retry/],
  ['the timeout of an activity', "startToCloseTimeout: '30 s'", "startToCloseTimeout: '31 s'", /activity 2, startToClose: the history has 30000, the replay 31000/],
  ['the length of a timer', 'sleep)(at - Date.now())', 'sleep)(at - Date.now() + 1)', /timer 1, millis/],
  ['the answer to an Update', 'version: outcome.version', 'version: outcome.version + 1', /answered, answer/],
  ['the snapshot', 'headHash: this.head', 'extra: 1, headHash: this.head', /end, arguments/],
  ['an activity that is no longer asked for', 'void world.archiveRun(workflowId, runId)', 'void Promise.resolve()', /Run/],
  ['an activity more', 'void world.archiveRun(workflowId, runId)', 'void world.tell({}); void world.archiveRun(workflowId, runId)', /Run/],
  ['a patch that is gone', '!(0,_temporalio_workflow__WEBPACK_IMPORTED_MODULE_0__.patched)(ARCHIVES_RUN_BEFORE)', 'true', /Run/],
  ['what is told to the store', 'expectedHash: this.head', 'expectedHash: null', /local activity \d+, arguments/],
  ['when a run continues as new', 'this.commands >= (', 'this.commands > (', /Run|presence/],
  ['the decision of a rule', "type: 'ProposalSent'", "type: 'ProposalMailed'", /local activity \d+, arguments|Run/],
];

describe('a bundle that would have run the case otherwise is named', () => {
  it.each(CHANGED)('%s', async (_what, from, to, told) => {
    const { code } = testBundle();
    const places = code.slice(0, code.lastIndexOf('//# sourceMappingURL=')).split(from).length - 1;
    expect(places, `${from} in the bundle`).toBeGreaterThan(0);
    const { ok, findings } = await replay({ candidate: code.replaceAll(from, to) });
    expect(ok).toBe(false);
    expect(findings.map(({ message }) => message).join('\n')).toMatch(told);
  });

  it('and a pure refactor is not', async () => {
    const { code } = testBundle();
    const refactored = code.replaceAll('spokenTo', 'alreadySpokenTo').replaceAll('const places = ', 'let places = ').replace('this.performEffects();\n', 'this.performEffects( );\n\n');
    expect(refactored).not.toBe(code);
    expect(await replay({ candidate: refactored })).toMatchObject({ ok: true, findings: [] });
  });
});

describe('an event that no history stored', () => {
  it('is decided again from its command: ADOPTED when it comes out the same', async () => {
    await adopt({ type: 'FactRefused', data: { commandId: 'left', type: 'AcceptResolution', ...await refusalLike() } }, 'left');
    expect(await replay({ live: true })).toMatchObject({ ok: true, checked: { adopted: 1 } });
  });

  it('is ADOPTED when its record would have been too large, and the refusal of that was stored in its place', async () => {
    await adopt(factRefused('vast', PARKED, tooLarge()), 'vast', { type: PARKED, data: { ...EARLY, vast: 'x'.repeat(61_000) }, actor: MEMBER });
    expect(await replay({ live: true })).toMatchObject({ ok: true, findings: [], checked: { adopted: 2 } });
  });

  it('is decided by the rules of the bundle that ran the case, not by those of today', async () => {
    const { code } = testBundle();
    const otherRules = withoutSourceMap(code).replace("type: 'FactRefused'", "type: 'FactTurnedDown'");
    expect(otherRules).not.toBe(withoutSourceMap(code));
    const rules = [rulesIn(withoutSourceMap(code)), rulesIn(otherRules)];
    const stored = await readCase(stack.db, STREAM);
    const explained = new Set(stored.events.map(({ version }) => version).filter((version) => stored.events[version - 1]?.commandId !== 'left'));
    const verdicts = await Promise.all(rules.map((one) => decideAgain(stored, explained, async function* () { if (one !== null) yield one; })));
    const { version } = stored.events.find(({ commandId }) => commandId === 'left') ?? { version: 0 };
    expect(verdicts).toEqual([{ adopted: [version], findings: [] }, { adopted: [], findings: [expect.objectContaining({ code: 'EVENT_UNEXPLAINED', version })] }]);
    expect(rulesIn(withoutSourceMap(code).replace(/deciding: \(\) =>/, 'notYetDeciding: () =>'))).toBeNull();
  });

  it('is unexplained when it does not', async () => {
    const { version } = await headOf(stack.db, STREAM);
    await adopt(factRefused('small', PARKED, tooLarge()), 'small', { type: PARKED, data: EARLY, actor: MEMBER });
    await adopt({ type: 'ResolutionAccepted', data: {} }, 'forged');
    expect(await replay({ live: true })).toMatchObject({ ok: false, findings: [{ code: 'EVENT_UNEXPLAINED', stream: STREAM, version: version + 1 }, { code: 'EVENT_UNEXPLAINED', stream: STREAM, version: version + 2 }] });
  });
});

/** As a worker leaves it that dies after the append: the store has it, and no history. */
async function adopt(event: { type: string; data: object }, id: string, command: { type: string; data: object; actor: Actor } = { type: 'AcceptResolution', data: {}, actor: OPERATOR }): Promise<void> {
  const head = await headOf(stack.db, STREAM);
  await append(stack.db, {
    stream: STREAM, expected: head.version, expectedHash: head.hash, events: [event],
    command: { id, ...command, receivedAt: '2026-11-22T10:00:00Z', requestHash: null },
  }, () => Promise.resolve(null));
}

/** The code and the reasons with which the same fact was refused before. */
async function refusalLike(): Promise<object> {
  const { data } = await stack.db.selectFrom('events').select('data').where('stream', '=', STREAM).where('type', '=', 'FactRefused').executeTakeFirstOrThrow();
  const { code, reasons } = data as { code: string; reasons: object[] };
  return { code, reasons };
}
