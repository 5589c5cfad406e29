import { civilDateOf, type CivilDate, type Instant } from '../../shared/civil-date.ts';
import { lapseOf, type Roll } from './confirmation.ts';
import type { Referent } from './state.ts';
import type { EndingKind, ReferentRole, ReferentState } from './terms.ts';

/** The end of an appointment; `from` is the first civil day on which it counts no more. */
export interface Ending {
  readonly kind: EndingKind;
  readonly from: CivilDate;
  /** Last day on which the role may stand empty after it before no new service begins. */
  readonly fillBy: CivilDate;
  /** When we knew. */
  readonly at: Instant;
}

/** A stretch of time in which somebody held a role, from a civil day on and up to (not with) another; null: still. */
export interface Holding {
  readonly appointmentId: string;
  readonly role: ReferentRole;
  readonly service: string | null;
  readonly deputy: boolean;
  readonly subject: string;
  readonly from: CivilDate;
  readonly to: CivilDate | null;
}

/** The first thing that ended an appointment, or null; of one day the expiry, which leaves nothing to replace or to leave. */
export function endingOf(roll: Roll, referent: Referent): Ending | null {
  return earliest([...expiryOf(roll, referent), ...replacementsOf(roll, referent), ...vacanciesOf(roll, referent)]);
}

function replacementsOf({ referents }: Roll, { appointmentId }: Referent): readonly Ending[] {
  return referents.filter(({ replaces }) => replaces === appointmentId)
    .map(({ actOn, fillBy = actOn, at }) => ({ kind: 'REPLACED', from: actOn, fillBy, at }));
}

function vacanciesOf({ tenure }: Roll, { appointmentId }: Referent): readonly Ending[] {
  return tenure.vacancies.filter((vacancy) => vacancy.appointmentId === appointmentId)
    .map(({ from, fillBy, at }) => ({ kind: 'VACANT', from, fillBy, at }));
}

function expiryOf(roll: Roll, referent: Referent): readonly Ending[] {
  const lapse = lapseOf(roll, referent);
  return lapse === null ? [] : [{ kind: 'EXPIRED', from: lapse.from, fillBy: lapse.fillBy, at: lapse.at }];
}

function earliest(endings: readonly Ending[]): Ending | null {
  return endings.reduce<Ending | null>((first, ending) => (first === null || ending.from < first.from ? ending : first), null);
}

/** True when an appointment still counts on that day and after. */
export function countsOn(roll: Roll, referent: Referent, on: CivilDate): boolean {
  const ending = endingOf(roll, referent);
  return ending === null || ending.from > on;
}

/** As things stand after all that was recorded. */
export function referentState(roll: Roll, referent: Referent): ReferentState {
  const ending = endingOf(roll, referent);
  if (ending !== null) return ending.kind;
  if (referent.acceptance === null) return 'APPOINTED';
  return suspensionsOf(roll, referent).some(({ to }) => to === null) ? 'SUSPENDED' : 'ACTIVE';
}

interface Suspension {
  readonly from: CivilDate;
  /** The day of the confirmation that reinstated the holder; null: suspended still. */
  readonly to: CivilDate | null;
  readonly at: Instant;
}

/** The suspensions of an appointment, in the order in which they were recorded. */
export function suspensionsOf({ tenure }: Roll, { appointmentId }: Referent): readonly Suspension[] {
  return tenure.suspensions.filter((suspension) => suspension.appointmentId === appointmentId).map(({ from, at, version }) => {
    const reinstated = tenure.confirmations.find((known) => known.version > version && known.appointmentIds.includes(appointmentId));
    return { from, to: reinstated === undefined ? null : civilDateOf(reinstated.at), at };
  });
}

/** The register of the roles: who held which from acceptance to the end of the appointment, suspensions left out. */
export function holdings(roll: Roll): readonly Holding[] {
  return roll.referents.flatMap((referent) => {
    const { appointmentId, role, service, deputy, subject, acceptance } = referent;
    if (acceptance === null) return [];
    const whole = { from: civilDateOf(acceptance.acceptedAt), to: endingOf(roll, referent)?.from ?? null };
    return suspensionsOf(roll, referent).reduce<readonly Stretch[]>((stretches, out) => stretches.flatMap((one) => without(one, out)), [whole])
      .filter(({ from, to }) => to === null || from < to)
      .map((stretch) => ({ appointmentId, role, service, deputy, subject, ...stretch }));
  });
}

type Stretch = Pick<Holding, 'from' | 'to'>;

/** What is left of a stretch of time without another. */
function without({ from, to }: Stretch, out: Stretch): readonly Stretch[] {
  const before = { from, to: to === null || out.from < to ? out.from : to };
  if (out.to === null) return [before];
  return [before, { from: out.to > from ? out.to : from, to }];
}

/** Who held a role on a civil day, the holder before the deputy; nobody is an empty list. */
export function holdersOn(roll: Roll, role: ReferentRole, on: CivilDate, service: string | null = null): readonly Holding[] {
  return holdings(roll)
    .filter((held) => held.role === role && held.service === service && held.from <= on && (held.to === null || on < held.to))
    .toSorted((one, other) => Number(one.deputy) - Number(other.deputy));
}
