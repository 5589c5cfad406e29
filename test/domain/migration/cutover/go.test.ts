import { describe, expect, test } from 'vitest';
import { migration, viewMigration } from '../../../../domain/migration/index.ts';
import { MEMBER, TEXT } from '../scenario.ts';
import { after, changed, GO, parallel, SCHEDULE, stateOf, told, when, type Step } from '../moved.ts';

type Events = ReturnType<typeof parallel>;
const NOW = '2026-11-01T09:00:00Z';
const waits = (events: Events) => migration.waiting(stateOf(events), NOW).map(({ who, what, reasons }) => [who, what, ...reasons.map(({ code }) => code)]);
const SCHEDULED = after(parallel(), SCHEDULE);
const NO = changed(GO, { go: false, reasons: TEXT });
const DEFECT: Step = [{ type: 'ReportDefect', data: { defectNo: 'INC-1', severity: 1, reportedAt: NOW } }, NOW, MEMBER];

describe('a no', () => {
  test.each<[string, Events, string]>([
    ['with a defect of severity 1 open', after(SCHEDULED, DEFECT), 'SEVERITY1_OPEN'],
    ['while the resolution is suspended', told(SCHEDULED, { convention: 'SUSPENDED' }, NOW), 'RESOLUTION_SUSPENDED'],
    ['with a vote called since', told(SCHEDULED, { electionDays: ['2026-11-08'] }, NOW), 'WINDOW_NOT_FREE'],
    ['while nobody is referent of the service', told(SCHEDULED, { serviceReferent: false }, NOW), 'SERVICE_REFERENT_MISSING'],
  ])('is recorded %s, as what is missing may be its very reason; a go is refused', (_what, events, code) => {
    const allowed = migration.allowed(stateOf(events), { actor: MEMBER, now: NOW, commandId: 'x' }).find(({ command }) => command === 'DecideGo');
    expect(allowed).toEqual({ command: 'DecideGo', allowed: true, reasons: [] });
    when(events, ...NO).then({ type: 'CutoverDecided', data: { go: false, decidedAt: '2026-11-05T14:00:00Z', reasons: TEXT, at: '2026-11-05T15:00:00Z' }, effectiveOn: '2026-11-05' });
    expect(when(events, ...GO).reasons().slice(0, 2).map((reason) => reason.code)).toEqual(['GATE_SHUT', code]);
  });

  test('needs a window to say it of, as a go does', () => {
    when(parallel(), ...NO).refused('NOT_SCHEDULED');
    when(parallel(), ...GO).refused('NOT_SCHEDULED');
  });
});

describe('the referent of the service', () => {
  const vacant = told(SCHEDULED, { serviceReferent: false }, NOW);

  test('gives the go, so the gate needs one', () => {
    expect(viewMigration(stateOf(vacant), NOW).gates.find(({ gate }) => gate === 'CUTOVER')?.reasons.map(({ code }) => code)).toEqual(['SERVICE_REFERENT_MISSING', 'GO_MISSING']);
    expect(waits(vacant)).toEqual([['MEMBER', 'AppointReferent', 'SERVICE_REFERENT_MISSING']]);
    when(vacant, ...GO).refused('GATE_SHUT', 'SERVICE_REFERENT_MISSING');
    expect(stateOf(after(told(vacant, { serviceReferent: true }, NOW), GO)).migration?.state).toBe('CUTOVER');
  });

  test('who has given it and leaves then has given it', () => {
    const left = told(after(SCHEDULED, GO), { serviceReferent: false }, '2026-11-05T16:00:00Z');
    expect(waits(left).map(([who, what]) => `${who} ${what}`)).toEqual(['OPERATOR RecordCutover']);
  });
});
