import { GATES } from '../../domain/constitution/plan.ts';
import { countingWords, formWords, gateStateWords, gateWords } from '../../domain/constitution/words.ts';
import { campaignStage, itemState } from '../../domain/campaign/words.ts';
import type { Bilingual } from '../../domain/shared/bilingual.ts';
import { CONSTITUTION } from './constitution.ts';
import type { Pair } from './say.ts';

/** What stands at a place of the view of the constitution or of a campaign, after the name of its kind. */
export const AGENCY_FIELDS: Readonly<Record<string, Pair>> = {
  'constitution.state': ['Stato del percorso', 'State of the path'], 'constitution.late': ['Una tappa è mancata', 'A gate is missed'], 'constitution.revisions': ['Revisioni del piano', 'Revisions of the plan'],
  legalForm: ['Forma giuridica', 'Legal form'], 'legalForm.form': ['Forma giuridica', 'Legal form'], 'legalForm.majority': ['Maggioranza nei consigli', 'Majority in the councils'], 'legalForm.authorities': ['Autorità a cui si invia', 'Authorities that it goes to'],
  gates: ['Tappe', 'Gates'], 'gates.gate': ['Tappa', 'Gate'], 'gates.state': ['Stato', 'State'], 'planned.from': ['Piano pubblicato, dal', 'Published plan, from'], 'planned.to': ['Piano pubblicato, fino al', 'Published plan, until'],
  'revised.from': ['Piano rivisto, dal', 'Revised plan, from'], 'revised.to': ['Piano rivisto, fino al', 'Revised plan, until'], extendedTo: ['Proroga fino al', 'Extended until'], awaitedBy: ['Attesa entro il', 'Awaited by'],
  reachedOn: ['Raggiunta il', 'Reached on'], delayDays: ['Scarto in giorni', 'Days apart'], missedOn: ['Mancata il', 'Missed on'], ifMissed: ['Se il giorno passa', 'If its day passes'],
  inQuestion: ['Da decidere', 'To be decided'], inDoubt: ['In dubbio', 'In doubt'],
  threshold: ['Soglia', 'Threshold'], 'threshold.preset': ['Soglia scelta', 'Threshold chosen'], minMembers: ['Soglia di comuni', 'Threshold of comuni'], minPopulation: ['Soglia di abitanti', 'Threshold of inhabitants'],
  numerator: ['Parte', 'Part'], denominator: ['Intero', 'Whole'],
  'required.members': ['Comuni richiesti', 'Comuni asked for'], 'required.population': ['Abitanti richiesti', 'Inhabitants asked for'], 'of.members': ['Comuni in tutto', 'Comuni in all'], 'of.population': ['Abitanti in tutto', 'Inhabitants in all'],
  'adopted.members': ['Comuni con deliberazione adottata', 'Comuni with a resolution adopted'], 'adopted.population': ['Abitanti dei comuni con deliberazione adottata', 'Inhabitants of comuni with a resolution adopted'],
  'executive.members': ['Comuni con deliberazione esecutiva', 'Comuni with an executive resolution'], 'executive.population': ['Abitanti di questi comuni', 'Their inhabitants'],
  met: ['Soglia raggiunta', 'Threshold met'], metOn: ['Soglia raggiunta il', 'Threshold met on'], lostAt: ['Soglia non più raggiunta dal', 'Threshold lost at'],
  territory: ['Territorio', 'Territory'], 'territory.asOf': ['Comuni secondo i dati del', 'Comuni by the data of'], 'territory.members': ['Comuni del territorio', 'Comuni of the territory'], 'territory.population': ['Abitanti del territorio', 'Inhabitants of the territory'],
  countersignedBy: ['Controfirma le convenzioni', 'Countersigns conventions'], feesBillable: ['Canoni esigibili', 'Fees due'],
  'constitution.evidence': ['Atti registrati', 'Acts on record'], 'constitution.decisions': ['Decisioni', 'Decisions'], 'decisions.gate': ['Tappa', 'Gate'], 'decisions.decision': ['Decisione', 'Decision'], 'decisions.to': ['Proroga fino al', 'Extended until'],
  'evidence.submissions': ['Invii alle autorità', 'Submissions to authorities'], 'evidence.answers': ['Risposte delle autorità', 'Answers of authorities'], 'evidence.appointments': ['Nomine', 'Appointments'], 'evidence.acceptances': ['Accettazioni', 'Acceptances'],
  'conference.heldOn': ['Giorno della Conferenza metropolitana', 'Day of the metropolitan conference'], minutesNo: ['Numero del verbale', 'Number of the minutes'], immediate: ['Immediatamente eseguibile', 'Immediately executable'],
  'resolution.adoptedOn': ['Deliberazione metropolitana adottata il', 'Metropolitan resolution adopted on'], 'resolution.executiveOn': ['Deliberazione metropolitana esecutiva dal', 'Metropolitan resolution executive from'],
  'publication.firstDay': ['Deliberazione metropolitana pubblicata dal', 'Metropolitan resolution published from'], 'publication.executiveOn': ['Deliberazione metropolitana esecutiva dal', 'Metropolitan resolution executive from'],
  authority: ['Autorità', 'Authority'], 'submissions.COURT_OF_AUDITORS.sentOn': ['Ricevuta dalla Corte dei conti il', 'Got by the Corte dei conti on'], sentOn: ["Ricevuta dall'autorità il", 'Got by the authority on'], answerDueOn: ['Risposta entro il', 'Answer due by'], answer: ['Risposta', 'Answer'],
  'deed.signedOn': ['Atto costitutivo del', 'Constitutive act of'], organ: ['Organo', 'Organ'], 'BOARD_OF_DIRECTORS.actOn': ['Nomina del consiglio di amministrazione', 'Appointment of the board'], 'AUDITOR.actOn': ['Nomina del revisore', 'Appointment of the auditor'],
  'BOARD_OF_DIRECTORS.acceptedOn': ['Accettazione del consiglio di amministrazione', 'Acceptance of the board'], 'AUDITOR.acceptedOn': ['Accettazione del revisore', 'Acceptance of the auditor'],
  'budget.preparedOn': ['Primo bilancio predisposto il', 'First budget prepared on'], year: ['Anno', 'Year'], reportNo: ['Numero della relazione', 'Number of the report'], 'auditorsReport.on': ['Relazione del revisore del', "Auditor's report of"],
  lateMembers: ["Comuni ammessi dall'assemblea", 'Comuni taken in by the assembly'], 'lateMembers.on': ["Ammesso dall'assemblea il", 'Taken in by the assembly on'],
  withoutReceipt: ['Comuni senza ricevuta', 'Comuni without a receipt'], lastReceiptOn: ["Ultima ricevuta", 'Last receipt'], resolutions: ['Deliberazioni da cui si conta', 'Resolutions that it is counted from'],
  members: ['Comuni', 'Comuni'], 'members.counting': ['Per la costituzione', 'For the constitution'], 'members.standing': ['Come sta la deliberazione', 'How the resolution stands'], 'members.form': ['Forma giuridica deliberata', 'Legal form resolved'],
  'members.adhesion': ['Pratica', 'Case'], 'window.from': ['Termine proprio, dal', 'Its window, from'], 'window.to': ['Termine proprio, fino al', 'Its window, until'], 'members.late': ['Oltre il termine', 'After its window'],
  'campaign.state': ['Stato della campagna', 'State of the campaign'], 'campaign.name': ['Nome', 'Name'], stopAfter: ['Si ferma dopo errori', 'Stops after failures'], failures: ["Errori dall'ultimo avvio", 'Failures since it last began'],
  'counts.total': ['Destinatari', 'Targets'], 'counts.done': ['Fatti', 'Done'], 'counts.failed': ['Non riusciti', 'Failed'], 'counts.skipped': ['Saltati', 'Skipped'], 'counts.pending': ['Da fare', 'Pending'], underWay: ['In corso', 'Under way'],
  'items.state': ['Esito', 'Outcome'], 'items.code': ['Perché', 'Why'], 'items.adhesion': ['Pratica', 'Case'], 'items.body': ['Codice IPA', 'IPA code'],
};

