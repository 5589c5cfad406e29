import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { constitution, viewConstitution, type ConstitutionEvent } from '../../../domain/constitution/index.ts';
import { fold } from '../../../domain/shared/process.ts';

type Stored = { readonly [Type in ConstitutionEvent['type']]: Extract<ConstitutionEvent, { type: Type }> };

/** As they are stored: this file is kept for ever, a later shape gets a file of its own. */
const stored: Stored = JSON.parse(readFileSync(new URL('../../golden/events/constitution.v1.json', import.meta.url), 'utf8'));
/** Of the view: the gate, or the comune, and what it shows. */
const gate = (name: string, more: object): Shown => ({ gate: name, more });
const member = (body: string, more: object): Shown => ({ body, more });
type Shown = { readonly gate: string; readonly more: object } | { readonly body: string; readonly more: object };

/** What each stored event makes of a constitution that has just begun. */
const EXPECTED: { readonly [Type in ConstitutionEvent['type']]: object } = {
  ConstitutionStarted: { id: 'agency-1', state: 'UNDER_WAY', territory: { asOf: '2026-05-01', members: 3, population: 51_000 }, legalForm: { form: 'SPECIAL_CONSORTIUM', majority: 'ABSOLUTE_OF_MEMBERS' } },
  ConferenceHeld: { evidence: { conference: { heldOn: '2026-05-21', minutesNo: '3/2026' } } },
  ReceiptsRecorded: member('c_a003', { receivedOn: '2026-06-01', window: { from: '2026-06-02', to: '2026-08-01' } }),
  AdhesionTold: member('c_a001', { adhesion: 'c_a001-1', adoptedOn: '2026-06-05', executiveOn: '2026-06-16', counting: 'COUNTED' }),
  TerritoryChanged: { territory: { asOf: '2026-07-02', members: 2, population: 21_000 } },
  ResolutionsWindowEnded: gate('MUNICIPAL_RESOLUTIONS', { state: 'NOT_YET', awaitedBy: '2026-07-31' }),
  ThresholdMet: { threshold: { met: true, metOn: '2026-09-12' } },
  ThresholdLost: { threshold: { met: false, lostAt: '2026-06-21T09:00:00Z' } },
  GateReached: gate('PROJECT_SHOWN', { state: 'MET', reachedOn: '2026-05-21', delayDays: 0 }),
  MilestoneMissed: gate('TEMPLATES_SENT', { state: 'MISSED', missedOn: '2026-05-31' }),
  MilestoneDecided: gate('MUNICIPAL_RESOLUTIONS', { state: 'EXTENDED', awaitedBy: '2026-09-30' }),
  PlanRevised: gate('CMM_RESOLUTION', { revised: { from: '2026-10-05', to: '2026-11-05' }, planned: { from: '2026-10-01', to: '2026-10-31' } }),
  LegalFormChanged: { legalForm: { form: 'IN_HOUSE_COMPANY', majority: 'SIMPLE_OF_VOTERS', authorities: ['COURT_OF_AUDITORS', 'COMPETITION_AUTHORITY'] } },
  MetropolitanResolutionRecorded: { evidence: { resolution: { adoptedOn: '2026-10-05', executiveOn: null } } },
  MetropolitanResolutionPublished: { evidence: { publication: { firstDay: '2026-10-06', executiveOn: '2026-10-17' } } },
  SubmittedToAuthority: { evidence: { submissions: { COURT_OF_AUDITORS: { sentOn: '2026-10-06', answerDueOn: '2026-12-05' } } } },
  AuthorityAnswered: { evidence: { answers: { COURT_OF_AUDITORS: { answer: 'UNFAVOURABLE', on: '2026-10-19' } } } },
  AgencyConstituted: { countersignedBy: 'AGENCY', evidence: { deed: { signedOn: '2026-11-02' } } },
  OrganAppointed: { evidence: { appointments: { BOARD_OF_DIRECTORS: { actOn: '2026-12-10' } } } },
  OfficeAccepted: { evidence: { acceptances: { BOARD_OF_DIRECTORS: { acceptedOn: '2026-12-11' } } } },
  BudgetPrepared: { evidence: { budget: { preparedOn: '2027-01-15', year: 2027 } } },
  AuditorsReportRecorded: { evidence: { auditorsReport: { on: '2027-01-19', outcome: 'FAVOURABLE' } } },
  LateMemberAdmitted: { lateMembers: [{ body: 'c_a003', assemblyActNo: '1/2026', on: '2026-12-02' }] },
};

test('there is one stored example of each event', () => {
  expect(Object.keys(stored).toSorted()).toStrictEqual(Object.keys(EXPECTED).toSorted());
});

test.each(Object.values(stored))('a stored $type is taken', (event) => {
  const before = event.type === 'ConstitutionStarted' ? [] : [stored.ConstitutionStarted];
  const state = fold(constitution, constitution.initial(), [...before, event]);
  const view = viewConstitution(state, '2026-06-01T09:00:00Z');
  const expected = EXPECTED[event.type] as Partial<Shown & { readonly gate: string; readonly body: string }>;
  const shown = [view, ...view.gates, ...view.members].find((one) => ('gate' in one && one.gate === expected.gate) || ('body' in one && one.body === expected.body)) ?? view;
  expect(shown).toMatchObject(expected.more ?? expected);
});
