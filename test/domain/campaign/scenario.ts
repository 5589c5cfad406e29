import { campaign, type CampaignCommand, type CampaignEvent, type CampaignState } from '../../../domain/campaign/index.ts';
import type { ActOutcome, Target } from '../../../domain/campaign/terms.ts';
import { ENGINE, type Actor } from '../../../domain/shared/actor.ts';
import type { CaseCommand, CaseEvent } from '../../../domain/shared/case.ts';
import { instantOfMillis, millisOf } from '../../../domain/shared/civil-date.ts';
import { fold } from '../../../domain/shared/process.ts';
import { given as givenOf, type Circumstances } from '../../support/spec.ts';

export type AnyCommand = CampaignCommand | CaseCommand;
export type AnyEvent = CampaignEvent | CaseEvent;

export const OPERATOR: Actor = { subject: 's-operator', role: 'operator', body: 'agency' };
export const AUDITOR: Actor = { subject: 's-auditor', role: 'auditor', body: 'agency' };
export const MEMBER: Actor = { subject: 's-member', role: 'member', body: 'c_a010' };
export { ENGINE };

export const NOW = '2026-07-01T08:00:00Z';
/** So many seconds after the start. */
export const after = (seconds: number): string => instantOfMillis(millisOf(NOW) + Math.round(seconds * 1000));

export const target = (number: number, refused: string | null = null): Target => ({
  body: `c_a${String(number).padStart(3, '0')}`, adhesion: `c_a${String(number).padStart(3, '0')}-1`,
  refused: refused === null ? null : { code: refused, reasons: [{ code: refused, message: 'No.', messageEn: 'No.' }] },
});

export const ID = '20260701-0a1b2c3d';
export const SAID = {
  id: ID, name: 'Invio della proposta', action: { kind: 'COMMAND', command: { type: 'SendProposal', data: { sentAt: NOW } } },
  pace: { perMinute: 60, parallel: 2 }, stopAfter: 2, select: { filter: {} },
} as const;

/** The start of a campaign over so many targets, one act a second and two at once, that stops after two failures. */
export const start = (targets: readonly Target[], more: Partial<Extract<CampaignCommand, { type: 'StartCampaign' }>['data']> = {}): CampaignCommand => ({
  type: 'StartCampaign', data: { ...SAID, targets, more: false, ...more },
});
export const DONE = (number: number): ActOutcome => ({ outcome: 'DONE', adhesion: `${target(number).body}-1`, version: 7 });
export const FAILED: ActOutcome = { outcome: 'FAILED', code: 'ALREADY_SENT', reasons: [] };
export const conclude = (place: number, outcome: ActOutcome, attempt = 1): CampaignCommand => ({ type: 'ConcludeAct', data: { key: `act-${place}-${attempt}`, outcome } });

export const stateAfter = (...events: readonly AnyEvent[]): CampaignState => fold(campaign, campaign.initial(), events);

/** The state after these commands, each sent by whoever may, at so many seconds after the start. */
export function reached(...steps: readonly (readonly [command: AnyCommand, seconds: number])[]): CampaignState {
  return steps.reduce<CampaignState>((state, [command, seconds]) => {
    const decision = campaign.decide(state, command, { actor: senderOf(command), now: after(seconds), commandId: 'cmd' });
    if (decision.kind === 'refused') throw new Error(`${command.type}: ${JSON.stringify(decision.reasons)}`);
    return fold(campaign, state, decision.events);
  }, campaign.initial());
}

export const senderOf = ({ type }: AnyCommand): Actor => (['BeginActs', 'ConcludeAct', 'CompleteEffect'].includes(type) ? ENGINE : OPERATOR);

/** Given a state, when a command comes at so many seconds after the start, then exactly these events, or a refusal. */
export function when(state: CampaignState, command: AnyCommand, seconds = 0, more: Partial<Circumstances> = {}) {
  return givenOf(campaign, state).when(command, { actor: senderOf(command), now: after(seconds), ...more });
}
