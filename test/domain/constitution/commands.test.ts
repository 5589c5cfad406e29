import { describe, expect, test } from 'vitest';
import { constitution } from '../../../domain/constitution/index.ts';
import { OPERATOR_COMMANDS } from '../../../domain/constitution/roles.ts';
import {
  accepts, adopted, appointed, AUDITOR, bodyNo, budget, conference, constituted, MEMBER, on, OPERATOR, Path, published, received, report, resolved, SHA, start, tell, TERRITORY, TEXT, when, type AnyCommand,
} from './scenario.ts';

const underWay = () => new Path().at('2026-05-20', start()).at('2026-05-21', conference).at('2026-05-30', ...received(1, 133));
const met = () => underWay().at('2026-07-20', ...adopted(1, 45, '2026-07-08'));
const voted = () => met().at('2026-10-20', resolved('2026-10-20', true));
const born = () => voted().at('2026-11-10', constituted('2026-11-09'));
const seated = () => born().at('2026-12-15', appointed('BOARD_OF_DIRECTORS', '2026-12-10'), appointed('AUDITOR', '2026-12-10'), accepts('BOARD_OF_DIRECTORS', '2026-12-11'), accepts('AUDITOR', '2026-12-14'));
const company = (): Path => new Path().at('2026-05-20', start({ agencyLegalForm: 'IN_HOUSE_COMPANY' })).at('2026-05-30', ...received(1, 133))
  .at('2026-07-20', ...Array.from({ length: 45 }, (_none, place) => tell(place + 1, { adoptedOn: '2026-07-08', form: 'IN_HOUSE_COMPANY' }))).at('2026-10-05', resolved('2026-10-05', true));

const submitted = (authority: 'COURT_OF_AUDITORS' | 'COMPETITION_AUTHORITY', sentOn = '2026-10-06'): AnyCommand => ({ type: 'SubmitToAuthority', data: { authority, protocolNo: '77', sentOn } });
const answered = (day: string, answer: 'FAVOURABLE' | 'UNFAVOURABLE' = 'FAVOURABLE'): AnyCommand => ({ type: 'RecordAuthorityAnswer', data: { authority: 'COURT_OF_AUDITORS', answer, actNo: '5', on: day, ...(answer === 'UNFAVOURABLE' ? { reasons: TEXT } : {}) } });
const decide = (gate: 'MUNICIPAL_RESOLUTIONS' | 'CMM_RESOLUTION', decision: 'EXTEND' | 'PROCEED_WITH_THRESHOLD' | 'STOP', more: object = {}): AnyCommand => ({ type: 'DecideMilestone', data: { gate, decision, ...more } });
const form = (to: 'SPECIAL_CONSORTIUM' | 'IN_HOUSE_COMPANY'): AnyCommand => ({ type: 'ChangeLegalForm', data: { form: to, actNo: '9', on: '2026-06-10', reasons: TEXT } });

describe('the start', () => {
  test('a threshold never reachable and a plan out of order are refused, a second start too', () => {
    when(new Path(), start({ threshold: { minMembers: 134, minPopulation: 0 } }), '2026-05-20').refused('THRESHOLD_UNREACHABLE', 'threshold');
    when(new Path(), start({ plan: { CONSTITUTED: { from: '2026-09-01', to: '2026-09-30' } } }), '2026-05-20').refused('PLAN_OUT_OF_ORDER', 'plan.CONSTITUTED');
    when(new Path(), conference, '2026-05-21').refused('NOT_OPEN');
    when(underWay(), start(), '2026-05-31').refused('ALREADY_STARTED');
  });

  test.each([['member', MEMBER], ['auditor', AUDITOR]] as const)('is no matter of a %s, nor is any other command', (_role, actor) => {
    when(new Path(), start(), '2026-05-20', { actor }).refused('FORBIDDEN');
    expect(constitution.allowed(underWay().state, { actor, now: on('2026-05-31'), commandId: 'x' })).toEqual([]);
    when(underWay(), tell(1, { adoptedOn: '2026-06-05' }), '2026-06-20', { actor: OPERATOR }).refused('FORBIDDEN');
  });
});

