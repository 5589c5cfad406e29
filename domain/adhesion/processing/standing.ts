import type { Instant } from '../../shared/civil-date.ts';
import { holderOf } from '../referents/standing.ts';
import type { AdhesionState } from '../state.ts';
import type { NoticeDue } from './events.ts';
import type { Breach, ProcessingFact, Subprocessor } from './state.ts';
import type { BreachNotice, DpiaState, SubprocessorState } from './terms.ts';

/** That the Garante was told the contact of the DPO in office; null where it was not, or nobody is. */
export function dpoContactOf(state: AdhesionState): ProcessingFact<'DpoContactTold'> | null {
  const dpo = holderOf(state, 'DPO');
  return state.processing.dpoContacts.find(({ appointmentId }) => appointmentId === dpo?.appointmentId) ?? null;
}

/** The last word on whether a processing needs an impact assessment. */
export function dpiaNeedOf({ processing: { dpiaNeeds } }: AdhesionState, service: string): ProcessingFact<'DpiaNeedDeclared'> | undefined {
  return dpiaNeeds.findLast((need) => need.service === service);
}

/** The last impact assessment of a processing. */
export function dpiaOf({ processing: { dpias } }: AdhesionState, service: string): ProcessingFact<'DpiaRecorded'> | undefined {
  return dpias.findLast((dpia) => dpia.service === service);
}

/** Processings of which anything is known, in the order in which it became known. */
export function assessedServices({ processing: { dpiaNeeds, dpias } }: AdhesionState): readonly string[] {
  return [...new Set([...dpiaNeeds, ...dpias].toSorted((one, other) => one.version - other.version).map(({ service }) => service))];
}

/** How the impact assessment of a processing stands, by the days of the facts; null where nothing was said of it. */
export function dpiaState(state: AdhesionState, service: string): DpiaState | null {
  const [need, dpia] = [dpiaNeedOf(state, service), dpiaOf(state, service)];
  if (dpia !== undefined && (need === undefined || !need.needed || dpia.on >= need.on)) return dpia.outcome === 'HIGH_RISK' ? 'CONSULTATION' : 'DONE';
  if (need === undefined) return null;
  return need.needed ? 'NEEDED' : 'NOT_NEEDED';
}

/** The last notice of each sub-processor, which is the one that counts. */
export function subprocessorsOf({ processing: { subprocessors } }: AdhesionState): readonly Subprocessor[] {
  return subprocessors.filter((notice) => subprocessors.findLast(({ subprocessor }) => subprocessor === notice.subprocessor) === notice);
}

export function subprocessorState({ withdrawal, objection, termEnded }: Subprocessor): SubprocessorState {
  if (withdrawal !== null) return 'WITHDRAWN';
  if (objection !== null) return 'OBJECTED';
  return termEnded ? 'ADMITTED' : 'NOTIFIED';
}

/** True while the Agency owes it to the member to tell it of a breach. */
export function isMemberToBeTold({ memberDueAt, told }: Breach): boolean {
  return memberDueAt !== null && told === null;
}

/** When the member became aware of a breach: by itself, or when it was told; null while it does not know. */
export function memberAwareAt({ memberDueAt, awareAt, told }: Breach): Instant | null {
  return memberDueAt === null ? awareAt : (told?.deliveredAt ?? null);
}

/** Since when the case knows that the member is aware. */
export function awarenessOf(breach: Breach): ProcessingFact<'BreachReported'> | ProcessingFact<'BreachNotifiedToMember'> {
  return breach.told ?? breach;
}

/** What the member owes the authorities for a breach, done or not. */
export function dutiesOf(breach: Breach): readonly NoticeDue[] {
  return awarenessOf(breach).duties;
}

/** What of it is neither done nor found not to be due. */
export function openDuties(breach: Breach): readonly NoticeDue[] {
  return dutiesOf(breach).filter(({ to }) => notificationOf(breach, to) === undefined && !breach.waived.some((waiver) => waiver.to === to));
}

export function notificationOf({ notified }: Breach, to: BreachNotice): ProcessingFact<'BreachNotifiedToAuthority'> | undefined {
  return notified.find((notification) => notification.to === to);
}

/** True while a breach keeps somebody at work: an end of the convention does not end what is owed for it. */
export function isBreachOpen(breach: Breach): boolean {
  return isMemberToBeTold(breach) || openDuties(breach).length > 0;
}
