import { describe, expect, test } from 'vitest';
import type { Grounds } from '../../../../domain/migration/grounds/terms.ts';
import { approved, callOf, COMMITMENT, committed, does, missing, offerFor, planned, planFor, PLAN, provisioned, requested, told, turns, view, when } from '../full.ts';

/** Each need of the table of gates (domain, section 6), alone, by the code that the view shows. */
describe('gate to FEASIBILITY', () => {
  test.each<[string, Partial<Grounds>, string, string]>([
    ['a convention in force', { convention: 'ENDED' }, 'CONVENTION_NOT_IN_FORCE', 'OPERATOR Cancel'],
    ['a member that stays', { convention: 'LEAVING' }, 'MEMBER_LEAVING', 'OPERATOR Cancel'],
    ['a resolution that is not suspended', { convention: 'SUSPENDED' }, 'RESOLUTION_SUSPENDED', 'OPERATOR LiftSuspension'],
    ['a recognition that is validated', { recognitionValid: false }, 'RECOGNITION_NOT_VALID', 'OPERATOR ValidateRecognition'],
    ['mandatory roles that are filled', { longVacancies: ['RTD'] }, 'ROLE_VACANT_TOO_LONG', 'MEMBER AppointReferent'],
  ])('needs %s', (_what, grounds, code, whose) => {
    const waits = requested('FIBRE', grounds);
    expect([view(waits).state, missing(waits, 'FEASIBILITY'), turns(waits)]).toEqual(['REQUESTED', [code], [whose]]);
    when(waits, 'ApproveFeasibility', {}).refused('OUT_OF_TURN');
    const begun = told(waits, { convention: 'IN_FORCE', recognitionValid: true, longVacancies: [] });
    expect([view(begun).state, missing(begun, 'FEASIBILITY'), turns(begun)]).toEqual(['FEASIBILITY', [], ['OPERATOR ApproveFeasibility']]);
  });

  test('is open at once where nothing is missing', () => {
    expect(view(requested('FIBRE')).state).toBe('FEASIBILITY');
  });
});

describe('gate to PLAN_APPROVED', () => {
  test('needs a plan', () => {
    expect(missing(requested('FIBRE'), 'PLAN_APPROVED')).toEqual(['PLAN_MISSING']);
    expect(missing(planned(requested('FIBRE')), 'PLAN_APPROVED')).toEqual([]);
  });

  test.each<[string, string, Partial<Grounds>, string, string]>([
    ["the service's referent", 'FIBRE', { serviceReferent: false }, 'SERVICE_REFERENT_MISSING', 'MEMBER AppointReferent'],
    ['cover of the costs', 'FIBRE', { budgetCovered: false }, 'BUDGET_NOT_COVERED', 'MEMBER RecordBudgetCover'],
    ['dependencies that are requested', 'VOIP_TELEPHONY', {}, 'DEPENDENCY_NOT_REQUESTED', 'OPERATOR RequestMigration'],
    ['dependencies that were not given up', 'VOIP_TELEPHONY', { services: { FIBRE: 'CANCELLED' } }, 'DEPENDENCY_NOT_REQUESTED', 'OPERATOR RequestMigration'],
    ['dependencies that have not retired', 'VOIP_TELEPHONY', { services: { FIBRE: 'RETIRED' } }, 'DEPENDENCY_NOT_REQUESTED', 'OPERATOR RequestMigration'],
    ['dependencies that are planned', 'VOIP_TELEPHONY', { services: { FIBRE: 'PLAN_DRAFTED' } }, 'DEPENDENCY_NOT_PLANNED', 'CLOCK NoteGrounds'],
  ])('needs %s', (_what, service, grounds, code, whose) => {
    const waits = planned(requested(service, grounds));
    expect([view(waits).state, missing(waits, 'PLAN_APPROVED'), turns(waits)]).toEqual(['PLAN_DRAFTED', [code], [whose]]);
    const { decision } = when(waits, 'ApprovePlan', { actNo: '80/2026', actOn: '2026-11-22' });
    expect(decision.kind === 'refused' && [decision.code, ...decision.reasons.map((reason) => reason.code)]).toEqual(['GATE_SHUT', 'GATE_SHUT', code]);
    const open = told(waits, { serviceReferent: true, budgetCovered: true, services: { FIBRE: 'PLAN_APPROVED' } });
    expect([missing(open, 'PLAN_APPROVED'), turns(open)]).toEqual([[], ['MEMBER ApprovePlan']]);
    expect(view(does(open, 'ApprovePlan', { actNo: '80/2026', actOn: '2026-11-22' })).state).toBe('PLAN_APPROVED');
  });

  test('E63: in a provisional budget a new fee waits for the approval, a service that costs nothing goes on', () => {
    const provisional = { budgetCovered: false };
    expect(missing(planned(requested('FIBRE', provisional)), 'PLAN_APPROVED')).toEqual(['BUDGET_NOT_COVERED']);
    expect(view(approved(requested('PDND_ACCREDITATION', provisional))).state).toBe('PROVISIONING');
    expect(view(does(told(planned(requested('FIBRE', provisional)), { budgetCovered: true }), 'ApprovePlan', { actNo: '80/2026', actOn: '2026-11-22' })).state).toBe('PLAN_APPROVED');
  });
});