describe('facts of the path', () => {
  test('none lies in the future', () => {
    when(underWay(), { type: 'RecordConference', data: { heldOn: '2026-06-02', minutesNo: '3', sha256: SHA } }, '2026-06-01').refused('FACT_IN_FUTURE', 'heldOn');
    when(met(), resolved('2026-10-21'), '2026-10-20').refused('FACT_IN_FUTURE', 'adoptedOn');
    when(voted(), constituted('2026-11-02'), '2026-11-01').refused('FACT_IN_FUTURE', 'signedOn');
    when(born(), appointed('AUDITOR', '2026-12-02'), '2026-12-01').refused('FACT_IN_FUTURE', 'actOn');
  });

  test('each asks for what goes before it', () => {
    when(underWay(), resolved('2026-10-20'), '2026-10-20').refused('THRESHOLD_NOT_MET');
    when(met(), published('2026-10-20'), '2026-10-20').refused('NO_METROPOLITAN_RESOLUTION');
    when(met().at('2026-10-20', resolved('2026-10-20')), constituted('2026-11-05'), '2026-11-05').refused('METROPOLITAN_NOT_EXECUTIVE');
    when(voted(), appointed('AUDITOR', '2026-10-22'), '2026-10-22').refused('NOT_CONSTITUTED');
    when(born(), accepts('AUDITOR', '2026-11-12'), '2026-11-12').refused('NOT_APPOINTED');
    when(born().at('2026-12-01', appointed('BOARD_OF_DIRECTORS', '2026-12-01')), accepts('AUDITOR', '2026-12-01'), '2026-12-01').refused('NOT_APPOINTED');
    when(born(), budget('2026-11-12'), '2026-11-12').refused('NO_BOARD');
    when(seated(), report('2027-01-10'), '2027-01-10').refused('NO_BUDGET');
  });

  test('each has its day after that of what goes before it', () => {
    when(met(), resolved('2026-05-20'), '2026-10-20').refused('DATE_BEFORE_GROUND', 'adoptedOn');
    when(met().at('2026-10-20', resolved('2026-10-20')), published('2026-10-19'), '2026-10-21').refused('DATE_BEFORE_GROUND', 'firstDay');
    when(voted(), constituted('2026-10-19'), '2026-11-01').refused('DATE_BEFORE_GROUND', 'signedOn');
    when(born(), appointed('AUDITOR', '2026-11-08'), '2026-12-01').refused('DATE_BEFORE_GROUND', 'actOn');
    when(seated(), budget('2026-12-13'), '2027-01-10').refused('DATE_BEFORE_GROUND', 'preparedOn');
    when(seated().at('2027-01-20', budget('2027-01-15')), report('2027-01-14'), '2027-01-20').refused('DATE_BEFORE_GROUND', 'on');
  });

  test('the resolution of the metropolitan council counts those that are executive by its day, no others', () => {
    when(met(), resolved('2026-07-18'), '2026-07-20').refused('THRESHOLD_NOT_MET');
    expect(met().at('2026-07-20', resolved('2026-07-19')).gate('CMM_RESOLUTION')?.state).toBe('NOT_YET');
  });

  test('what nothing rests on is recorded anew, with its gate; what something rests on is not', () => {
    const again = voted().at('2026-10-21', resolved('2026-10-19', true));
    expect(again.ofType('GateReached').filter(({ data }) => data.gate === 'CMM_RESOLUTION').map(({ data }) => data.on)).toEqual(['2026-10-20', '2026-10-19']);
    when(born(), resolved('2026-10-19', true), '2026-11-11').refused('FACT_RELIED_ON');
    when(born(), published('2026-10-21'), '2026-11-11').refused('FACT_RELIED_ON');
    when(seated(), constituted('2026-11-09'), '2026-12-16').refused('FACT_RELIED_ON');
    when(seated(), appointed('AUDITOR', '2026-12-10'), '2026-12-16').refused('FACT_RELIED_ON');
    when(seated().at('2027-01-20', budget('2027-01-15')), accepts('AUDITOR', '2026-12-14'), '2027-01-20').refused('FACT_RELIED_ON');
    when(seated().at('2027-01-31', budget('2027-01-15'), report('2027-01-30')), budget('2027-01-15'), '2027-01-31').refused('FACT_RELIED_ON');
  });

  test('receipts are of comuni of the territory, each once; their days are those of Rome', () => {
    const receipt = (body: string, deliveredAt: string) => ({ body, deliveredAt });
    const record = (...receipts: readonly ReturnType<typeof receipt>[]): AnyCommand => ({ type: 'RecordReceipts', data: { receipts: [...receipts] } });
    const path = new Path().at('2026-05-20', start());
    when(path, record(receipt('c_z999', '2026-05-30T10:00:00Z')), '2026-05-31').refused('UNKNOWN_BODY', 'receipts.0.body');
    when(path, record(receipt('c_a001', '2026-05-30T10:00:00Z'), receipt('c_a001', '2026-05-30T11:00:00Z')), '2026-05-31').refused('BODY_TWICE', 'receipts.1.body');
    when(path, record(receipt('c_a001', '2026-06-30T10:00:00Z')), '2026-05-31').refused('FACT_IN_FUTURE', 'receipts.0.deliveredAt');
    path.at('2026-06-02', record(receipt('c_a001', '2026-05-31T21:59:00Z'), receipt('c_a002', '2026-05-31T22:01:00Z')));
    expect(path.view.members.slice(0, 2).map(({ receivedOn, window }) => [receivedOn, window.to])).toEqual([['2026-05-31', '2026-07-31'], ['2026-06-01', '2026-08-01']]);
  });

  test('a late adhesion is taken in by the assembly, once it is one, and not before it is executive', () => {
    const path = born().at('2026-12-01', tell(46, { adoptedOn: '2026-11-15' }));
    const admit = (number: number, day: string): AnyCommand => ({ type: 'AdmitLateMember', data: { body: bodyNo(number), assemblyActNo: '1', on: day } });
    when(born(), admit(46, '2026-11-20'), '2026-12-01').refused('NO_LATE_ADHESION');
    when(path, admit(1, '2026-11-28'), '2026-12-01').refused('NO_LATE_ADHESION', 'body');
    when(path, admit(46, '2026-11-25'), '2026-12-01').refused('DATE_BEFORE_GROUND', 'on');
    when(path, admit(46, '2026-11-26'), '2026-12-01').then({ type: 'LateMemberAdmitted', data: { body: bodyNo(46), assemblyActNo: '1', on: '2026-11-26', at: on('2026-12-01') }, effectiveOn: '2026-11-26' });
  });
});

