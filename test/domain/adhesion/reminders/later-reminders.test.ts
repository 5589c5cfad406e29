import { expect, test } from 'vitest';
import { adhesion, type AdhesionState, type PolicyChoices } from '../../../../domain/adhesion/index.ts';
import { REGISTERED, TEXT_SHA256, does, later, reached, when } from '../scenario.ts';

const keys = (state: AdhesionState): readonly string[] => adhesion.timers(state).map(({ key }) => key);
const JULY = '2026-07-13T12:00:00Z';
const published = (policies: PolicyChoices = {}) => reached('RecordPublication', {}, policies, JULY);

test('the certificate: five days after the executive day the secretary is told, once, unless it has come', () => {
  const ripe = later(published(), '2026-07-24T08:00:00Z');
  expect(adhesion.timers(ripe)).toContainEqual({ key: 'remind-certificate-2026-07-24', at: '2026-07-28T22:00:00Z', command: { type: 'Remind', data: { key: 'certificate-2026-07-24' } } });
  expect(keys(published())).not.toContain('remind-certificate-2026-07-24');
  when(ripe, 'Remind', { key: 'certificate-2026-07-24' }, { now: '2026-07-28T22:00:00Z' }).then({
    type: 'ReminderDue',
    data: { key: 'certificate-2026-07-24', level: 'REMINDER', to: 'SECRETARY', what: 'CertifyExecutivity', dueOn: '2026-07-31', at: '2026-07-28T22:00:00Z' },
  });
  expect(keys(later(ripe, '2026-07-29T08:00:00Z'))).not.toContain('remind-certificate-2026-07-24');
  expect(keys(does(ripe, 'CertifyExecutivity', { executiveOn: '2026-07-24', certifiedOn: '2026-07-24' }, '2026-07-24T08:00:00Z'))).not.toContain('remind-certificate-2026-07-24');
  expect(keys(later(published({ reminders: { certificate: null } }), '2026-07-24T08:00:00Z'))).not.toContain('remind-certificate-2026-07-24');
});

const CONCLUDED_ON = '2026-12-02T08:00:00Z';

function drafted(policies: PolicyChoices = {}): AdhesionState {
  const registered = does(reached('CountersignConvention', {}, policies), 'RegisterConvention', { ...REGISTERED, inForceOn: '2026-12-01' });
  const inForce = later(registered, CONCLUDED_ON);
  const dpo = does(inForce, 'AppointReferent', { role: 'DPO', subject: 's_dpo', actNo: '14/2026', actOn: '2026-12-01' }, CONCLUDED_ON);
  return does(dpo, 'DraftDpa', { sha256: TEXT_SHA256 }, CONCLUDED_ON);
}

function agreed(policies: PolicyChoices = {}): AdhesionState {
  const signed = does(drafted(policies), 'SignDpa', { signedAt: CONCLUDED_ON, sha256: TEXT_SHA256 }, CONCLUDED_ON);
  return does(signed, 'CountersignDpa', { signedAt: CONCLUDED_ON, sha256: TEXT_SHA256, inForceOn: '2026-12-02' }, CONCLUDED_ON);
}

test('the agreement: ten days after its text the referent is told to have it signed', () => {
  const draft = drafted();
  const key = `dpa-${draft.dpa.draft?.version}`;
  expect(adhesion.timers(draft)).toContainEqual({ key: `remind-${key}`, at: '2026-12-11T23:00:00Z', command: { type: 'Remind', data: { key } } });
  when(draft, 'Remind', { key }, { now: '2026-12-11T23:00:00Z' }).then({
    type: 'ReminderDue', data: { key, level: 'REMINDER', to: 'REFERENT', what: 'SignDpa', dueOn: null, at: '2026-12-11T23:00:00Z' },
  });
  expect(keys(agreed())).not.toContain(`remind-${key}`);
  expect(keys(drafted({ reminders: { dpaSignature: null } }))).not.toContain(`remind-${key}`);
});

test('the data: thirty days after the end the referent is told to have them returned or deleted', () => {
  const ended = later(agreed(), '2029-12-01T08:00:00Z');
  expect(adhesion.timers(ended)).toMatchObject([{ key: 'remind-data-return-2029-11-30', at: '2029-12-29T23:00:00Z' }]);
  when(ended, 'Remind', { key: 'data-return-2029-11-30' }, { now: '2029-12-29T23:00:00Z' }).then({
    type: 'ReminderDue', data: { key: 'data-return-2029-11-30', level: 'REMINDER', to: 'REFERENT', what: 'ConfirmDataReturn', dueOn: null, at: '2029-12-29T23:00:00Z' },
  });
  expect(keys(later(agreed({ reminders: { dataReturn: null } }), '2029-12-01T08:00:00Z'))).toStrictEqual([]);
});

test('a case that was opened before they were known arms none of them', () => {
  const state = drafted();
  if (state.opening === null || state.opening.policies.reminders === null) throw new Error('no reminders');
  const { certificate: _c, dpaSignature: _s, dataReturn: _r, ...reminders } = state.opening.policies.reminders;
  const { opening: { policies, ...opening } } = state;
  const kept = { ...state, opening: { ...opening, policies: { ...policies, reminders } } };
  const restored = adhesion.restore(kept, adhesion.stateSchema);
  expect(restored === null ? [] : keys(restored).filter((key) => key.startsWith('remind-dpa-'))).toStrictEqual([]);
  expect(keys(state).filter((key) => key.startsWith('remind-dpa-'))).toHaveLength(1);
});
