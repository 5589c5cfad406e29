import type { VNode } from 'preact';
import type { Bodies } from '../../api/bodies.ts';
import type { JoinedCase } from '../../api/territory/joining.ts';
import type { Preview } from '../../api/territory/preview.ts';
import type { Language } from '../../domain/shared/bilingual.ts';
import type { ChangeContent, KnownChange, Mending, WithdrawnChange } from '../../domain/territory/territory.ts';
import { inputsOf, type Field } from '../forms/fields.ts';
import { FaultSummary, Fields, NO_CHOICES, type Fault } from '../forms/form.tsx';
import type { Typed } from '../forms/read.ts';
import { sayDate, sayInstant, sayNumber } from '../words/dates.ts';
import { CHANGES_WORDS as WORDS } from '../words/territory-changes.ts';
import { MISTAKE_WORDS } from '../words/territory-form.ts';
import type { Mend } from './change-form.ts';
import { PreviewNotice } from './change-preview.tsx';
import { CHANGES_PATH } from './changes.tsx';

export interface MendForm {
  readonly fields: readonly Field[];
  readonly typed: Typed;
  readonly faults: readonly Fault[];
}

export interface ChangeParts {
  readonly change: KnownChange | WithdrawnChange;
  readonly bodies: Bodies;
  readonly cases: readonly JoinedCase[];
  /** Null: the reader mends nothing, or nothing can be mended. */
  readonly forms: Readonly<Record<Mend, MendForm>> | null;
  readonly preview: { readonly of: Mend; readonly would: Preview } | null;
  readonly commandKey: string;
  readonly csrf: string;
  readonly language: Language;
}

const CONFIRM = { correct: WORDS.confirmCorrection, withdraw: WORDS.confirmWithdrawal } as const;
const HELP = { correct: WORDS.correctHelp, withdraw: WORDS.withdrawHelp } as const;

/** A change of the territory: what it says, what it said before, the cases that it ended, and the forms by which it is mended. */
export function ChangePage(parts: ChangeParts): VNode {
  const { change, bodies, cases, forms, preview, commandKey, csrf, language } = parts;
  const { data, corrections } = change;
  const action = `${CHANGES_PATH}/${data.id}`;
  return (
    <>
      {preview === null || forms === null ? null : (
        <PreviewNotice
          preview={preview.would} typed={new Map([...forms[preview.of].typed, ['what', [preview.of]], ['key', [commandKey]]])} action={action}
          confirm={CONFIRM[preview.of][language]} isWithdrawal={preview.of === 'withdraw'} csrf={csrf} language={language}
        />
      )}
      {forms === null ? null : (['correct', 'withdraw'] as const).map((what) => <FaultSummary key={what} faults={forms[what].faults} fields={inputsOf(forms[what].fields)} language={language} />)}
      {'withdrawal' in change ? <div class="notice warn"><p>{WORDS.isWithdrawn[language]}</p><Why mending={change.withdrawal} at={change.withdrawal.at} language={language} /></div> : null}
      <Content content={data} bodies={bodies} language={language} />
      {corrections.length === 0 ? null : (
        <>
          <h2 class="h4">{WORDS.corrections[language]}</h2>
          {corrections.map((correction) => (
            <section class="sheet" key={correction.at}>
              <Why mending={correction} at={correction.at} language={language} />
              <p class="muted">{WORDS.said[language]}:</p>
              <Content content={correction.before} bodies={bodies} language={language} />
            </section>
          ))}
        </>
      )}
      {cases.length === 0 ? null : (
        <>
          <h2 class="h4">{WORDS.cases[language]}</h2>
          <ul>{cases.map(({ adhesion, state, successors }) => <li key={adhesion}><a href={`/pratiche/${adhesion}`}>{adhesion}</a> ({WORDS[state][language]}){successors.map((one) => <span key={one.adhesion}> → <a href={`/pratiche/${one.adhesion}`}>{one.adhesion}</a></span>)}</li>)}</ul>
        </>
      )}
      {forms === null || preview !== null ? null : (['correct', 'withdraw'] as const).map((what) => <Form key={what} what={what} action={action} {...parts} form={forms[what]} />)}
    </>
  );
}

function Content({ content: { on, act, predecessors, successors }, bodies, language }: { readonly content: ChangeContent; readonly bodies: Bodies; readonly language: Language }): VNode {
  return (
    <dl class="facts">
      <div><dt>{WORDS.from[language]}</dt><dd>{sayDate(on, language)}</dd></div>
      {predecessors.length === 0 ? null : <div><dt>{WORDS.before[language]}</dt><dd>{predecessors.map((code) => `${bodies.find(code)?.name ?? code} (${code})`).join('; ')}</dd></div>}
      <div><dt>{WORDS.after[language]}</dt><dd>{successors.map(({ ipaCode, istatCode, name, population }) => `${name} (${ipaCode}, ISTAT ${istatCode}, ${sayNumber(population, language)} ${WORDS.people[language]})`).join('; ')}</dd></div>
      <div><dt>{WORDS.act[language]}</dt><dd>{act.title}</dd></div>
    </dl>
  );
}

function Why({ mending: { reason, basis }, at, language }: { readonly mending: Mending; readonly at: string; readonly language: Language }): VNode {
  return <p>{sayInstant(at, language)}: {MISTAKE_WORDS[reason][language]}{basis === undefined ? '' : `, ${basis.title}`}.</p>;
}

function Form({ what, action, form: { fields, typed, faults }, commandKey, csrf, language }: Omit<ChangeParts, 'forms'> & { readonly what: Mend; readonly action: string; readonly form: MendForm }): VNode {
  return (
    <section class="sheet">
      <h2 class="h4 mt-0">{WORDS[what][language]}</h2>
      <p id={`${what}-help`}>{HELP[what][language]}</p>
      <form method="post" action={action} noValidate aria-describedby={`${what}-help`}>
        <input type="hidden" name="csrf" value={csrf} />
        <input type="hidden" name="key" value={commandKey} />
        <input type="hidden" name="what" value={what} />
        <Fields fields={fields} language={language} command={what} typed={typed} faults={faults} choices={NO_CHOICES} />
        <div class="actions"><button type="submit" class="btn btn-primary">{WORDS.preview[language]}<span class="visually-hidden">: {WORDS[what][language]}</span></button></div>
      </form>
    </section>
  );
}