describe('the legal form', () => {
  test('another form asks for another majority and other steps; resolutions for the former do not count any more', () => {
    const path = met().at('2026-09-01', form('IN_HOUSE_COMPANY'));
    expect(path.ofType('LegalFormChanged')[0]?.data).toMatchObject({ from: 'SPECIAL_CONSORTIUM', to: 'IN_HOUSE_COMPANY', majority: 'SIMPLE_OF_VOTERS', authorities: ['COURT_OF_AUDITORS', 'COMPETITION_AUTHORITY'] });
    expect(path.ofType('ThresholdLost').length).toBe(1);
    expect(path.view.members[0]?.counting).toBe('OTHER_FORM');
    path.at('2026-09-20', tell(1, { adoptedOn: '2026-07-08', form: 'IN_HOUSE_COMPANY', version: 40 }));
    expect(path.view.members[0]?.counting).toBe('COUNTED');
    when(path, form('IN_HOUSE_COMPANY'), '2026-09-21').refused('SAME_FORM', 'form');
    when(voted(), form('IN_HOUSE_COMPANY'), '2026-10-21').refused('FACT_RELIED_ON');
  });

  test('a company is submitted to both authorities, and waits sixty days for the Corte dei conti', () => {
    when(voted(), submitted('COURT_OF_AUDITORS', '2026-10-21'), '2026-10-21').refused('NOT_OF_THIS_FORM');
    when(company(), answered('2026-10-20'), '2026-10-20').refused('NOT_SUBMITTED');
    when(company(), submitted('COURT_OF_AUDITORS', '2026-10-04'), '2026-10-20').refused('DATE_BEFORE_GROUND', 'sentOn');
    const path = company().at('2026-10-06', submitted('COURT_OF_AUDITORS'));
    expect(path.view.evidence.submissions.COURT_OF_AUDITORS).toEqual({ authority: 'COURT_OF_AUDITORS', protocolNo: '77', sentOn: '2026-10-06', answerDueOn: '2026-12-05' });
    when(path, constituted('2026-11-10'), '2026-11-10').refused('ANSWER_PENDING', 'signedOn');
    path.at('2026-10-10', submitted('COMPETITION_AUTHORITY'));
    when(path, constituted('2026-12-05'), '2026-12-05').refused('ANSWER_PENDING', 'signedOn');
    expect(when(path, constituted('2026-12-06'), '2026-12-06').decision.kind).toBe('accepted');
    when(path, { type: 'RecordAuthorityAnswer', data: { authority: 'COURT_OF_AUDITORS', answer: 'UNFAVOURABLE', actNo: '5', on: '2026-11-01' } }, '2026-11-01').refused('REASONS_NEEDED', 'reasons');
    path.at('2026-11-02', answered('2026-11-01', 'UNFAVOURABLE'));
    when(path, submitted('COURT_OF_AUDITORS'), '2026-11-03').refused('FACT_RELIED_ON');
    expect(when(path, constituted('2026-11-03'), '2026-11-03').decision.kind).toBe('accepted');
    when(company().at('2026-10-06', submitted('COMPETITION_AUTHORITY')), constituted('2026-12-20'), '2026-12-20').refused('NOT_SUBMITTED');
  });
});

