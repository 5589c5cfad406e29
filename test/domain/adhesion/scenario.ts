import { adhesion, viewAdhesion, type AdhesionCommand, type AdhesionEvent, type AdhesionState, type AdhesionView, type PolicyChoices } from '../../../domain/adhesion/index.ts';
import { ENGINE, type Actor } from '../../../domain/shared/actor.ts';
import type { CaseCommand } from '../../../domain/shared/case.ts';
import type { TextRef } from '../../../domain/shared/text-ref.ts';
import { abbiategrassoPath, TEXT_SHA256 } from '../../support/adhesion-path.ts';
import { apply, drained, given } from '../../support/spec.ts';

export type AnyCommand = AdhesionCommand | CaseCommand;
export type Type = AdhesionCommand['type'];
export type DataOf<Key extends AnyCommand['type']> = Extract<AnyCommand, { type: Key }>['data'];

export const OPERATOR: Actor = { subject: 's-operator', role: 'operator', body: 'agency' };
export const MEMBER: Actor = { subject: 's-member', role: 'member', body: 'c_a010' };
export const OTHER_MEMBER: Actor = { subject: 's-other', role: 'member', body: 'c_f205' };
export const AUDITOR: Actor = { subject: 's-auditor', role: 'auditor', body: 'agency' };
export { ENGINE, TEXT_SHA256 };

/** Today: every fact of the path is past. */
export const NOW = '2026-11-22T10:00:00Z';
export const TEXT: TextRef = { textId: 'txt-1', digest: 'd1' };
export const OTHER_SHA256 = 'ff'.repeat(32);
export const BASIS = { policyVersion: '2026.2', calendarVersion: '2026.1' } as const;

export const ABBIATEGRASSO = {
  id: 'c_a010-1', body: 'c_a010', istatCode: '015002', name: 'Abbiategrasso', population: 32_425,
} as const;

/** What differs from the path: data of a command replaced, or the command left out (null). */
export type Variations = { readonly [Key in Type]?: DataOf<Key> | null };

/** Commands of the real path, as the process receives them. */
const PATH: readonly { readonly actor: Actor; readonly command: AnyCommand }[] = abbiategrassoPath().map(({ by, type, data }) => ({
  actor: by === 'operator' ? OPERATOR : MEMBER,
  // The outer data of these steps hold no free text, so they are the inner ones too; only the opening differs.
  command: (type === 'OpenAdhesion' ? { type, data: ABBIATEGRASSO } : { type, data }) as AnyCommand,
}));

export function opened(policies: PolicyChoices = {}, comune: Omit<DataOf<'OpenAdhesion'>, 'policies'> = ABBIATEGRASSO, now = NOW): AdhesionState {
  return does(adhesion.initial(), 'OpenAdhesion', { ...comune, policies }, now);
}

/** The path up to and with the last command of that type, with variations; all of it received at `now`. */
export function reached(last: Type, variations: Variations = {}, policies: PolicyChoices = {}, now = NOW): AdhesionState {
  const end = PATH.findLastIndex(({ command }) => command.type === last);
  return PATH.slice(1, end + 1).reduce((state, { actor, command }) => {
    const varied = variations[command.type as Type];
    if (varied === null) return state;
    return step(state, varied === undefined ? command : ({ type: command.type, data: varied } as AnyCommand), actor, now);
  }, opened(policies, ABBIATEGRASSO, now));
}

export function step(state: AdhesionState, command: AnyCommand, actor: Actor = actorFor(command.type), now = NOW): AdhesionState {
  return apply(adhesion, state, command, { actor, now });
}

/** The state after a command of the right role, due timers drained. */
export function does<Key extends Type | 'WithdrawFact'>(state: AdhesionState, type: Key, data: DataOf<Key>, now = NOW, actor = actorFor(type)): AdhesionState {
  return step(state, { type, data } as AnyCommand, actor, now);
}

/** The state when that moment has come: the timers due by then have fired. */
export function later(state: AdhesionState, now: string): AdhesionState {
  return drained(adhesion, state, now);
}

