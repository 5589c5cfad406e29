import type { VNode } from 'preact';
import { namedIn } from '../../api/cases/named.ts';
import { basisIn } from '../../api/cases/why.ts';
import type { EventView } from '../../db/queries/events.ts';
import type { Bilingual, Language } from '../../domain/shared/bilingual.ts';
import { EVENT_LIST, filled } from '../words/audit.ts';
import { CASE } from '../words/case.ts';
import { sayDate, sayInstant } from '../words/dates.ts';
import { ERASING } from '../words/documents.ts';
import { EVENTS } from '../words/events.ts';
import { ROLE_NAMES } from '../words/frame.ts';
import { wordOf } from '../words/say.ts';
import { Acts, Texts, type StoredActs } from './acts.tsx';
import type { Correction } from './correcting.ts';

export const EVENTS_A_PAGE = 50;

export interface EventsPageParts {
  /** Address of the page of the case. */
  readonly path: string;
  /** Whether there are pages that show the case as it stood at an event. */
  readonly hasHistory: boolean;
  readonly events: readonly EventView[];
  /** Where the file is that proves the case; null: this reader may not have it, or there is none of this kind of case. */
  readonly dossier: string | null;
  /** Documents that these events name. */
  readonly acts: StoredActs;
  /** Texts and inventories that these events name and that are still there. */
  readonly texts: ReadonlySet<string>;
  readonly mayErase: boolean;
  /** One of them has just been erased. */
  readonly isErased: boolean;
  readonly more: boolean;
  /** Those that their reader may correct. */
  readonly corrections: readonly Correction[];
  readonly language: Language;
  /** Types that the case has events of, and the one that is shown alone, if one is. */
  readonly types: readonly string[];
  readonly type: string | undefined;
}

/** What was recorded, in order: who did it, by which rules its dates were computed, and the hashes by which it is proved. */
export function EventsPage(parts: EventsPageParts): VNode {
  const { path, events, more, language, types, type: chosen } = parts;
  const last = events.at(-1)?.version ?? 0;
  const next = new URLSearchParams({ ...(chosen === undefined ? {} : { tipo: chosen }), dopo: String(last) });
  return (
    <>
      {parts.isErased ? <div class="notice done" role="status"><p>{ERASING.done[language]}</p></div> : null}
      {parts.dossier === null ? null : (
        <div class="notice no-print">
          <p><a href={parts.dossier} class="btn btn-outline-primary">{EVENT_LIST.dossier[language]}</a></p>
          <p>{EVENT_LIST.dossierHint[language]}</p>
        </div>
      )}
      <form method="get" action={`${path}/eventi`} class="filters">
        <div class="field">
          <label for="f-tipo">{EVENT_LIST.filter[language]}</label>
          <select id="f-tipo" name="tipo">
            <option value="">{EVENT_LIST.all[language]}</option>
            {types.map((type) => <option value={type} selected={type === chosen} key={type}>{wordOf(EVENTS, type, language)} ({type})</option>)}
          </select>
        </div>
        <button type="submit" class="btn btn-primary">{EVENT_LIST.show[language]}</button>
      </form>
      {events.length === 0 ? <p role="status">{EVENT_LIST.none[language]}</p> : (
        <table class="table stack">
          <caption class="visually-hidden">{CASE.events[language]}</caption>
          <thead>
            <tr>
              <th scope="col">{CASE.version[language]}</th><th scope="col">{CASE.what[language]}</th><th scope="col">{CASE.when[language]}</th>
              <th scope="col">{CASE.who[language]}</th><th scope="col">{CASE.basis[language]}</th><th scope="col">{CASE.hash[language]}</th>
            </tr>
          </thead>
          <tbody>{events.map((event) => <EventRow key={event.version} {...parts} event={event} />)}</tbody>
        </table>
      )}
      {more ? <p><a href={`${path}/eventi?${next.toString()}`}>{CASE.older[language]}</a></p> : null}
    </>
  );
}

function EventRow({ path, hasHistory, corrections, acts, texts, mayErase, event, language }: Pick<EventsPageParts, 'path' | 'hasHistory' | 'corrections' | 'acts' | 'texts' | 'mayErase' | 'language'> & { readonly event: EventView }): VNode {
  const { version, type, recordedAt, effectiveOn, actor, data, hash, prevHash, commandId } = event;
  const ofEvent = <span class="visually-hidden"> {filled(EVENT_LIST.ofEvent[language], { n: version })}</span>;
  return (
    <tr>
      <th scope="row"><span class="visually-hidden">{CASE.version[language]} </span>{version}</th>
      <td data-label={CASE.what[language]}>
        {wordOf(EVENTS, type, language)}<br /><span class="code">{type}</span>
        <br /><span class="small">{EVENT_LIST.command[language]} <span class="code">{commandId}</span></span>
        {hasHistory ? <><br /><a class="small" href={`${path}/storia?evento=${version}`}>{EVENT_LIST.asOf[language]}{ofEvent}</a></> : null}
        {hasHistory && version > 1 ? <> · <a class="small" href={`${path}/differenze?da=${version - 1}&a=${version}`}>{EVENT_LIST.change[language]}{ofEvent}</a></> : null}
        {corrections.some((one) => one.version === version) ? <> · <a class="small" href={`${path}/correzioni/${version}`}>{CASE.correct[language]}{ofEvent}</a></> : null}
        <Acts path={path} digests={namedIn(data).acts} stored={acts} language={language} />
        <Texts path={path} named={namedIn(data).texts} stored={texts} mayErase={mayErase} language={language} />
      </td>
      <td data-label={CASE.when[language]}><time dateTime={recordedAt}>{sayInstant(recordedAt, language)}</time>{effectiveOn === null ? null : <><br /><span class="small">{CASE.effective[language]} {sayDate(effectiveOn, language)}</span></>}</td>
      <td data-label={CASE.who[language]}>{whoOf(actor.role, language)}{actor.body === null ? '' : ` (${actor.body})`}<br /><span class="code">{actor.subject}</span></td>
      <td data-label={CASE.basis[language]}>{basisOf(data, language)}</td>
      <td data-label={CASE.hash[language]}>
        <span class="code">{hash}</span><br />
        <span class="small">{EVENT_LIST.previous[language]}: {prevHash === null ? EVENT_LIST.first[language] : <span class="code">{prevHash}</span>}</span>
      </td>
    </tr>
  );
}

/** A role, or the engine. */
export function whoOf(role: string, language: Language): string {
  return role === 'operator' || role === 'member' || role === 'auditor' ? ROLE_NAMES[role][language] : CASE.engine[language];
}

/** The versions of policies and calendar that the event's dates come from. */
export function basisOf(data: object, language: Language): string {
  const names: Readonly<Record<string, Bilingual>> = { policyVersion: EVENT_LIST.policies, calendarVersion: EVENT_LIST.calendar };
  return Object.entries(basisIn(data) ?? {}).map(([name, version]) => `${names[name]?.[language] ?? name} ${String(version)}`).join(', ') || '–';
}
