import { describe, expect, test } from 'vitest';
import { migration, viewMigration } from '../../../../domain/migration/index.ts';
import { TEXT } from '../scenario.ts';
import { after, changed, CUT, GO, parallel, SCHEDULE, stateOf, told, when, type Step } from '../moved.ts';

type Events = ReturnType<typeof parallel>;
const stage = (events: Events) => stateOf(events).migration?.state;
const waiting = (events: Events) => migration.waiting(stateOf(events), '2026-11-10T08:00:00Z');
const suspend = (now: string): Step => [{ type: 'Suspend', data: { reasons: TEXT } }, now];
const resume = (now: string): Step => [{ type: 'Resume', data: {} }, now];
const missed = (at: string) => ({ type: 'CutoverWindowMissed', data: { no: 1, at } });
const resumed = (at: string) => ({ type: 'MigrationResumed', data: { by: 'PARTY', terms: {}, at } });

// The window goes from Friday 6 November, 19:00Z, to Sunday 8 November, 19:00Z.
const DECIDED = after(parallel(), SCHEDULE, GO);

describe('a go is good for its window only', () => {
  test('where the migration was suspended all through its window it is void: another is set', () => {
    const held = after(DECIDED, suspend('2026-11-06T19:00:00Z'));
    when(held, ...resume('2026-11-08T19:00:00Z')).then(resumed('2026-11-08T19:00:00Z'), missed('2026-11-08T19:00:00Z'));
    const back = after(held, resume('2026-11-10T08:00:00Z'));
    expect(stage(back)).toBe('PARALLEL_RUN');
    expect(waiting(back).map(({ who, what, reasons }) => [who, what, ...reasons.map(({ code }) => code)])).toEqual([['OPERATOR', 'ScheduleCutover', 'WINDOW_MISSING']]);
    expect(viewMigration(stateOf(back), '2026-11-10T08:00:00Z').gates.find(({ gate }) => gate === 'CUTOVER')).toMatchObject({ open: false, reasons: [{ code: 'WINDOW_MISSING' }, { code: 'GO_MISSING' }] });
  });

  test.each([
    ['had begun', '2026-11-06T19:00:01Z', '2026-11-10T08:00:00Z'],
    ['was not over', '2026-11-06T10:00:00Z', '2026-11-08T18:59:59Z'],
  ])('where the window %s without the suspension it stands: the service may have been cut over', (_what, from, to) => {
    const held = after(DECIDED, suspend(from));
    when(held, ...resume(to)).then(resumed(to));
    const back = after(held, resume(to));
    expect(stage(back)).toBe('CUTOVER');
    expect(after(back, [changed(CUT, {})[0], '2026-11-10T12:00:00Z']).at(-2)).toMatchObject({ type: 'CutoverRecorded', data: { regular: true } });
  });

  test('of two that hold it up the last decides, whether a party or a dependency', () => {
    const begun = after(parallel({ service: 'VOIP_TELEPHONY', grounds: { services: { FIBRE: 'OPERATING' } } }), SCHEDULE, GO);
    const fallen = told(begun, { services: { FIBRE: 'ROLLING_BACK' } }, '2026-11-06T10:00:00Z');
    const both = after(fallen, suspend('2026-11-07T10:00:00Z'));
    when(both, ...resume('2026-11-09T08:00:00Z')).then(resumed('2026-11-09T08:00:00Z'));
    const operating = told(after(both, resume('2026-11-09T08:00:00Z')), { services: { FIBRE: 'OPERATING' } }, '2026-11-09T09:00:00Z');
    expect(operating.slice(-2)).toEqual([{ type: 'MigrationResumed', data: { by: 'DEPENDENCY', terms: {}, at: '2026-11-09T09:00:00Z' } }, missed('2026-11-09T09:00:00Z')]);
    expect(stage(operating)).toBe('PARALLEL_RUN');
  });

  test('the turn says up to when, and what is done once it is over: the cutover recorded, or another window set', () => {
    expect(waiting(DECIDED)).toEqual([{
      who: 'OPERATOR', what: 'RecordCutover', since: '2026-11-05T15:00:00Z', dueOn: '2026-11-08',
      reasons: [{
        code: 'GO_FOR_WINDOW',
        message: {
          it: "Il via libera vale per la finestra che finisce domenica 8 novembre 2026: allora si registra la messa in esercizio (RecordCutover) o, se non è avvenuta, si fissa un'altra finestra (ScheduleCutover).",
          en: 'The go is for the window that ends on Sunday 8 November 2026: by then the cutover is recorded (RecordCutover) or, if there was none, another window set (ScheduleCutover).',
        },
      }],
    }]);
    const anew: Step = [{ type: 'ScheduleCutover', data: { from: '2026-11-13T20:00:00+01:00', to: '2026-11-15T20:00:00+01:00' } }, '2026-11-10T08:00:00Z'];
    expect(stage(after(DECIDED, anew))).toBe('PARALLEL_RUN');
  });

  test('while it is suspended the gate that it has passed stays open', () => {
    expect(viewMigration(stateOf(after(DECIDED, suspend('2026-11-06T10:00:00Z'))), '2026-11-06T10:00:00Z').gates.find(({ gate }) => gate === 'CUTOVER')).toEqual({ gate: 'CUTOVER', open: true, reasons: [] });
  });
});

test('a window that nobody decided on yet is given up by its timer once the migration resumes', () => {
  const back = after(parallel(), SCHEDULE, suspend('2026-11-06T10:00:00Z'), resume('2026-11-10T08:00:00Z'));
  expect(migration.timers(stateOf(back))).toEqual([{ key: 'cutover-window-1', at: '2026-11-08T19:00:00Z', command: { type: 'EndCutoverWindow', data: { no: 1 } } }]);
});

test('a service that was cut over keeps its window, whatever suspends it later', () => {
  const live = after(DECIDED, CUT, suspend('2026-11-08T10:00:00Z'), resume('2026-11-20T10:00:00Z'));
  expect([stage(live), live.at(-1)?.type]).toEqual(['HYPERCARE', 'MigrationResumed']);
});