describe('decisions of the operator', () => {
  const missed = () => met().untilBegins('2026-11-01');

  test('there is nothing to decide until a gate is missed or open again, and once it is decided', () => {
    when(met(), decide('CMM_RESOLUTION', 'STOP'), '2026-10-01').refused('NOTHING_TO_DECIDE');
    when(missed(), decide('MUNICIPAL_RESOLUTIONS', 'STOP'), '2026-11-02').refused('NOTHING_TO_DECIDE', 'gate');
    when(missed().at('2026-11-02', decide('CMM_RESOLUTION', 'PROCEED_WITH_THRESHOLD')), decide('CMM_RESOLUTION', 'STOP'), '2026-11-03').refused('NOTHING_TO_DECIDE');
  });

  test('an extension has its day, which is to come; when it passes, the gate is missed anew', () => {
    when(missed(), decide('CMM_RESOLUTION', 'EXTEND'), '2026-11-02').refused('DAY_NEEDED', 'to');
    when(missed(), decide('CMM_RESOLUTION', 'STOP', { to: '2026-12-01' }), '2026-11-02').refused('DAY_NOT_NEEDED', 'to');
    when(missed(), decide('CMM_RESOLUTION', 'EXTEND', { to: '2026-11-02' }), '2026-11-02').refused('EXTENSION_IN_PAST', 'to');
    const path = missed().at('2026-11-02', decide('CMM_RESOLUTION', 'EXTEND', { to: '2026-11-15' }));
    expect(path.gate('CMM_RESOLUTION')).toMatchObject({ state: 'EXTENDED', awaitedBy: '2026-11-15', planned: { to: '2026-10-31' }, revised: { to: '2026-10-31' } });
    expect(path.gate('CONSTITUTED')?.inDoubt).toBe(false);
    path.untilBegins('2026-11-16');
    expect(path.ofType('MilestoneMissed').map(({ data: { to, at } }) => [to, at])).toEqual([['2026-10-31', '2026-10-31T23:00:00Z'], ['2026-11-15', '2026-11-15T23:00:00Z']]);
    expect(path.gate('CMM_RESOLUTION')).toMatchObject({ state: 'MISSED', inQuestion: true });
  });

  test('one goes on with a threshold that is met, and with no other', () => {
    when(missed(), decide('CMM_RESOLUTION', 'EXTEND', { to: '2026-12-01', threshold: 'DEFAULT' }), '2026-11-02').refused('THRESHOLD_NOT_NEEDED', 'threshold');
    when(missed(), decide('CMM_RESOLUTION', 'PROCEED_WITH_THRESHOLD', { threshold: { minMembers: 200, minPopulation: 0 } }), '2026-11-02').refused('THRESHOLD_UNREACHABLE', 'threshold');
    when(missed(), decide('CMM_RESOLUTION', 'PROCEED_WITH_THRESHOLD', { threshold: { minMembers: 46, minPopulation: 0 } }), '2026-11-02').refused('THRESHOLD_NOT_MET');
    const few = underWay().at('2026-07-20', ...adopted(1, 10, '2026-07-08')).untilBegins('2026-08-01');
    when(few, decide('MUNICIPAL_RESOLUTIONS', 'PROCEED_WITH_THRESHOLD'), '2026-08-02').refused('THRESHOLD_NOT_MET');
    few.at('2026-08-02', decide('MUNICIPAL_RESOLUTIONS', 'PROCEED_WITH_THRESHOLD', { threshold: 'DEFAULT' }));
    expect(few.gate('MUNICIPAL_RESOLUTIONS')).toMatchObject({ state: 'MET', reachedOn: '2026-07-19' });
  });

  test('stopped, nothing is recorded or waited for any more; what adhesions tell changes nothing', () => {
    const path = missed().at('2026-11-02', decide('CMM_RESOLUTION', 'STOP'));
    expect(path.view).toMatchObject({ state: 'STOPPED', waitingFor: [], timers: [], late: false });
    for (const command of OPERATOR_COMMANDS) expect(constitution.allowed(path.state, { actor: OPERATOR, now: on('2026-11-03'), commandId: 'x' }).find((item) => item.command === command)?.reasons[0]?.code).toBe('STOPPED');
    when(path, resolved('2026-11-02'), '2026-11-03').refused('STOPPED');
    when(path, tell(90, { adoptedOn: '2026-07-08' }), '2026-11-03').nothing();
  });

  test('a plan is revised for gates that are to come, in their order; the published one stays', () => {
    const replan = (gates: object): AnyCommand => ({ type: 'Replan', data: { gates, reasons: TEXT } });
    const later = { CMM_RESOLUTION: { from: '2026-11-10', to: '2026-11-20' }, CONSTITUTED: { from: '2026-12-01', to: '2026-12-20' } };
    when(missed(), replan({}), '2026-11-02').refused('NOTHING_REVISED', 'gates');
    when(missed(), replan({ MUNICIPAL_RESOLUTIONS: { from: '2026-11-10', to: '2026-11-20' } }), '2026-11-02').refused('GATE_REACHED', 'gates.MUNICIPAL_RESOLUTIONS');
    when(missed(), replan({ CMM_RESOLUTION: { from: '2026-10-10', to: '2026-11-01' } }), '2026-11-02').refused('PLAN_IN_PAST', 'gates.CMM_RESOLUTION.to');
    when(missed(), replan({ CMM_RESOLUTION: { from: '2026-12-01', to: '2026-12-15' } }), '2026-11-02').refused('PLAN_OUT_OF_ORDER', 'gates.CONSTITUTED');
    const path = missed().at('2026-11-02', replan(later));
    expect(path.gate('CMM_RESOLUTION')).toMatchObject({ state: 'EXTENDED', planned: { to: '2026-10-31' }, revised: { to: '2026-11-20' }, awaitedBy: '2026-11-20', inQuestion: false });
    path.at('2026-11-19', resolved('2026-11-18', true));
    expect(path.gate('CMM_RESOLUTION')).toMatchObject({ state: 'LATE', delayDays: 18 });
    when(seated().at('2027-01-31', budget('2027-01-15'), report('2027-01-30')), replan(later), '2027-02-01').refused('ALL_REACHED');
  });
});

