import { civilDateOf, type CivilDate, type Instant } from '../shared/civil-date.ts';
import { refused, type Refused } from '../shared/process.ts';

/** Only what has happened is recorded: days against the day in Rome. Undefined: it has. */
export function inFuture(date: CivilDate, now: Instant, path: string): Refused | undefined {
  const today = civilDateOf(now);
  return date > today
    ? refused('FACT_IN_FUTURE', {
      it: `${date} è dopo il ${today}; si registra solo ciò che è avvenuto.`, en: `${date} is after ${today}; only what has happened is recorded.`,
    }, path)
    : undefined;
}
