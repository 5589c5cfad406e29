import { MOST_FEEDS, type CalendarFeed } from '../db/calendar-feeds.ts';
import { MOST_VIEWS } from '../db/views.ts';
import type { Caller } from './auth/verify.ts';
import type { Context } from './context.ts';
import { Problem } from './problems.ts';

/** Makes a private address of a calendar; who asks again under the same key gets the same one. Throws Problem for who has no deadlines, or addresses enough. */
export async function makeCalendarFeed({ keys, calendarFeeds }: Pick<Context, 'keys' | 'calendarFeeds'>, { subject, role, body }: Caller, key: string, origin: string): Promise<CalendarFeed & { readonly url: string }> {
  if (role === 'auditor') throw Problem.forbidden(['operator', 'member']);
  const token = Buffer.from(keys.digest('calendar', 'token', subject, key), 'hex').toString('base64url');
  const made = await calendarFeeds.add({ id: `cal-${keys.digest('calendar', 'id', subject, key).slice(0, 32)}`, token, subject, role, body });
  if (made === null) throw tooManyFeeds();
  return { ...made, url: `${origin}/calendario/${token}.ics` };
}

function tooManyFeeds(): Problem {
  return Problem.refused('TOO_MANY_FEEDS', [{
    code: 'TOO_MANY_FEEDS',
    message: { it: `Si possono avere al massimo ${MOST_FEEDS} indirizzi: revocarne uno. Uno revocato non torna.`, en: `At most ${MOST_FEEDS} addresses can be had: revoke one. One that was revoked does not come back.` },
  }]);
}

/** The refusal of one more view than a person may keep. */
export function tooManyViews(): Problem {
  return Problem.refused('TOO_MANY_VIEWS', [{
    code: 'TOO_MANY_VIEWS', message: { it: `Si possono salvare al massimo ${MOST_VIEWS} viste: eliminarne una.`, en: `At most ${MOST_VIEWS} views can be saved: remove one.` },
  }]);
}