describe('what the engine tells', () => {
  test('an account that is known, or older than the one that is known, changes nothing', () => {
    const path = met();
    when(path, tell(1, { adoptedOn: '2026-07-08' }), '2026-07-21').nothing();
    when(path, tell(1, { adoptedOn: '2026-07-08', version: 50 }), '2026-07-21').nothing();
    when(path, tell(1, { version: 3 }), '2026-07-21').nothing();
  });

  test('the comuni of the territory count as the data have them: with one less the rule asks for less', () => {
    const path = underWay().at('2026-07-20', ...adopted(1, 44, '2026-07-08'));
    expect(path.view.threshold.met).toBe(false);
    const fewer = { asOf: '2026-09-01', bodies: TERRITORY.bodies.slice(0, -1) };
    path.at('2026-09-01', { type: 'TakeTerritory', data: { territory: fewer } });
    expect(path.view.threshold).toMatchObject({ met: true, metOn: '2026-07-19', required: { members: 44 }, of: { members: 132 } });
    when(path, { type: 'TakeTerritory', data: { territory: { ...fewer, asOf: '2026-09-02' } } }, '2026-09-02').nothing();
    path.at('2026-09-03', { type: 'TakeTerritory', data: { territory: { asOf: '2026-09-03', bodies: TERRITORY.bodies.slice(1) } } });
    expect(path.ofType('ThresholdLost').length).toBe(1);
  });

  test('a revocation before the constitution takes the comune out of the count, after it is a matter of the member', () => {
    expect(voted().at('2026-10-25', tell(3, { adoptedOn: '2026-07-08', standing: 'REVOKED', lostFrom: '2026-10-24', version: 30 })).view.threshold.met).toBe(false);
    expect(born().at('2027-03-01', tell(3, { adoptedOn: '2026-07-08', standing: 'REVOKED', lostFrom: '2027-02-20', version: 30 })).view.threshold.met).toBe(true);
    expect(born().at('2027-03-01', tell(3, { adoptedOn: '2026-07-08', standing: 'ANNULLED', lostFrom: '2026-07-08', version: 30 })).view.threshold.met).toBe(false);
  });

  test('a text that was amended counts only when the Agency has taken it for the text of all', () => {
    const path = underWay().at('2026-07-20', ...adopted(1, 44, '2026-07-08'), tell(45, { adoptedOn: '2026-07-08', standing: 'AMENDED' }));
    expect([path.view.members[44]?.counting, path.view.threshold.met]).toEqual(['OPEN', false]);
    expect(path.at('2026-07-25', tell(45, { adoptedOn: '2026-07-08', version: 30 })).view.threshold.met).toBe(true);
  });
});
