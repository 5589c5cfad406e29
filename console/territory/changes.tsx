import type { VNode } from 'preact';
import type { Bodies } from '../../api/bodies.ts';
import type { Preview } from '../../api/territory/preview.ts';
import type { Language } from '../../domain/shared/bilingual.ts';
import { WORDS as KINDS } from '../../domain/territory/decide.ts';
import { sayDate, sayNumber } from '../words/dates.ts';
import { PHASES } from '../words/codes.ts';
import { wordOf } from '../words/say.ts';
import { CHANGES_WORDS as WORDS } from '../words/territory-changes.ts';

/** What the form asks for, in its order. */
export const FIELDS = [
  { name: 'predecessors', kind: 'lines' }, { name: 'ipaCode', kind: 'text' }, { name: 'istatCode', kind: 'text' }, { name: 'name', kind: 'text' },
  { name: 'population', kind: 'text' }, { name: 'on', kind: 'date' }, { name: 'actTitle', kind: 'text' },
] as const;

export interface ChangesParts {
  readonly bodies: Bodies;
  readonly typed: ReadonlyMap<string, string>;
  readonly commandKey: string;
  readonly faults: readonly string[];
  readonly preview: Preview | null;
  readonly mayRecord: boolean;
  readonly csrf: string;
  readonly language: Language;
}

export function ChangesPage(parts: ChangesParts): VNode {
  const { bodies, mayRecord, preview, faults, language } = parts;
  return (
    <>
      {preview === null ? null : <Previewed {...parts} preview={preview} />}
      {faults.length === 0 ? null : (
        <div class="notice fault" role="alert" tabIndex={-1} autofocus>
          <h2 class="h5 mt-0">{WORDS.faults[language]}</h2>
          <ul>{faults.map((fault) => <li key={fault}>{fault}</li>)}</ul>
        </div>
      )}
      <p>{WORDS.lead[language]}</p>
      <p><strong>{sayNumber(bodies.all.length, language)}</strong> {WORDS.today[language]}.</p>
      <Timeline bodies={bodies} language={language} />
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
        {changes.map(({ type, data: { id, on, act, predecessors, successors } }) => (
          <tr key={id}>
            <th scope="row">{sayDate(on, language)}</th>
            <td data-label={WORDS.change[language]}>{KINDS[type][language]}</td>
            <td data-label={WORDS.before[language]}>{predecessors.map(named).join('; ')}</td>
            <td data-label={WORDS.after[language]}>{successors.map(({ ipaCode }) => named(ipaCode)).join('; ')}</td>
            <td data-label={WORDS.act[language]}>{act.title}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Form({ typed, commandKey, csrf, language }: ChangesParts): VNode {
  return (
    <>
      <h2>{WORDS.record[language]}</h2>
      <p id="record-help">{WORDS.recordHelp[language]}</p>
      <form method="post" action="/territorio/variazioni" noValidate aria-describedby="record-help">
        <input type="hidden" name="csrf" value={csrf} />
        <input type="hidden" name="key" value={commandKey} />
        {FIELDS.map(({ name, kind }) => (
          <div class="field" key={name}>
            <label for={name}>{WORDS[name][language]}</label>
            {kind === 'lines' ? <textarea id={name} name={name} rows={3}>{typed.get(name) ?? ''}</textarea>
              : kind === 'date' ? <input id={name} name={name} type="date" value={typed.get(name) ?? ''} />
                : <input id={name} name={name} type="text" value={typed.get(name) ?? ''} autocomplete="off" />}
          </div>
        ))}
        <div class="actions"><button type="submit" class="btn btn-primary">{WORDS.preview[language]}</button></div>
      </form>
    </>
  );
}

function Previewed({ preview: { comuniBefore, comuniAfter, cases }, typed, commandKey, csrf, language }: ChangesParts & { readonly preview: Preview }): VNode {
  return (
    <div class="notice">
      <h2 class="h5 mt-0">{WORDS.would[language]}</h2>
      <p>{WORDS.counts[language]}: {sayNumber(comuniBefore, language)} → {sayNumber(comuniAfter, language)}.</p>
      <p>{cases.length === 0 ? WORDS.noneTouched[language] : `${WORDS.touched[language]}:`}</p>
      {cases.length === 0 ? null : <ul>{cases.map(({ adhesion, phase, migrations }) => <li key={adhesion}><a href={`/pratiche/${adhesion}`}>{adhesion}</a>: {wordOf(PHASES, phase, language)}{migrations.length === 0 ? '' : ` (${migrations.map(({ id }) => id).join(', ')})`}</li>)}</ul>}
      <form method="post" action="/territorio/variazioni" noValidate>
        <input type="hidden" name="csrf" value={csrf} />
        <input type="hidden" name="key" value={commandKey} />
        {FIELDS.map(({ name }) => <input key={name} type="hidden" name={name} value={typed.get(name) ?? ''} />)}
        <div class="actions">
          <button type="submit" name="step" value="record" class="btn btn-primary">{WORDS.confirm[language]}</button>
          <button type="submit" name="step" value="edit" class="btn btn-outline-secondary">{WORDS.edit[language]}</button>
        </div>
      </form>
    </div>
  );
}
