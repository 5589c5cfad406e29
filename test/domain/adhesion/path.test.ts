import { describe, expect, test } from 'vitest';
import { adhesion, summarizeAdhesion } from '../../../domain/adhesion/index.ts';
import type { AllowedItem } from '../../../domain/shared/process.ts';
import { AUDITOR, ENGINE, MEMBER, NOW, OPERATOR, OTHER_MEMBER, reached, view } from './scenario.ts';

const done = reached('AcceptAppointment');

describe('the whole path of Abbiategrasso', () => {
  test('leads to MANAGEMENT', () => {
    expect(view(done)).toMatchObject({
      id: 'c_a010-1', workflowId: 'adhesion/c_a010-1', body: 'c_a010', phase: 'MANAGEMENT', version: 25, late: false, parked: [], waitingFor: [],
      timers: [
        { key: 'renewal', at: '2029-02-27T23:00:00Z' }, { key: 'expiry', at: '2029-08-31T22:00:00Z' }, { key: 'remind-renewal-2029-08-31-mayor' },
        { key: 'remind-renewal-2029-08-31-operator' }, { key: 'remind-end-2029-08-31', at: '2029-07-01T22:00:00Z' },
      ],
      deliberation: {
        state: 'ACCEPTED', executivity: 'EXECUTIVE', attempt: 1, adoptedOn: '2026-07-08', resolutionNo: '45/2026', firstDay: '2026-07-13',
        publicationEndsOn: '2026-07-27', removalOn: '2026-07-28', executiveOn: '2026-07-24', certifiedExecutiveOn: '2026-07-24',
        gateOpensAt: '2026-07-23T22:00:00Z', challengeableUntil: '2026-10-26', flags: [], policy: 'START_EXCLUSIVE',
      },
      convention: { state: 'IN_FORCE', concludedOn: '2026-08-07', inForceOn: '2026-09-01', endsOn: '2029-08-31', repertoryNo: '118/2026' },
      dpa: { state: 'NOT_STARTED' }, recognition: { state: 'NOT_STARTED' }, mandates: [], migrations: [],
      referents: [{ role: 'ICT_REFERENT', state: 'ACTIVE' }, { role: 'RTD', state: 'ACTIVE' }, { role: 'DPO', state: 'ACTIVE' }, { role: 'SECURITY_CONTACT', state: 'ACTIVE' }],
    });
  });

  test('the view of a case at its beginning has every field of the interface', () => {
    const names = ['id', 'workflowId', 'body', 'phase', 'version', 'deliberation', 'convention', 'dpa', 'referents', 'mandates', 'recognition', 'vacancies', 'personalDataBlocked', 'migrations', 'parked', 'waitingFor', 'timers', 'late', 'policies'];
    const parts = ['state', 'executivity', 'attempt', 'adoptedOn', 'resolutionNo', 'firstDay', 'publicationEndsOn', 'removalOn', 'executiveOn', 'certifiedExecutiveOn', 'gateOpensAt', 'challengeableUntil', 'opinions', 'policy', 'flags'];
    const begun = view(reached('SendProposal'));
    expect(Object.keys(begun)).toEqual(expect.arrayContaining(names));
    expect(Object.keys(begun.deliberation)).toEqual(expect.arrayContaining(parts));
    expect(Object.keys(begun.convention)).toEqual(expect.arrayContaining(['state', 'concludedOn', 'inForceOn', 'endsOn']));
    expect(Object.keys(view(done))).toStrictEqual(Object.keys(begun));
    expect(Object.keys(view(done).deliberation)).toStrictEqual(Object.keys(begun.deliberation));
  });

  test('its row in lists', () => {
    expect(summarizeAdhesion(reached('TransmitResolution', { CertifyExecutivity: null }, { window: { from: '2026-06-01', to: '2026-07-01' } }))).toStrictEqual({
      id: 'c_a010-1', body: 'c_a010', name: 'Abbiategrasso', phase: 'DESIGN', deliberation: 'TRANSMITTED', executivity: 'EXECUTIVE', convention: 'DRAFT',
      resolutionNo: '45/2026', waitingFor: ['MEMBER', 'OPERATOR'], lateFrom: '2026-07-02', services: [],
    });
  });
});

describe('allowed', () => {
  const allowed = (state: Parameters<typeof adhesion.allowed>[0], actor = OPERATOR): readonly AllowedItem[] => adhesion.allowed(state, { actor, now: NOW, commandId: 'c' });
  const open = (items: readonly AllowedItem[]): readonly string[] => items.filter((item) => item.allowed).map(({ command }) => command);

  test('lists none for auditors, other members and the engine; the tables show those of the others', () => {
    for (const actor of [AUDITOR, OTHER_MEMBER, ENGINE]) expect(allowed(done, actor)).toStrictEqual([]);
  });

  test('says why not', () => {
    const sign = allowed(reached('TransmitResolution'), MEMBER).find(({ command }) => command === 'SignConvention');
    expect(sign).toStrictEqual({
      command: 'SignConvention', allowed: false, reasons: [{ code: 'RESOLUTION_NOT_ACCEPTED', message: {
        it: "La convenzione si firma dopo l'accettazione della delibera.", en: 'The convention is signed once the resolution is accepted.',
      } }],
    });
  });

  test('before the opening only the opening', () => {
    expect(open(allowed(adhesion.initial()))).toStrictEqual(['OpenAdhesion']);
    expect(open(allowed(adhesion.initial(), MEMBER))).toStrictEqual([]);
  });
});