describe('gate to PROVISIONING', () => {
  test('needs the spending committed, unless the service is free', () => {
    const waits = approved(requested('FIBRE'));
    expect([view(waits).state, missing(waits, 'PROVISIONING'), turns(waits)]).toEqual(['PLAN_APPROVED', ['SPENDING_NOT_COMMITTED'], ['MEMBER CommitSpending']]);
    expect(view(does(waits, 'CommitSpending', COMMITMENT)).state).toBe('PROVISIONING');
    when(approved(requested('PDND_ACCREDITATION', { securityContact: false })), 'CommitSpending', COMMITMENT).refused('NO_COST');
  });

  test.each<[string, Partial<Grounds>, Partial<Grounds>, string, string]>([
    ['a security contact', { securityContact: false }, { securityContact: true }, 'SECURITY_CONTACT_MISSING', 'MEMBER AppointReferent'],
    ['a DPO where personal data are handled', { dpo: false }, { dpo: true }, 'DPO_MISSING', 'MEMBER AppointReferent'],
    ['the agreement of art. 28 GDPR', { dpaInForce: false }, { dpaInForce: true }, 'DPA_NOT_IN_FORCE', 'OPERATOR CountersignDpa'],
    ['no impact assessment that is owed', { dpiaOpen: true }, { dpiaOpen: false }, 'DPIA_OPEN', 'MEMBER RecordDpia'],
  ])('needs %s; provisioning begins by itself when the last need is met', (_what, lacking, mended, code, whose) => {
    const waits = committed(requested('PEC_PROTOCOL', lacking));
    expect([view(waits).state, missing(waits, 'PROVISIONING'), turns(waits)]).toEqual(['PLAN_APPROVED', [code], [whose]]);
    expect(view(told(waits, mended)).state).toBe('PROVISIONING');
  });

  test('needs a cloud that is qualified for the class of the data, where personal data are handled', () => {
    const state = requested('PEC_PROTOCOL');
    const drafted = (more: object) => does(does(does(does(state, 'ApproveFeasibility', {}), 'ProposePlan', { ...planFor(state), ...more }), 'ApprovePlan', { actNo: '80/2026', actOn: '2026-11-22' }), 'CommitSpending', COMMITMENT);
    for (const plan of [{ dataClass: 'CRITICAL', cloudLevel: 'QC1' }, { dataClass: 'STRATEGIC', cloudLevel: 'QC2' }, { dataClass: undefined }, { cloudLevel: undefined }]) {
      expect([missing(drafted(plan), 'PROVISIONING'), turns(drafted(plan))]).toEqual([['CLOUD_NOT_QUALIFIED'], ['OPERATOR RollBack']]);
    }
    expect(missing(drafted({ dataClass: 'CRITICAL', cloudLevel: 'QC2' }), 'PROVISIONING')).toEqual([]);
    const fibre = does(does(does(requested('FIBRE'), 'ApproveFeasibility', {}), 'ProposePlan', { ...PLAN, dataClass: undefined, cloudLevel: undefined }), 'ApprovePlan', { actNo: '80/2026', actOn: '2026-11-22' });
    expect(view(does(fibre, 'CommitSpending', COMMITMENT)).state).toBe('PROVISIONING');
  });

  test('E54: with the DPO vacant fibre goes on, the protocol stops at PROVISIONING', () => {
    const vacant = { dpo: false };
    expect(view(committed(requested('FIBRE', vacant))).state).toBe('PROVISIONING');
    const protocol = committed(requested('PEC_PROTOCOL', vacant));
    expect([view(protocol).state, missing(protocol, 'PROVISIONING')]).toEqual(['PLAN_APPROVED', ['DPO_MISSING']]);
  });

  test('needs dependencies that operate where no data are moved', () => {
    const vpn = committed(requested('VPN_MFA', { services: { FIBRE: 'PLAN_APPROVED', IDENTITY: 'OPERATING' } }));
    expect(missing(vpn, 'PROVISIONING')).toEqual(['DEPENDENCY_NOT_OPERATING']);
    expect(callOf(told(vpn, { services: { FIBRE: 'OPERATING', IDENTITY: 'CLOSED' } }))).toMatch(/^provision@\d+$/);
  });
});

describe('gate to DATA_MIGRATION', () => {
  test('E55: VoIP without fibre in operation may be planned, and its data do not move', () => {
    const voip = provisioned(requested('VOIP_TELEPHONY', { services: { FIBRE: 'PROVISIONING' } }));
    expect(view(voip).state).toBe('PROVISIONING');
    expect(missing(voip, 'DATA_MIGRATION')).toContain('DEPENDENCY_NOT_OPERATING');
    expect(missing(told(voip, { services: { FIBRE: 'OPERATING' } }), 'DATA_MIGRATION')).not.toContain('DEPENDENCY_NOT_OPERATING');
  });
});

test('E48: while the resolution is suspended by court no gate opens, and what operates is let be', () => {
  const suspended = committed(requested('FIBRE', { securityContact: false }));
  const waits = told(suspended, { convention: 'SUSPENDED', securityContact: true });
  expect([view(waits).state, missing(waits, 'PROVISIONING')]).toEqual(['PLAN_APPROVED', ['RESOLUTION_SUSPENDED']]);
  expect(view(told(waits, { convention: 'IN_FORCE' })).state).toBe('PROVISIONING');
});

test('a gate that the service does not pass is not shown, and one that it passes always is', () => {
  expect(view(requested('FIBRE')).gates.map(({ gate }) => gate)).toEqual(['FEASIBILITY', 'PLAN_APPROVED', 'PROVISIONING', 'CUTOVER', 'OPERATING', 'CLOSED']);
  expect(view(requested('PEC_PROTOCOL')).gates.map(({ gate }) => gate)).toEqual(offerFor('PEC_PROTOCOL').full?.gates);
});
