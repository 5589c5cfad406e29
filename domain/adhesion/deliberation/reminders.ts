import { addDays, civilDateOf, daysBetween, laterDate, startOfDay, startOfNextDay, type CivilDate, type Instant } from '../../shared/civil-date.ts';
import { endOf } from '../membership/standing.ts';
import type { ReminderPolicy } from '../policies.ts';
import { isOfLate, LATE, type Addressee, type Reminder } from '../reminders/reminder.ts';
import type { OpenedCase } from '../state.ts';
import { latest } from '../turn.ts';
import { auditorsDueOn, deliberationState, executivity, isNeverPublished, isStanding, lastSubstantialRectification, openSessionRequest } from './standing.ts';
import type { Deliberation } from './state.ts';

/**
 * What the deliberation reminds of. A key holds the day it counts from, so that a term that was set anew is reminded of
 * anew. While the resolution is suspended, or lost, nobody is (service levels stand still), nor once the convention has ended.
 */
export function deliberationReminders(state: OpenedCase, policy: ReminderPolicy): readonly Reminder[] {
  const { deliberation } = state;
  // After a rejection it is the Agency's turn.
  if (deliberation.rejection !== null) return [];
  if (deliberation.adoption === null) return [...ofWindow(state, policy), ...ofProposal(deliberation)];
  return isStanding(deliberation) && endOf(state) === null ? [...ofPublication(deliberation, policy), ...ofCertificate(deliberation, policy), ...ofTransmission(deliberation)] : [];
}

/** Before the end of the window, ever higher up; after it the case is late and reminded of: never refused, never joined by silence. */
function ofWindow({ opening, deliberation, reminded }: OpenedCase, { beforeWindowEnd, lateEvery }: ReminderPolicy): readonly Reminder[] {
  const { window } = opening.policies;
  if (window === null) return [];
  const owed = { what: 'RecordSession', level: 'REMINDER', dueOn: window.to } as const;
  const since = latest(opening.at, deliberation.sending?.at);
  // Of days that passed before a new attempt nobody is told in the next one.
  const begun = deliberation.attempt > 1 ? since : opening.at;
  const before = beforeWindowEnd.map((days): Reminder => ({
    ...owed, key: `window-${days}`, at: startOfDay(addDays(window.to, -days)), since: begun, to: addresseeBefore(days),
  }));
  const told = reminded.findLast((reminder) => isOfLate(reminder) && reminder.at >= since);
  const passed = Math.floor((daysBetween(window.to, civilDateOf(since)) - 1) / lateEvery) + 1;
  const lateOn = told === undefined ? addDays(window.to, 1 + Math.max(0, passed) * lateEvery) : addDays(told.key.slice(LATE.length), lateEvery);
  return [...before, { ...owed, key: `${LATE}${lateOn}`, at: startOfDay(lateOn), since, to: 'MAYOR' }];
}

/** The nearer the end, the higher: the referent, in the last week the secretary, on the last day the mayor. */
function addresseeBefore(days: number): Addressee {
  if (days > 7) return 'REFERENT';
  return days > 1 ? 'SECRETARY' : 'MAYOR';
}

function ofProposal(deliberation: Deliberation): readonly Reminder[] {
  const { sending, receipt, attempt, opinions } = deliberation;
  if (sending === null) return [];
  if (receipt === null) {
    return overdue(`receipt-${attempt}`, sending.receiptDueOn, { since: sending.at, to: 'OPERATOR', what: 'ConfirmReceipt' });
  }
  const state = deliberationState(deliberation);
  const opinionsDue = state === 'OPINIONS_PENDING' ? receipt.opinionsDueOn : null;
  const auditorsDue = state === 'AUDITORS_PENDING' ? auditorsDueOn(deliberation) : null;
  return [
    ...overdue(`opinions-${attempt}-${opinionsDue}`, opinionsDue, { since: receipt.at, to: 'REFERENT', what: 'RecordOpinion' }),
    ...overdue(`auditors-${attempt}-${auditorsDue}`, auditorsDue, { since: latest(...opinions.map(({ at }) => at)), to: 'REFERENT', what: 'RecordOpinion' }),
    ...sessionEscalation(deliberation),
  ];
}

