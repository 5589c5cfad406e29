import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openKeys } from '../../api/auth/keys.ts';
import type { Caller } from '../../api/auth/verify.ts';
import { Bodies } from '../../api/bodies.ts';
import type { CheckedCommand, CommandWay } from '../../api/cases/command-way.ts';
import { openAdhesion } from '../../api/cases/opening.ts';
import { makeContext, type Context } from '../../api/context.ts';
import { Problem } from '../../api/problems.ts';
import { joinCases, joinDue, joinedCases } from '../../api/territory/joining.ts';
import { enterAsk } from '../../api/territory/recording.ts';
import { findCase } from '../../db/queries/cases.ts';
import { addDays, civilDateOf } from '../../domain/shared/civil-date.ts';
import type { ChangeRequest } from '../../domain/territory/decide.ts';
import type { Change } from '../../domain/territory/territory.ts';
import { Runs } from '../../engine/runs.ts';
import { expectWhole } from '../support/invariants.ts';
import { startStack, type Stack } from '../support/stack.ts';

/** Servers join by themselves every few seconds: here each step is taken by the test. */
const COMUNI = new Bodies(Array.from({ length: 12 }, (_, index) => ({ ipaCode: `c_j0${String(index).padStart(2, '0')}`, istatCode: String(15_700 + index).padStart(6, '0'), name: `Unito ${index}`, population: 4_000 })));
const OPERATOR: Caller = { subject: 'operator-1', role: 'operator', body: null };
const TODAY = civilDateOf(new Date().toISOString());
const PAST = '2026-11-01';
const codeAt = (index: number) => `c_j0${String(index).padStart(2, '0')}`;
const made = (number: number) => ({ ipaCode: `c_j10${number}`, istatCode: `01580${number}`, name: `Nuovo ${number}`, population: 3_000, bodyType: 'COMUNE' as const });

let stack: Stack;
let context: Context;
beforeAll(async () => {
  stack = await startStack({ bodies: COMUNI });
  context = makeContext(stack.db, { engine: stack.engine, runs: new Runs(stack.client), sequencedWithinMs: 0, keys: await openKeys(stack.keysDir), bodies: COMUNI, log: pino({ level: 'silent' }), twoPersons: false }, 30);
}, 120_000);
afterAll(() => stack.stop());

async function opened(index: number): Promise<void> {
  const body = COMUNI.find(codeAt(index));
  if (body === undefined) throw new RangeError('No such body in the test');
  await openAdhesion(context, { body, policies: undefined, received: {}, caller: OPERATOR, commandId: `open/${index}` });
}
const record = async (on: Context, data: Omit<ChangeRequest, 'act'>): Promise<Change> => (await enterAsk(on, { type: 'RecordChange', data: { ...data, act: { title: 'Legge regionale 1/2026' } } }, OPERATOR, undefined)).data;
const exists = async (id: string) => await findCase(stack.db, `adhesion/${id}`) !== undefined;
const refusal = async (doing: Promise<unknown>) => doing.then(() => 'accepted', (error: unknown) => (error instanceof Problem ? error.code : String(error)));

/** The context of a server whose engine goes away before a case is told. */
function awayBefore(stops: (command: CheckedCommand) => boolean): Context {
  const way = Object.assign(Object.create(context.whole.way) as CommandWay, {
    execute: (command: CheckedCommand) => (stops(command) ? Promise.reject(Problem.of('ENGINE_UNAVAILABLE')) : context.whole.way.execute(command)),
  });
  return { ...context, whole: { ...context.whole, way } };
}

