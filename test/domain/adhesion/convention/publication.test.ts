import { describe, expect, test } from 'vitest';
import { adhesion, type AdhesionState } from '../../../../domain/adhesion/index.ts';
import { COUNTERSIGNED, MEMBER, OPERATOR, does, later, reached, view, when } from '../scenario.ts';

const PUBLISHED = { on: '2026-09-10', url: 'https://www.comune.example/trasparenza/accordi/1' };
const concluded = reached('CountersignConvention');
const armed = (state: AdhesionState) => adhesion.timers(state).filter(({ key }) => key.startsWith('remind-transparency-')).map(({ at }) => at);

describe('the publication in Amministrazione trasparente (art. 23 D.Lgs. 33/2013)', () => {
  test('follows the conclusion, once, recorded by either party', () => {
    for (const actor of [MEMBER, OPERATOR]) {
      const published = when(concluded, 'PublishConvention', PUBLISHED, { actor }).then({ type: 'ConventionPublished', data: { ...PUBLISHED, at: '2026-11-22T10:00:00Z' }, effectiveOn: '2026-09-10' });
      expect(view(published).convention.publication).toStrictEqual(PUBLISHED);
      when(published, 'PublishConvention', { ...PUBLISHED, on: '2026-09-11' }, { actor }).refused('ALREADY_RECORDED');
    }
    when(reached('SignConvention'), 'PublishConvention', PUBLISHED).refused('OUT_OF_TURN');
    when(concluded, 'PublishConvention', { ...PUBLISHED, on: '2026-08-06' }).refused('DATE_BEFORE_GROUND', 'on');
    when(concluded, 'PublishConvention', { ...PUBLISHED, on: '2026-11-23' }).refused('FACT_IN_FUTURE', 'on');
  });

  test('is reminded of thirty days after the conclusion, not while the resolution is suspended nor after the end', () => {
    const august = does(reached('SignConvention', {}, {}, '2026-08-07T14:00:00Z'), 'CountersignConvention', COUNTERSIGNED, '2026-08-07T14:00:00Z');
    expect(armed(august)).toStrictEqual(['2026-09-05T22:00:00Z']);
    const key = `transparency-${august.convention.countersignature?.version}`;
    when(august, 'Remind', { key }, { now: '2026-09-05T22:00:00Z' }).then({ type: 'ReminderDue', data: { key, level: 'REMINDER', to: 'REFERENT', what: 'PublishConvention', dueOn: null, at: '2026-09-05T22:00:00Z' } });
    expect(armed(does(august, 'PublishConvention', { ...PUBLISHED, on: '2026-08-07' }, '2026-08-07T14:00:00Z'))).toStrictEqual([]);
    const held = does(august, 'SuspendResolution', { by: 'COURT', orderNo: '1', from: '2026-08-08' }, '2026-08-08T08:00:00Z');
    expect(armed(held)).toStrictEqual([]);
    expect(armed(does(does(reached('SignConvention', {}, { reminders: { transparency: null } }, '2026-08-07T14:00:00Z'), 'CountersignConvention', COUNTERSIGNED, '2026-08-07T14:00:00Z'), 'RecordBudgetCover', { covered: true }, '2026-08-07T14:00:00Z'))).toStrictEqual([]);
    expect(armed(does(august, 'AnnulResolution', { actNo: '1', on: '2026-08-08', by: 'COURT' }, '2026-08-08T08:00:00Z'))).toStrictEqual([]);
  });

  test('is corrected, by the rule and in the shape of the first', () => {
    const published = does(concluded, 'PublishConvention', PUBLISHED);
    const { version } = published;
    const corrected = does(published, 'CorrectFact', { version, data: { ...PUBLISHED, url: 'https://www.comune.example/2' } });
    expect(view(corrected).convention.publication?.url).toBe('https://www.comune.example/2');
    when(published, 'CorrectFact', { version, data: { ...PUBLISHED, on: '2026-08-06' } }).refused('DATE_BEFORE_GROUND', 'on');
    for (const url of ['http://www.comune.example/2', `https://www.comune.example/${'x'.repeat(500)}`, 'https://']) {
      when(published, 'CorrectFact', { version, data: { ...PUBLISHED, url } }).refused('CORRECTION_MALFORMED', 'data');
    }
  });

  test('is owed anew for a convention that is signed anew', () => {
    const published = does(concluded, 'PublishConvention', PUBLISHED);
    const voided = does(published, 'RecordCertificateRevocation', { signature: published.convention.signature?.version ?? 0, revokedAt: '2026-08-01T08:00:00Z' });
    expect(view(voided).convention.publication).toBeNull();
    expect(view(later(voided, '2026-12-01T08:00:00Z')).convention.state).toBe('VOID');
  });
});