/** Whoever does not call a session that was asked for is warned by the prefect, who then calls it (art. 39 c.5 TUEL). */
export function sessionEscalation(deliberation: Deliberation): readonly Reminder[] {
  const request = openSessionRequest(deliberation);
  return request === null ? [] : overdue(`session-${request.sessionDueOn}`, request.sessionDueOn, {
    since: request.at, to: 'PREFECT', what: deliberation.convocation === null ? 'ConveneCouncil' : 'RecordSession', level: 'ESCALATION',
  });
}

/** Days after the adoption, or after what set its term anew. */
function ofPublication(deliberation: Deliberation, { publication: reminderDays, publicationEscalation }: ReminderPolicy): readonly Reminder[] {
  const { adoption, publication, lifted } = deliberation;
  if (adoption === null || publication !== null || isNeverPublished(deliberation)) return [];
  const rectified = lastSubstantialRectification(deliberation);
  const from = [lifted?.on, rectified?.on].reduce<CivilDate>((last, on) => (on === undefined ? last : laterDate(last, on)), adoption.heldOn);
  const owed = { since: latest(adoption.at, lifted?.at, rectified?.at), what: 'RecordPublication', dueOn: adoption.publicationDueOn };
  return [
    { ...owed, key: `publication-${from}`, at: startOfDay(addDays(from, reminderDays)), level: 'REMINDER', to: 'REFERENT' },
    { ...owed, key: `publication-escalation-${from}`, at: startOfDay(addDays(from, publicationEscalation)), level: 'ESCALATION', to: 'SECRETARY' },
  ];
}

/** Nobody certified what ripened by law; an act that is immediately executable needs no certificate. */
function ofCertificate(deliberation: Deliberation, { certificate: days }: ReminderPolicy): readonly Reminder[] {
  const { publication, certificate, lifted } = deliberation;
  if (days === null || publication === null || certificate !== null || executivity(deliberation) !== 'EXECUTIVE') return [];
  const { executiveOn, transmissionDueOn } = publication;
  return [{
    key: `certificate-${executiveOn}`, at: startOfDay(addDays(executiveOn, days)), since: latest(publication.at, lifted?.at),
    level: 'REMINDER', to: 'SECRETARY', what: 'CertifyExecutivity', dueOn: transmissionDueOn,
  }];
}

function ofTransmission(deliberation: Deliberation): readonly Reminder[] {
  const { adoption, publication, transmission, lifted } = deliberation;
  if (adoption === null) return [];
  if (transmission === null) {
    const dueOn = adoption.transmissionDueOn ?? publication?.transmissionDueOn ?? null;
    return overdue(`transmission-${dueOn}`, dueOn, { since: latest(adoption.at, publication?.at, lifted?.at), to: 'REFERENT', what: 'TransmitResolution' });
  }
  if (deliberationState(deliberation) !== 'TRANSMITTED') return [];
  const { acceptanceDueOn, at } = transmission;
  return overdue(`acceptance-${acceptanceDueOn}`, acceptanceDueOn, { since: latest(at, lifted?.at), to: 'OPERATOR', what: 'AcceptResolution' });
}

interface Owed {
  readonly since: Instant;
  readonly to: Addressee;
  readonly what: string;
  readonly level?: Reminder['level'];
}

/** A reminder on the day after a last day that has passed. */
function overdue(key: string, dueOn: CivilDate | null, { since, to, what, level = 'REMINDER' }: Owed): readonly Reminder[] {
  return dueOn === null ? [] : [{ key, at: startOfNextDay(dueOn), since, level, to, what, dueOn }];
}
