import type { VNode } from 'preact';
import type { CalendarFeed } from '../../db/calendar-feeds.ts';
import type { Language } from '../../domain/shared/bilingual.ts';
import { civilDateOf } from '../../domain/shared/civil-date.ts';
import { sayDate, sayInstant } from '../words/dates.ts';
import { CALENDAR } from '../words/today.ts';

export interface CalendarPageParts {
  readonly feeds: readonly CalendarFeed[];
  readonly csrf: string;
  /** Under which the next address is made: once, however often the form is sent. */
  readonly key: string;
  readonly language: Language;
  /** The address that was just made. */
  readonly made?: string;
  /** What was done, or why not. */
  readonly notice?: { readonly text: string; readonly isFault: boolean } | undefined;
}

/** Private addresses of one's deadlines. */
export function CalendarPage({ feeds, csrf, key, language, made, notice }: CalendarPageParts): VNode {
  return (
    <>
      {notice === undefined ? null : <div class={notice.isFault ? 'notice fault' : 'notice done'} role={notice.isFault ? 'alert' : 'status'}><p>{notice.text}</p></div>}
      {made === undefined ? null : (
        <div class="notice done" role="status">
          <p><strong>{CALENDAR.made[language]}</strong></p>
          <div class="field">
            <label for="indirizzo">{CALENDAR.address[language]}</label>
            <input id="indirizzo" type="url" readOnly value={made} autofocus />
          </div>
        </div>
      )}
      <p>{CALENDAR.what[language]}</p>
      <p>{CALENDAR.until[language]}</p>
      <form method="post" action="/oggi/calendario">
        <input type="hidden" name="csrf" value={csrf} />
        <input type="hidden" name="key" value={key} />
        <button type="submit" class="btn btn-primary">{CALENDAR.make[language]}</button>
      </form>
      <h2>{CALENDAR.yours[language]}</h2>
      {feeds.length === 0 ? <p>{CALENDAR.none[language]}</p> : (
        <table class="table stack">
          <thead><tr><th scope="col">{CALENDAR.createdOn[language]}</th><th scope="col">{CALENDAR.expiresOn[language]}</th><th scope="col">{CALENDAR.action[language]}</th></tr></thead>
          <tbody>
            {feeds.map(({ id, createdAt, expiresAt }) => (
              <tr key={id}>
                <th scope="row">{sayInstant(createdAt, language)}</th>
                <td data-label={CALENDAR.expiresOn[language]}>{sayDate(civilDateOf(expiresAt), language)}</td>
                <td>
                  <form method="post" action="/oggi/calendario/revoca">
                    <input type="hidden" name="csrf" value={csrf} />
                    <input type="hidden" name="id" value={id} />
                    <button type="submit" class="btn btn-outline-danger btn-sm">{CALENDAR.revoke[language]}<span class="visually-hidden">: {CALENDAR.createdOn[language].toLowerCase()} {sayInstant(createdAt, language)}</span></button>
                  </form>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </>
  );
}
