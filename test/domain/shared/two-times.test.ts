import { describe, expect, test } from 'vitest';
import { migration } from '../../../domain/migration/index.ts';
import { caseProcess, type CaseEvent, type CaseState } from '../../../domain/shared/case.ts';
import { accepted } from '../../../domain/shared/process.ts';
import { foldInForce, type TimedEvent } from '../../../domain/shared/two-times.ts';

/** A board with one place: a notice that is put up covers the one before, a seal is set on it, a correction takes it down for another. */
interface BoardState extends CaseState {
  readonly notice: { readonly text: string; readonly version: number } | null;
  readonly folded: readonly string[];
}
interface BoardEvent {
  readonly type: 'Opened' | 'PutUp' | 'Sealed' | 'Corrected';
  readonly data: { readonly text: string; readonly corrects?: number; readonly at?: string };
  readonly effectiveOn?: string;
}

const board = caseProcess<BoardState, { type: 'PutUp'; data: object }, BoardEvent>({
  name: 'board', stateSchema: 1, parkable: new Set(),
  restore: () => null,
  initial: () => ({ version: 0, parked: [], owed: [], notice: null, folded: [] }),
  decide: () => accepted(),
  evolve: (state, { type, data: { text } }) => ({
    ...state, notice: { text, version: state.version }, folded: [...state.folded, `${state.version} ${type}`],
  }),
  correction: ({ data: { corrects, text } }) => (corrects === undefined ? null : { corrects, instead: { type: 'PutUp', data: { text } }, takesAlong: ['Sealed'] }),
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
const sealed = (text: string, effectiveOn: string): BoardEvent => ({ type: 'Sealed', data: { text }, effectiveOn });
const seenOn = (day: string, ...said: readonly BoardEvent[]) => foldInForce(board, events(opened, ...said), day).notice?.text ?? null;
const foldedOn = (day: string, ...said: readonly BoardEvent[]) => foldInForce(board, events(opened, ...said), day).folded.slice(1);

describe('what was in force on a day', () => {
  test('events count from their own day; the opening frames the case on every day', () => {
    const said = [putUp('a', '2026-07-02'), putUp('b', '2026-07-04')];
    expect(['2026-07-01', '2026-07-02', '2026-07-03', '2026-07-04'].map((day) => seenOn(day, ...said))).toEqual(['empty', 'a', 'a', 'b']);
  });

  test('what is left out shifts no version', () => {
    const said = events(opened, putUp('late', '2026-07-09'), putUp('early', '2026-07-02'), putUp('later', '2026-07-09'));
    expect(foldInForce(board, said, '2026-07-02')).toEqual({ version: 4, parked: [], owed: [], notice: { text: 'early', version: 3 }, folded: ['1 Opened', '3 PutUp'] });
  });

  test('an event without a day counts from the day it was said, in Rome, or else recorded', () => {
    const said: BoardEvent = { type: 'PutUp', data: { text: 'said', at: '2026-07-02T22:30:00Z' } };
    expect(['2026-07-02', '2026-07-03'].map((day) => seenOn(day, said))).toEqual(['empty', 'said']);
    const silent: BoardEvent = { type: 'PutUp', data: { text: 'silent' } };
    expect(['2026-07-09', '2026-07-10'].map((day) => seenOn(day, silent))).toEqual(['empty', 'silent']);
  });

  test('a correction takes its fact back on every day, and counts from its own', () => {
    const later = [putUp('wrong', '2026-07-02'), corrected(2, 'right', '2026-07-05')];
    expect(['2026-07-01', '2026-07-02', '2026-07-04', '2026-07-05'].map((day) => seenOn(day, ...later))).toEqual(['empty', 'empty', 'empty', 'right']);
    const earlier = [putUp('wrong', '2026-07-05'), corrected(2, 'right', '2026-07-02')];
    expect(['2026-07-01', '2026-07-02', '2026-07-05'].map((day) => seenOn(day, ...earlier))).toEqual(['empty', 'right', 'right']);
  });

  test('a correction takes back nothing that did not count: only what it says instead is folded', () => {
    const said = [putUp('wrong', '2026-07-05'), corrected(2, 'right', '2026-07-02')];
    expect(['2026-07-01', '2026-07-02', '2026-07-05'].map((day) => foldedOn(day, ...said))).toEqual([[], ['3 PutUp'], ['2 PutUp', '3 Corrected']]);
  });

  test('a correction without a day counts from that of its fact', () => {
    const said = [putUp('wrong', '2026-07-02'), corrected(2, 'right'), corrected(3, 'at last')];
    expect(['2026-07-01', '2026-07-02'].map((day) => seenOn(day, ...said))).toEqual(['empty', 'at last']);
  });

  test('what a fact had covered is seen again where the fact is taken back', () => {
    const said = [putUp('a', '2026-07-02'), putUp('b', '2026-07-06'), corrected(3, 'c', '2026-07-07')];
    expect(['2026-07-02', '2026-07-06', '2026-07-07'].map((day) => seenOn(day, ...said))).toEqual(['a', 'a', 'c']);
  });

  test('what followed from a fact is taken back with it, what came before and after is not', () => {
    const said = [
      putUp('a', '2026-07-01'), sealed('seal on a', '2026-07-01'), putUp('b', '2026-07-02'), sealed('seal on b', '2026-07-02'),
      corrected(4, 'c', '2026-07-04'), sealed('seal on c', '2026-07-03'),
    ];
    expect(['2026-07-02', '2026-07-03', '2026-07-04'].map((day) => foldedOn(day, ...said))).toEqual([
      ['2 PutUp', '3 Sealed'], ['2 PutUp', '3 Sealed', '7 Sealed'], ['2 PutUp', '3 Sealed', '4 PutUp', '5 Sealed', '6 Corrected', '7 Sealed'],
    ]);
    // One that counts before its fact, which is not folded, is left out as well.
    expect(foldedOn('2026-07-02', putUp('wrong', '2026-07-05'), sealed('before its time', '2026-07-02'), corrected(2, 'right', '2026-07-02'))).toEqual(['4 PutUp']);
  });

  test('a correction that was itself taken back has taken back its fact all the same', () => {
    const said = [putUp('wrong', '2026-07-02'), corrected(2, 'wrong again', '2026-07-04'), corrected(3, 'right', '2026-07-06')];
    expect(['2026-07-02', '2026-07-04', '2026-07-05'].map((day) => seenOn(day, ...said))).toEqual(['empty', 'empty', 'empty']);
    expect(foldedOn('2026-07-06', ...said)).toEqual(['2 PutUp', '3 Corrected', '4 Corrected']);
  });

  test('an event of the case itself corrects nothing, nor does any of a process without corrections', () => {
    const refusal = { type: 'FactRefused', data: { commandId: 'c', type: 'PutUp', code: 'X', reasons: [{ code: 'X', message: 'No.' }] } } as const;
    expect(board.correction(refusal)).toBeNull();
    expect(migration.correction({ type: 'MigrationClosed', data: { closedOn: '2026-07-01', at: RECORDED }, effectiveOn: '2026-07-01' })).toBeNull();
  });
});
