import { describe, expect, test } from 'vitest';
import { adhesion, type AdhesionState } from '../../../../domain/adhesion/index.ts';
import { MEMBER, NOW, OPERATOR, TEXT, TEXT_SHA256, does, later, reached, view, when, type DataOf } from '../scenario.ts';

const drafted = does(reached('AcceptAppointment'), 'DraftDpa', { sha256: TEXT_SHA256 });
/** In force from that day. */
const countersigned = (inForceOn: string) => does(does(drafted, 'SignDpa', { signedAt: '2026-10-05T10:00:00Z', sha256: TEXT_SHA256 }), 'CountersignDpa', { signedAt: '2026-10-06T10:00:00Z', sha256: TEXT_SHA256, inForceOn });
const inForce = countersigned('2026-10-07');
const AUDIT = { on: '2026-10-20', outcome: 'FINDINGS', documentSha256: 'cd'.repeat(32), reasons: TEXT } as const satisfies DataOf<'RecordProcessorAudit'>;
const audits = (state: AdhesionState) => view(state).processing.audits;
const audited = does(inForce, 'RecordProcessorAudit', AUDIT);
const ENDED_AT = '2029-09-02T08:00:00Z';

describe("the controller's audit of the Agency (art. 28 c.3 h GDPR)", () => {
  test('is recorded from the first day in force of the agreement on, with or without a report and words', () => {
    const state = when(inForce, 'RecordProcessorAudit', AUDIT).then({ type: 'ProcessorAudited', data: { ...AUDIT, at: NOW }, effectiveOn: '2026-10-20' });
    expect([audits(inForce), audits(state)]).toStrictEqual([[], [AUDIT]]);
    // What was found stops nothing, and nobody waits for anything.
    expect([view(state).waitingFor, adhesion.timers(state)]).toStrictEqual([view(inForce).waitingFor, adhesion.timers(inForce)]);
    when(inForce, 'RecordProcessorAudit', { on: '2026-10-07', outcome: 'CONFORM' }).then({
      type: 'ProcessorAudited', data: { on: '2026-10-07', outcome: 'CONFORM', documentSha256: null, reasons: null, at: NOW }, effectiveOn: '2026-10-07',
    });
    when(inForce, 'RecordProcessorAudit', { ...AUDIT, on: '2026-10-06' }).refused('DATE_BEFORE_GROUND', 'on');
    when(inForce, 'RecordProcessorAudit', { ...AUDIT, on: '2026-11-23' }).refused('FACT_IN_FUTURE', 'on');
    when(inForce, 'RecordProcessorAudit', AUDIT, { actor: OPERATOR }).refused('FORBIDDEN');
  });

  test('may be made again, one a day, in any order', () => {
    when(audited, 'RecordProcessorAudit', { on: '2026-10-20', outcome: 'CONFORM' }).refused('ALREADY_RECORDED');
    const twice = does(audited, 'RecordProcessorAudit', { on: '2026-10-19', outcome: 'NOT_CONFORM' });
    expect(audits(twice)).toStrictEqual([AUDIT, { on: '2026-10-19', outcome: 'NOT_CONFORM', documentSha256: null, reasons: null }]);
  });

  test('needs an agreement in force: not one that is drafted, begins later or is void', () => {
    for (const state of [reached('AcceptAppointment'), drafted, countersigned('2026-12-01')]) when(state, 'RecordProcessorAudit', AUDIT).refused('DPA_NOT_IN_FORCE');
    const signature = inForce.dpa.countersignature?.version ?? 0;
    const voided = does(audited, 'RecordCertificateRevocation', { signature, revokedAt: '2026-10-01T08:00:00Z' });
    expect([view(voided).dpa.state, audits(voided)]).toStrictEqual(['DRAFT', [AUDIT]]);
    when(voided, 'RecordProcessorAudit', { ...AUDIT, on: '2026-10-21' }).refused('DPA_NOT_IN_FORCE');
  });

  test('goes on after the end of the convention, for as long as the case is open', () => {
    const ended = later(does(audited, 'RequestMigration', { service: 'TRAINING' }), ENDED_AT);
    expect(view(ended, ENDED_AT).dpa.state).toBe('ENDING');
    when(ended, 'RecordProcessorAudit', { on: '2029-09-01', outcome: 'CONFORM' }, { now: ENDED_AT }).then({
      type: 'ProcessorAudited', data: { on: '2029-09-01', outcome: 'CONFORM', documentSha256: null, reasons: null, at: ENDED_AT }, effectiveOn: '2029-09-01',
    });
  });

  test('is corrected by the rules of the first, to a day on which there is no other', () => {
    const correct = { version: audited.version, data: { on: '2026-10-20', outcome: 'CONFORM' } };
    expect(audits(does(audited, 'CorrectFact', correct))).toStrictEqual([{ on: '2026-10-20', outcome: 'CONFORM', documentSha256: null, reasons: null }]);
    when(audited, 'CorrectFact', { ...correct, data: { ...AUDIT, on: '2026-10-06' } }).refused('DATE_BEFORE_GROUND', 'on');
    when(audited, 'CorrectFact', { ...correct, data: { on: '2026-10-20', outcome: 'FINE' } }).refused('CORRECTION_MALFORMED', 'data');
    const twice = does(audited, 'RecordProcessorAudit', { on: '2026-10-19', outcome: 'CONFORM' });
    when(twice, 'CorrectFact', { ...correct, data: { on: '2026-10-19', outcome: 'FINDINGS' } }).refused('ALREADY_RECORDED');
  });

  test('stands on the first day of the agreement, which is not corrected under it', () => {
    const { countersignature } = audited.dpa;
    const data = { signedAt: '2026-10-06T10:00:00Z', sha256: TEXT_SHA256, inForceOn: '2026-10-25' };
    when(audited, 'CorrectFact', { version: countersignature?.version ?? 0, data }, { actor: OPERATOR }).refused('CORRECTION_TOO_LATE');
    when(audited, 'CorrectFact', { version: audited.version, data: { on: '2026-10-21', outcome: 'CONFORM' } }, { actor: MEMBER }).then({
      type: 'FactCorrected',
      data: { corrects: audited.version, type: 'ProcessorAudited', data: { on: '2026-10-21', outcome: 'CONFORM', documentSha256: null, reasons: null, at: NOW } },
      effectiveOn: '2026-10-21',
    });
  });
});
