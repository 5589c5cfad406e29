import { describe, expect, test } from 'vitest';
import { migration } from '../../../domain/migration/index.ts';
import { caseProcess, type CaseEvent, type CaseState } from '../../../domain/shared/case.ts';
import { accepted, refused } from '../../../domain/shared/process.ts';
import { foldInForce, type TimedEvent } from '../../../domain/shared/two-times.ts';

/** A board with one place: a notice that is put up covers the one before, and a correction puts another in its place. */
interface BoardState extends CaseState {
  readonly notice: { readonly text: string; readonly version: number } | null;
}
interface BoardEvent {
  readonly type: 'Opened' | 'PutUp' | 'Corrected';
  readonly data: { readonly text: string; readonly corrects?: number; readonly at?: string };
  readonly effectiveOn?: string;
}

const board = caseProcess<BoardState, { type: 'PutUp'; data: object }, BoardEvent>({
  name: 'board', stateSchema: 1, parkable: new Set(),
  restore: () => null,
  initial: () => ({ version: 0, parked: [], owed: [], notice: null }),
  decide: () => accepted(),
  evolve: (state, { data: { text } }) => ({ ...state, notice: { text, version: state.version } }),
  takeBack: (state) => ({ ...state, notice: null }),
  timers: () => [], allowed: () => [], waiting: () => [], finished: () => false,
});

const RECORDED = '2026-07-10T10:00:00Z';
const events = (...said: readonly (BoardEvent | CaseEvent)[]): readonly ((BoardEvent | CaseEvent) & TimedEvent)[] =>
  said.map((event, index) => ({ ...event, version: index + 1, recordedAt: RECORDED }));
const opened: BoardEvent = { type: 'Opened', data: { text: 'empty', at: RECORDED } };
const putUp = (text: string, effectiveOn: string): BoardEvent => ({ type: 'PutUp', data: { text }, effectiveOn });
const corrected = (corrects: number, text: string, effectiveOn?: string): BoardEvent => ({
  type: 'Corrected', data: { corrects, text }, ...(effectiveOn === undefined ? {} : { effectiveOn }),
});
const seenOn = (day: string, ...said: readonly BoardEvent[]) => foldInForce(board, events(opened, ...said), day).notice?.text ?? null;

describe('what was in force on a day', () => {
  test('events count from their own day; the opening frames the case on every day', () => {
    const said = [putUp('a', '2026-07-02'), putUp('b', '2026-07-04')];
    expect(['2026-07-01', '2026-07-02', '2026-07-03', '2026-07-04'].map((day) => seenOn(day, ...said))).toEqual(['empty', 'a', 'a', 'b']);
  });

  test('what is left out shifts no version', () => {
    const said = events(opened, putUp('late', '2026-07-09'), putUp('early', '2026-07-02'), putUp('later', '2026-07-09'));
    expect(foldInForce(board, said, '2026-07-02')).toEqual({ version: 4, parked: [], owed: [], notice: { text: 'early', version: 3 } });
  });

  test('an event without a day counts from the day it was said, in Rome, or else recorded', () => {
    const said: BoardEvent = { type: 'PutUp', data: { text: 'said', at: '2026-07-02T22:30:00Z' } };
    expect(['2026-07-02', '2026-07-03'].map((day) => seenOn(day, said))).toEqual(['empty', 'said']);
    const silent: BoardEvent = { type: 'PutUp', data: { text: 'silent' } };
    expect(['2026-07-09', '2026-07-10'].map((day) => seenOn(day, silent))).toEqual(['empty', 'silent']);
  });

  test('a correction takes its fact back on every day, and counts from its own', () => {
    const later = [putUp('wrong', '2026-07-02'), corrected(2, 'right', '2026-07-05')];
    expect(['2026-07-01', '2026-07-02', '2026-07-04', '2026-07-05'].map((day) => seenOn(day, ...later))).toEqual(['empty', null, null, 'right']);
    const earlier = [putUp('wrong', '2026-07-05'), corrected(2, 'right', '2026-07-02')];
    expect(['2026-07-01', '2026-07-02', '2026-07-05'].map((day) => seenOn(day, ...earlier))).toEqual(['empty', 'right', 'right']);
  });

  test('a correction without a day counts from that of its fact', () => {
    const said = [putUp('wrong', '2026-07-02'), corrected(2, 'right'), corrected(3, 'at last')];
    expect(['2026-07-01', '2026-07-02'].map((day) => seenOn(day, ...said))).toEqual(['empty', 'at last']);
  });

  test('a correction of what did not count yet takes nothing back', () => {
    const said = [putUp('a', '2026-07-02'), putUp('b', '2026-07-06'), corrected(3, 'c', '2026-07-07')];
    expect(['2026-07-02', '2026-07-06', '2026-07-07'].map((day) => seenOn(day, ...said))).toEqual(['a', null, 'c']);
  });

  test('an event of the case itself takes nothing back, nor does any of a process without corrections', () => {
    const refusal = { type: 'FactRefused', data: { commandId: 'c', type: 'PutUp', code: 'X', reasons: refused('X', 'No.').reasons } } as const;
    const state = foldInForce(board, events(opened), '2026-07-01');
    expect(board.takeBack(state, refusal)).toBe(state);
    const requested = migration.initial();
    expect(migration.takeBack(requested, { type: 'MigrationClosed', data: { closedOn: '2026-07-01', at: RECORDED }, effectiveOn: '2026-07-01' })).toBe(requested);
  });
});
