import type { VNode } from 'preact';
import type { Bodies } from '../../api/bodies.ts';
import type { Preview } from '../../api/territory/preview.ts';
import { capital, type Language } from '../../domain/shared/bilingual.ts';
import { WORDS as KINDS } from '../../domain/territory/decide.ts';
import { CHANGES } from '../../domain/territory/territory.ts';
import { inputsOf } from '../forms/fields.ts';
import { FaultSummary, Fields, NO_CHOICES, type Fault } from '../forms/form.tsx';
import type { Typed } from '../forms/read.ts';
import { sayDate, sayNumber } from '../words/dates.ts';
import { CHANGES_WORDS as WORDS } from '../words/territory-changes.ts';
import { changeFields, type ChangeForm } from './change-form.ts';
import { PreviewNotice } from './change-preview.tsx';

export interface ChangesParts {
  readonly bodies: Bodies;
  readonly form: ChangeForm;
  readonly typed: Typed;
  readonly commandKey: string;
  readonly faults: readonly Fault[];
  readonly preview: Preview | null;
  readonly mayRecord: boolean;
  readonly csrf: string;
  readonly language: Language;
}

/** Where the changes of the territory stand; each under its id. */
export const CHANGES_PATH = '/territorio/variazioni';

export function ChangesPage(parts: ChangesParts): VNode {
  const { bodies, form, typed, commandKey, mayRecord, preview, faults, csrf, language } = parts;
  const again = new Map([...typed, ['tipo', [form.kind]], ['rows', [String(form.rows)]], ['key', [commandKey]]]);
  return (
    <>
      {preview === null ? null : <PreviewNotice preview={preview} typed={again} action={CHANGES_PATH} confirm={WORDS.confirm[language]} csrf={csrf} language={language} />}
      <FaultSummary faults={faults} fields={inputsOf(changeFields(form))} language={language} />
      <p>{WORDS.lead[language]}</p>
      <p><strong>{sayNumber(bodies.all.length, language)}</strong> {WORDS.today[language]}.</p>
      <Timeline bodies={bodies} language={language} />
      <Withdrawn bodies={bodies} language={language} />
      {mayRecord && preview === null ? <Form {...parts} /> : null}
    </>
  );
}

function Timeline({ bodies, language }: Pick<ChangesParts, 'bodies' | 'language'>): VNode {
  const changes = bodies.known.changes.toSorted((a, b) => (a.data.on > b.data.on ? -1 : 1));
  if (changes.length === 0) return <p>{WORDS.none[language]}</p>;
  const named = (code: string) => `${bodies.find(code)?.name ?? code} (${code}, ISTAT ${bodies.find(code)?.istatCode ?? ''})`;
  return (
    <table class="table stack">
      <caption class="visually-hidden">{WORDS.title[language]}</caption>
      <thead><tr><th scope="col">{WORDS.from[language]}</th><th scope="col">{WORDS.change[language]}</th><th scope="col">{WORDS.before[language]}</th><th scope="col">{WORDS.after[language]}</th><th scope="col">{WORDS.act[language]}</th></tr></thead>
      <tbody>
        {changes.map(({ type, corrections, data: { id, on, act, predecessors, successors } }) => (
          <tr key={id}>
            <th scope="row">{sayDate(on, language)}</th>
            <td class="whole-words" data-label={WORDS.change[language]}><a href={`${CHANGES_PATH}/${id}`}>{KINDS[type][language]}</a>{corrections.length === 0 ? '' : ` (${WORDS.corrected[language]})`}</td>
            <td data-label={WORDS.before[language]}>{predecessors.map(named).join('; ')}</td>
            <td data-label={WORDS.after[language]}>{successors.map(({ ipaCode }) => named(ipaCode)).join('; ')}</td>
            <td data-label={WORDS.act[language]}>{act.title}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Withdrawn({ bodies: { known: { withdrawn } }, language }: Pick<ChangesParts, 'bodies' | 'language'>): VNode | null {
  if (withdrawn.length === 0) return null;
  return (
    <>
      <h2 class="h4">{WORDS.withdrawn[language]}</h2>
      <ul>{withdrawn.map(({ type, data: { id, on } }) => <li key={id}><a href={`${CHANGES_PATH}/${id}`}>{KINDS[type][language]}, {sayDate(on, language)} ({id})</a></li>)}</ul>
    </>
  );
}

function Form({ form, typed, commandKey, faults, csrf, language }: ChangesParts): VNode {
  return (
    <>
      <h2 id="registra">{WORDS.record[language]}</h2>
      <nav aria-label={WORDS.kinds[language]}>
        <ul class="kinds">{CHANGES.map((kind) => <li key={kind}><a href={`${CHANGES_PATH}?tipo=${kind}#registra`} aria-current={kind === form.kind ? 'true' : undefined}>{capital(KINDS[kind][language])}</a></li>)}</ul>
      </nav>
      <p id="record-help">{WORDS.recordHelp[language]}</p>
      <form method="post" action={CHANGES_PATH} noValidate aria-describedby="record-help">
        <input type="hidden" name="csrf" value={csrf} />
        <input type="hidden" name="key" value={commandKey} />
        <input type="hidden" name="tipo" value={form.kind} />
        <input type="hidden" name="rows" value={form.rows} />
        <Fields fields={changeFields(form)} language={language} command={form.kind} typed={typed} faults={faults} choices={NO_CHOICES} />
        <div class="actions">
          <button type="submit" class="btn btn-primary">{WORDS.preview[language]}</button>
          {form.kind === 'BodySplit' ? <button type="submit" name="step" value="more" class="btn btn-outline-secondary">{WORDS.addRow[language]}</button> : null}
        </div>
      </form>
    </>
  );
}
