import { describe, expect, test } from 'vitest';
import { migration, viewMigration } from '../../../../domain/migration/index.ts';
import type { Grounds } from '../../../../domain/migration/grounds/terms.ts';
import { TEXT } from '../scenario.ts';
import { acceptance, after, changed, provisioned, run, START, stateOf, told, when } from '../moved.ts';

type Events = ReturnType<typeof provisioned>;
const NOW = '2026-10-06T07:00:00Z';
const waits = (events: Events) => migration.waiting(stateOf(events), NOW).map(({ who, what, reasons }) => [who, what, ...reasons.map(({ code }) => code)]);
const gate = (events: Events) => viewMigration(stateOf(events), NOW).gates.find((one) => one.gate === 'DATA_MIGRATION')?.reasons.map(({ code }) => code);

const STARTED = after(provisioned(), START);
const RUN = run('2026-10-07');
const EVIDENCE = ['BACKUP_NOT_VERIFIED', 'VENDOR_NOT_NOTIFIED', 'EXPORT_FORMAT_NOT_AGREED'];

const LACKING: readonly (readonly [what: string, lacking: Partial<Grounds>, mended: Partial<Grounds>, code: string, who: string, command: string])[] = [
  ['the security contact', { securityContact: false }, { securityContact: true }, 'SECURITY_CONTACT_MISSING', 'MEMBER', 'AppointReferent'],
  ['a DPO', { dpo: false }, { dpo: true }, 'DPO_MISSING', 'MEMBER', 'AppointReferent'],
  ['the agreement of art. 28 GDPR', { dpaInForce: false }, { dpaInForce: true }, 'DPA_NOT_IN_FORCE', 'OPERATOR', 'CountersignDpa'],
  ['the impact assessment that is owed', { dpiaOpen: true }, { dpiaOpen: false }, 'DPIA_OPEN', 'MEMBER', 'RecordDpia'],
];

describe.each(LACKING)('E54: without %s, which was there when provisioning began', (_what, lacking, mended, code, who, command) => {
  test('no data begin to be moved, until it is there again', () => {
    const waiting = told(provisioned(), lacking, NOW);
    expect(gate(waiting)).toEqual([code, ...EVIDENCE]);
    when(waiting, ...START).refused('GATE_SHUT', code);
    expect(waits(waiting)).toEqual([[who, command, code]]);
    expect(stateOf(after(told(waiting, mended, NOW), START)).migration?.state).toBe('DATA_MIGRATION');
  });

  test('a run that took place all the same is recorded with its reasons, as irregular', () => {
    const waiting = told(STARTED, lacking, '2026-10-06T09:00:00Z');
    expect(waits(waiting)).toEqual([[who, command, code], ['OPERATOR', 'RecordRehearsal', 'FULL_REHEARSAL_MISSING']]);
    when(waiting, ...RUN).refused('GATE_SHUT', code);
    expect(when(waiting, ...RUN).reasons()[0]).toMatchObject({ path: 'reasons' });
    const recorded = after(waiting, changed(RUN, { reasons: TEXT }));
    expect(recorded.at(-1)).toMatchObject({ type: 'DataRunRecorded', data: { regular: false, reasons: TEXT } });
    expect(viewMigration(stateOf(recorded), NOW).dataMigration?.runs).toMatchObject([{ regular: false, reasons: TEXT, reconciles: true }]);
    // The run counts: what it shows of the data is as true as that of another.
    expect(waits(recorded)).toEqual([['OPERATOR', 'RecordAcceptance']]);
    expect(stateOf(after(recorded, acceptance('2026-10-14'))).migration?.state).toBe('ACCEPTANCE');
  });
});

test('a run with nothing missing needs no reasons, and keeps none', () => {
  const [recorded, withReasons] = [after(STARTED, RUN), after(STARTED, changed(RUN, { reasons: TEXT }))];
  expect(withReasons).toEqual(recorded);
  expect(recorded.at(-1)?.data).not.toHaveProperty('regular');
});

test('a service that moves data, none of them personal, asks for none of it', () => {
  const begun = { pinned: { personalData: 'NONE' as const }, grounds: { dpo: false, dpaInForce: false, dpiaOpen: true, securityContact: false } };
  expect(gate(provisioned(begun))).toEqual(EVIDENCE);
  expect(stateOf(after(provisioned(begun), START, RUN)).moving.runs).toHaveLength(1);
});
