import type { VNode } from 'preact';
import type { EventView } from '../../db/queries/events.ts';
import type { Language } from '../../domain/shared/bilingual.ts';
import type { Correction } from './correcting.ts';
import { CASE } from '../words/case.ts';
import { sayDate, sayInstant } from '../words/dates.ts';
import { EVENTS } from '../words/events.ts';
import { ROLE_NAMES } from '../words/frame.ts';
import { wordOf } from '../words/say.ts';

export const EVENTS_A_PAGE = 50;

/** What was recorded, in order: who did it, by which rules its dates were computed, and the hash by which it is proved. */
export function EventsPage({ path, events, more, corrections, language }: { readonly path: string; readonly events: readonly EventView[]; readonly more: boolean; readonly corrections: readonly Correction[]; readonly language: Language }): VNode {
  const last = events.at(-1)?.version ?? 0;
  return (
    <>
      <table class="table stack">
        <thead>
          <tr>
            <th scope="col">{CASE.version[language]}</th><th scope="col">{CASE.what[language]}</th><th scope="col">{CASE.when[language]}</th>
            <th scope="col">{CASE.who[language]}</th><th scope="col">{CASE.basis[language]}</th><th scope="col">{CASE.hash[language]}</th>
          </tr>
        </thead>
        <tbody>
          {events.map(({ version, type, recordedAt, effectiveOn, actor, data, hash }) => (
            <tr key={version}>
              <th scope="row"><span class="visually-hidden">{CASE.version[language]} </span>{version}</th>
              <td data-label={CASE.what[language]}>{wordOf(EVENTS, type, language)}<br /><span class="code">{type}</span>{corrections.some((one) => one.version === version) ? <><br /><a href={`${path}/correzioni/${version}`}>{CASE.correct[language]}<span class="visually-hidden">: {CASE.version[language].toLowerCase()} {version}</span></a></> : null}</td>
              <td data-label={CASE.when[language]}>{sayInstant(recordedAt, language)}{effectiveOn === null ? null : <><br /><span class="small">{CASE.effective[language]} {sayDate(effectiveOn, language)}</span></>}</td>
              <td data-label={CASE.who[language]}>{whoOf(actor.role, language)}{actor.body === null ? '' : ` (${actor.body})`}<br /><span class="code">{actor.subject}</span></td>
              <td data-label={CASE.basis[language]}>{basisOf(data)}</td>
              <td data-label={CASE.hash[language]}><span class="code">{hash}</span></td>
            </tr>
          ))}
        </tbody>
      </table>
      {more ? <p><a href={`${path}/eventi?dopo=${last}`}>{CASE.older[language]}</a></p> : null}
    </>
  );
}

function whoOf(role: string, language: Language): string {
  return role === 'operator' || role === 'member' || role === 'auditor' ? ROLE_NAMES[role][language] : CASE.engine[language];
}

/** The versions of policies and calendar that the event's dates come from. */
function basisOf(data: object): string {
  if (!('basis' in data) || typeof data.basis !== 'object' || data.basis === null) return '–';
  return Object.values(data.basis).map(String).join(', ');
}
