import { mandatoryRoles } from '../domain/adhesion/referents/standing.ts';
import type { OpenedCase } from '../domain/adhesion/state.ts';
import type { AdhesionCommand, AdhesionView, Command } from '../domain/adhesion/index.ts';
import { workingDaysAfter } from '../domain/calendar/terms.ts';
import { addDays, addHours, civilDateOf, compareInstants, laterDate, startOfDay, type CivilDate, type Instant } from '../domain/shared/civil-date.ts';
import type { TextRef } from '../domain/shared/text-ref.ts';
import { ballot, nextSitting, type Sittings } from './council.ts';
import type { Draws } from './draws.ts';
import { SHARES, type Step } from './durations.ts';

/** A comune as the data know it. */
export interface Comune {
  readonly ipaCode: string;
  readonly istatCode: string;
  readonly name: string;
  readonly population: number;
}

/** What an office knows when it plans an act. */
export interface Desk {
  readonly comune: Comune;
  readonly view: AdhesionView;
  readonly state: OpenedCase;
  readonly draws: Draws;
  readonly now: Instant;
  /** Days from now until somebody has done a step: drawn once, when it is taken up. */
  readonly days: (step: Step) => number;
  /** Null: how long it is until a council meets is in the days of its agenda. */
  readonly sittings: Sittings | null;
}

/** Something that an office has to do; its moment is drawn once, when it is taken up. */
export interface Task {
  /** What sets it apart from other tasks of the same command: a kind of opinion, a role. */
  readonly detail: string;
  readonly takeUp: () => Act;
}

export interface Act {
  readonly at: Instant;
  /** The command as it is sent; `tries` counts how often this act was refused. */
  readonly command: (now: Instant, tries: number) => AdhesionCommand;
}

/** Digest of the text that councils approve, and of one that was amended. */
const TEXT = '5a'.repeat(32);
const AMENDED = 'a5'.repeat(32);
const NOTE: TextRef = { textId: 'simulated', digest: 'simulated' };
const OPENING_HOUR = 10;
const SITTING_HOUR = 20.5;

/** What is done about each thing that the process waits for; what is not here nobody does in the simulation. */
export const OFFICES: { readonly [Type in AdhesionCommand['type']]?: (desk: Desk) => readonly Task[] } = {
  SendProposal: (desk) => one(() => after(desk, 'proposal', (now) => ({
    type: 'SendProposal', data: { template: { id: 'schema-convenzione', version: 1, sha256: TEXT }, sentAt: now },
  }))),
  ConfirmReceipt: (desk) => one(() => after(desk, desk.draws.chance(SHARES.receiptLost) ? 'receiptLost' : 'receipt', (now) => ({
    type: 'ConfirmReceipt', data: { deliveredAt: now },
  }))),
  RecordOpinion: opinions,
  ConveneCouncil: (desk) => one(() => convocation(desk)),
  RecordSession: (desk) => one(() => session(desk)),
  ResubmitProposal: (desk) => one(() => after(desk, 'resubmission', (now) => ({ type: 'ResubmitProposal', data: { sentAt: now } }))),
  AllowFurtherAttempt: (desk) => one(() => after(desk, 'furtherAttempt', furtherAttempt)),
  DecideAmendment: (desk) => one(() => amendment(desk)),
  RecordPublication: (desk) => one(() => after(desk, 'publication', (now) => ({
    type: 'RecordPublication', data: { noticeBoardNo: `${desk.draws.whole(1, 1_999)}/${now.slice(0, 4)}`, firstDay: civilDateOf(now) },
  }))),
  CertifyExecutivity: (desk) => one(() => after(desk, 'certificate', (now) => ({
    type: 'CertifyExecutivity', data: { executiveOn: desk.view.deliberation.executiveOn ?? civilDateOf(now), certifiedOn: civilDateOf(now) },
  }))),
  TransmitResolution: transmission,
  AcceptResolution: (desk) => one(() => acceptance(desk)),
  SignConvention: (desk) => one(() => {
    const form = desk.draws.chance(SHARES.voidSignature) ? 'HANDWRITTEN' : 'PADES';
    return after(desk, 'signature', (now) => ({ type: 'SignConvention', data: signature(desk, now, 'MAYOR', form) }));
  }),
  CountersignConvention: (desk) => one(() => after(desk, 'countersignature', (now) => ({
    type: 'CountersignConvention', data: signature(desk, now, 'METROPOLITAN_MAYOR', 'PADES'),
  }))),
  RegisterConvention: (desk) => one(() => after(desk, 'registration', (now) => ({
    type: 'RegisterConvention', data: { repertoryNo: 'R', protocolNo: 'P', registeredOn: civilDateOf(now), inForceOn: firstOfNextMonth(civilDateOf(now)) },
  }))),
  AppointReferent: appointments,
  AcceptAppointment: acceptances,
};

