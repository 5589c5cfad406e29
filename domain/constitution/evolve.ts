import type { Account } from './account.ts';
import type { ConstitutionEvent } from './events.ts';
import type { Gate, Period } from './plan.ts';
import { factsOf, NO_EVIDENCE, type Constitution, type ConstitutionState, type Evidence } from './state.ts';
import type { Decided, Receipt } from './terms.ts';

/** `state.version` is already the version of this event. Total: an event without its ground changes nothing. */
export function evolve(state: ConstitutionState, event: ConstitutionEvent): ConstitutionState {
  if (event.type === 'ConstitutionStarted') {
    const { id, policies, territory, startedBy, at } = event.data;
    return { ...state, constitution: {
      id, policies, startedBy, startedAt: at, territory, form: policies.agencyLegalForm, threshold: policies.threshold, plan: policies.plan, revisions: 0, extended: {}, members: {},
      evidence: NO_EVIDENCE, met: null, lost: null, windowEnded: null, reached: {}, missed: {}, decisions: [], lateMembers: [], stoppedAt: null, since: at,
    } };
  }
  const { constitution, version } = state;
  return constitution === null ? state : { ...state, constitution: { ...constitution, ...changes(constitution, event, version) } };
}

type Later = Exclude<ConstitutionEvent, { readonly type: 'ConstitutionStarted' }>;

function changes(constitution: Constitution, event: Later, version: number): Partial<Constitution> {
  const { evidence, members, reached, missed } = constitution;
  switch (event.type) {
    case 'ReceiptsRecorded': return { members: event.data.receipts.reduce(withReceipt, members) };
    case 'AdhesionTold': return { members: withAccount(members, event.data.account, event.data.window) };
    case 'TerritoryChanged': return { territory: event.data.territory };
    case 'ResolutionsWindowEnded': return { windowEnded: event.data.to };
    case 'ThresholdMet': return { met: { on: event.data.on, at: event.data.at }, lost: null };
    case 'ThresholdLost': {
      const { MUNICIPAL_RESOLUTIONS: _reopened, ...others } = reached;
      return { met: null, lost: { at: event.data.at, version }, reached: others, since: event.data.at };
    }
    case 'GateReached': {
      const { gate, on, late, at } = event.data;
      return { reached: { ...reached, [gate]: { on, late, at } }, since: at };
    }
    case 'MilestoneMissed': {
      const { gate, to, at } = event.data;
      return { missed: { ...missed, [gate]: { to, at, version } }, since: at };
    }
    case 'MilestoneDecided': return decided(constitution, event.data, version);
    case 'PlanRevised': return { plan: { ...constitution.plan, ...revised(event.data.gates) }, extended: withoutGates(constitution.extended, event.data.gates), revisions: constitution.revisions + 1 };
    case 'LegalFormChanged': return { form: event.data.to };
    case 'LateMemberAdmitted': return { lateMembers: [...constitution.lateMembers, fact(event.data)] };
    case 'ConferenceHeld':
    case 'MetropolitanResolutionRecorded':
    case 'MetropolitanResolutionPublished':
    case 'SubmittedToAuthority':
    case 'AuthorityAnswered':
    case 'AgencyConstituted':
    case 'OrganAppointed':
    case 'OfficeAccepted':
    case 'BudgetPrepared':
    case 'AuditorsReportRecorded': return { evidence: proven(evidence, event) };
  }
}

/** The acts of the path as they stand after one of them. */
function proven(evidence: Evidence, event: EvidenceEvent): Evidence {
  switch (event.type) {
    case 'ConferenceHeld': return { ...evidence, conference: fact(event.data) };
    case 'MetropolitanResolutionRecorded': return { ...evidence, resolution: fact(event.data) };
    case 'MetropolitanResolutionPublished': return { ...evidence, publication: fact(event.data) };
    case 'SubmittedToAuthority': return { ...evidence, submissions: { ...evidence.submissions, [event.data.authority]: fact(event.data) } };
    case 'AuthorityAnswered': return { ...evidence, answers: { ...evidence.answers, [event.data.authority]: fact(event.data) } };
    case 'AgencyConstituted': return { ...evidence, deed: fact(event.data) };
    case 'OrganAppointed': return { ...evidence, appointments: { ...evidence.appointments, [event.data.organ]: fact(event.data) } };
    case 'OfficeAccepted': return { ...evidence, acceptances: { ...evidence.acceptances, [event.data.organ]: fact(event.data) } };
    case 'BudgetPrepared': return { ...evidence, budget: fact(event.data) };
    case 'AuditorsReportRecorded': return { ...evidence, auditorsReport: fact(event.data) };
  }
}

type EvidenceEvent = Extract<ConstitutionEvent, { readonly type:
  | 'ConferenceHeld' | 'MetropolitanResolutionRecorded' | 'MetropolitanResolutionPublished' | 'SubmittedToAuthority' | 'AuthorityAnswered' | 'AgencyConstituted'
  | 'OrganAppointed' | 'OfficeAccepted' | 'BudgetPrepared' | 'AuditorsReportRecorded'; }>;

/** What an event says, without when we knew. */
function fact<Data extends { readonly at: string }>({ at: _at, ...said }: Data): Omit<Data, 'at'> {
  return said;
}

function decided({ decisions, extended, threshold }: Constitution, said: Decided, version: number): Partial<Constitution> {
  return {
    decisions: [...decisions, { ...said, version }],
    extended: said.to === null ? extended : { ...extended, [said.gate]: said.to },
    threshold: said.threshold ?? threshold,
    ...(said.decision === 'STOP' ? { stoppedAt: said.at } : {}),
    since: said.at,
  };
}

type Members = Constitution['members'];

function withReceipt(members: Members, { body, receivedOn, window }: Receipt): Members {
  return { ...members, [body]: { ...factsOf(members, body), receivedOn, window } };
}

/** The receipt that was recorded by hand stands where the adhesion knows of none. */
function withAccount(members: Members, account: Account, window: Period | null): Members {
  const known = factsOf(members, account.body);
  const receipt = account.receivedOn === null ? {} : { receivedOn: account.receivedOn, window };
  return { ...members, [account.body]: { ...known, ...receipt, account } };
}

/** Gates that are named; one that is left out stays as it is. */
export function revised(gates: Gates): Partial<Constitution['plan']> {
  return Object.fromEntries(Object.entries(gates).filter(([, period]) => period !== undefined));
}

type Gates = { readonly [G in Gate]?: Period | undefined };

/** A revised gate is no longer extended: its day is that of the revision. */
function withoutGates(extended: Constitution['extended'], gates: Gates): Constitution['extended'] {
  return Object.fromEntries(Object.entries(extended).filter(([gate]) => !(gate in gates)));
}
