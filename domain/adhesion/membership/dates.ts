import { lastDayOfYears } from '../../calendar/terms.ts';
import { addDays, addMonths, laterDate, startOfDay, startOfNextDay, type CivilDate } from '../../shared/civil-date.ts';
import type { Term } from '../convention/terms.ts';
import type { AdhesionPolicies } from '../policies.ts';

/** The term of a convention from its first day: durations ripen on the day they ripen, holiday or not. */
export function termFrom(from: CivilDate, { conventionYears, exit }: AdhesionPolicies): Term {
  const endsOn = lastDayOfYears(from, conventionYears);
  const opens = addMonths(endsOn, -exit.renewalMonthsBefore);
  // A convention shorter than the notice of its end is renewed from its first day on.
  const renewalOpensOn = laterDate(opens, from);
  return { from, endsOn, endedFrom: startOfNextDay(endsOn), renewalOpensOn, renewalOpensFrom: startOfDay(renewalOpensOn) };
}

/** First day on which a notice may be delivered: the anniversary that ends the lock-in (of 29 February: 1 March). */
export function lockInEndsOn(from: CivilDate, { exit }: AdhesionPolicies): CivilDate {
  return addDays(lastDayOfYears(from, exit.lockInYears), 1);
}

/** The notice of a withdrawal counted from a day, and its effect: the first 31 December not before its end. */
export function withdrawalFrom(day: CivilDate, { exit }: AdhesionPolicies) {
  const noticeEndsOn = addMonths(day, exit.noticeMonths);
  const effectOn = `${noticeEndsOn.slice(0, 4)}-12-31`;
  return { noticeEndsOn, effectOn, endedFrom: startOfNextDay(effectOn) };
}
