import type { VNode } from 'preact';
import type { CutoverInCalendar } from '../../domain/portfolio/conflicts.ts';
import type { PortfolioPolicy } from '../../domain/portfolio/portfolio.ts';
import type { CivilDate } from '../../domain/shared/civil-date.ts';
import type { Language } from '../../domain/shared/bilingual.ts';
import { elided, sayDate, sayInstant } from '../words/dates.ts';
import { CUTOVER_KINDS, PORTFOLIO } from '../words/portfolio.ts';
import { wordOf } from '../words/say.ts';
import { saySentence } from '../words/sentences.ts';

export interface CalendarParts {
  readonly cutovers: readonly CutoverInCalendar[];
  readonly days: { readonly from: CivilDate; readonly to: CivilDate };
  readonly policy: PortfolioPolicy;
  readonly nameOf: (body: string) => string;
  readonly titleOf: (service: string) => string;
  readonly language: Language;
}

/** The cutovers week by week, each with what stands against it. */
export function CalendarPage({ cutovers, days, policy, nameOf, titleOf, language }: CalendarParts): VNode {
  const weeks = [...new Set(cutovers.map(({ week }) => week))];
  const fighting = cutovers.filter(({ conflicts }) => conflicts.length > 0).length;
  return (
    <>
      <form method="get" action="/portafoglio/calendario" class="filters">
        <div class="field"><label for="c-from">{PORTFOLIO.from[language]}</label><input id="c-from" type="date" name="dal" value={days.from} /></div>
        <div class="field"><label for="c-to">{PORTFOLIO.to[language]}</label><input id="c-to" type="date" name="al" value={days.to} /></div>
        <div class="actions mt-0"><button type="submit" class="btn btn-primary">{PORTFOLIO.show[language]}</button></div>
      </form>
      {cutovers.length === 0 ? <p role="status">{PORTFOLIO.noCutovers[language]}</p> : <p role="status">{PORTFOLIO.inWeek[language]}: {cutovers.length}; {PORTFOLIO.conflictsFound[language]}: {fighting}</p>}
      {weeks.map((week) => {
        const own = cutovers.filter((one) => one.week === week);
        return (
          <section key={week}>
            <h2>{elided(`${PORTFOLIO.weekOf[language]} ${sayDate(week, language)}`)}</h2>
            <p class="muted">{PORTFOLIO.inWeek[language]}: {own.length} {PORTFOLIO.of[language]} {policy.perWeek}</p>
            <table class="table stack">
              <caption class="visually-hidden">{elided(`${PORTFOLIO.weekOf[language]} ${sayDate(week, language)}`)}</caption>
              <thead><tr><th scope="col">{PORTFOLIO.comune[language]}</th><th scope="col">{PORTFOLIO.service[language]}</th><th scope="col">{PORTFOLIO.window[language]}</th><th scope="col">{PORTFOLIO.kind[language]}</th><th scope="col">{PORTFOLIO.conflicts[language]}</th></tr></thead>
              <tbody>
                {own.map(({ migration, body, service, kind, window, conflicts }) => (
                  <tr key={migration}>
                    <th scope="row"><a href={`/migrazioni/${migration}`}>{nameOf(body)}</a></th>
                    <td data-label={PORTFOLIO.service[language]}>{titleOf(service)}</td>
                    <td data-label={PORTFOLIO.window[language]}>{sayInstant(window.from, language)} – {sayInstant(window.to, language)}</td>
                    <td data-label={PORTFOLIO.kind[language]}>{wordOf(CUTOVER_KINDS, kind, language)}</td>
                    <td data-label={PORTFOLIO.conflicts[language]}>
                      {conflicts.length === 0 ? PORTFOLIO.noConflicts[language] : <ul class="plain">{conflicts.map(({ code, message }) => <li key={`${code} ${message.it}`}><span class="tag late">!</span> {saySentence(message[language], language)}</li>)}</ul>}
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </section>
        );
      })}
    </>
  );
}