const FORMS = { SPECIAL_CONSORTIUM: formWords('SPECIAL_CONSORTIUM'), CONVENTION_ONLY: formWords('CONVENTION_ONLY'), IN_HOUSE_COMPANY: formWords('IN_HOUSE_COMPANY'), FOUNDATION: formWords('FOUNDATION') };
const GATE_NAMES = Object.fromEntries(GATES.map((gate) => [gate, gateWords(gate)]));
const ORGANS: Readonly<Record<string, Pair>> = { BOARD_OF_DIRECTORS: ['Consiglio di amministrazione', 'Board of directors'], AUDITOR: ['Revisore', 'Auditor'] };
const AUTHORITIES: Readonly<Record<string, Pair>> = { COURT_OF_AUDITORS: ['Corte dei conti', 'Corte dei conti'], COMPETITION_AUTHORITY: ['Autorità garante della concorrenza', 'Competition authority'] };

/** Codes that stand there; `role` is what an entry of a list is named by. */
export const AGENCY_CODES: Readonly<Record<string, Readonly<Record<string, Pair | Bilingual>>>> = {
  'constitution.state': { UNDER_WAY: CONSTITUTION.UNDER_WAY, COMPLETED: CONSTITUTION.COMPLETED, STOPPED: CONSTITUTION.STOPPED },
  'constitution.gates.role': GATE_NAMES, 'constitution.gates.gate': GATE_NAMES, 'constitution.gates.planned.role': GATE_NAMES, 'constitution.gates.revised.role': GATE_NAMES,
  'constitution.gates.state': {
    NOT_YET: gateStateWords('NOT_YET'), MET: gateStateWords('MET'), MISSED: gateStateWords('MISSED'), EXTENDED: gateStateWords('EXTENDED'), LATE: gateStateWords('LATE'), REOPENED: gateStateWords('REOPENED'),
  },
  'constitution.gates.ifMissed': { WARN: ['Si segnala soltanto', 'It is said only'], OWN_WINDOW: ['Chi riceve gli atti dopo ha un termine proprio', 'Who gets the acts later has a window of its own'], DECIDE: ['Si decide', 'A decision'] },
  'constitution.legalForm.form': FORMS, 'constitution.members.form': FORMS, 'constitution.legalForm.authorities': AUTHORITIES,
  'constitution.threshold.preset': { DEFAULT: CONSTITUTION.DEFAULT, CONFERENCE_RULE: CONSTITUTION.CONFERENCE_RULE },
  'constitution.countersignedBy': { METROPOLITAN_CITY: CONSTITUTION.METROPOLITAN_CITY, AGENCY: CONSTITUTION.AGENCY },
  'constitution.members.counting': {
    NONE: countingWords('NONE'), OPEN: countingWords('OPEN'), COUNTED: countingWords('COUNTED'), LATE_ADHESION: countingWords('LATE_ADHESION'), ADMITTED: countingWords('ADMITTED'), OTHER_FORM: countingWords('OTHER_FORM'), LOST: countingWords('LOST'),
  },
  'constitution.members.standing': {
    ADOPTED: ['Adottata', 'Adopted'], AMENDED: ['Emendata, da decidere', 'Amended, to be decided'], EXECUTIVE: ['Esecutiva', 'Executive'], SUSPENDED: ['Sospesa', 'Suspended'], REVOKED: ['Revocata', 'Revoked'], ANNULLED: ['Annullata', 'Annulled'],
  },
  'constitution.decisions.role': GATE_NAMES, 'constitution.decisions.gate': GATE_NAMES,
  'constitution.decisions.decision': { EXTEND: ['Proroga', 'Extend'], PROCEED_WITH_THRESHOLD: ['Si procede con la soglia', 'Go on with the threshold'], STOP: ['Fermato', 'Given up'] },
  ...Object.fromEntries(['appointments', 'acceptances'].flatMap((part) => ['BOARD_OF_DIRECTORS', 'AUDITOR'].map((organ) => [`constitution.evidence.${part}.${organ}.organ`, ORGANS]))),
  ...Object.fromEntries(['submissions', 'answers'].flatMap((part) => ['COURT_OF_AUDITORS', 'COMPETITION_AUTHORITY'].map((authority) => [`constitution.evidence.${part}.${authority}.authority`, AUTHORITIES]))),
  'campaign.state': {
    PREPARING: campaignStage('PREPARING'), RUNNING: campaignStage('RUNNING'), PAUSED: campaignStage('PAUSED'), STOPPED: campaignStage('STOPPED'), COMPLETED: campaignStage('COMPLETED'), CANCELLED: campaignStage('CANCELLED'),
  },
  'campaign.items.state': { PENDING: itemState('PENDING'), UNDER_WAY: itemState('UNDER_WAY'), DONE: itemState('DONE'), FAILED: itemState('FAILED'), SKIPPED: itemState('SKIPPED') },
};