/** When a command comes from the right role (or from another). */
export function when<Key extends Type | 'WithdrawFact'>(state: AdhesionState, type: Key, data: DataOf<Key>, { actor = actorFor(type), now = NOW, commandId = 'cmd-1' } = {}) {
  return given(adhesion, state).when({ type, data } as AnyCommand, { actor, now, commandId });
}

export function view(state: AdhesionState, now = NOW): AdhesionView {
  return viewAdhesion(state, now);
}

const BY_OPERATOR: ReadonlySet<string> = new Set([
  'OpenAdhesion', 'ImportAdhesion', 'SendProposal', 'ResubmitProposal', 'AllowFurtherAttempt', 'DecideAmendment', 'AcceptResolution', 'ReturnResolution',
  'CountersignConvention', 'RegisterConvention', 'CloseAdhesion', 'InviteRecognition', 'ReturnRecognition', 'ValidateRecognition', 'DraftDpa', 'CountersignDpa',
  'ExcludeMember', 'NotifySubprocessor', 'WithdrawSubprocessor', 'ReportBreach', 'NotifyBreachToMember', 'DeclareDue', 'SettleDue', 'RecordCertificateRevocation',
]);
const BY_ENGINE: ReadonlySet<string> = new Set([
  'RipenExecutivity', 'BringIntoForce', 'BringDpaIntoForce', 'BeginRenewal', 'ExpireConvention', 'CompleteWithdrawal', 'NoteMigration', 'CompleteEffect', 'Remind',
  'LetRecognitionGoStale', 'LapseConfirmation', 'MarkLongVacancy', 'EndObjectionTerm', 'NoteSuccessor', 'SucceedAdhesion', 'InheritAdhesion',
]);

export function actorFor(type: string): Actor {
  if (BY_ENGINE.has(type)) return ENGINE;
  return BY_OPERATOR.has(type) ? OPERATOR : MEMBER;
}

/** Data that the path sends, for tests that vary them. */
export const SESSION: DataOf<'RecordSession'> = {
  organ: 'COUNCIL', heldOn: '2026-07-08', outcome: 'VOTED', resolutionNo: '45/2026', councillorsPresent: 20, mayorPresent: true,
  votes: { for: 16, against: 3, abstained: 2 }, textSha256: TEXT_SHA256,
};
export const CONVENED: DataOf<'ConveneCouncil'> = {
  call: 1, urgency: 'ORDINARY', noticeDeliveredAt: '2026-07-01T12:00:00+02:00', sessionAt: '2026-07-08T20:30:00+02:00',
};
export const SIGNED: DataOf<'SignConvention'> = {
  signer: 's_mayor', office: 'MAYOR', signedAt: '2026-08-05T11:00:00+02:00', form: 'PADES',
  certificateValidTo: '2028-01-31T23:59:59+01:00', sha256: TEXT_SHA256,
};
export const COUNTERSIGNED: DataOf<'CountersignConvention'> = {
  signer: 's_president', office: 'METROPOLITAN_MAYOR', signedAt: '2026-08-07T15:30:00+02:00', form: 'PADES',
  certificateValidTo: '2027-06-30T23:59:59+02:00', sha256: TEXT_SHA256,
};
export const REGISTERED = {
  repertoryNo: '118/2026', protocolNo: '77120/2026', registeredOn: '2026-08-10', inForceOn: '2026-09-01',
} as const satisfies DataOf<'RegisterConvention'>;

/** What a stored event makes of the state that the ones before it left. */
export interface Expectation {
  /** Stored events before it, after the opening. */
  readonly before?: readonly AdhesionEvent['type'][];
  readonly state: object;
}

/** Timers of a convention in force for its own end, years ahead: they stand beside whatever else a case waits for. */
const OF_ITS_END = /^(renewal|expiry|remind-(renewal|end)-)/;

/** The timers of a case, but for those of the convention's end. */
export function timersOf(state: AdhesionState): readonly { readonly key: string; readonly at: string }[] {
  return adhesion.timers(state).filter(({ key }) => !OF_ITS_END.test(key)).map(({ key, at }) => ({ key, at }));
}

/** The view with those timers only. */
export function viewApart(state: AdhesionState, now = NOW): AdhesionView {
  return { ...view(state, now), timers: timersOf(state) };
}