/** The offices give theirs side by side, the auditors after them; then there is one on an amendment. */
function opinions(desk: Desk): readonly Task[] {
  const { view: { deliberation }, draws } = desk;
  const onAmendment = deliberation.amendment !== null;
  const given = new Set(deliberation.opinions.filter((opinion) => opinion.onAmendment === onAmendment).map(({ kind }) => kind));
  const offices = (['TECHNICAL', 'ACCOUNTING'] as const).filter((kind) => !given.has(kind));
  const kinds = onAmendment ? (['TECHNICAL'] as const) : offices.length > 0 ? offices : (['AUDITORS'] as const);
  return kinds.map((kind) => ({
    detail: onAmendment ? 'amendment' : kind,
    takeUp: () => {
      const outcome = draws.chance(SHARES.unfavourableOpinion) ? 'UNFAVOURABLE' : 'FAVOURABLE';
      const step = onAmendment ? 'amendmentOpinion' : kind === 'AUDITORS' ? 'auditors' : 'opinion';
      return after(desk, step, (now) => ({ type: 'RecordOpinion', data: { kind, outcome, givenOn: civilDateOf(now), ...(onAmendment ? { onAmendment } : {}) } }));
    },
  }));
}

/**
 * The notice goes out on a working day for a sitting that is far enough away by the desk's own reckoning. Where the process finds
 * the notice too short, the sitting moves on by a day, until it takes it.
 */
function convocation(desk: Desk): Act {
  const { draws, sittings, view: { deliberation: { lastSession } } } = desk;
  const secondCall = lastSession?.outcome === 'NO_QUORUM';
  const urgency = secondCall || draws.chance(SHARES.extraordinarySession) ? 'EXTRAORDINARY' : 'ORDINARY';
  const today = civilDateOf(desk.now);
  const lead = desk.days(secondCall ? 'secondCall' : 'agenda');
  const sitting = urgency === 'ORDINARY' && sittings !== null ? nextSitting(sittings, addDays(today, lead)) : officeDay(desk, addDays(today, lead));
  return {
    at: atOpening(officeDay(desk, laterDate(addDays(sitting, -lead), addDays(today, 1)))),
    command: (now, tries) => ({
      type: 'ConveneCouncil',
      data: {
        call: secondCall ? 2 : 1, urgency, noticeDeliveredAt: now,
        sessionAt: addHours(startOfDay(officeDay(desk, addDays(sitting, tries))), SITTING_HOUR),
      },
    }),
  };
}

function session(desk: Desk): Act {
  const { view: { deliberation: { convocation: called } } } = desk;
  const heldOn = civilDateOf(called?.sessionAt ?? desk.now);
  const minutes = Math.max(1, desk.days('minutes'));
  return { at: atOpening(officeDay(desk, addDays(heldOn, minutes))), command: () => ({ type: 'RecordSession', data: sessionData(desk, heldOn) }) };
}

function sessionData({ draws, state: { deliberation: { template } }, view: { policies, deliberation } }: Desk, heldOn: CivilDate): Command<'RecordSession'>['data'] {
  const outcome = outcomeOf(draws);
  if (outcome !== 'VOTED') return { organ: 'COUNCIL', heldOn, outcome };
  const voted = ballot(draws, policies.councillors);
  const amended = draws.chance(SHARES.amended);
  const immediate = draws.chance(SHARES.immediate) ? { immediate: { ...voted.votes, reasons: NOTE } } : {};
  const against = deliberation.opinions.some((opinion) => !opinion.onAmendment && opinion.outcome === 'UNFAVOURABLE');
  return {
    organ: 'COUNCIL', heldOn, outcome, resolutionNo: `${draws.whole(1, 99)}/${heldOn.slice(0, 4)}`, ...voted, textSha256: amended ? AMENDED : template?.sha256 ?? TEXT, ...immediate,
    ...(against ? { councilReasons: NOTE } : {}),
  };
}

