import { expect, test } from 'vitest';
import { adhesion, viewAdhesion, type AdhesionEvent } from '../../../domain/adhesion/index.ts';
import { AdhesionCommands } from '../../../domain/adhesion/commands.ts';
import type { Instant } from '../../../domain/shared/civil-date.ts';
import type { EventBody } from '../../../domain/shared/process.ts';
import { folded, recordedEvents } from './old-case.ts';
import { actorFor, type AnyCommand } from './scenario.ts';

/** The command that each event came from; a schema names which of the event's data are the sender's. */
const COMMAND_OF: { readonly [Type in AdhesionEvent['type']]?: AnyCommand['type'] } = {
  ProposalSent: 'SendProposal', ReceiptConfirmed: 'ConfirmReceipt', OpinionRecorded: 'RecordOpinion', CouncilConvened: 'ConveneCouncil',
  ResolutionAdopted: 'RecordSession', PublicationRecorded: 'RecordPublication', ExecutivityRipened: 'RipenExecutivity', ExecutivityCertified: 'CertifyExecutivity',
  ResolutionTransmitted: 'TransmitResolution', ResolutionAccepted: 'AcceptResolution', ConventionSigned: 'SignConvention', ConventionCountersigned: 'CountersignConvention',
  ConventionRegistered: 'RegisterConvention', ConventionEnteredIntoForce: 'BringIntoForce', ReferentAppointed: 'AppointReferent', AppointmentAccepted: 'AcceptAppointment',
};

function commandOf({ type, data }: AdhesionEvent): AnyCommand {
  const command = COMMAND_OF[type] ?? '';
  // An adoption says only whether it was immediate; the command of one that was not says nothing of it.
  const given = { ...data, outcome: 'outcome' in data ? data.outcome : 'VOTED', immediate: null };
  const sent = command in AdhesionCommands ? Object.keys(AdhesionCommands[command as 'SendProposal'].schema.shape) : Object.keys(data);
  return { type: command, data: Object.fromEntries(Object.entries(given).filter(([key, value]) => sent.includes(key) && value !== null)) } as AnyCommand;
}

const recorded = recordedEvents().filter(({ type }) => (type as string) !== 'FactRefused');

function atOf({ data }: AdhesionEvent): Instant {
  return 'at' in data ? data.at : '';
}

test('the case of 0.1.0 was recorded whole', () => {
  expect(recorded.map(({ type }) => type).slice(0, 3)).toStrictEqual(['AdhesionOpened', 'ProposalSent', 'ReceiptConfirmed']);
  expect(recorded).toHaveLength(25);
});

test('it goes on under its policies: the code of today decides each of its commands as it was decided then', () => {
  recorded.slice(1).reduce((before, event) => {
    const command = commandOf(event);
    const decision = adhesion.decide(folded(before), command, { actor: actorFor(command.type), now: atOf(event), commandId: 'c' });
    expect(decision, command.type).toMatchObject({ kind: 'accepted', events: [event] });
    return [...before, event];
  }, recorded.slice(0, 1));
});

test('it finishes in management, and nobody is reminded of anything on the way', () => {
  expect(viewAdhesion(folded(recorded), '2026-12-01T00:00:00Z')).toMatchObject({ phase: 'MANAGEMENT', reminders: [], policies: { policyVersion: '2026.1', reminders: null } });
  for (const [index] of recorded.entries()) {
    const keys = adhesion.timers(folded(recorded.slice(0, index + 1))).map(({ key }) => key);
    expect(keys.filter((key) => key !== 'executivity' && key !== 'in-force')).toStrictEqual([]);
  }
});

test('a case of today arms the reminders that it does not', () => {
  const [opening, sending] = recorded;
  if (opening?.type !== 'AdhesionOpened' || sending?.type !== 'ProposalSent') throw new Error('not the beginning of a case');
  const { policies, ...comune } = opening.data;
  const begins = { type: 'OpenAdhesion', data: { ...comune, name: comune.name ?? undefined } } as const;
  const decision = adhesion.decide(adhesion.initial(), begins, { actor: actorFor('OpenAdhesion'), now: comune.at, commandId: 'c' });
  // As if it had been recorded on the day on which it was sent.
  const sent: AdhesionEvent = { ...sending, data: { ...sending.data, at: sending.data.sentAt } };
  const keysOf = (first: readonly EventBody[]): readonly string[] => adhesion.timers(folded([...first, sent])).map(({ key }) => key);
  expect(policies.policyVersion).toBe('2026.1');
  expect(keysOf([opening])).toStrictEqual([]);
  expect(keysOf(decision.kind === 'accepted' ? decision.events : [])).toStrictEqual(['remind-receipt-1']);
});