describe('a joining that broke off', () => {
  test('between two successors is seen as pending, and is taken up where it stood', async () => {
    await opened(0);
    const change = await record(awayBefore(({ id }) => id === 'c_j102-1'), { type: 'BodySplit', on: PAST, predecessors: [codeAt(0)], successors: [made(1), made(2)] });
    const both = [{ body: 'c_j101', adhesion: 'c_j101-1' }, { body: 'c_j102', adhesion: 'c_j102-1' }];
    expect([await exists('c_j101-1'), await exists('c_j102-1')]).toEqual([true, false]);
    expect(await joinedCases(context, change)).toEqual([{ adhesion: `${codeAt(0)}-1`, body: codeAt(0), state: 'PENDING', successors: both }]);

    const done = new Set<string>();
    await joinDue(context, done);
    expect(await joinedCases(context, change)).toEqual([{ adhesion: `${codeAt(0)}-1`, body: codeAt(0), state: 'JOINED', successors: both }]);
    expect(done).toEqual(new Set([`${change.id}@0`]));
  });

  test('before the first case was told already binds the change: it is corrected no more', async () => {
    await opened(1);
    const { id } = await record(awayBefore(() => true), { type: 'BodiesMerged', on: PAST, predecessors: [codeAt(1), codeAt(2)], successors: [made(3)] });
    expect(await refusal(enterAsk(context, { type: 'WithdrawChange', data: { id, reason: 'RECORDED_TWICE' } }, OPERATOR, undefined))).toBe('CASES_JOINED');
    await joinDue(context, new Set());
    expect(await exists('c_j103-1')).toBe(true);
  });

  test('of a change that cannot be joined does not hold up the others, nor is it taken for done', async () => {
    await opened(3);
    await opened(4);
    const away = awayBefore(() => true);
    const broken = await record(away, { type: 'BodiesMerged', on: PAST, predecessors: [codeAt(3), codeAt(5)], successors: [made(4)] });
    const other = await record(away, { type: 'BodiesMerged', on: PAST, predecessors: [codeAt(4), codeAt(6)], successors: [made(5)] });
    const done = new Set<string>();
    const way = Object.assign(Object.create(context.whole.way) as CommandWay, {
      execute: (command: CheckedCommand) => (command.id === `${codeAt(3)}-1` ? Promise.reject(new Error('This case cannot be told')) : context.whole.way.execute(command)),
    });
    await joinDue({ ...context, whole: { ...context.whole, way } }, done);
    expect([done.has(`${broken.id}@0`), done.has(`${other.id}@0`), await exists('c_j105-1')]).toEqual([false, true, true]);
    await joinDue(context, done);
    expect([done.has(`${broken.id}@0`), await exists('c_j104-1')]).toEqual([true, true]);
  });
});

describe('a change that was corrected', () => {
  test('is looked at again by a server that had nothing to join for it before', async () => {
    await opened(7);
    const done = new Set<string>();
    const { id } = await record(context, { type: 'BodiesMerged', on: PAST, predecessors: [codeAt(8), codeAt(9)], successors: [made(6)] });
    await joinDue(context, done);
    await enterAsk(awayBefore(() => true), { type: 'CorrectChange', data: { id, reason: 'NOT_THIS_BODY', instead: { predecessors: [codeAt(7), codeAt(9)] } } }, OPERATOR, undefined);
    expect(await exists('c_j106-1')).toBe(false);
    await joinDue(context, done);
    expect([await exists('c_j106-1'), [...done].filter((one) => one.startsWith(id))]).toEqual([true, [`${id}@0`, `${id}@1`]]);
  });

  test('is not joined as it was read before', async () => {
    const before = await record(context, { type: 'BodiesMerged', on: PAST, predecessors: [codeAt(8), codeAt(10)], successors: [made(7)] });
    await opened(11);
    const stale = { ...before, predecessors: [codeAt(8), codeAt(11)] };
    expect(await refusal(joinCases(context, stale))).toBe('CHANGE_CHANGED');
    expect([await exists('c_j107-1'), (await context.territory.current()).joined.has(before.id)]).toEqual([false, false]);
  });
});

test('a change of tomorrow joins nothing today, whoever asks', async () => {
  const change = await record(context, { type: 'BodyRenamed', on: addDays(TODAY, 1), predecessors: [codeAt(11)], successors: [{ ipaCode: codeAt(11), istatCode: '015711', name: 'Domani', population: 4_000, bodyType: 'COMUNE' }] });
  expect(await refusal(joinCases(context, change))).toBe('CHANGE_NOT_YET');
  const done = new Set<string>();
  await joinDue(context, done);
  expect([...done].some((one) => one.startsWith(change.id))).toBe(false);
  await expectWhole(stack, []);
}, 120_000);
