import { createHash } from 'node:crypto';
import ical, { ICalCalendarMethod } from 'ical-generator';
import { Temporal } from 'temporal-polyfill';
import type { Due } from '../db/queries/agenda.ts';
import { whatInWords } from '../console/words/commands.ts';

/**
 * Deadlines as an iCalendar file (RFC 5545), in Italian: whole days, each under an id that stays the same while its date moves,
 * with the version of its case as its sequence. Of persons it holds nothing.
 */
export function calendarOf(deadlines: readonly Omit<Due, 'process'>[], nameOf: (body: string) => string, origin: string): string {
  const calendar = ical({ name: 'Associa: scadenze', prodId: { company: 'Agenzia Digitale Metropolitana', product: 'Associa', language: 'IT' }, method: ICalCalendarMethod.PUBLISH, ttl: 3600 });
  const seen = new Map<string, number>();
  for (const { id, body, who, what, on, version, updatedAt } of deadlines) {
    if (on === null) continue;
    const day = Temporal.PlainDate.from(on);
    const at = new Date(updatedAt);
    const thing = `${id} ${who} ${what}`;
    // The same thing may have to be done more than once.
    const count = seen.get(thing) ?? 0;
    seen.set(thing, count + 1);
    calendar.createEvent({
      id: uidOf(count === 0 ? thing : `${thing} ${count}`), start: day, end: day.add({ days: 1 }), allDay: true, summary: `${whatInWords(what).it} (${nameOf(body)})`,
      description: `Pratica ${id}, Comune di ${nameOf(body)}: termine per «${whatInWords(what).it}».`, url: `${origin}/pratiche/${id}`, sequence: version, stamp: at, lastModified: at,
    });
  }
  return calendar.toString();
}

/** The same for the same thing to do, whenever and by whomever it is asked for. */
function uidOf(thing: string): string {
  return `${createHash('sha256').update(thing).digest('hex').slice(0, 32)}@associa`;
}
