import { adhesion, viewAdhesion, type AdhesionState, type AdhesionView } from '../../../domain/adhesion/index.ts';
import { compareInstants, startOfDay, type CivilDate, type Instant } from '../../../domain/shared/civil-date.ts';
import { fold, type Refused } from '../../../domain/shared/process.ts';
import { foldInForce, type TimedEvent } from '../../../domain/shared/two-times.ts';
import type { SentCommand } from '../../support/arbitrary-adhesion.ts';
import { drained } from '../../support/spec.ts';
import { ABBIATEGRASSO, MEMBER, OPERATOR, SESSION, TEXT_SHA256, type AnyCommand } from './scenario.ts';

type Event = Parameters<typeof adhesion.evolve>[1];
/** An event as a store keeps it. */
export type Recorded = Event & TimedEvent;
/** A command as it is received. */
export type Sent = Omit<SentCommand, 'commandId'>;

/** The events of commands as a store keeps them: recorded when they were received, those of timers when they fell due. */
export function recorded(sent: readonly Sent[], onRefusal: (refusal: Refused) => void = () => {}): readonly Recorded[] {
  const events: Recorded[] = [];
  let now: Instant = '';
  const listening = {
    ...adhesion,
    evolve: (state: AdhesionState, event: Event) => {
      events.push({ ...event, version: events.length + 1, recordedAt: now });
      return adhesion.evolve(state, event);
    },
  };
  sent.reduce((state, { command, actor, now: received }) => {
    // A timer that was due before fired then; it is recorded at the latest now.
    now = received;
    const before = drained(listening, state, received);
    const decision = adhesion.decide(before, command, { actor, now: received, commandId: 'c' });
    if (decision.kind === 'refused') {
      onRefusal(decision);
      return before;
    }
    return drained(listening, fold(listening, before, decision.events), received);
  }, adhesion.initial());
  return events;
}

/** The same of commands that are all accepted. */
export function history(...sent: readonly Sent[]): readonly Recorded[] {
  return recorded(sent, ({ reasons }) => { throw new Error(JSON.stringify(reasons)); });
}

export function knownAt(events: readonly Recorded[], instant: Instant): readonly Recorded[] {
  return events.filter(({ recordedAt }) => compareInstants(recordedAt, instant) <= 0);
}

export function viewOn(events: readonly Recorded[], validOn: CivilDate): AdhesionView {
  return viewAdhesion(foldInForce(adhesion, events, validOn), startOfDay(validOn));
}

export const by = (actor: SentCommand['actor'], now: Instant, type: string, data: object) => ({ actor, now, command: { type, data } as AnyCommand });
const opinion = (kind: string, givenOn: CivilDate) => by(MEMBER, `${givenOn}T09:00:00Z`, 'RecordOpinion', { kind, outcome: 'FAVOURABLE', givenOn });

/** Each act recorded on its own day, up to the adoption on 29 June 2026; it is event 8, since nobody is reminded. */
export const ADOPTED = [
  by(OPERATOR, '2026-05-28T08:00:00Z', 'OpenAdhesion', { ...ABBIATEGRASSO, policies: { reminders: null } }),
  by(OPERATOR, '2026-05-29T08:00:00Z', 'SendProposal', { template: { id: 't', version: 1, sha256: TEXT_SHA256 }, sentAt: '2026-05-29T08:00:00Z' }),
  by(MEMBER, '2026-05-29T09:00:00Z', 'ConfirmReceipt', { deliveredAt: '2026-05-29T08:00:41Z' }),
  opinion('TECHNICAL', '2026-06-03'), opinion('ACCOUNTING', '2026-06-04'), opinion('AUDITORS', '2026-06-10'),
  by(MEMBER, '2026-06-17T09:00:00Z', 'ConveneCouncil', { call: 1, urgency: 'ORDINARY', noticeDeliveredAt: '2026-06-17T09:00:00Z', sessionAt: '2026-06-29T18:30:00Z' }),
  by(MEMBER, '2026-06-30T07:00:00Z', 'RecordSession', { ...SESSION, heldOn: '2026-06-29' }),
];
export const published = (now: Instant, firstDay: CivilDate) => by(MEMBER, now, 'RecordPublication', { noticeBoardNo: '1/2026', firstDay });
export const corrected = (now: Instant, version: number, data: object, actor = OPERATOR) => by(actor, now, 'CorrectFact', { version, data });