function outcomeOf(draws: Draws): Command<'RecordSession'>['data']['outcome'] {
  if (draws.chance(SHARES.noQuorum)) return 'NO_QUORUM';
  if (draws.chance(SHARES.postponed)) return 'POSTPONED';
  if (draws.chance(SHARES.itemWithdrawn)) return 'ITEM_WITHDRAWN';
  return draws.chance(SHARES.notReached) ? 'NOT_REACHED' : 'VOTED';
}

/** What the process refuses for want of attempts is granted first. */
function amendment(desk: Desk): Act {
  const decision = desk.draws.chance(SHARES.amendmentFormal) ? 'ACCEPT_AS_FORMAL' : 'RESUBMIT';
  return after(desk, 'amendment', (_now, tries) => (
    tries === 1 ? furtherAttempt() : { type: 'DecideAmendment', data: { decision, reasons: NOTE } }
  ));
}

/** Sent with the certificate, or at once when the act is immediately executable. */
function transmission(desk: Desk): readonly Task[] {
  const { executivity, certifiedExecutiveOn, state } = desk.view.deliberation;
  if (executivity !== 'IMMEDIATE' && certifiedExecutiveOn === null) return [];
  const delay = state === 'RETURNED' ? 'retransmission' : 'transmission';
  return one(() => after(desk, delay, (now) => ({ type: 'TransmitResolution', data: { deliveredAt: now } })));
}

function acceptance(desk: Desk): Act {
  const returned = desk.draws.chance(SHARES.returned);
  const override = desk.view.deliberation.flags.length > 0 ? { overrideReason: NOTE } : {};
  return after(desk, 'acceptance', () => (
    returned ? { type: 'ReturnResolution', data: { reasons: NOTE } } : { type: 'AcceptResolution', data: override }
  ));
}

function appointments(desk: Desk): readonly Task[] {
  const held = new Set(desk.view.referents.filter(({ deputy }) => !deputy).map(({ role }) => role));
  return mandatoryRoles(desk.state).filter((role) => !held.has(role)).map((role) => ({
    detail: role,
    takeUp: () => after(desk, 'appointment', (now) => ({
      type: 'AppointReferent', data: { role, subject: `s_${role.toLowerCase()}`, actNo: 'D', actOn: civilDateOf(now) },
    })),
  }));
}

function acceptances(desk: Desk): readonly Task[] {
  return desk.view.referents.filter(({ state }) => state === 'APPOINTED').map(({ appointmentId }) => ({
    detail: appointmentId,
    takeUp: () => after(desk, 'appointmentAcceptance', (now) => ({ type: 'AcceptAppointment', data: { appointmentId, acceptedAt: now } })),
  }));
}

function furtherAttempt(): AdhesionCommand {
  return { type: 'AllowFurtherAttempt', data: { reasons: NOTE } };
}

function signature({ view }: Desk, signedAt: Instant, office: 'MAYOR' | 'METROPOLITAN_MAYOR', form: 'PADES' | 'HANDWRITTEN'): Command<'SignConvention'>['data'] {
  return { signer: `s_${office.toLowerCase()}`, office, signedAt, form, sha256: view.deliberation.textSha256 ?? TEXT };
}

function one(takeUp: Task['takeUp']): readonly Task[] {
  return [{ detail: '', takeUp }];
}

function after(desk: Desk, step: Step, command: Act['command']): Act {
  return { at: openAfter(desk, desk.days(step)), command };
}

/** When the office opens some days on, or on the next day on which it is open; never before now. */
function openAfter(desk: Desk, days: number): Instant {
  const at = atOpening(officeDay(desk, addDays(civilDateOf(desk.now), days)));
  return compareInstants(at, desk.now) > 0 ? at : addHours(desk.now, 1);
}

function atOpening(day: CivilDate): Instant {
  return addHours(startOfDay(day), OPENING_HOUR);
}

function officeDay({ comune }: Desk, day: CivilDate): CivilDate {
  return workingDaysAfter(addDays(day, -1), 1, comune.istatCode);
}

function firstOfNextMonth(day: CivilDate): CivilDate {
  return `${addDays(`${day.slice(0, 7)}-28`, 4).slice(0, 7)}-01`;
}
